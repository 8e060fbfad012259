import { expect, test } from 'vitest'
import { decide } from '../../../src/tools/env-matrix/decide.ts'
import type { Input } from '../../../src/tools/env-matrix/input.ts'
import { runtimeOf } from '../../../src/tools/env-matrix/runtimes.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { profiles } from './profiles.ts'

const run = (input: Input) => decide(input, knowledge(), asOf)
const plan = (input: Input): string => {
  const { environments, secrets, flags, validation } = run(input).decision
  return `${environments.map(({ name }) => name).join(' ')} | ${secrets} | ${flags} | ${validation}`
}
const conflictIds = (input: Input): string[] => run(input).conflicts.map(({ id }) => id)

test('there are enough profiles to mean something', () => expect(profiles.length).toBeGreaterThanOrEqual(30))

test.each(profiles)('$name', ({ input, plan: expected }) => expect(plan(input)).toBe(expected))

test.each(profiles)('$name: only known sheets are named, and no removed candidate is chosen unasked', ({ input }) => {
  const { decision, secrets, flags } = run(input)
  expect(knowledge()['secrets-stores'][decision.secrets]).toBeDefined()
  expect(knowledge()['flag-services'][decision.flags]).toBeDefined()
  expect(knowledge()['config-validators'][decision.validation]).toBeDefined()
  for (const choice of [secrets, flags]) if (choice.rule !== 'pinned' && choice.rule !== 'house-requires' && choice.id !== 'platform-env') expect(choice.rejected.map(({ id }) => id)).not.toContain(choice.id)
})

test.each(profiles)('$name: real rows are in production only', ({ input }) => {
  for (const { name, data } of run(input).decision.environments) if (name !== 'production') expect(['real-rows', 'customer-rows', 'production-copy']).not.toContain(data)
})

test.each(['hipaa', 'gdpr', 'pci-dss'] as const)('%s keeps staging synthetic even when a copy is asked for, and says so', (regime) => {
  const input: Input = { stage: 'growth', hosting: 'aws-ecs', compliance: [regime], stagingData: 'production-copy' }
  expect(run(input).decision.environments.find(({ name }) => name === 'staging')?.data).toBe('synthetic-only')
  expect(conflictIds(input)).toContain('production-rows-below-production')
})

test.each<[string, Input]>([
  ['flag-environment-limit', { stage: 'enterprise', developers: 20, hosting: 'aws-ecs', releaseCadence: 'weekly', decisions: { flags: 'unleash-self' }, opsCapacity: 'high' }],
  ['flag-price-grows-with-users', { stage: 'growth', monthlyActiveUsers: 400_000, decisions: { flags: 'launchdarkly' } }],
  ['flag-service-for-few-flags', { stage: 'early', flagCount: 1, decisions: { flags: 'statsig' } }],
  ['secret-files-on-many-servers', { stage: 'early', hosting: 'on-prem', serverCount: 3, decisions: { secrets: 'docker-secrets-file' } }],
  ['secrets-without-audit', { stage: 'mvp', hosting: 'vercel', compliance: ['soc2'], decisions: { secrets: 'platform-env' } }],
  ['small-product-large-label', { stage: 'enterprise', developers: 1, monthlyActiveUsers: 100 }],
  ['runtime-ended', { stack: ['Node 20'] }],
  ['fixed-choice-fails-filter', { airGapped: true, decisions: { secrets: 'doppler' } }],
  ['fixed-choice-fails-filter', { decisions: { secrets: 'hcp-vault-secrets' } }],
  ['fixed-choice-fails-filter', { decisions: { flags: 'hypertune' } }],
  ['fixed-choice-fails-filter', { decisions: { validation: 'joi' } }],
  ['house-rules-clash', { houseRules: { require: [{ id: 'doppler' }], forbid: [{ id: 'doppler' }] } }],
  ['secret-in-public-variable', { variables: ['NEXT_PUBLIC_STRIPE_SECRET_KEY'] }],
  ['approval-with-one-person', { compliance: ['soc2'], developers: 1 }],
  ['no-production-planned', { environments: ['local'] }],
  ['unknown-hosting', { hosting: 'heroku' }],
])('conflict %s is seen', (id, input) => expect(conflictIds(input)).toContain(id))

