import { expect, test } from 'vitest'
import { decideFor } from '../../src/engine/deciding-call.ts'
import { planBlueprint } from '../../src/engine/blueprint-run.ts'
import { InputError } from '../../src/core/errors.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import { folder } from '../project/folder.ts'
import { worldAt } from '../support/world.ts'

const base = { stage: 'growth', signInBy: ['consumers'], stack: ['typescript', 'express', 'postgresql'], hosting: 'railway', developers: 5 }
const conflictsOf = (name: string, more: object): string[] => {
  const tool = decidingTools.find((one) => one.name === name)
  if (tool === undefined) throw new Error(`no tool ${name}`)
  return decideFor(tool, { ...base, ...more }, worldAt(null)).draft.conflicts.map(({ id, inputs }) => `${id}: ${inputs.join(', ')}`)
}
const decided = (name: string, more: object): unknown => decideFor(decidingTools.find((one) => one.name === name)!, { ...base, ...more }, worldAt(null)).draft.decision

test('a house rule that names nothing is a conflict with the nearest id, in every tool and once in a blueprint', () => {
  const houseRules = { forbid: ['datadogg'], require: ['postgresql'] }
  for (const { name } of decidingTools) expect(conflictsOf(name, { houseRules }).slice(0, 2), name).toEqual(['house-rule-unknown: houseRules.require: postgresql', 'house-rule-unknown: houseRules.forbid: datadogg'])
  const { joined } = planBlueprint({ ...base, houseRules: { forbid: ['datadogg', 'k8s'] } }, worldAt(folder()))
  expect(joined.conflicts.filter(({ id }) => id === 'house-rule-unknown')).toMatchObject([{ resolution: expect.stringContaining('Did you mean datadog?') }])
})

test.each<[string, string[], string]>([
  ['select_auth', ['clerk', 'auth0'], 'auth0'], ['env_matrix', ['doppler', 'vault'], 'vault'], ['pipeline_template', ['gitlab', 'circleci'], 'circleci'], ['migration_plan', ['flyway', 'dbmate'], 'dbmate'],
])('%s: of two required for one place, the one left out is a conflict', (name, require, left) => {
  expect(conflictsOf(name, { houseRules: { require } })).toContainEqual(expect.stringMatching(`^house-rule-not-met: houseRules.require: ${left}, chosen: `))
  expect(conflictsOf(name, { houseRules: { require: require.slice(0, 1) } }).join()).not.toContain('house-rule-not-met')
})

test('a rule that another forbids is a conflict; one without a subject, or met in one of its slots, is none', () => {
  expect(conflictsOf('observability_stack', { houseRules: { require: ['datadog', 'sentry'], forbid: ['sentry'] } })).toContain('house-rule-not-met: houseRules.require: sentry, houseRules.forbid: sentry')
  expect(conflictsOf('observability_stack', { houseRules: { require: ['datadog', 'pagerduty'] } }).join()).not.toContain('house-rule')
  expect(conflictsOf('select_auth', { signInBy: ['nobody'], houseRules: { require: ['clerk'] } }).join()).not.toContain('house-rule')
})

const broken: readonly (readonly [tool: string, pin: string, id: string, more: object])[] = [
  ['select_auth', 'auth', 'clerk', { airGapped: true, hosting: 'on-prem' }], ['observability_stack', 'logs', 'datadog', { airGapped: true, hosting: 'on-prem' }], ['observability_stack', 'errors', 'sentry', { airGapped: true, hosting: 'on-prem' }],
  ['env_matrix', 'secrets', 'doppler', { airGapped: true, hosting: 'on-prem' }], ['env_matrix', 'flags', 'launchdarkly', { airGapped: true, hosting: 'on-prem' }],
  ['env_matrix', 'validation', 'pydantic-settings', {}], ['pipeline_template', 'ciProvider', 'circleci', { airGapped: true, hosting: 'on-prem' }], ['migration_plan', 'migrationTool', 'prisma-migrate', { stack: ['python', 'mongodb'] }],
]
test.each(broken)('%s: a pin of %s to %s that breaks a filter, or that a house rule forbids, stays and is a conflict that names it', (tool, pin, id, more) => {
  for (const why of [more, { houseRules: { forbid: [id] } }]) {
    const asked = { decisions: { [pin]: id }, ...why }
    expect(JSON.stringify(decided(tool, asked))).toContain(`"${id}"`)
    expect(conflictsOf(tool, asked).some((line) => line.includes(id)), JSON.stringify(asked)).toBe(true)
  }
})

test.each([
  ['select_auth', 'auth', 'workoss', 'workos'], ['observability_stack', 'logs', 'datadogg', 'datadog'], ['env_matrix', 'secrets', 'dopler', 'doppler'],
  ['pipeline_template', 'ciProvider', 'github', 'github-actions'], ['pipeline_template', 'branchStrategy', 'githubflow', 'github-flow'], ['migration_plan', 'migrationTool', 'prizma', 'prisma-migrate'],
])('%s: a pin of %s to %s, which nothing is called, is an error with the nearest id', (tool, pin, id, near) => {
  expect(() => decided(tool, { decisions: { [pin]: id } })).toThrow(InputError)
  expect(() => decided(tool, { decisions: { [pin]: id } })).toThrow(`Did you mean ${near}?`)
})
