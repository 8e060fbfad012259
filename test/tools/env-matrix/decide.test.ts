import { expect, test } from 'vitest'
import { decide } from '../../../src/tools/env-matrix/decide.ts'
import type { Input } from '../../../src/tools/env-matrix/input.ts'
import { promotionEdges } from '../../../src/tools/env-matrix/promotion.ts'
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
  ['stage-above-scale', { stage: 'enterprise', developers: 1, monthlyActiveUsers: 100 }],
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
  ['air-gap-on-outside-platform', { airGapped: true, hosting: 'vercel' }],
  ['delivered-and-hosted', { projectType: 'b2b-saas', distributedToCustomers: true, hosting: 'aws-ecs' }],
  ['existing-tool-ended', { existing: ['hcp-vault-secrets'] }],
  ['existing-tool-ended', { existing: ['Hypertune'], stage: 'growth' }],
  ['existing-tool-fails-filter', { existing: ['doppler'], airGapped: true }],
  ['existing-tool-fails-filter', { existing: ['LaunchDarkly'], noUsSubprocessors: true }],
  ['existing-tool-fails-filter', { existing: ['statsig'], compliance: ['hipaa'] }],
  ['self-host-without-operations', { selfHost: 'required', opsCapacity: 'none', hosting: 'on-prem' }],
  ['no-store-passes', { houseRules: { forbid: [{ id: 'docker-secrets-file' }, { id: 'sops-age' }, { id: 'platform-env' }] }, distributedToCustomers: true }],
  ['client-holds-secret', { projectType: 'mobile-app', stack: ['react-native'], clients: ['ios', 'android'], variables: ['OPENAI_API_KEY'] }],
  ['environment-named-by-node-env', { stage: 'growth', hosting: 'aws-ecs', stack: ['typescript'], variables: ['NODE_ENV', 'DATABASE_URL'] }],
  ['more-environments-than-people', { stage: 'mvp', developers: 2, environments: ['local', 'test', 'staging', 'uat', 'production'] }],
  ['shared-development-environment', { stage: 'growth', developers: 9, environments: ['local', 'dev', 'staging', 'production'] }],
  ['over-budget', { stage: 'growth', services: 8, hosting: 'aws-ecs', budgetUsdPerMonth: 100, decisions: { flags: 'launchdarkly' } }],
  ['production-rows-below-production', { stage: 'growth', hosting: 'aws-ecs', compliance: ['gdpr'], stagingData: 'masked-copy' }],
  ['flag-price-grows-with-users', { stage: 'production', monthlyActiveUsers: 400_000, existing: ['launchdarkly'], needsTargeting: true }],
])('conflict %s is seen', (id, input) => expect(conflictIds(input)).toContain(id))

test.each<[string, Input]>([
  ['environment-named-by-node-env', { stage: 'growth', hosting: 'aws-ecs', stack: ['typescript'], variables: ['NODE_ENV', 'APP_ENV'] }],
  ['environment-named-by-node-env', { stage: 'mvp', hosting: 'fly', stack: ['typescript'], variables: ['NODE_ENV'] }],
  ['client-holds-secret', { projectType: 'mobile-app', hosting: 'gcp', stack: ['react-native', 'fastapi'], clients: ['ios'], variables: ['OPENAI_API_KEY'] }],
  ['more-environments-than-people', { stage: 'growth', developers: 8, environments: ['local', 'test', 'staging', 'uat', 'production'] }],
  ['shared-development-environment', { stage: 'enterprise', developers: 60, services: 30 }],
  ['over-budget', { stage: 'growth', hosting: 'aws-ecs', budgetUsdPerMonth: 5000, decisions: { flags: 'launchdarkly' } }],
  ['air-gap-on-outside-platform', { airGapped: true, hosting: 'on-prem' }],
  ['existing-tool-fails-filter', { existing: ['doppler', 'vault', 'zorp'], stage: 'growth' }],
])('conflict %s is not seen where there is none', (id, input) => expect(conflictIds(input)).not.toContain(id))

