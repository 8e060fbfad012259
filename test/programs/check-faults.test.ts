import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults, type Fault } from '../engine/check/faults.ts'
import { byHand, byHandNames, example, exampleNames, kindsSaid, originalsFolder, report, reportWith, reviewed, textOf, wrongIn, type Original } from '../engine/check/originals.ts'

/** Review projects of every kind and size; the rest of them are read by check-clean. */
const projects = ['solo-recipe-mvp', 'clinic-notes-startup', 'first-sso-customer', 'thirty-microservices', 'django-hetzner-bookings', 'laravel-agency-site', 'smart-meter-fleet', 'hospital-on-prem', 'mcp-agent-product', 'open-banking-aggregator', 'rails-monolith-early', 'restaurant-static-site']

const documents = ['security-architecture.md', 'observability.md', 'devops-blueprint.md']
const base = originalsFolder()
const originals: Original[] = []
beforeAll(() => {
  originals.push(...projects.map((id) => reviewed(base, id)), ...exampleNames().map((name) => example(base, name)), ...byHandNames.map((name) => byHand(base, name)))
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** Whether a document has what the fault spoils: a decision to contradict, a field of the record, a choice that is light. */
function fits({ needs, record, early, names }: Fault, original: Original): boolean {
  const { expected, record: stated } = original.looked.facts
  if (needs !== undefined && (!kindsSaid(original).has(needs) || (names !== undefined && documents.some((document) => names.test(textOf(original, document)))))) return false
  if (record !== undefined && (stated?.profile[record] === undefined || (names !== undefined && documents.some((document) => names.test(textOf(original, document)))))) return false
  if (early === undefined) return true
  const choices = early === 'any' ? [] : expected?.choicesFor(early) ?? []
  return expected?.stageIsEarly === true && choices.every((choice) => original.looked.facts.products.some(({ id, kinds, burden }) => id === choice && (early === 'any' || kinds.includes(early)) && burden === 'light'))
}

/** As many originals as a fault is tried on: others than the fault before it, and always the two that people wrote. */
const most = 6
const some = (index: number): readonly Original[] => [...originals.slice(-byHandNames.length), ...originals.slice(0, -byHandNames.length).map((_, at, all) => all[(at + index * most) % all.length] as Original)]

const lineOf = (text: string, at: Fault['at']): number => (at === 1 ? 1 : text.slice(0, text.search(at)).split('\n').length + (/^\n/.test(at.exec(text)?.[0] ?? '') ? 1 : 0))

test('there are sixty kinds of faults and more, and eighteen originals and more', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBeGreaterThanOrEqual(60)
  expect(originals.length).toBeGreaterThanOrEqual(18)
})

test('originals have nothing to report', async () => {
  for (const original of originals) expect(wrongIn(await report(original)), original.name).toEqual([])
})

describe('a fault is found by its rule on its line', () => {
  test.each(faults.map((fault, index) => [fault.name, fault, index] as const))('%s', async (_, fault, index) => {
    let tried = 0
    const missed: string[] = []
    for (const original of some(index)) {
      if (tried >= most && process.env['OPS_ALL'] === undefined) break
      const text = fits(fault, original) ? fault.change(textOf(original, fault.file)) : undefined
      if (text === undefined) continue
      tried += 1
      const { findings } = await reportWith(original, fault.file, text)
      const line = lineOf(text, fault.at)
      const found = findings.filter(({ rule, file }) => rule === fault.rule && file.endsWith(fault.file))
      if (!found.some((finding) => finding.line === line)) missed.push(`${original.name}: expected line ${line}, found ${found.map((finding) => `${finding.line} ${finding.found}`).join('; ') || 'nothing'}`)
    }
    expect(missed).toEqual([])
    expect(tried, 'no original has what this fault spoils').toBeGreaterThan(0)
  })
})
