import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { answerTo, checkerOf } from './guard.ts'
import { otherFor } from './mutations.ts'
import { recordFolder, varied } from './profiles.ts'
import { replaced, type Occurrence } from './reading.ts'
import { restyles } from './restyle.ts'
import { documentSet } from './sets.ts'
import { floors, unguarded } from './floors.ts'
import { occurrencesIn } from './values.ts'

const base = mkdtempSync(join(tmpdir(), 'ops-mutate-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

interface Score { tried: number, found: number, onLine: number, readonly missed: string[] }
const scores = new Map<string, Score>()

/** As many occurrences of one sort as are tried in a document: a table repeats an environment fifty times. */
const most = process.env['OPS_ALL'] === undefined ? 3 : Infinity

/** Every shared value of a document that can be changed, the repeated ones thinned out evenly. */
function tries(all: readonly Occurrence[]): readonly Occurrence[] {
  const sorts = new Map<string, Occurrence[]>()
  for (const one of all) {
    const sort = [one.kind, one.part, ['price', 'slot-price', 'assumed'].includes(one.kind) ? '' : one.key].join(' ')
    sorts.set(sort, [...(sorts.get(sort) ?? []), one])
  }
  return [...sorts.values()].flatMap((list) => (list.length <= most ? list : Array.from({ length: most }, (_, index) => list[Math.floor(index * list.length / most)] as Occurrence)))
}

/** Changes one value after the other; `shown` is what the checker gets of a text. */
function score(id: string, scores: Map<string, Score>, shown: (text: string) => string): void {
  const set = documentSet(id, 'full', base)
  const check = checkerOf(recordFolder(base, id), { ...set, readings: set.readings.map((reading) => ({ ...reading, lines: shown(reading.lines.join('\n')).split('\n') })) })
  const clean = check().filter(({ severity, rule }) => severity !== 'info' && rule !== 'stale-fact')
  expect(clean).toEqual([])
  const all = set.readings.flatMap(occurrencesIn)
  const text = set.readings.flatMap(({ lines }) => lines).join('\n').toLowerCase()
  const isShared = ({ kind, key, document }: Occurrence): boolean => kind !== 'assumed' || all.some((one) => one.kind === kind && one.key === key && one.document !== document)
  for (const reading of set.readings) {
    for (const one of tries(all.filter(({ document }) => document === reading.document))) {
      const by = otherFor(one, (word) => text.includes(word.toLowerCase()))
      if (by === undefined || !isShared(one) || unguarded.some(({ is }) => is(one))) continue
      const sort = `${one.kind} in ${reading.document}`
      const known = scores.get(sort) ?? { tried: 0, found: 0, onLine: 0, missed: [] }
      scores.set(sort, known)
      known.tried += 1
      const line = shown(reading.lines.slice(0, one.line + 1).join('\n')).split('\n').length - 1
      const answer = answerTo(check(new Map([[reading.document, shown(replaced(reading, one, by))]])), reading.document, line)
      if (answer === 'missed') known.missed.push(`${id}, ${reading.document}:${one.line + 1} ${one.text} → ${by}`)
      else known.found += 1
      if (answer === 'line') known.onLine += 1
    }
  }
}

const sum = (scores: Map<string, Score>, pick: (score: Score) => number): number => [...scores.values()].reduce((all, one) => all + pick(one), 0)

test.each(varied)('one value after the other is changed in %s', (id) => score(id, scores, (text) => text))

test('documents whose markers somebody took out are guarded nearly as well', () => {
  const bare = new Map<string, Score>()
  for (const id of varied.slice(0, 4)) score(id, bare, restyles['no markers'] ?? String)
  const [tried, found] = [sum(bare, (one) => one.tried), sum(bare, (one) => one.found)]
  if (process.env['OPS_SCORE'] !== undefined) console.log(`without markers ${found} of ${tried}`)
  expect(tried).toBeGreaterThan(200)
  expect(found / tried).toBeGreaterThan(0.93)
})

describe('the checker finds a contradiction wherever it is put', () => {
  test('in each kind of value, in each document that says it, as often as before', () => {
    const low = [...scores].filter(([sort, { tried, found }]) => found < tried * (floors[sort] ?? 1)).map(([sort, { tried, found, missed }]) => `${sort}: ${found} of ${tried}, as ${missed.slice(0, 3).join('; ')}`)
    expect(low).toEqual([])
  })
  test('no kind is without an example, and none is at zero', () => {
    expect(scores.size).toBeGreaterThanOrEqual(55)
    expect([...scores].filter(([, { found }]) => found === 0).map(([sort]) => sort)).toEqual([])
    expect(Object.keys(floors).filter((sort) => !scores.has(sort))).toEqual([])
  })
  test('altogether, mostly on the line that was changed', () => {
    const [tried, found, onLine] = [sum(scores, (one) => one.tried), sum(scores, (one) => one.found), sum(scores, (one) => one.onLine)]
    if (process.env['OPS_SCORE'] !== undefined) console.log([...scores].map(([sort, one]) => `${one.found}/${one.tried} (${one.onLine}) ${sort}${one.missed.length > 0 ? `   ${one.missed[0]}` : ''}`).sort().join('\n'), `\n${found} of ${tried}, ${onLine} on the line`)
    expect(tried).toBeGreaterThan(1200)
    expect(found / tried).toBeGreaterThan(0.97)
    expect(onLine / tried).toBeGreaterThan(0.8)
  })
})
