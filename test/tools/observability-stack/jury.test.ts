import { countTokens } from '../../support/count-tokens.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { observabilityStack } from '../../../src/tools/observability-stack/tool.ts'
import { answer as result } from '../../../src/tools/answer.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { rows } from './jury.ts'

beforeAll(() => void knowledge(), 60_000)

const text = (value: string | readonly string[]): string => [value].flat().join(' ')

test('the jury looked at many projects', () => expect(rows.length).toBeGreaterThanOrEqual(40))

describe.each(rows)('$name', ({ input, accept, conflicts = [], noConflicts = [], noFlips = [], noQuestions = [], said = [], unsaid = [] }) => {
  const answer = () => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'normal' })

  test('gets what a staff engineer would sign', () => {
    const { decision, conflicts: found, flips, questions } = answer()
    const got = Object.fromEntries(Object.keys(accept).map((slot) => [slot, slot === 'traceStore' ? decision.traceStore : text(decision.slots[slot as keyof typeof decision.slots])]))
    expect(Object.entries(accept).filter(([slot, ids]) => !(ids ?? []).includes(got[slot] as string)).map(([slot]) => `${slot}: ${got[slot]}`)).toEqual([])
    const ids = found.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([...conflicts]))
    expect(ids.filter((id) => noConflicts.includes(id))).toEqual([])
    expect(flips.filter(({ change }) => noFlips.some((not) => change.includes(not)))).toEqual([])
    expect(questions.filter(({ field }) => noQuestions.includes(field))).toEqual([])
  })

  test('reads as it was decided', () => {
    const draft = answer()
    const all = JSON.stringify([draft.sections, draft.conflicts, draft.assumptions, draft.skipped, draft.cost])
    for (const part of said) expect(all).toMatch(part)
    expect(all).not.toMatch(/undefined|\[object|NaN|\bnull a month/)
    expect(countTokens(JSON.stringify(result(draft, false)))).toBeLessThanOrEqual(2500)
    for (const part of unsaid) expect(all).not.toMatch(part)
  })
})
