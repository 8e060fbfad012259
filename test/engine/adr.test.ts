import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { decisionsOf } from '../../src/engine/adr/decisions.ts'
import { recordFiles } from '../../src/engine/adr/records.ts'
import { runChain } from '../../src/engine/blueprint.ts'
import { writeFiles } from '../../src/project/write.ts'
import type { Profile } from '../../src/core/profile.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const made: string[] = []
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })))
const fresh = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'adr-'))
  made.push(folder)
  return folder
}
const profile: Profile = { name: 'Ledger', projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], stack: ['typescript', 'postgresql'], hosting: 'aws-ecs', developers: 6, ciProvider: 'github-actions' }
const decisions = (more: Profile = {}) => decisionsOf(runChain({ ...profile, ...more }, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' }), { ...profile, ...more })
const run = (folder: string, more: Profile = {}, day = asOf): string[] => {
  const { files } = recordFiles(folder, decisions(more), day)
  if (files.length > 0) writeFiles(folder, files)
  return files.map(({ path }) => path)
}
const text = (folder: string, file: string): string => readFileSync(join(folder, 'adr', file), 'utf8')

test('each decision is a numbered record with context, options, reasons and when to decide again', () => {
  const folder = fresh()
  expect(run(folder)).toEqual(['adr/0001-sign-in.md', 'adr/0002-observability.md', 'adr/0003-secrets.md', 'adr/0004-pipeline.md', 'adr/0005-migrations.md'])
  for (const file of readdirSync(join(folder, 'adr'))) {
    const body = text(folder, file)
    for (const part of ['Accepted on', '## Context', '## Options', '## Decision', '## Consequences']) expect(body, `${file} ${part}`).toContain(part)
    expect(body).not.toMatch(/undefined|null|\[object/)
  }
})

test('a record is history: the same decision is written once, whatever day it is', () => {
  const folder = fresh()
  run(folder)
  const before = text(folder, '0001-sign-in.md')
  expect(run(folder, { developers: 7 }, '2027-03-01')).toEqual([])
  expect(text(folder, '0001-sign-in.md')).toBe(before)
})

test('another decision gets the next number, and both say so; going back is a third record', () => {
  const folder = fresh()
  run(folder)
  expect(run(folder, { decisions: { auth: 'clerk' } }, '2027-03-01')).toEqual(['adr/0006-sign-in.md', 'adr/0001-sign-in.md'])
  expect(text(folder, '0001-sign-in.md')).toMatch(/Superseded by \[0006-sign-in\]\(0006-sign-in\.md\) on 2027-03-01/)
  expect(text(folder, '0006-sign-in.md')).toMatch(/takes the place of \[0001-sign-in\]/)
  expect(run(folder, { decisions: { auth: 'clerk' } }, '2027-03-02')).toEqual([])
  expect(run(folder, {}, '2027-04-01')).toEqual(['adr/0007-sign-in.md', 'adr/0006-sign-in.md'])
})

test('records that people wrote keep their numbers, and what people wrote into ours stays', () => {
  const folder = fresh()
  writeFiles(folder, [{ path: 'adr/0012-use-monorepo.md', body: '# 12. Use a monorepo\n' }])
  run(folder)
  expect(readdirSync(join(folder, 'adr'))).toContain('0013-sign-in.md')
  writeFileSync(join(folder, 'adr/0013-sign-in.md'), `${text(folder, '0013-sign-in.md').replace('Accepted on', 'Agreed by the board, accepted on')}\nMinutes: 4 May.\n`)
  run(folder, { decisions: { auth: 'clerk' } }, '2027-03-01')
  expect(text(folder, '0013-sign-in.md')).toContain('Agreed by the board')
  expect(text(folder, '0013-sign-in.md')).toContain('Minutes: 4 May.')
  expect(run(folder, { decisions: { auth: 'clerk' } }, '2027-03-02')).toEqual([])
})

test('nothing is recorded where nothing was decided', () => {
  const library = decisionsOf(runChain({ projectType: 'library', signInBy: ['nobody'], stack: ['go'] }, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' }), {})
  expect(library.map(({ id }) => id)).not.toContain('sign-in')
})