test('every conflict names its inputs with their values', () => {
  const inputs: readonly Input[] = [
    { airGapped: true, hosting: 'vercel', existing: ['doppler'], decisions: { secrets: 'infisical', flags: 'launchdarkly' }, compliance: ['soc2'], developers: 1 },
    { stage: 'mvp', developers: 1, environments: ['local', 'dev', 'staging', 'uat', 'production'], variables: ['NODE_ENV', 'VITE_ADMIN_SECRET'], stagingData: 'production-copy', dataClasses: ['pii'] },
    { stage: 'production', developers: 1, monthlyActiveUsers: 20, budgetUsdPerMonth: 1, existing: ['hypertune'], decisions: { flags: 'unleash-cloud' }, flagCount: 1, stack: ['node 18'] },
  ]
  for (const input of inputs) {
    const { conflicts } = run(input)
    expect(conflicts.length).toBeGreaterThanOrEqual(4)
    for (const conflict of conflicts) for (const named of conflict.inputs) expect(named).toMatch(/^[a-zA-Z.]+: .+/)
  }
})

test.each<[string, string]>([['HashiCorp Vault', 'vault'], ['AWS Secrets Manager', 'aws-sm'], ['Parameter Store', 'aws-ssm'], ['doppler', 'doppler'], ['SOPS', 'sops-age']])('a company that runs %s keeps it', (word, store) => {
  expect(run({ stage: 'growth', developers: 8, hosting: 'aws-ecs', opsCapacity: 'high', existing: [word] }).secrets).toMatchObject({ id: store, rule: 'already-run' })
})

test.each<[string, Input, string]>([
  ['Key Vault on Azure', { hosting: 'azure', existing: ['Azure Key Vault'] }, 'azure-kv'],
  ['Google Secret Manager on Cloud Run', { hosting: 'gcp', existing: ['google-secret-manager'] }, 'gcp-sm'],
  ['a store of another cloud does not follow', { hosting: 'gcp', existing: ['aws-secrets-manager'] }, 'gcp-sm'],
  ['an ended store does not stay', { stage: 'growth', hosting: 'render', existing: ['hcp-vault-secrets'] }, 'doppler'],
])('existing: %s', (_, input, store) => expect(run(input).decision.secrets).toBe(store))

test('a flag service that is there is used before a new one, but not for one toggle', () => {
  const flags = (input: Input) => run({ stage: 'growth', hosting: 'aws-ecs', existing: ['launchdarkly'], ...input }).decision.flags
  expect(flags({ flagCount: 9 })).toBe('launchdarkly')
  expect(flags({ needsTargeting: true })).toBe('launchdarkly')
  expect(flags({ flagCount: 1 })).toBe('env-var')
})

test.each<[string, Input, string, string]>([
  ['a region nobody confirms', { dataResidency: ['eu'] }, 'statsig', 'region-unknown'],
  ['a region it does not offer', { dataResidency: ['ap'] }, 'posthog', 'other-region'],
  ['a federal boundary', { compliance: ['fedramp'] }, 'launchdarkly', 'outside-authorized-boundary'],
  ['an attestation nobody confirms', { compliance: ['bsi-c5'] }, 'flagsmith', 'attestation-unknown'],
  ['health data without an agreement', { compliance: ['hipaa'] }, 'statsig', 'no-baa'],
  ['US processors that nobody rules out', { noUsSubprocessors: true }, 'flagsmith', 'subprocessors-unknown'],
  ['an air gap', { airGapped: true }, 'configcat', 'air-gap'],
  ['redistribution', { distributedToCustomers: true }, 'growthbook-self', 'not-redistributable'],
  ['a team without operations', { opsCapacity: 'low' }, 'unleash-self', 'ops-capacity'],
  ['a price nobody can say, when there is a budget', { budgetUsdPerMonth: 300, compliance: ['hipaa'] }, 'launchdarkly', 'price-unknown'],
  ['the whole budget', { budgetUsdPerMonth: 300 }, 'unleash-cloud', 'over-budget'],
])('a flag service fails over %s', (_, input, id, rule) => {
  expect(run({ stage: 'growth', hosting: 'render', needsTargeting: true, ...input }).flags.rejected).toContainEqual({ id, rule })
})

test('a hosted store that takes more than a fifth of the budget, or whose price nobody can say, is left out and named', () => {
  const { secrets, conflicts } = run({ stage: 'early', hosting: 'render', developers: 3, compliance: ['soc2'], budgetUsdPerMonth: 500 })
  expect(secrets).toMatchObject({ id: 'platform-env', rule: 'nothing-affordable' })
  expect(secrets.rejected).toEqual(expect.arrayContaining([{ id: 'doppler', rule: 'price-unknown' }, { id: 'infisical', rule: 'budget-share' }]))
  expect(conflicts.map(({ id }) => id)).toContain('secrets-without-audit')
  expect(run({ stage: 'early', hosting: 'render', developers: 3, compliance: ['soc2'], budgetUsdPerMonth: 1500 }).decision.secrets).toBe('infisical')
})

