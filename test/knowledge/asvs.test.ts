import { describe, expect, test } from 'vitest'
import { asvsLevels } from '../support/asvs.ts'
import { knowledge } from '../support/knowledge.ts'

type Listed = { l1?: string[] | undefined, l2?: string[] | undefined, l3?: string[] | undefined }

/** One sentence per id that the standard does not have, or has at another level. */
function wrongIds(listed: Listed, levels: Map<string, number>): string[] {
  return ([['l1', 1], ['l2', 2], ['l3', 3]] as const).flatMap(([key, level]) =>
    (listed[key] ?? []).flatMap((id) => {
      const actual = levels.get(id)
      if (actual === undefined) return [`${id} is no requirement of ASVS 5.0.0`]
      return actual === level ? [] : [`${id} is listed at level ${level}, the standard asks for it from level ${actual}`]
    }))
}

describe('ASVS ids in control sheets', () => {
  const levels = asvsLevels()
  const controls = Object.values(knowledge().controls)

  test('the list holds the 345 requirements of the standard, 70, 183 and 92 by level', () => {
    expect(levels.size).toBe(345)
    expect([1, 2, 3].map((level) => [...levels.values()].filter((one) => one === level).length)).toEqual([70, 183, 92])
    expect(controls.length).toBeGreaterThan(40)
  })

  test('an invented id and a wrong level are refused', () => {
    expect(wrongIds({ l1: ['v5.0.0-8.2.9'], l2: ['v5.0.0-8.2.2'] }, levels)).toEqual([
      'v5.0.0-8.2.9 is no requirement of ASVS 5.0.0',
      'v5.0.0-8.2.2 is listed at level 2, the standard asks for it from level 1',
    ])
  })

  test.each(controls.map((control) => [control.id, control.facts.asvs.value ?? {}] as const))('%s names ids that exist, at their level', (_, listed) => {
    expect(wrongIds(listed, levels)).toEqual([])
  })
})
