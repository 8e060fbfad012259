import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import type { Profile } from '../../../src/core/profile.ts'
import { planBlueprint, type Blueprint } from '../../../src/engine/blueprint-run.ts'
import { placeBlueprint } from '../../../src/engine/place.ts'
import { checkDeliverables } from '../../../src/project/check.ts'
import { deliverableSpecs } from '../../../src/project/deliverables.ts'
import { unfinishedMerges } from '../../../src/project/merge-conflict.ts'
import { contentHash } from '../../../src/project/managed.ts'
import { parseManaged } from '../../../src/project/managed-parse.ts'
import { blocks } from '../../../src/core/markdown.ts'
import { worldAt } from '../../support/world.ts'
import { ledgerName } from '../../../src/project/write-ledger.ts'
import { edits, fileEdits, formatted, ledgerEdits, type Hand } from './human.ts'

const profiles: readonly Profile[] = [
  { name: 'Shop', stage: 'mvp', signInBy: ['consumers'], stack: ['typescript', 'express', 'postgresql'], hosting: 'railway' },
  { name: 'Shop', stage: 'growth', signInBy: ['consumers', 'staff'], stack: ['typescript', 'express', 'postgresql'], hosting: 'railway', ciProvider: 'gitlab' },
  { name: 'Shop & Sons', stage: 'production', projectType: 'b2b-saas', signInBy: ['business-users'], compliance: ['soc2', 'gdpr'], stack: ['python', 'fastapi', 'postgresql'], hosting: 'aws-ecs', developers: 12 },
  { stage: 'poc', signInBy: ['nobody'], stack: ['go'], hosting: 'fly' },
  { name: 'a | `b` <!-- ops:end id=summary -->', stage: 'early', signInBy: ['consumers'], stack: ['ruby', 'rails', 'mysql'], hosting: 'render', ciProvider: 'circleci' },
]
const documents = deliverableSpecs.map(({ file }) => file)
const root = mkdtempSync(join(tmpdir(), 'walk-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let blueprints: readonly Blueprint[]
beforeAll(() => {
  const empty = join(root, 'empty')
  mkdirSync(empty)
  blueprints = profiles.map((profile) => planBlueprint(profile, worldAt(empty)))
})

/** A small fixed sequence of pseudo-random numbers, so that a failure can be run again. */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 8
}
const all = (folder: string): Map<string, string> => new Map(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => [join(one.parentPath, one.name).slice(folder.length + 1), readFileSync(join(one.parentPath, one.name), 'utf8')]))
const humanLines = (files: Map<string, string>): string[] => [...files.values()].flatMap((text) => text.match(/Human\d+/g) ?? []).sort()

/** Writes what `edit` makes of a file, or takes the file away. */
function change(path: string, edit: (text: string) => string | undefined): void {
  const text = edit(readFileSync(path, 'utf8'))
  if (text === undefined) rmSync(path)
  else writeFileSync(path, text)
}

/** Parts of a document that people own, by id, and the others. */
function parts(text: string): { readonly id: string, readonly edited: boolean, readonly body: string, readonly firstLine: number }[] {
  return parseManaged(text, 'doc').filter((piece) => piece.kind === 'part')
}

