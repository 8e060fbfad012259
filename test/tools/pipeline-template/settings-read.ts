import { parse } from 'yaml'
import type { ProviderId } from '../../../src/tools/pipeline-template/model.ts'

interface Written { readonly path: string, readonly body: string }

/** Settings that a program reads by itself, by what its line looks like. */
const silent: readonly (readonly [line: RegExp, names: readonly string[]])[] = [
  [/\bvercel (pull|build|deploy)/, ['VERCEL_ORG_ID', 'VERCEL_PROJECT_ID']], [/\brailway up/, ['RAILWAY_TOKEN']], [/\bflyctl deploy/, ['FLY_API_TOKEN']],
  [/\bnetlify deploy/, ['NETLIFY_AUTH_TOKEN', 'NETLIFY_SITE_ID']], [/\bwrangler deploy/, ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID']],
]

/** What a provider, a shell or a person at the keyboard sets. */
const given = /^(CI|GITLAB|CIRCLE|BITBUCKET|BUILD|SYSTEM|AGENT|PIPELINE|GITHUB|DOCKER)_|^(HOME|PATH|PWD|BASH_ENV|NAME)$|^AZURE_HTTP_USER_AGENT$/
const names = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

/** Scripts of a file, and every name that its data sets. */
function scripts(body: string): { readonly lines: string, readonly set: readonly string[] } {
  const lines: string[] = []
  const set: string[] = []
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (['run', 'script', 'bash', 'command', 'inlineScript', 'before_script', 'aud'].includes(key)) lines.push(value)
      return
    }
    if (Array.isArray(value)) { for (const item of value) walk(item, key); return }
    if (typeof value !== 'object' || value === null) return
    for (const [name, item] of Object.entries(value)) {
      if (['variables', 'env', 'environment', 'id_tokens'].includes(key) && !Array.isArray(value)) set.push(name)
      walk(item, name)
    }
    const named = value as { readonly name?: unknown, readonly value?: unknown }
    if (typeof named.name === 'string' && named.value !== undefined) set.push(named.name)
  }
  walk(parse(body), '')
  return { lines: lines.join('\n'), set }
}

/** Settings that people make: every name that the pipeline's files read and that nothing in them, and no provider, sets. */
export function settingsRead(files: readonly Written[], provider: ProviderId): readonly string[] {
  const pipelines = files.filter(({ path }) => /\.ya?ml$/.test(path) && !path.includes('dependabot'))
  if (pipelines.length === 0) throw new Error('No pipeline to read')
  const found = pipelines.flatMap(({ body }): string[] => {
    const { lines, set } = scripts(body)
    if (provider === 'github-actions') return names(body, /\b(?:vars|secrets)\.(\w+)/g)
    const assigned = [...names(lines, /(?:^|(?<!--env)[\s;({&"])([A-Z][A-Z0-9_]+)=/gm), ...names(lines, /variable=([A-Z_]+)\]/g), ...set]
    const exported = names(lines, /\bexport ((?:[A-Z][A-Z0-9_]+ )+)/g).flatMap((list) => list.trim().split(' '))
    const read = [...names(lines, /\$\{?([A-Z][A-Z0-9_]+)\b/g), ...exported]
    // The sign-in of CircleCI names what it reads in arguments; Azure's inputs and secrets are macros.
    const told = provider === 'circleci' ? names(body, /(?:role|provider|account|client|default): ([A-Z][A-Z0-9_]+)$/gm) : provider === 'azure-pipelines' ? names(body, /\$\(([A-Z][A-Z0-9_]+)\)/g) : []
    return [...read.filter((name) => !assigned.includes(name) || lines.includes(`${name}="$${name}"`) || lines.includes(`${name}="\${${name}}"`)), ...told, ...silent.flatMap(([line, read]) => (line.test(lines) ? read : []))]
  })
  return [...new Set(found)].filter((name) => !given.test(name)).sort()
}

/** Names of settings in a checklist: everything in capitals between backticks. */
export const settingsListed = (checklist: string): readonly string[] => [...new Set(names(checklist, /`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g))].sort()
