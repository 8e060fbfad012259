import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { planBlueprint, type Blueprint } from '../../../src/engine/blueprint-run.ts'
import { fittingDiffs, keptConflicts, type Kept } from '../../../src/engine/kept.ts'
import { placeBlueprint } from '../../../src/engine/place.ts'
import { writtenAnswer } from '../../../src/engine/written.ts'
import { ledgerName } from '../../../src/project/write-ledger.ts'
import { countTokens } from '../../support/count-tokens.ts'
import { folder, listing } from '../../project/folder.ts'
import { worldAt } from '../../support/world.ts'

const profile = { name: 'Shop', projectType: 'web-app', signInBy: ['consumers'], stack: ['typescript', 'express', 'postgresql'], hosting: 'railway' } as const
let mvp: Blueprint
let growth: Blueprint
beforeAll(() => {
  const empty = mkdtempSync(join(tmpdir(), 'place-'))
  mvp = planBlueprint({ ...profile, stage: 'mvp', ciProvider: 'github-actions' }, worldAt(empty))
  growth = planBlueprint({ ...profile, stage: 'growth', ciProvider: 'gitlab' }, worldAt(empty))
  rmSync(empty, { recursive: true })
})
const place = (at: string, blueprint: Blueprint, overwrite = false) => placeBlueprint(at, blueprint, { overwrite })
const read = (at: string, file: string): string => readFileSync(join(at, file), 'utf8')
const fresh = (blueprint: Blueprint): Map<string, string> => {
  const at = folder()
  place(at, blueprint)
  return new Map(listing(at).map((file) => [file, read(at, file)]))
}
const without = (files: Map<string, string>): [string, string][] => [...files].filter(([file]) => file !== ledgerName)

