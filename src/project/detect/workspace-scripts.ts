import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

/** Scripts that a pipeline runs; every other one stays the business of its package. */
const checked = /^(lint|eslint|biome|format:check|check:format|prettier:check|typecheck|type-check|check-types|tsc|test|test:ci|test:unit|build)$/

const keysOf = (value: unknown): readonly string[] => (value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [])
/** JSON as turbo and nx read it: with comments, and commas at the end. Strings stay as they are: `.next/**` starts no comment. */
const parse = (text: string): Record<string, unknown> =>
  JSON.parse(text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? '').replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, (_, string: string | undefined) => string ?? '')) as Record<string, unknown>

/** Scripts that the packages of a monorepo share, as `packages:lint`: with Turborepo the tasks it knows, else the scripts themselves. */
export const detectWorkspaceScripts: Detector = (files, found) => {
  const read = (file: string, keys: (json: Record<string, unknown>) => readonly string[]): void => {
    const text = files.text(file)
    if (text === undefined) return
    try {
      for (const name of new Set(keys(parse(text)).map((key) => key.split('#').at(-1) ?? key))) if (checked.test(name)) found.add('scripts', `packages:${name}`, file, lineOf(text, `"${name}"`))
    } catch {
      found.note(file, 'it is not valid JSON')
    }
  }
  // `//#name` is a task of the root alone.
  if (files.paths.includes('turbo.json')) return read('turbo.json', (json) => keysOf(json['tasks'] ?? json['pipeline']).filter((key) => !key.startsWith('//')))
  if (files.paths.includes('nx.json')) read('nx.json', (json) => keysOf(json['targetDefaults']))
  for (const file of files.named('package.json').filter((path) => path.includes('/'))) read(file, (json) => keysOf(json['scripts']))
}
