import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { daysBetween } from '../../src/core/dates.ts'
import { collections } from '../../src/knowledge/collections.ts'
import type { Sheet } from '../../src/knowledge/sheet.ts'
import { loadSheets } from '../../src/knowledge/load-sheets.ts'
import { asOf, knowledge, references } from '../support/knowledge.ts'

const sheets = Object.entries(knowledge()).flatMap(([collection, byId]) => Object.values(byId as Record<string, Sheet<unknown>>).map((sheet) => ({ collection, sheet })))

test('every collection has sheets, and every source a real day that is not in the future', () => {
  expect(sheets.length).toBeGreaterThan(80)
  for (const { collection, sheet } of sheets) {
    for (const source of Object.values(sheet.sources)) expect(daysBetween(source.checked, asOf), `${collection}/${sheet.id}`).toBeGreaterThanOrEqual(0)
  }
})

test('a replacement that a dead product names exists', () => {
  const dead = sheets.filter(({ sheet }) => sheet.lifecycle.replacedBy !== undefined)
  expect(dead.length).toBeGreaterThan(0)
  const ids = new Set(sheets.map(({ sheet }) => sheet.id))
  for (const { sheet } of dead) expect(ids, sheet.id).toContain(sheet.lifecycle.replacedBy)
})

/** A folder like `references/` in which one sheet was changed. */
function broken(change: (text: string) => string, name = 'clerk.md'): string {
  const folder = mkdtempSync(join(tmpdir(), 'sheets-'))
  for (const collection of Object.keys(collections)) mkdirSync(join(folder, collection))
  const text = readFileSync(join(references, 'identity-providers/clerk.md'), 'utf8')
  writeFileSync(join(folder, 'identity-providers', name), change(text))
  return folder
}

test.each([
  ['a missing source', (text: string) => text.replace('value: hosted, source: pricing', 'value: hosted, source: nowhere'), /clerk\.md: facts\.hosting/],
  ['a wrong value', (text: string) => text.replace('value: hosted,', 'value: someday,'), /clerk\.md: facts\.hosting\.value/],
  ['a fact left out', (text: string) => text.replace(/ {2}hosting:.*\n/, ''), /clerk\.md: facts\.hosting/],
  ['a field nobody knows', (text: string) => text.replace('name: Clerk', 'name: Clerk\ncolour: blue'), /clerk\.md/],
  ['broken YAML', (text: string) => text.replace('id: clerk', 'id: [clerk'), /clerk\.md:\d+/],
])('%s is reported with file and field', (_, change, message) => {
  expect(() => loadSheets(broken(change))).toThrow(message)
})

test('an id that is not the file name is refused', () => {
  expect(() => loadSheets(broken((text) => text, 'other.md'))).toThrow(/expected the file's name/)
})

test('an empty collection is refused, so that nothing passes by looking at nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sheets-'))
  for (const collection of Object.keys(collections)) mkdirSync(join(folder, collection))
  expect(() => loadSheets(folder)).toThrow(/No sheets found/)
})