test('what ships to phones is given no connection to a database', () => {
  const names = (input: Input) => run(input).decision.variables.map(({ name }) => name)
  expect(names({ projectType: 'mobile-app', stack: ['react-native', 'supabase'], clients: ['ios'] })).not.toContain('DATABASE_URL')
  expect(names({ projectType: 'mobile-app', hosting: 'gcp', stack: ['react-native', 'fastapi', 'postgres'], clients: ['ios'] })).toContain('DATABASE_URL')
})

test.each<[string, readonly string[], string | null]>([
  ['a game client beside its servers', ['unity', 'go'], 'go'], ['a game client alone', ['unity'], null], ['both phones and a server', ['kotlin', 'swift', 'go'], 'go'], ['a browser front before Go', ['react', 'go'], 'go'], ['a browser front alone', ['react'], 'javascript'], ['a phone front', ['react-native', 'supabase'], null],
])('the language of %s', (_, stack, language) => expect(run({ stack: [...stack] }).validation.language).toBe(language))

test('access follows what an auditor asks: an account of its own where the platform has one, two owners on the record', () => {
  const access = (input: Input) => run(input).decision.environments.find(({ name }) => name === 'production')?.access
  expect(access({ stage: 'growth', developers: 8, hosting: 'aws-ecs', compliance: ['soc2'] })).toBe('own-account-and-break-glass')
  expect(access({ stage: 'growth', developers: 8, hosting: 'render', compliance: ['soc2'] })).toBe('pipeline-and-break-glass')
  expect(access({ stage: 'mvp', developers: 2, hosting: 'render', compliance: ['hipaa'] })).toBe('owners-recorded')
  expect(access({ stage: 'mvp', developers: 2, hosting: 'render' })).toBe('owners-with-mfa')
})

test('a release is promoted from acceptance when there is one, and never from a load test', () => {
  const edges = promotionEdges(run({ stage: 'production', developers: 20, releaseCadence: 'scheduled', monthlyActiveUsers: 400_000 }).decision.environments)
  expect(edges.map(({ from, to, rule }) => `${from} ${to} ${rule}`)).toEqual(['branch staging reviewed-and-green', 'staging uat healthy', 'uat production accepted'])
  expect(promotionEdges(run({ projectType: 'self-hosted-product', stage: 'growth' }).decision.environments).at(-1)).toMatchObject({ to: 'production', rule: 'tagged-and-installed' })
})

test('a plain MVP has no conflict', () => expect(conflictIds({ stage: 'mvp', hosting: 'vercel', developers: 1, stack: ['Next.js 16', 'PostgreSQL 18'] })).toEqual([]))

test.each([['Node 20', '2026-04-30'], ['nodejs 20.11.1', '2026-04-30'], ['Python 3.10', '2026-10-31'], ['.NET 8', '2026-11-10'], ['Postgres 14.2', '2026-11-12'], ['MySQL 8.0', '2026-04-30'], ['PostgreSQL 18', '2030-11-14'], ['Next.js 15', '2026-10-21']])('%s is supported until %s', (word, until) => expect(runtimeOf(word, knowledge())?.until).toBe(until))

test.each(['TypeScript 5', 'postgres', 'Zorp 3', '7', ''])('%j names no runtime version', (word) => expect(runtimeOf(word, knowledge())).toBeUndefined())

test('Unleash is ruled out by its own limit of two environments, and allowed within it', () => {
  const rules = (input: Input) => run(input).flags.rejected.find(({ id }) => id === 'unleash-self')?.rule
  const input: Input = { stage: 'growth', opsCapacity: 'high', hosting: 'k8s', needsTargeting: true }
  expect(rules({ ...input, environments: ['local', 'preview', 'staging', 'production'] })).toBe('environment-limit')
  expect(rules({ ...input, environments: ['local', 'staging', 'production'] })).toBeUndefined()
})

test.each([['django', ['SECRET_KEY']], ['rails', ['SECRET_KEY_BASE']], ['laravel', ['APP_KEY']], ['aspnet', []]] as const)('sign-in of %s: the key of its sessions has the name that it reads', (framework, names) => {
  const { variables } = run({ stack: [framework, 'postgresql'], decisions: { auth: 'framework-native' } }).decision
  expect(variables.map(({ name }) => name).filter((name) => /SECRET_KEY|APP_KEY/.test(name))).toEqual(names)
  expect(variables.filter(({ name }) => (names as readonly string[]).includes(name)).every(({ secret }) => secret)).toBe(true)
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
