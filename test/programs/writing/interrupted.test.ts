import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
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
  rmSync(join(folder, 'architecture-output'), { recursive: true })
  return folder
}
const args = (folder: string, stage: string, more: readonly string[] = []): string[] => [entry, 'blueprint', '--project', folder, '--as-of', '2026-11-22', '--stage', stage, ...more]
const run = (folder: string, stage: string, more?: readonly string[]): number | null => spawnSync(process.execPath, args(folder, stage, more), { stdio: 'ignore' }).status
const texts = (folder: string): Map<string, string> => {
  const out = join(folder, 'architecture-output')
  return new Map(readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile() && !one.parentPath.includes('.ops-')).map((one) => [join(one.parentPath, one.name).slice(out.length), readFileSync(join(one.parentPath, one.name), 'utf8')]))
}
const leftovers = (folder: string): string[] => readdirSync(join(folder, 'architecture-output'), { recursive: true }).map(String).filter((name) => name.includes('.ops-'))
const ledger = '/.operational-patterns.json'

test('runs that are killed at any moment leave each file old or new, nothing of a person changes, and the next run ends the work', { timeout: 180_000 }, () => {
  const variants = [['mvp', []], ['growth', ['--ci-provider', 'gitlab', '--html']], ['production', ['--ci-provider', 'circleci', '--sdl']]] as const
  const wanted = variants.map(([stage, more]) => {
    const folder = project()
    expect(run(folder, stage, [...more, '--html', '--sdl'])).toBe(0)
    return texts(folder)
  })
  const folder = project()
  expect(run(folder, 'mvp', ['--html', '--sdl'])).toBe(0)
  const mine = join(folder, 'architecture-output/files/src/env.ts')
  appendFileSync(mine, '// ours\n')
  const ours = readFileSync(mine, 'utf8')
  const start = performance.now()
  expect(run(folder, 'growth', variants[1][1])).toBe(0)
  const length = performance.now() - start
  let cut = 0
  for (let round = 0; round < 15; round += 1) {
    const [stage, more] = variants[round % 3] ?? variants[0]
    // The writing is near the end of a run: most cuts fall there.
    if (spawnSync(process.execPath, args(folder, stage, more), { stdio: 'ignore', timeout: Math.round(length * (0.5 + ((round * 7) % 15) / 25)), killSignal: 'SIGKILL' }).signal === 'SIGKILL') cut += 1
    for (const [name, text] of texts(folder)) {
      if (name.endsWith('/env.ts')) expect(text).toBe(ours)
      else if (name !== ledger) expect(wanted.map((files) => files.get(name)), name).toContain(text)
    }
  }
  expect(cut).toBeGreaterThan(0)
  for (const [index, [stage, more]] of variants.entries()) {
    expect(run(folder, stage, more)).toBe(0)
    expect(leftovers(folder)).toEqual([])
    const files = texts(folder)
    expect([...files.keys()].sort()).toEqual([...(wanted[index]?.keys() ?? [])].sort())
    for (const [name, text] of wanted[index] ?? []) if (name !== ledger && !name.endsWith('/env.ts')) expect(files.get(name), name).toBe(text)
  }
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