test('a plain MVP has no conflict', () => expect(conflictIds({ stage: 'mvp', hosting: 'vercel', developers: 1, stack: ['Next.js 16', 'PostgreSQL 18'] })).toEqual([]))

test.each([['Node 20', '2026-04-30'], ['nodejs 20.11.1', '2026-04-30'], ['Python 3.10', '2026-10-31'], ['.NET 8', '2026-11-10'], ['Postgres 14.2', '2026-11-12'], ['MySQL 8.0', '2026-04-30'], ['PostgreSQL 18', '2030-11-14'], ['Next.js 15', '2026-10-21']])('%s is supported until %s', (word, until) => expect(runtimeOf(word, knowledge())?.until).toBe(until))

test.each(['TypeScript 5', 'postgres', 'Zorp 3', '7', ''])('%j names no runtime version', (word) => expect(runtimeOf(word, knowledge())).toBeUndefined())

test('Unleash is ruled out by its own limit of two environments, and allowed within it', () => {
  const rules = (input: Input) => run(input).flags.rejected.find(({ id }) => id === 'unleash-self')?.rule
  const input: Input = { stage: 'growth', opsCapacity: 'high', hosting: 'k8s', needsTargeting: true }
  expect(rules({ ...input, environments: ['local', 'preview', 'staging', 'production'] })).toBe('environment-limit')
  expect(rules({ ...input, environments: ['local', 'staging', 'production'] })).toBeUndefined()
})

test('variables come from the pinned products, the stack and the services', () => {
  const { variables } = run({ stage: 'growth', hosting: 'aws-ecs', services: 3, usesLlm: true, stack: ['typescript', 'postgres', 'redis', 'stripe', 'openai', 'SendGrid'], decisions: { auth: 'clerk', errors: 'sentry' } }).decision
  const named = new Map(variables.map((variable) => [variable.name, variable]))
  for (const name of ['APP_ENV', 'NODE_ENV', 'DATABASE_URL', 'REDIS_URL', 'CLERK_SECRET_KEY', 'STRIPE_SECRET_KEY', 'OPENAI_API_KEY', 'SENDGRID_API_KEY', 'API_SERVER_URL', 'AGENT_SERVICE_URL']) expect([...named.keys()]).toContain(name)
  expect(named.get('DATABASE_URL')).toMatchObject({ category: 'database', secret: true, whereStored: 'aws-sm', requiredIn: ['local', 'staging', 'production'] })
  expect(named.get('SENTRY_DSN')?.requiredIn).toEqual(['staging', 'production'])
  expect(named.get('API_SERVER_URL')?.category).toBe('internal-url')
  expect(run({ stack: ['typescript'], services: 1 }).decision.variables.map(({ name }) => name)).not.toContain('API_SERVER_URL')
})

test('names from .env.example are merged once and sorted into categories', () => {
  const { variables } = run({ stack: ['typescript', 'postgres'], variables: ['DATABASE_URL', 'ENABLE_X', 'MAILGUN_API_KEY', 'BILLING_SERVICE_URL', 'NEXT_PUBLIC_SITE'] }).decision
  expect(variables.filter(({ name }) => name === 'DATABASE_URL')).toHaveLength(1)
  expect(Object.fromEntries(variables.map(({ name, category, secret }) => [name, `${category} ${secret}`]))).toMatchObject({ ENABLE_X: 'flag false', MAILGUN_API_KEY: 'third-party true', BILLING_SERVICE_URL: 'internal-url false', NEXT_PUBLIC_SITE: 'third-party false' })
})

test('the same input gives the same answer', () => {
  for (const { input } of profiles) expect(run(input)).toEqual(run(structuredClone(input)))
})
