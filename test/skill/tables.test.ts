import { beforeAll, describe, expect, it } from 'vitest'
import { codes, tableUnder } from '../manifests/repository.ts'
import { decide, valueAt } from '../support/decide.ts'
import { knowledge } from '../support/knowledge.ts'
import { branches, changes, conditions, environments, migrationTools, protections, signIn, slots, stacks, triggers } from './rows.ts'

// Reading all sheets from Markdown is slow on a busy machine.
beforeAll(() => void knowledge(), 60_000)

const skill = 'skills/operational-patterns/SKILL.md'
const labels = (heading: string): string[] => tableUnder(skill, heading).map((row) => row[0] as string)
const row = (heading: string, label: string): string[] => tableUnder(skill, heading).find((cells) => cells[0] === label) as string[]
const found = (value: unknown): string[] => [value].flat().map((one) => (typeof one === 'object' && one !== null ? String((one as { id?: string, name?: string }).id ?? (one as { name?: string }).name) : String(one)))

describe('every row of the skill has its project, and every project its row', () => {
  it.each([['Sign-in', signIn], ['API protections', protections], ['Observability', stacks], ['Pipeline', branches], ['Which steps', changes], ['Environments', environments]] as const)('%s', (heading, projects) => {
    expect(labels(heading)).toEqual(Object.keys(projects))
  })

  it('Which tool, less the rule that a living tool stays', () => {
    expect(labels('Which tool').slice(1)).toEqual(Object.keys(migrationTools))
  })
})

describe('the skill says what the tools answer', () => {
  it.each(Object.entries(signIn))('sign-in: %s', (label, input) => {
    const { decision, rejected } = decide('select_auth', input)
    const listed = codes(row('Sign-in', label)[1] as string)
    expect(listed).toContain(decision['primary'])
    const out = rejected.map(({ id }) => id)
    expect(listed.filter((id) => out.includes(id))).toEqual([])
  })

  it.each(Object.entries(stacks))('stack: %s', (label, input) => {
    const { decision } = decide('observability_stack', input)
    for (const [at, slot] of slots.entries()) {
      const listed = codes(row('Observability', label)[at + 1] as string)
      const chosen = found(valueAt(decision, `slots.${slot}`))
      expect(chosen.some((id) => listed.includes(id)), `${slot}: ${chosen.join(', ')}, listed ${listed.join(', ')}`).toBe(true)
    }
  })

  it.each(Object.entries(branches))('branches: %s', (label, input) => {
    expect(codes(row('Pipeline', label)[1] as string)).toEqual([decide('pipeline_template', input).decision['branchStrategy']])
  })

  it.each(Object.entries(migrationTools))('migration tool: %s', (label, input) => {
    expect(codes(row('Which tool', label)[1] as string)).toEqual([decide('migration_plan', input).decision['tool']])
  })

  it.each(Object.entries(changes))('releases: %s', (label, inputs) => {
    const listed = (row('Which steps', label)[1] as string).split(' or ').map(Number)
    const needed = inputs.map((input) => decide('migration_plan', input).decision['deploysNeeded'])
    expect([...new Set(needed)].sort()).toEqual(listed)
  })

  it.each(Object.entries(protections))('protection: %s', (label, controls) => {
    const [priority, condition] = (row('API protections', label)[2] as string).split(', ')
    for (const id of controls) {
      const facts = knowledge().controls[id]?.facts
      expect(facts?.priority.value, id).toBe(priority)
      if (condition !== undefined) expect(facts?.appliesTo.value, id).toContain(conditions[condition])
    }
  })

  it.each(Object.entries(environments))('environment: %s', (label, input) => {
    const planned = decide('env_matrix', input).decision['environments'] as { name: string, deployTrigger: string }[]
    expect(triggers[row('Environments', label)[3] as string]).toContain(planned.find(({ name }) => name === label)?.deployTrigger)
  })
})
