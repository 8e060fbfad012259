import { beforeAll, describe, expect, test } from 'vitest'
import { productsIn } from '../../../src/tools/observability-stack/decide.ts'
import { probes, run, slotsText } from '../../../src/tools/observability-stack/flips.ts'
import type { Input } from '../../../src/tools/observability-stack/input.ts'
import { observabilityStack } from '../../../src/tools/observability-stack/tool.ts'
import { viewOf } from '../../../src/tools/observability-stack/view.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { invented } from './invented.ts'

const slots = ['logs', 'errors', 'metrics', 'tracing', 'alerting', 'slo'] as const
const text = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(' '))
const decided = (input: object) => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'full' })

// Reading every sheet takes seconds on a busy machine; it is no part of the first case.
beforeAll(() => void knowledge(), 60_000)

test('there are at least twenty-five', () => expect(invented.length).toBeGreaterThanOrEqual(25))

describe.each(invented.map(([title, input, wanted, nowhere = []]) => ({ title, input, wanted, nowhere })))('$title', ({ input, wanted, nowhere }) => {
  test('gets what an engineer would accept', () => {
    const { decision, conflicts } = decided(input)
    for (const slot of slots) if (wanted[slot] !== undefined) expect({ [slot]: wanted[slot] }).toEqual({ [slot]: expect.arrayContaining([text(decision.slots[slot])]) })
    const taken = slots.flatMap((slot) => productsIn(decision.slots[slot]))
    expect(taken.filter((id) => nowhere.includes(id))).toEqual([])
    const ids = conflicts.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([...wanted.conflicts ?? []]))
    expect(ids.filter((id) => wanted.noConflicts?.includes(id))).toEqual([])
  })

  test('reports only flips that happen when the input is changed so', () => {
    const before = run(knowledge())(input as Input)
    const tried = probes(input as Input, viewOf(input as Input, knowledge()), before)
    for (const { change, outcome } of decided(input).flips) {
      const probe = tried.find((candidate) => candidate.change === change)
      expect(probe, change).toBeDefined()
      const after = slotsText(run(knowledge())({ ...input, ...probe?.set } as Input)).split('; ')
      expect(after).toEqual(expect.arrayContaining(outcome.split('; ')))
      expect(slotsText(before).split('; ')).not.toEqual(expect.arrayContaining(outcome.split('; ')))
    }
  })

  test('asks only what would change a slot', () => {
    for (const { field } of decided(input).questions) expect(input).not.toHaveProperty(field)
  })
})
