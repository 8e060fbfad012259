import type { Claim } from '../claim.ts'
import type { CheckFacts } from '../facts.ts'
import type { Statement } from '../statements.ts'

const managers: Readonly<Record<string, string>> = { npm: 'npm', pnpm: 'pnpm', yarn: 'yarn', bun: 'bun', uv: 'uv', poetry: 'poetry', pip: 'pip', maven: 'maven', gradle: 'gradle', bundler: 'bundler', composer: 'composer' }
const installs: readonly (readonly [RegExp, string])[] = [[/\bnpm (?:ci|install)\b/, 'npm'], [/\bpnpm (?:install|i)\b/, 'pnpm'], [/\byarn (?:install|--frozen-lockfile|--immutable)/, 'yarn'], [/\bbun install\b/, 'bun'], [/\buv sync\b/, 'uv'], [/\bpoetry install\b/, 'poetry'], [/\bbundle install\b/, 'bundler'], [/\bcomposer install\b/, 'composer']]
interface Known { readonly pattern: RegExp, readonly ids: ReadonlyMap<string, string> }
const known = new WeakMap<CheckFacts, Known>()

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** `Node 24`, `Node.js v24.1`, `PostgreSQL 17`: the name of a runtime with a version behind it. */
function runtimesOf(facts: CheckFacts): Known {
  const made = known.get(facts)
  if (made !== undefined) return made
  const ids = new Map(facts.runtimes.flatMap(({ id, name, names }) => [name.replace(/ \(.*\)$/, ''), ...names].filter((word) => word.length > 1).map((word) => [word.toLowerCase(), id] as const)))
  const words = [...ids.keys()].sort((a, b) => b.length - a.length)
  const pattern = words.length === 0 ? /(?!)/g : new RegExp(`(?<![\\w./@-])(${words.map(escaped).join('|')})(?:[ -]?(?:version|v))?[ :@-]?\\s?v?(\\d{1,2}(?:\\.\\d{1,3}){0,2})(?![\\w%]|\\.\\d| ?(?:GB|MB|ms|%|days?|minutes?|hours?|USD|times|requests?|people|services?|levels?))`, 'gi')
  known.set(facts, { pattern, ids })
  return { pattern, ids }
}

/** Versions of languages, frameworks and databases, and the package manager. */
export function versionClaims({ text, label, line, sections, leads, kind, generated }: Statement, file: string, facts: CheckFacts): readonly Claim[] {
  const claims: Claim[] = []
  const add = (of: Claim['kind'], key: string, value: string, said: string, weight: Claim['weight']): void => void claims.push({ kind: of, key, value, said, file, line, weight })
  const whole = label === '' ? text : `${label} ${text}`
  if (/\d/.test(whole) && kind !== 'first-cell') {
    const { pattern, ids } = runtimesOf(facts)
    for (const match of whole.matchAll(pattern)) {
      if (/\b(not|no longer|instead of|until|before|from|since|above|below|older than|newer than|or newer|at least|supports?|upgrade|migrat\w+)\b[^,;.]{0,40}$/i.test(whole.slice(0, match.index)) || /^\s*(or (newer|later|above)|\+|until|reaches|is end)/i.test(whole.slice(match.index + match[0].length))) continue
      add('runtime', ids.get((match[1] ?? '').toLowerCase()) ?? '', match[2] ?? '', match[0].trim(), 'statement')
    }
  }
  const labelled = /^package manager$/i.test(label) ? /[a-z]+/i.exec(text)?.[0] : undefined
  const led = leads && sections.has('pipeline') ? /\bwith (\w+)\b/.exec(`${label} ${text}`)?.[1] : undefined
  const manager = managers[(labelled ?? led ?? '').toLowerCase()]
  if (manager !== undefined) add('package-manager', '', manager, labelled ?? led ?? '', 'statement')
  else if (!generated || kind === 'cell') for (const [pattern, id] of installs) if (pattern.test(text) && !/npx/.test(text)) add('package-manager', '', id, pattern.exec(text)?.[0] ?? id, 'trace')
  return claims
}
