import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { ProofCase } from './case.ts'
import { readKept, withKept, type Kept } from './record.ts'
import { renderProof } from './report.ts'
import { openMs, smallTable, type Measured } from './run.ts'

const page = fileURLToPath(new URL('../../PROOF.md', import.meta.url))
const cells = (line: string): string[] => line.split('|').slice(1, -1).map((cell) => cell.trim())
/** The tables by server, a row as its cells. */
const tables = (text: string): Record<string, string[][]> => Object.fromEntries(text.split('\n## ').filter((part) => part.startsWith('PostgreSQL ')).map((part) => {
  const [server = '', ...lines] = part.split('\n')
  return [server, lines.filter((line) => line.startsWith('|')).slice(2).map(cells)]
}))
const ours = (cell: string | undefined): string | undefined => cell?.split(' → ')[1]

test.skipIf(!existsSync(page))('the committed proof holds: a million rows, two servers, twelve changes and more, nothing failed, lost or read wrong', () => {
  const text = readFileSync(page, 'utf8')
  const servers = Object.entries(tables(text))
  expect(servers.map(([server]) => /PostgreSQL (\d+)/.exec(server)?.[1])).toEqual(['15', '18'])
  expect(text).toMatch(/a table of 1,000,000 rows[^]*on \d{4}-\d\d-\d\d.*: \d+ cores /)
  for (const [, rows] of servers) {
    expect(rows.length).toBeGreaterThanOrEqual(12)
    for (const [change, failed, lost, wrong, , , , , , holds] of rows) expect([change, ours(failed), ours(lost), ours(wrong), holds]).toEqual([change, '0', '0', '0', 'yes'])
  }
})

const measured: Measured = { change: 'add-index', way: 'ours', failed: 2, lost: 0, wrongReads: 0, longestMs: 10, lock: { mode: 'AccessExclusive', ms: 30 }, rowsUnderLock: 0, planMs: 1500, writes: 50, fewestWrites: 30, stopped: undefined, errors: {} }
const version = { insert: '', update: '', read: '' }
const proof: ProofCase = { change: 'add-index', input: {}, open: { holds: 'writer', when: 'always' }, versions: [version, version], naive: [['CREATE INDEX i ON accounts (email)'], 'deploy'], final: '' }
const kept: Kept = { server: 'PostgreSQL 15.1', change: 'add-index', date: '2026-11-22', machine: '2 cores', rows: 1000, othersBusy: 0.25, naive: { ...measured, way: 'naive', failed: 0, lost: null }, ours: measured }

test('the page says what does not hold', () => {
  const text = renderProof([kept], { postgresql: [proof], mariadb: [], variations: [] }, { openMs: 6000, smallTable: 500_000 })
  expect(tables(text)).toEqual({ 'PostgreSQL 15.1': [['add-index', '0 → 2', 'not found out → 0', '0 → 0', '10 → 10', 'access exclusive 30 → access exclusive 30', '0 → 0', '1.5 → 1.5', '50 → 50', 'plan-fails-queries, naive-harmless', '11-22', '25 %']] })
  expect(text).toContain('- add-index: `CREATE INDEX i ON accounts (email)`, then deploy; a writer of the table holds its transaction open for 6 s, both ways.')
  expect(text).toContain('2 failed queries')
})

test('a case that is measured again takes the place of the one before, with its own day; the others stay', () => {
  const [other, again] = [{ ...kept, server: 'PostgreSQL 18.1' }, { ...kept, date: '2026-11-23' }]
  expect(withKept([kept, other], again)).toEqual([again, other])
  expect(withKept([other], kept)).toEqual([kept, other])
})

test.skipIf(!existsSync(page))('the committed page is what the program writes from the results that are kept', async () => {
  const casesIn = (found: string[], load: (file: string) => Promise<unknown>): Promise<ProofCase[]> => Promise.all(found.sort().map(async (file) => (await load(file) as { proof: ProofCase }).proof))
  const filesIn = (folder: string): string[] => readdirSync(fileURLToPath(new URL(folder, import.meta.url)))
  const cases = {
    postgresql: await casesIn(filesIn('cases'), (file) => import(`./cases/${file}`)), mariadb: await casesIn(filesIn('mariadb/cases'), (file) => import(`./mariadb/cases/${file}`)),
    variations: await casesIn(filesIn('variations'), (file) => import(`./variations/${file}`)),
  }
  expect(cases.postgresql.length).toBeGreaterThan(20)
  expect(readFileSync(page, 'utf8')).toBe(renderProof(readKept(fileURLToPath(new URL('measured.json', import.meta.url))), cases, { openMs, smallTable }))
})
