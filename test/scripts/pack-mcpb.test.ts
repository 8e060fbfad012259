import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unpackExtension } from '@anthropic-ai/mcpb'
import { afterAll, expect, test } from 'vitest'
import { sha256 } from '../../src/core/file.ts'

const script = pathToFileURL(join(import.meta.dirname, '../../scripts/pack-mcpb.mjs')).href
const folder = mkdtempSync(join(tmpdir(), 'pack-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const built = { 'operational-patterns.cjs': 'console.log(1)\n', 'parts/chunk.cjs': 'module.exports = {}\n', 'knowledge.jsonl': '{}\n' }

/** Packs in a process of its own, in a new folder with files made now, under another mask and time zone. */
function packedIn(name: string, umask: number, zone: string): Buffer {
  const dist = join(folder, name, 'dist')
  mkdirSync(join(dist, 'parts'), { recursive: true })
  for (const [file, text] of Object.entries(built)) writeFileSync(join(dist, file), text)
  const temporary = join(folder, name, 'tmp')
  mkdirSync(temporary)
  const options = { version: '1.2.3', tools: [{ name: 'select_auth', description: 'Chooses.' }], dist }
  const code = `process.umask(${umask}); const { packMcpb } = await import(${JSON.stringify(script)}); await packMcpb(${JSON.stringify(options)})`
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { env: { ...process.env, TZ: zone, TMPDIR: temporary, TEMP: temporary }, stdio: 'pipe' })
  return readFileSync(join(dist, 'ops.mcpb'))
}

test('the same files give the same bytes, whatever the folder, mask and time zone', () => {
  const here = packedIn('here', 0o022, 'UTC')
  const there = packedIn('there', 0o077, 'Asia/Tokyo')
  expect(here.length).toBeGreaterThan(1000)
  expect(sha256(there.toString('base64'))).toBe(sha256(here.toString('base64')))
})

test('the bundle unpacks to what the server loads, under the server key of the plugin', async () => {
  packedIn('unpacked', 0o022, 'UTC')
  const out = join(folder, 'unpacked/out')
  expect(await unpackExtension({ mcpbPath: join(folder, 'unpacked/dist/ops.mcpb'), outputDir: out, silent: true })).toBe(true)
  for (const [file, text] of Object.entries(built)) expect(readFileSync(join(out, 'dist', file), 'utf8')).toBe(text)
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { name: string, version: string, tools: unknown[], server: { entry_point: string } }
  expect(manifest).toMatchObject({ name: 'ops', version: '1.2.3', tools: [{ name: 'select_auth' }], server: { entry_point: 'dist/operational-patterns.cjs' } })
  expect(readFileSync(join(out, 'LICENSE'), 'utf8')).toContain('Apache License')
})
