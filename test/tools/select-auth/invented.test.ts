import { expect, test } from 'vitest'
import { selectAuth } from '../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { invented } from './invented.ts'

// Read here, so that no test pays for the parsing.
const sheets = knowledge()
const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value)

test('every kind of caller is among the cases', () => {
  const seen = new Set(invented.flatMap(([, input]) => input.signInBy ?? []))
  expect([...seen].sort()).toEqual(['agents', 'business-users', 'consumers', 'devices', 'machines', 'nobody', 'partners', 'staff'])
  expect(invented.length).toBeGreaterThanOrEqual(25)
})

test.each(invented)('%s', (_, input, { never = [], conflicts = [], noConflicts = [], ...planes }) => {
  const { decision, conflicts: named } = selectAuth.run(input, { knowledge: sheets, asOf, detail: 'normal' })
  const ids = named.map(({ id }) => id)
  for (const [plane, values] of Object.entries(planes)) expect(list(values), plane).toContain(decision[plane as 'primary'])
  expect(never).not.toContain(decision.primary)
  expect(conflicts.filter((id) => !ids.includes(id))).toEqual([])
  expect(noConflicts.filter((id) => ids.includes(id))).toEqual([])
})
