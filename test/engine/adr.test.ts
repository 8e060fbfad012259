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

test('a record that ends still says when it began and what it replaced; one whose subject went says so, and the next one starts anew', () => {
  const folder = fresh()
  run(folder)
  run(folder, { decisions: { auth: 'clerk' } }, '2027-01-01')
  run(folder, {}, '2027-02-01')
  expect(text(folder, '0006-sign-in.md')).toMatch(/Superseded by \[0007-sign-in\]\(0007-sign-in\.md\) on 2027-02-01\.\n\nAccepted on 2027-01-01\. It takes the place of \[0001-sign-in\]/)
  expect(run(folder, { signInBy: ['nobody'] }, '2027-03-01')).toContain('adr/0007-sign-in.md')
  expect(text(folder, '0007-sign-in.md')).toMatch(/No longer applies since 2027-03-01/)
  expect(run(folder, { signInBy: ['nobody'] }, '2027-03-02')).toEqual([])
  const back = run(folder, {}, '2027-04-01').find((path) => path.endsWith('sign-in.md')) ?? ''
  expect(text(folder, back.slice(4))).toMatch(/Accepted on 2027-04-01\.\n/)
})

test('a folder of records that people keep goes on: their numbers count however the files are called, and what cannot be read is left alone', () => {
  const folder = fresh()
  writeFiles(folder, [{ path: 'adr/0001-record-architecture-decisions.md', body: '# 1. Record architecture decisions\n\n## Status\n\nAccepted\n' }, { path: 'adr/adr-0014 größe.md', body: 'x\n' }, { path: 'adr/README.md', body: 'x\n' }, { path: 'adr/0002-folder.md/x', body: 'x\n' }, { path: 'adr/2026-notes.txt', body: 'x\n' }])
  writeFileSync(join(folder, 'adr/0003-utf16.md'), Buffer.from('\uFEFFtext', 'utf16le'))
  expect(run(folder).map((path) => path.slice(4, 8))).toEqual(['0015', '0016', '0017', '0018', '0019'])
})

test('a record whose markers are broken stays, and the answer says what to write into it; CRLF and wrapped lines are read', () => {
  const folder = fresh()
  run(folder)
  const file = join(folder, 'adr/0001-sign-in.md')
  const before = readFileSync(file, 'utf8')
  writeFileSync(file, before.replace('<!-- ops:end id=context -->\n', ''))
  const made = recordFiles(folder, decisions({ decisions: { auth: 'clerk' } }), '2027-01-01')
  expect(made.files.map(({ path }) => path)).toEqual(['adr/0006-sign-in.md'])
  expect(made.kept).toMatchObject([{ file: 'adr/0001-sign-in.md', unmarked: { line: 'Superseded by [0006-sign-in](0006-sign-in.md) on 2027-01-01.' } }])
  writeFileSync(file, before.replace(/`: `/, '`:\n`').replaceAll('\n', '\r\n'))
  expect(run(folder)).toEqual([])
})

test('a pin stands in the context with its reason, and the branch strategy in the decision', () => {
  const [signIn, , , pipeline] = decisions({ decisions: { auth: 'clerk', reason: 'auth: we know it.; logs: cheap' } })
  expect(signIn?.parts.find(({ id }) => id === 'context')?.body).toContain('`decisions.auth`: clerk, pinned by a person (we know it)')
  expect(pipeline?.parts.find(({ id }) => id === 'decision')?.body).toMatch(/trunk|branch/i)
})

test('nothing is recorded where nothing was decided', () => {
  const library = decisionsOf(runChain({ projectType: 'library', signInBy: ['nobody'], stack: ['go'] }, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' }), {})
  expect(library.map(({ id }) => id)).not.toContain('sign-in')
})
