import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { projectFacts } from '../../src/engine/inputs.ts'
import { proposedRecord } from '../../src/engine/record-out.ts'
import { readRecord } from '../../src/project/record.ts'

const made: string[] = []
afterAll(() => { for (const folder of made) rmSync(folder, { recursive: true, force: true }) })

function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'record-out-'))
  made.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
const save = (folder: string, text: string): string => {
  mkdirSync(join(folder, '.claude'), { recursive: true })
  writeFileSync(join(folder, '.claude/operational-patterns.md'), text)
  return folder
}

const shop = { 'package.json': JSON.stringify({ name: 'shop: "a" # b', dependencies: { express: '5.0.0', '@clerk/express': '1.0.0' } }, null, 2), 'render.yaml': 'services: []\n' }

test.each<readonly [name: string, files: Readonly<Record<string, string>>]>([['an application', shop], ['an empty folder', {}], ['a path that would end the line', { 'a\nstage: enterprise/package.json': '{"dependencies": {"express": "5.0.0"}}' }]])('%s: the proposed record says what was detected, and nothing else', (_name, files) => {
  const folder = project(files)
  const facts = projectFacts(folder)
  const { profile } = readRecord(save(folder, proposedRecord(facts)))
  expect(profile).toEqual(facts.detection.profile)
})

test('each value names the file and line it was seen in', () => {
  expect(proposedRecord(projectFacts(project(shop)))).toMatch(/^hosting: render # render\.yaml:1$/m)
})

test('with every comment taken off it is a record, and says what was assumed', () => {
  const folder = project(shop)
  const text = proposedRecord(projectFacts(folder)).replace(/^# (?=[a-z]+[A-Za-z]*: )/gm, '')
  expect(readRecord(save(folder, text)).profile).toMatchObject({ stage: 'mvp', signInBy: ['consumers'], compliance: [], budgetUsdPerMonth: null, selfHost: 'no' })
})

test('beside a record only what it lacks is shown, and nothing that could be taken for the whole file', () => {
  const folder = save(project(shop), '---\nhosting: fly\n---\n')
  const text = proposedRecord(projectFacts(folder))
  expect(text).not.toMatch(/^---|hosting/m)
  expect(text).toMatch(/^existing: \[clerk\] # package\.json:\d+$/m)
})
