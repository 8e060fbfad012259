import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')).map((file) => file.replaceAll('\\', '/'))

/** What each floor may import, from the top down. */
const below: Record<string, readonly string[]> = {
  main: ['server', 'cli', 'engine', 'tools', 'project', 'knowledge', 'core'],
  server: ['server', 'engine', 'core'],
  cli: ['cli', 'engine', 'core'],
  engine: ['engine', 'tools', 'project', 'knowledge', 'core'],
  tools: ['tools', 'knowledge', 'core'],
  project: ['project', 'knowledge', 'core'],
  knowledge: ['knowledge', 'core'],
  core: ['core'],
}
const packagesOnly: readonly (readonly [RegExp, RegExp])[] = [
  [/^@modelcontextprotocol\/sdk/, /^(server\/|main\.ts)/],
  [/^gray-matter$/, /^knowledge\//],
  [/^(unified|remark-|mdast)/, /^project\//],
  [/^node:fs/, /^(knowledge\/|project\/|cli\/command)/],
]

const floorOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] as string) : 'main')

/** Modules that a text imports: at its head, where every file here has its imports, and dynamically anywhere. What stands further down is code, or text that is written into files of users. */
function importsIn(text: string): string[] {
  const head = text.slice(0, /^(?!import\b|export \{[^}]*\} from|export \* from|\/\/|\/?\*| |\}|$)/m.exec(text)?.index ?? text.length)
  return [...head.matchAll(/(?:from|import)\s*'([^']+)'/g), ...text.matchAll(/\bimport\(\s*'([^']+)'/g)].map((match) => match[1] as string)
}
const importsOf = (file: string): string[] => importsIn(readFileSync(join(src, file), 'utf8'))

/** Complaints about one file's imports. */
function complaints(file: string, imports: readonly string[]): string[] {
  return imports.flatMap((target) => {
    if (!target.startsWith('.')) {
      return packagesOnly.filter(([name, where]) => name.test(target) && !where.test(file)).map(() => `${file} imports ${target}`)
    }
    const reached = normalize(join(dirname(file), target)).replaceAll('\\', '/')
    const floor = floorOf(reached)
    if (!(below[floorOf(file)] ?? []).includes(floor)) return [`${file} (${floorOf(file)}) imports ${reached} (${floor})`]
    const [, from] = /^tools\/([^/]+)\/./.exec(file) ?? []
    const [, to] = /^tools\/([^/]+)\/./.exec(reached) ?? []
    return from !== undefined && to !== undefined && from !== to ? [`${file} imports another tool: ${reached}`] : []
  })
}

test('imports go down one floor at a time, and packages stay on their floor', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(files.flatMap((file) => importsOf(file)).length).toBeGreaterThan(2 * files.length)
  expect(files.flatMap((file) => complaints(file, importsOf(file)))).toEqual([])
})

test('the check sees an import that goes up, a tool that imports a tool, and a package on the wrong floor', () => {
  expect(importsIn("// why\nimport { a } from './a.ts'\nimport type {\n  B,\n} from './b.ts'\n\nexport const text = `\nimport c from 'node:fs'\n`\nawait import('./d.ts')\n")).toEqual(['./a.ts', './b.ts', './d.ts'])
  expect(complaints('core/dates.ts', ['../tools/tool.ts'])).toHaveLength(1)
  expect(complaints('tools/select-auth/decide.ts', ['../env-matrix/rules.ts'])).toHaveLength(1)
  expect(complaints('tools/select-auth/decide.ts', ['node:fs', '@modelcontextprotocol/sdk/types.js'])).toHaveLength(2)
})

test('nothing below main reads the clock, the environment or randomness', () => {
  // Bodies of generated files are text that may read the environment of the user's program.
  const impure = files.filter((file) => /^(core|tools|knowledge)\//.test(file) && !/^tools\/[^/]+\/(files|formats|jobs|seeds|adopt)(\/|\.ts$)/.test(file) && /process\.env|Date\.now|new Date\(\)|Math\.random|randomUUID/.test(readFileSync(join(src, file), 'utf8')))
  expect(impure).toEqual([])
})

test('no folder is called utils, helpers, common, misc or manager', () => {
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\/|\.ts$)/.test(relative('.', file)))).toEqual([])
})
