import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const entry = join(root, 'dist/operational-patterns.cjs')
const made: string[] = []
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writing-'))
  made.push(folder)
  cpSync(join(root, 'examples/solo-nextjs-mvp'), folder, { recursive: true })
  return folder
}
const args = (folder: string, stage: string): string[] => [entry, 'blueprint', '--project', folder, '--as-of', '2026-11-22', '--stage', stage, '--overwrite']
const run = (folder: string, stage: string): number | null => spawnSync(process.execPath, args(folder, stage), { stdio: 'ignore' }).status
const texts = (folder: string): Map<string, string> => {
  const out = join(folder, 'architecture-output')
  return new Map(readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile() && !one.parentPath.includes('.ops-')).map((one) => [join(one.parentPath, one.name).slice(out.length), readFileSync(join(one.parentPath, one.name), 'utf8')]))
}
const leftovers = (folder: string): string[] => readdirSync(join(folder, 'architecture-output'), { recursive: true }).map(String).filter((name) => name.includes('.ops-'))

test('a run that is killed at any moment leaves each file old or new, and the next run ends the work', { timeout: 180_000 }, async () => {
  const folder = project()
  expect(run(folder, 'mvp')).toBe(0)
  const old = texts(folder)
  const other = project()
  expect(run(other, 'mvp')).toBe(0)
  const start = performance.now()
  expect(run(other, 'growth')).toBe(0)
  const length = performance.now() - start
  const fresh = texts(other)
  expect([...fresh].some(([name, text]) => old.get(name) !== text)).toBe(true)
  let cut = 0
  for (let round = 0; round < 24; round += 1) {
    for (const [name, text] of old) writeFileSync(join(folder, 'architecture-output', name), text)
    const child = spawn(process.execPath, args(folder, 'growth'), { stdio: 'ignore' })
    // The writing is near the end of a run: most cuts fall there.
    const timer = setTimeout(() => child.kill('SIGKILL'), length * (0.5 + round / 40))
    const signal = await new Promise((done) => child.on('exit', (_, by) => done(by)))
    clearTimeout(timer)
    if (signal === 'SIGKILL') cut += 1
    for (const [name, text] of texts(folder)) expect([old.get(name), fresh.get(name)], name).toContain(text)
  }
  expect(cut).toBeGreaterThan(0)
  expect(run(folder, 'growth')).toBe(0)
  for (const [name, text] of fresh) expect(texts(folder).get(name), name).toBe(text)
  expect(leftovers(folder)).toEqual([])
})

test('several runs at once lose nothing of what a person wrote, and none breaks a file', { timeout: 180_000 }, async () => {
  const folder = project()
  expect(run(folder, 'mvp')).toBe(0)
  const document = join(folder, 'architecture-output/devops-blueprint.md')
  appendFileSync(document, '\nOur own paragraph.\n')
  const codes = await Promise.all(Array.from({ length: 6 }, (_, index) => new Promise<number | null>((done) => spawn(process.execPath, args(folder, index % 2 === 0 ? 'growth' : 'mvp'), { stdio: 'ignore' }).on('exit', done))))
  // A run that came too late says so (2) and wrote nothing.
  expect(codes.every((code) => code === 0 || code === 2), codes.join()).toBe(true)
  expect(codes).toContain(0)
  expect(readFileSync(document, 'utf8')).toContain('Our own paragraph.')
  expect(run(folder, 'mvp')).toBe(0)
  expect(run(folder, 'mvp')).toBe(0)
  expect(leftovers(folder)).toEqual([])
  expect(readFileSync(document, 'utf8').match(/Our own paragraph\./g)).toHaveLength(1)
})
