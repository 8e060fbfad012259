import { expect, test } from 'vitest'
import { knowledge } from '../support/knowledge.ts'

const sheets = Object.values(knowledge().actions)

test('every pin was seen in the repository of the action or in three others', () => {
  expect(sheets.length).toBeGreaterThan(50)
  for (const { id, facts } of sheets) {
    const others = facts.independentRepositories.value
    expect(facts.evidence.value === 'own-repository' ? others === null : (others ?? 0) >= 3, id).toBe(true)
    expect(facts.sha.value, id).not.toBeNull()
  }
})

test('no action has two sheets, and each file is named after its action', () => {
  expect(new Set(sheets.map(({ facts }) => facts.action.value)).size).toBe(sheets.length)
  for (const { id, facts } of sheets) expect(id).toBe(facts.action.value?.toLowerCase().replaceAll('/', '-'))
})
