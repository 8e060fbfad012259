import { countTokens } from '../../support/count-tokens.ts'
import { beforeAll, expect, test } from 'vitest'
import { answer } from '../../../src/tools/answer.ts'
import type { Input } from '../../../src/tools/env-matrix/input.ts'
import { envMatrix } from '../../../src/tools/env-matrix/tool.ts'
import type { Detail } from '../../../src/tools/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { profiles } from './profiles.ts'

beforeAll(() => { knowledge() }, 60_000)

const draft = (input: Input, detail: Detail = 'normal', day = asOf) => envMatrix.run(input, { knowledge: knowledge(), asOf: day, detail })

test('the description is short enough for a tool list', () => expect(envMatrix.description.length).toBeLessThanOrEqual(300))

test.each(profiles)('$name: the result fits its budget, has four sections, and cites dated pages', ({ input }) => {
  const result = draft(input)
  expect(countTokens(JSON.stringify(answer(result, false)))).toBeLessThanOrEqual(2500)
  expect(result.sections.map(({ id }) => id)).toEqual(['environments', 'configuration', 'secrets', 'feature-flags'])
  expect(result.questions.length).toBeLessThanOrEqual(3)
  for (const section of result.sections) expect(section.body).not.toMatch(/^#{1,2} |undefined|null|\[object/m)
  for (const source of result.sources) expect(source.checked <= asOf).toBe(true)
})

test('a B2B product with every earlier decision pinned still fits', () => {
  const input: Input = { projectType: 'b2b-saas', stage: 'growth', developers: 8, hosting: 'aws-ecs', services: 3, compliance: ['soc2', 'gdpr'], stack: ['typescript', 'fastify', 'postgres 16', 'redis', 'bullmq'], usesLlm: true, needsTargeting: true, monthlyActiveUsers: 20_000, decisions: { auth: 'workos', errors: 'sentry', logs: 'cloudwatch', alerting: 'pagerduty' } }
  expect(countTokens(JSON.stringify(answer(draft(input), false)))).toBeLessThanOrEqual(2500)
})

test('a large enterprise with many products fits, and its report still names every variable', () => {
  const input: Input = { projectType: 'b2b-saas', stage: 'enterprise', developers: 40, hosting: 'aws-ecs', services: 12, releaseCadence: 'scheduled', monthlyActiveUsers: 400_000, compliance: ['soc2', 'gdpr', 'hipaa'], clients: ['web', 'ios', 'android'], stack: ['typescript', 'fastify', 'postgres 13', 'redis', 'bullmq', 'stripe', 'openai', 'sendgrid', 'twilio', 'kafka'], usesLlm: true, needsTargeting: true, existing: ['launchdarkly', 'doppler'], stagingData: 'masked-copy', budgetUsdPerMonth: 2000, decisions: { auth: 'workos', errors: 'sentry', logs: 'cloudwatch', alerting: 'pagerduty' } }
  const result = answer(draft(input), false)
  expect(countTokens(JSON.stringify(result))).toBeLessThanOrEqual(2500)
  const { variables } = draft(input, 'full').decision
  expect(variables.length).toBeGreaterThan(20)
  for (const { name } of variables) expect(result.report).toContain(`\`${name}\``)
})

test.each<[string, Input]>([
  ['a closed network on an outside platform', { airGapped: true, hosting: 'vercel', existing: ['doppler'], decisions: { secrets: 'infisical', flags: 'launchdarkly' }, compliance: ['soc2'], developers: 1 }],
  ['one person who wants everything', { stage: 'mvp', developers: 1, environments: ['local', 'dev', 'staging', 'uat', 'production'], variables: ['NODE_ENV', 'VITE_ADMIN_SECRET'], stagingData: 'production-copy', dataClasses: ['pii'] }],
  ['a tiny product with a large label and ended tools', { stage: 'production', developers: 1, monthlyActiveUsers: 20, budgetUsdPerMonth: 1, existing: ['hypertune'], decisions: { flags: 'unleash-cloud' }, flagCount: 1, stack: ['node 18'] }],
])('five conflicts and more fit too: %s', (_, input) => {
  const result = answer(draft(input), false)
  expect(result.conflicts.length).toBeGreaterThanOrEqual(5)
  expect(countTokens(JSON.stringify(result))).toBeLessThanOrEqual(2500)
})

test('brief is shorter than normal, and normal than full', () => {
  const input: Input = { stage: 'growth', hosting: 'aws-ecs', stack: ['typescript', 'postgres'], needsTargeting: true }
  const size = (detail: Detail) => JSON.stringify(answer(draft(input, detail), false)).length
  expect(size('brief')).toBeLessThan(size('normal'))
  expect(size('normal')).toBeLessThan(size('full'))
})

test('the price of LaunchDarkly follows services, environments and users', () => {
  const input: Input = { stage: 'growth', hosting: 'aws-ecs', services: 5, environments: ['local', 'dev', 'staging', 'production'], monthlyActiveUsers: 10_000, clients: ['machine'], decisions: { flags: 'launchdarkly' } }
  const line = (more: Partial<Input>) => draft({ ...input, ...more }).cost.lines.find(({ item }) => item.includes('LaunchDarkly'))
  expect(line({})?.usdPerMonth).toBe(150)
  expect(line({ clients: ['web'] })?.usdPerMonth).toBe(233.3)
})

test.each<[string, Partial<Input>, string, number]>([
  ['seats of Unleash, five at least', { developers: 9, decisions: { flags: 'unleash-cloud' } }, 'Unleash', 675],
  ['secrets times environments of AWS, read hourly by each server', { hosting: 'aws-ecs', serverCount: 10, stack: ['postgres', 'redis'] }, 'AWS Secrets Manager', 1.67],
  ['identities of Infisical, people and machines, once an auditor asks', { hosting: 'render', developers: 4, services: 2, compliance: ['soc2'], decisions: { secrets: 'infisical' } }, 'Infisical', 200],
  ['servers that ask PostHog for all flags', { hosting: 'render', serverCount: 4, decisions: { flags: 'posthog' } }, 'PostHog', 165.52],
])('the price follows %s', (_, more, vendor, usd) => {
  const { cost } = draft({ stage: 'growth', clients: ['machine'], stack: ['typescript'], ...more })
  expect(cost.lines.find(({ item }) => item.includes(vendor))).toMatchObject({ usdPerMonth: usd })
})

test('a plan with an agreement has a price only where a page says it', () => {
  const { cost } = draft({ stage: 'growth', hosting: 'render', compliance: ['hipaa'], needsTargeting: true, decisions: { flags: 'posthog' } })
  expect(cost.usdPerMonth).toBeNull()
})

test('a stale figure becomes its model and the day it was read', () => {
  const input: Input = { decisions: { flags: 'launchdarkly' } }
  expect(draft(input, 'normal', '2027-06-01').cost).toMatchObject({ usdPerMonth: null, lines: [{ stale: true, usdPerMonth: null }] })
})

test('hostile text stays text', () => {
  const evil = '`]|<script>${x}'
  const result = draft({ hosting: evil, stack: [evil, `postgres ${evil}`], existing: [evil], houseRules: { forbid: [{ id: 'doppler', reason: evil }] } })
  expect(JSON.stringify(result.sections)).not.toContain('<script>')
  expect(result.conflicts.map(({ problem, resolution }) => problem + resolution).join()).not.toContain('<script>')
  expect(JSON.stringify(result.files)).not.toContain('<script>')
})

test('every flip and every question really changes the decision', { timeout: 60_000 }, () => {
  for (const { input } of profiles) {
    const { flips, questions } = draft(input)
    for (const flip of flips) expect(flip.outcome).not.toBe('')
    for (const question of questions) expect(question.changes).not.toBe('')
  }
})
