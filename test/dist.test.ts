import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

test('dist/ is what its sources build, byte for byte', async () => {
  const { build } = await import('../scripts/build.mjs' as string) as { build(folder: string): Promise<unknown> }
  const fresh = mkdtempSync(join(tmpdir(), 'dist-'))
  await build(fresh)
  const files = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort()
  const names = files(fresh)
  expect(names).toContain('operational-patterns.cjs')
  expect(names).toEqual(files(dist))
  const differing = names.filter((name) => !readFileSync(join(fresh, name)).equals(readFileSync(join(dist, name))))
  rmSync(fresh, { recursive: true, force: true })
  expect(differing, 'run npm run build and commit dist/').toEqual([])
}, 60_000)

test('the entry holds no Markdown parser and no JSON Schema validator', () => {
  const entry = readFileSync(join(dist, 'operational-patterns.cjs'), 'utf8')
  // As booleans, so that a failure does not print the bundle.
  expect(entry.includes('./engine.cjs') && entry.includes('./server.cjs')).toBe(true)
  expect(/micromark|ajv-formats-draft|"strictNumbers"|StdioServerTransport/.test(entry)).toBe(false)
  expect(readFileSync(join(dist, 'engine.cjs'), 'utf8').includes('micromark')).toBe(false)
  expect(readdirSync(join(dist, 'parts')).length).toBeGreaterThan(10)
  expect(entry.length).toBeLessThan(60_000)
})