describe('a second run', () => {
  test('with another profile leaves what a first run would have written: files that nobody changed follow, and those without a purpose go', () => {
    const at = folder()
    place(at, mvp)
    const { files, kept } = place(at, growth)
    expect(kept).toEqual([])
    expect(files.filter(({ status }) => status === 'removed').map(({ path }) => path)).toContain('files/.github/workflows/ci.yml')
    expect(listing(at).filter((file) => file !== ledgerName).map((file) => [file, read(at, file)])).toEqual(without(fresh(growth)))
    expect(existsSync(join(at, 'files/.github'))).toBe(false)
    const before = read(at, ledgerName)
    expect(new Set(place(at, growth).files.map(({ status }) => status))).toEqual(new Set(['unchanged']))
    expect(read(at, ledgerName)).toBe(before)
    place(at, mvp)
    expect(listing(at).filter((file) => file !== ledgerName).map((file) => [file, read(at, file)])).toEqual(without(fresh(mvp)))
  })

  test('keeps a generated file that a person changed, also one that is no longer generated, and writes the rest', () => {
    const at = folder()
    place(at, mvp)
    appendFileSync(join(at, 'files/src/env.ts'), '// ours\n')
    appendFileSync(join(at, 'files/.github/workflows/ci.yml'), '# ours\n')
    const placed = place(at, growth)
    expect(placed.kept.map(({ file, diff }) => [file, diff?.includes('-// ours')])).toEqual([['files/src/env.ts', true]])
    expect(keptConflicts(placed.kept)).toMatchObject([{ id: 'generated-file-edited', inputs: ['files/src/env.ts'] }])
    expect(writtenAnswer(at, placed).structured['ok']).toBe(true)
    expect(read(at, 'files/src/env.ts')).toMatch(/ours\n$/)
    expect(read(at, 'files/.github/workflows/ci.yml')).toMatch(/ours\n$/)
    expect(read(at, 'devops-blueprint.md')).toBe(fresh(growth).get('devops-blueprint.md'))
    expect(place(at, growth, true).kept).toEqual([])
    expect(read(at, 'files/src/env.ts')).toBe(fresh(growth).get('files/src/env.ts'))
  })

  test('a file that was there before the first run is kept until somebody says otherwise', () => {
    const at = folder({ 'files/src/env.ts': 'export const mine = 1\n' })
    expect(place(at, mvp).kept).toMatchObject([{ file: 'files/src/env.ts' }])
    expect(place(at, growth).kept).toMatchObject([{ file: 'files/src/env.ts' }])
    expect(read(at, 'files/src/env.ts')).toBe('export const mine = 1\n')
  })

  test.each<[string, (text: string) => string]>([
    ['that git checked out with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['with the ledger in two versions, merged badly', (text) => `<<<<<<< HEAD\n${text}=======\n{\n  "files/x": "0123456789abcdef"\n}\n>>>>>>> main\n`],
  ])('goes on in a folder %s', (_, change) => {
    const at = folder()
    place(at, mvp)
    writeFileSync(join(at, ledgerName), change(read(at, ledgerName)))
    expect(place(at, growth).kept).toEqual([])
    expect(place(at, growth).files.every(({ status }) => status === 'unchanged')).toBe(true)
  })

  test.each<[string, string]>([['lost', ''], ['no JSON', 'nonsense'], ['naming files outside', '{\n  "../../x": "0123456789abcdef",\n  "files/../../y": "0123456789abcdef"\n}\n']])('a ledger that is %s takes nobody\'s file away', (_, text) => {
    const at = folder()
    place(at, mvp)
    if (text === '') rmSync(join(at, ledgerName))
    else writeFileSync(join(at, ledgerName), text)
    const { files } = place(at, growth)
    expect(files.filter(({ status }) => status === 'removed')).toEqual([])
    expect(files.find(({ path }) => path === 'files/src/env.ts')?.status).toBe('refused')
  })
})

describe('what a person changed in a document', () => {
  const edited = (...files: readonly string[]): { at: string, placed: ReturnType<typeof place> } => {
    const at = folder()
    place(at, mvp)
    for (const file of ['devops-blueprint.md', ...files]) writeFileSync(join(at, file), read(at, file).replace(/(ops:begin id=\S+ sha256=\S+ -->\n)/g, '$1Ours first.\n'))
    return { at, placed: place(at, growth) }
  }

  test('is one conflict for each document, with each part and its line, and how to take or keep it', () => {
    const { at, placed } = edited()
    const [conflict, ...rest] = keptConflicts(placed.kept)
    expect(conflict?.id).toBe('managed-part-edited')
    expect(rest.every(({ id }) => id === 'edited-part-left-over')).toBe(true)
    const lines = read(at, 'devops-blueprint.md').split('\n')
    for (const input of conflict?.inputs ?? []) {
      const [, line, id] = /^devops-blueprint\.md:(\d+) \(part ([a-z-]+)\)$/.exec(input) ?? []
      expect(lines[Number(line) - 1], input).toContain(`ops:begin id=${id} `)
    }
    expect(conflict?.inputs.length).toBeGreaterThan(8)
  })

  test('deleting the lines that the conflict names takes the new text', () => {
    const { at, placed } = edited()
    const { firstLine = 0, lastLine = 0, id } = placed.kept[0] as Kept
    const lines = read(at, 'devops-blueprint.md').split('\n')
    writeFileSync(join(at, 'devops-blueprint.md'), lines.filter((_, index) => index < firstLine - 1 || index > lastLine - 1).join('\n'))
    expect(place(at, growth).kept.some((one) => one.id === id)).toBe(false)
  })

  test('fits into an answer however much it is, says what is missing, and is whole in a shell', () => {
    const { at, placed } = edited('security-architecture.md', 'observability.md')
    expect(placed.kept.length).toBeGreaterThan(20)
    const { structured, text, shell } = writtenAnswer(at, placed)
    expect(countTokens(JSON.stringify(structured))).toBeLessThanOrEqual(2_500)
    expect(countTokens(text)).toBeLessThanOrEqual(2_500)
    expect(text).toMatch(/\d+ more lines/)
    expect(structured['more']).toBeGreaterThan(0)
    expect(shell.text).not.toMatch(/more lines: the command|And \d+ more/)
    expect(fittingDiffs([{ file: 'a.md', id: 'x', diff: 'short' }])).toEqual({ shown: [{ file: 'a.md', id: 'x', diff: 'short' }], more: 0 })
    expect(fittingDiffs([{ file: 'a.md', id: 'x', diff: 'long '.repeat(2000) }]).shown[0]?.diff).toMatch(/^\(1 more line:/)
  })
})
