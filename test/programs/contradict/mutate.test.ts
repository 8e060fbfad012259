import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { answerTo, checkerOf } from './guard.ts'
import { otherFor } from './mutations.ts'
import { recordFolder, varied } from './profiles.ts'
import { replaced, type Occurrence } from './reading.ts'
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

test.each(varied)('one value after the other is changed in %s', (id) => {
  const set = documentSet(id, 'full', base)
  const check = checkerOf(recordFolder(base, id), set)
  expect(check().filter(({ severity }) => severity !== 'info')).toEqual([])
  const all = set.readings.flatMap(occurrencesIn)
  const text = set.readings.flatMap(({ lines }) => lines).join('\n').toLowerCase()
  const isShared = ({ kind, key, document }: Occurrence): boolean => kind !== 'assumed' || all.some((one) => one.kind === kind && one.key === key && one.document !== document)
  for (const reading of set.readings) {
    for (const one of tries(all.filter(({ document }) => document === reading.document))) {
      const by = otherFor(one, (word) => text.includes(word.toLowerCase()))
      if (by === undefined || !isShared(one) || unguarded.some(({ is }) => is(one))) continue
      const sort = `${one.kind} in ${reading.document}`
      const score = scores.get(sort) ?? { tried: 0, found: 0, onLine: 0, missed: [] }
      scores.set(sort, score)
      score.tried += 1
      const answer = answerTo(check(new Map([[reading.document, replaced(reading, one, by)]])), reading.document, one.line)
      if (answer === 'missed') score.missed.push(`${id}, ${reading.document}:${one.line + 1} ${one.text} → ${by}`)
      else score.found += 1
      if (answer === 'line') score.onLine += 1
    }
  }
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
    const sum = (pick: (score: Score) => number): number => [...scores.values()].reduce((all, score) => all + pick(score), 0)
    const [tried, found, onLine] = [sum((score) => score.tried), sum((score) => score.found), sum((score) => score.onLine)]
    if (process.env['OPS_SCORE'] !== undefined) console.log([...scores].map(([sort, score]) => `${score.found}/${score.tried} (${score.onLine}) ${sort}${score.missed.length > 0 ? `   ${score.missed[0]}` : ''}`).sort().join('\n'), `\n${found} of ${tried}, ${onLine} on the line`)
    expect(tried).toBeGreaterThan(1200)
    expect(found / tried).toBeGreaterThan(0.97)
    expect(onLine / tried).toBeGreaterThan(0.8)
  })
})