async function walk(seed: number, steps: number): Promise<{ ran: number, refused: number }> {
  const next = numbers(seed)
  let count = 0
  const hand: Hand = { next, said: () => `Human${(count += 1)} says so.` }
  const project = mkdtempSync(join(root, 'p-'))
  const out = join(project, 'architecture-output')
  let [ran, refused] = [0, 0]
  placeBlueprint(out, blueprints[0] as Blueprint, { overwrite: false })
  let mended = all(out)
  for (let step = 0; step < steps; step += 1) {
    const done: string[] = []
    for (let times = next() % 3; times >= 0; times -= 1) {
      const file = documents[next() % documents.length] as string
      const other = documents[next() % documents.length] as string
      const names = Object.keys(edits)
      const name = names[next() % names.length] as string
      const text = (of: string): string => (existsSync(join(out, of)) ? readFileSync(join(out, of), 'utf8') : '')
      writeFileSync(join(out, file), edits[name]?.(text(file), hand, text(other)) ?? '')
      done.push(`${name} in ${file}`)
    }
    if (next() % 3 === 0) {
      const files = [...all(out).keys()].filter((name) => name.startsWith('files/'))
      const file = files[next() % Math.max(1, files.length)]
      const names = Object.keys(fileEdits)
      const name = names[next() % names.length] as string
      if (file !== undefined) change(join(out, file), (text) => fileEdits[name]?.(text, hand))
      done.push(`${name} in ${file}`)
    }
    if (next() % 12 === 0) {
      const kind = next() % ledgerEdits.length
      if (existsSync(join(out, ledgerName))) change(join(out, ledgerName), (text) => ledgerEdits[kind]?.(text))
      done.push(`ledger ${kind}`)
    }
    const blueprint = blueprints[next() % blueprints.length] as Blueprint
    const before = all(out)
    const where = `seed ${seed}, step ${step}: ${done.join('; ')}`
    const check = async () => (await checkDeliverables(project)).findings
    let placed: ReturnType<typeof placeBlueprint>
    try {
      placed = placeBlueprint(out, blueprint, { overwrite: false })
    } catch (error) {
      expect(error, where).toBeInstanceOf(InputError)
      expect(all(out), where).toEqual(before)
      const [, file, line] = /([a-z-]+\.md):(\d+)\./.exec((error as Error).message) ?? []
      expect((await check()).map((one) => `${one.rule} ${one.file} ${one.line}`), `${where}\n${(error as Error).message}`).toContain(`broken-marker architecture-output/${file} ${line}`)
      // The person takes it back.
      for (const name of documents) {
        const text = mended.get(name)
        if (text === undefined) rmSync(join(out, name), { force: true })
        else writeFileSync(join(out, name), text)
      }
      refused += 1
      continue
    }
    ran += 1
    const after = all(out)
    expect(humanLines(after), where).toEqual(humanLines(before))
    const again = placeBlueprint(out, blueprint, { overwrite: false })
    expect(all(out), where).toEqual(after)
    expect(again.files.filter(({ path, status }) => status !== 'unchanged' && !(status === 'refused' && placed.kept.some(({ file }) => file === path))), where).toEqual([])
    expect(again.kept, where).toEqual(placed.kept)
    expect(readdirSync(out, { recursive: true }).filter((name) => String(name).includes('.ops-')), where).toEqual([])
    for (const document of blueprint.documents) {
      const found = parts(after.get(document.file) ?? '')
      for (const part of document.parts) {
        const there = found.find(({ id }) => id === part.id)
        expect(there, `${where}: ${part.id}`).toBeDefined()
        const kept = placed.kept.some((one) => one.file === document.file && one.id === part.id && one.firstLine === there?.firstLine)
        expect(kept || there === undefined || contentHash(there.body) === contentHash(blocks(`## ${part.title}`, part.body)), `${where}: ${document.file} ${part.id}`).toBe(true)
      }
      expect(found.filter(({ id, edited }) => !edited && !document.parts.some((part) => part.id === id)), where).toEqual([])
    }
    if (step % 5 === 0) {
      const findings = await check()
      for (const { file, firstLine } of placed.kept.filter(({ id }) => id !== undefined)) expect(findings.some((one) => one.rule === 'edited-part' && one.file.endsWith(file) && one.line === firstLine), `${where}: ${file}:${firstLine}\n${findings.filter(({ rule }) => rule === 'edited-part' || rule === 'broken-marker').map((one) => `${one.file}:${one.line} ${one.found}`).join('\n')}`).toBe(true)
      if ([...after.values()].some((text) => unfinishedMerges(text).length > 0)) expect(findings.some(({ rule }) => rule === 'merge-conflict'), where).toBe(true)
    }
    mended = after
  }
  rmSync(project, { recursive: true, force: true })
  return { ran, refused }
}

test.each([40, 80, 100_000])('documents that an editor formatted on save, %i wide, are in care as before', (width) => {
  for (const [index, blueprint] of blueprints.entries()) {
    const out = mkdtempSync(join(root, 'f-'))
    placeBlueprint(out, blueprint, { overwrite: false })
    for (const file of documents) writeFileSync(join(out, file), formatted(readFileSync(join(out, file), 'utf8'), width))
    expect(placeBlueprint(out, blueprint, { overwrite: false })).toMatchObject({ kept: [] })
    expect(placeBlueprint(out, blueprints[(index + 1) % blueprints.length] as Blueprint, { overwrite: false }).kept).toEqual([])
  }
})

/** WALKS=500 WALK_SEED=1 for a long one. */
test('whatever people, editors and tools do to the documents, no line of a person is lost and the rest follows the profile', { timeout: 900_000 }, async () => {
  let [ran, refused] = [0, 0]
  const [first, walks] = [Number(process.env['WALK_SEED'] ?? 1), Number(process.env['WALKS'] ?? 6)]
  for (let seed = first; seed < first + walks; seed += 1) {
    const result = await walk(seed, 25)
    ran += result.ran
    refused += result.refused
  }
  expect(ran).toBeGreaterThan(walks * 5)
  expect(refused).toBeGreaterThan(0)
})
