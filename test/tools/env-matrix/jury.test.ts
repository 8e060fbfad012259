import { beforeAll, expect, test } from 'vitest'
import { runningIds } from '../../../src/tools/env-matrix/candidates.ts'
import { decide } from '../../../src/tools/env-matrix/decide.ts'
import { flipsOf } from '../../../src/tools/env-matrix/flips.ts'
import type { Input } from '../../../src/tools/env-matrix/input.ts'
import { envMatrix } from '../../../src/tools/env-matrix/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

beforeAll(() => { knowledge() }, 60_000)

/** A profile as people write it, and what a senior person would sign: accepted ids, and conflicts that must or must not be named. */
interface Row { readonly name: string, readonly input: Input, readonly secrets?: readonly string[], readonly flags?: readonly string[], readonly validation?: readonly string[], readonly conflicts?: readonly string[], readonly quiet?: readonly string[] }

const rows: readonly Row[] = [
  { name: 'Rails on a platform without a sheet', input: { stage: 'early', developers: 3, hosting: 'Heroku', stack: ['Rails 7.1', 'Postgres 15', 'Redis'] }, secrets: ['platform-env'], flags: ['env-var'], conflicts: ['unknown-hosting', 'runtime-ended'] },
  { name: 'a barber\'s pages with a database on shared hosting', input: { projectType: 'content-site', stage: 'mvp', hosting: 'Shared hosting at IONOS', stack: ['WordPress', 'PHP 8.1', 'MySQL 8.0'], developers: 1 }, secrets: ['docker-secrets-file', 'platform-env'], flags: ['none'], quiet: ['unknown-hosting'] },
  { name: 'European patients on Fargate', input: { stage: 'growth', hosting: 'AWS Fargate', developers: 9, compliance: ['hipaa', 'gdpr'], dataClasses: ['phi'], dataResidency: ['eu'], stack: ['Nest.js', 'TypeScript', 'PostgreSQL 16'], needsTargeting: true, services: 3 }, secrets: ['aws-sm'], flags: ['aws-appconfig'], validation: ['zod'], quiet: ['unknown-hosting'] },
  { name: 'a bank with its own name for Vault', input: { projectType: 'internal-tool', stage: 'enterprise', developers: 45, opsCapacity: 'high', compliance: ['sox', 'dora'], hosting: 'OpenShift on-prem', stack: ['Spring Boot 4.1', 'Java 21'], existing: ['HashiCorp Vault Enterprise', 'Splunk'], releaseCadence: 'scheduled', services: 18 }, secrets: ['vault'], validation: ['spring-validation'], quiet: ['unknown-hosting'] },
  { name: 'a bank whose secrets lie where no sheet looks', input: { projectType: 'data-platform', stage: 'production', developers: 9, opsCapacity: 'high', compliance: ['sox'], hosting: 'on prem kubernetes', existing: ['CyberArk'], services: 11 }, secrets: ['k8s-external-secrets'], conflicts: ['existing-store-without-sheet'] },
  { name: 'children under a law get no vendor that measures them', input: { projectType: 'game', stage: 'growth', clients: ['web'], compliance: ['coppa'], dataClasses: ['minors'], hosting: 'gcp cloud run', stack: ['Node 24', 'Express'], developers: 8, needsExperiments: true }, secrets: ['gcp-sm'], flags: ['db-flags'], conflicts: ['no-flag-service-passes'] },
  { name: 'teenagers among the users are named', input: { stage: 'growth', hosting: 'gcp', dataClasses: ['minors'], needsExperiments: true, stack: ['python'], clients: ['web'] }, conflicts: ['children-in-flag-service'] },
  { name: 'no US company, on a US platform', input: { stage: 'growth', hosting: 'Vercel', noUsSubprocessors: true, stack: ['Next.js 16'], developers: 5 }, secrets: ['platform-env'], conflicts: ['us-hosting'] },
  { name: 'validated cryptography that nobody confirms', input: { stage: 'production', airGapped: true, hosting: 'on-premises rack', compliance: ['fisma', 'fips-140'], developers: 12, opsCapacity: 'high', stack: ['Go 1.27'], selfHost: 'required' }, secrets: ['openbao'], conflicts: ['validated-cryptography-unconfirmed'], quiet: ['unknown-hosting'] },
  { name: 'five rented machines, few operators and an auditor', input: { projectType: 'b2b-saas', stage: 'growth', hosting: 'bare metal (OVH)', serverCount: 5, compliance: ['soc2'], developers: 6, opsCapacity: 'low', stack: ['Django 5.2'], budgetUsdPerMonth: 1500 }, secrets: ['infisical', 'doppler'], quiet: ['secrets-without-audit'] },
  { name: 'the same in own rooms', input: { projectType: 'internal-tool', stage: 'growth', hosting: 'on-prem', serverCount: 5, compliance: ['soc2'], developers: 6, opsCapacity: 'low', stack: ['Django 5.2'] }, secrets: ['sops-age'], conflicts: ['secrets-without-audit'] },
  { name: 'a cluster on Azure reads from the store of Azure', input: { stage: 'growth', hosting: 'AKS', developers: 9, services: 5, stack: ['.NET 10'] }, secrets: ['k8s-external-secrets'] },
  { name: 'users nobody counted are no reason to warn', input: { projectType: 'iot', stage: 'production', hosting: 'AWS IoT + EKS', clients: ['web', 'iot'], developers: 16, existing: ['LaunchDarkly'], flagCount: 35, stack: ['Go 1.27'] }, flags: ['launchdarkly'], quiet: ['flag-price-grows-with-users', 'unknown-hosting'] },
  { name: 'a site of pages with a key for its build', input: { projectType: 'content-site', stage: 'growth', hosting: 'GitHub Pages', stack: ['Hugo'], variables: ['ALGOLIA_ADMIN_KEY'] }, secrets: ['platform-env'], flags: ['none'] },
  { name: 'four people with two Windows servers', input: { projectType: 'internal-tool', stage: 'production', hosting: 'Windows Server 2019 IIS', stack: ['.NET Framework 4.8', 'SQL Server 2016'], developers: 4, opsCapacity: 'medium', serverCount: 2 }, secrets: ['sops-age'], validation: ['dotnet-options'], conflicts: ['runtime-ended'] },
  { name: 'a bank with flags for chosen staff in its own rooms', input: { projectType: 'internal-tool', stage: 'enterprise', hosting: 'openshift', compliance: ['dora'], developers: 45, opsCapacity: 'high', needsTargeting: true, stack: ['java'] }, flags: ['flagd', 'unleash-self', 'flagsmith-self'] },
  { name: 'patients in a cluster on Azure', input: { projectType: 'b2b-saas', stage: 'production', developers: 25, services: 9, compliance: ['hipaa', 'soc2'], hosting: 'Azure Kubernetes Service', opsCapacity: 'medium', stack: ['.NET 10', 'Angular'], needsTargeting: true, existing: ['Azure Key Vault'] }, secrets: ['azure-kv', 'k8s-external-secrets'], flags: ['azure-app-config'], validation: ['dotnet-options'] },
  { name: 'a wish of the house that eats the budget', input: { stage: 'early', developers: 1, opsCapacity: 'medium', hosting: 'DigitalOcean Kubernetes', stack: ['Ruby on Rails 8'], budgetUsdPerMonth: 90, houseRules: { prefer: [{ id: 'posthog' }] }, flagCount: 5 }, secrets: ['sops-age'], flags: ['framework-native'] },
  { name: 'a key of a model behind a public prefix', input: { stage: 'mvp', hosting: 'lovable', stack: ['react'], variables: ['VITE_SUPABASE_ANON_KEY', 'VITE_OPENAI_API_KEY'] }, conflicts: ['secret-in-public-variable'] },
  { name: 'keys that are meant to be seen', input: { stage: 'mvp', hosting: 'vercel', stack: ['nextjs'], variables: ['NEXT_PUBLIC_FIREBASE_API_KEY', 'NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY', 'VITE_GOOGLE_MAPS_API_KEY'] }, quiet: ['secret-in-public-variable'] },
  { name: 'an enterprise keeps the flags it pays for', input: { projectType: 'b2b-saas', stage: 'enterprise', developers: 400, services: 120, opsCapacity: 'high', hosting: 'EKS', existing: ['Vault', 'LaunchDarkly'], monthlyActiveUsers: 900_000, needsExperiments: true, budgetUsdPerMonth: 20_000, clients: ['web'], stack: ['Java 21'] }, secrets: ['vault'], flags: ['launchdarkly'] },
  { name: 'or is told why it cannot', input: { stage: 'enterprise', developers: 400, opsCapacity: 'high', hosting: 'EKS', existing: ['LaunchDarkly'], dataResidency: ['zz'], needsTargeting: true, stack: ['Java 21'] }, conflicts: ['existing-tool-fails-filter'] },
  { name: 'a notebook on a laptop', input: { projectType: 'data-platform', stage: 'poc', hosting: 'laptop', stack: ['jupyter', 'pandas'] }, validation: ['pydantic-settings'], quiet: ['unknown-hosting'] },
  { name: 'an installed game without a server', input: { projectType: 'game', stage: 'early', clients: ['ios', 'android', 'desktop'], stack: ['Unity', 'C#'], hosting: 'PlayFab', developers: 5 }, flags: ['none'] },
  { name: 'the same with switches', input: { projectType: 'game', stage: 'early', clients: ['ios', 'android', 'desktop'], stack: ['Unity', 'C#'], developers: 5, flagCount: 6 }, flags: ['posthog', 'statsig', 'firebase-remote-config', 'growthbook', 'configcat', 'flagsmith'] },
  { name: 'a key that is made to be seen beside one that is not', input: { projectType: 'mobile-app', stage: 'early', clients: ['ios'], hosting: 'Supabase', stack: ['Flutter'], variables: ['SUPABASE_ANON_KEY', 'GEMINI_API_KEY'] }, conflicts: ['client-holds-secret'] },
  { name: 'a key that is made to be seen', input: { projectType: 'mobile-app', stage: 'early', clients: ['ios'], hosting: 'Supabase', stack: ['Flutter'], variables: ['SUPABASE_ANON_KEY'] }, quiet: ['client-holds-secret'] },
  { name: 'an auditor on Cloudflare, with money', input: { stage: 'growth', hosting: 'Cloudflare', compliance: ['iso27001', 'soc2'], developers: 7, stack: ['Hono'], budgetUsdPerMonth: 2000 }, secrets: ['infisical', 'doppler'], quiet: ['secrets-without-audit'] },
  { name: 'and without', input: { stage: 'growth', hosting: 'Cloudflare', compliance: ['soc2'], developers: 7, stack: ['Hono'], budgetUsdPerMonth: 50 }, secrets: ['cloudflare-secrets'], conflicts: ['secrets-without-audit'] },
  { name: 'nine flags and none', input: { stage: 'production', hosting: 'gcp', decisions: { flags: 'none' }, flagCount: 9, stack: ['go'] }, flags: ['none'], conflicts: ['flags-wanted-and-none'] },
  { name: 'experiments on children without a server', input: { projectType: 'mobile-app', clients: ['ios'], compliance: ['coppa'], dataClasses: ['minors'], stage: 'mvp', stack: ['swift'], needsExperiments: true }, flags: ['none'], conflicts: ['no-flag-service-passes'] },
  { name: 'a copy of public rows', input: { projectType: 'content-site', stage: 'growth', stack: ['WordPress', 'MySQL 8.4'], stagingData: 'production-copy', dataClasses: ['public'] }, quiet: ['production-rows-below-production'] },
  { name: 'a store of a cloud that is named stays where nothing is chosen', input: { stage: 'growth', houseRules: { require: [{ id: 'azure-kv' }] } }, secrets: ['azure-kv'], quiet: ['fixed-choice-fails-filter'] },
]

test.each(rows)('$name', ({ input, conflicts = [], quiet = [], ...accepted }) => {
  const outcome = decide(input, knowledge(), asOf)
  for (const slot of ['secrets', 'flags', 'validation'] as const) if (accepted[slot] !== undefined) expect(accepted[slot]).toContain(outcome.decision[slot])
  const found = outcome.conflicts.map(({ id }) => id)
  expect(found).toEqual(expect.arrayContaining([...conflicts]))
  expect(found.filter((id) => quiet.includes(id))).toEqual([])
})

test('a neighbour of a known platform is told as an assumption', () => {
  expect(decide({ hosting: 'AWS Amplify' }, knowledge(), asOf).assumptions).toContainEqual({ field: 'hosting', assumed: 'like aws', changes: 'built-in logs, secrets and the deploy step' })
  expect(decide({ hosting: 'AWS Fargate' }, knowledge(), asOf).assumptions.map(({ field }) => field)).not.toContain('hosting')
})

test.each([['Hashi Vault', 'vault'], ['AWS Secrets Manager (prod account)', 'aws-sm'], ['Azure KeyVault', 'azure-kv'], ['HCP Vault Secrets', 'hcp-vault-secrets'], ['GrowthBook self-hosted', 'growthbook-self'], ['Launch Darkly', 'launchdarkly'], ['Ansible Vault', 'ansible-vault'], ['1Password', '1password']])('%s is read as %s', (word, id) => {
  expect(runningIds([word])).toEqual([id])
})

test.each<[string, Input, readonly string[], readonly string[]]>([
  ['a function listens on no port', { hosting: 'AWS Lambda', stack: ['typescript'] }, ['APP_ENV'], ['PORT']],
  ['an application without a server neither', { projectType: 'mobile-app', stack: ['SwiftUI'] }, ['APP_ENV'], ['PORT']],
  ['D1 is a binding', { hosting: 'cloudflare', stack: ['hono', 'd1'] }, ['APP_ENV'], ['DATABASE_URL']],
  ['Oracle has a connection', { hosting: 'on-prem', stack: ['java', 'Oracle 19c'] }, ['DATABASE_URL'], []],
])('%s', (_, input, wanted, unwanted) => {
  const names = decide(input, knowledge(), asOf).decision.variables.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining([...wanted]))
  expect(names.filter((name) => unwanted.includes(name))).toEqual([])
})

test.each([[['bun', 'sqlite'], false], [['bun', 'turso'], true]])('a path is no secret, an address with a token is: %j', (stack, secret) => {
  expect(decide({ hosting: 'vps', stack }, knowledge(), asOf).decision.variables.find(({ name }) => name === 'DATABASE_URL')?.secret).toBe(secret)
})

test('each language of the servers is told what checks its configuration, and one without a module does not hide the others', () => {
  const { validation } = decide({ stage: 'growth', hosting: 'gke', stack: ['Next.js', 'FastAPI', 'Go'] }, knowledge(), asOf)
  expect([validation.id, validation.also]).toEqual(['zod', [{ language: 'python', id: 'pydantic-settings' }, { language: 'go', id: 'go-env' }]])
  expect(decide({ stage: 'growth', stack: ['Rust', 'Go'] }, knowledge(), asOf).validation).toMatchObject({ id: 'go-env', language: 'go' })
})

test.each<[string, Input, readonly string[]]>([
  ['a place of somebody else goes into no isolated network', { projectType: 'ai-product', stage: 'growth', hosting: 'gke' }, ['airGapped', 'distributedToCustomers', 'noUsSubprocessors']],
  ['nobody sells an internal tool', { projectType: 'internal-tool', stage: 'production', hosting: 'on-prem', opsCapacity: 'medium' }, ['distributedToCustomers', 'monthlyActiveUsers']],
  ['a budget that nobody named does not appear', { projectType: 'api', stage: 'production', monthlyActiveUsers: 2_000_000, developers: 14, hosting: 'aws-lambda' }, ['budgetUsdPerMonth']],
  ['forty people are no experiment', { stage: 'early', monthlyActiveUsers: 40, hosting: 'vercel' }, ['needsExperiments']],
])('flips stay near the project: %s', (_, input, absurd) => {
  const fields = flipsOf(input, knowledge(), asOf).map(({ change }) => change.split(':')[0] ?? '')
  expect(fields.length).toBeGreaterThan(0)
  expect(fields.filter((field) => absurd.includes(field))).toEqual([])
})

const told = (input: Input) => envMatrix.run(input, { knowledge: knowledge(), asOf, detail: 'normal' })
const body = (input: Input, section: string): string => told(input).sections.find(({ id }) => id === section)?.body ?? ''

test('what the team has to run is a line without a price, what it runs already is none, and unnamed secrets are not free', () => {
  expect(told({ stage: 'growth', hosting: 'on-prem', developers: 9, services: 4, opsCapacity: 'high', stack: ['go'] }).cost).toMatchObject({ usdPerMonth: null, lines: [{ item: 'Run by yourselves: OpenBao' }] })
  expect(told({ stage: 'growth', hosting: 'on-prem', developers: 9, services: 4, opsCapacity: 'high', existing: ['vault'], stack: ['go'] }).cost.lines).toEqual([])
  expect(told({ stage: 'production', hosting: 'aws-lambda', stack: ['rust', 'DynamoDB'] }).cost).toMatchObject({ usdPerMonth: null })
})

test('a price over users that nobody counted names the assumption', () => {
  expect(told({ stage: 'production', hosting: 'aws-ecs', clients: ['web'], existing: ['launchdarkly'], flagCount: 20, stack: ['go'] }).assumptions.map(({ field }) => field)).toContain('monthlyActiveUsers')
})

test('a command-line program is told what to do with the tokens of its callers', () => {
  const input: Input = { projectType: 'cli', stack: ['go'], variables: ['GITHUB_TOKEN', 'NO_COLOR'] }
  expect(body(input, 'configuration')).toContain('`NO_COLOR`')
  expect(body(input, 'secrets')).toMatch(/`GITHUB_TOKEN`/)
  expect(body(input, 'secrets')).not.toContain('`NO_COLOR`')
})

test('flags of the own code promise no vendor, and a service without a provider no OpenFeature', () => {
  const own = told({ stage: 'growth', hosting: 'fly', stack: ['rails'], flagCount: 9 })
  expect(own.skipped.map(({ item }) => item)).not.toContain('Generated file for flags')
  expect(body({ stage: 'growth', hosting: 'aws-ecs', stack: ['typescript'], needsTargeting: true }, 'feature-flags')).not.toContain('OpenFeature')
})

test('conflicts call products by their names and variables by theirs', () => {
  const problems = told({ hosting: 'vercel', noUsSubprocessors: true, decisions: { secrets: 'vault' }, variables: ['VITE_ADMIN_SECRET'] }).conflicts.map(({ problem }) => problem).join(' ')
  expect(problems).toContain('Vercel')
  expect(problems).toContain('HashiCorp Vault')
  expect(problems).toContain('`VITE_ADMIN_SECRET`')
})

test('pages are asked nothing about flags, and an acceptance environment is a rehearsal', () => {
  const pages = told({ projectType: 'content-site', stage: 'growth', hosting: 'cloudflare pages', stack: ['Astro'] })
  expect([...pages.questions.map(({ field }) => field), ...pages.flips.map(({ change }) => change.split(':')[0])].filter((field) => field === 'needsTargeting' || field === 'flagCount')).toEqual([])
  expect(pages.skipped.map(({ item }) => item)).not.toContain('Load environment')
  expect(told({ stage: 'production', environments: ['dev', 'uat', 'production'], stack: ['java'] }).skipped.map(({ item }) => item)).not.toContain('Staging environment')
})

test('a choice that was fixed and has ended names what the plan would take', () => {
  const [first] = told({ stage: 'growth', hosting: 'Render', developers: 6, decisions: { secrets: 'hcp-vault-secrets' }, stack: ['nestjs'] }).conflicts
  expect(first?.resolution).toContain('Doppler')
})

test('a server in a language nobody knows here is a server all the same', () => {
  const input: Input = { stage: 'production', hosting: 'two dedicated servers', serverCount: 2, stack: ['Perl', 'MySQL 8.4'] }
  expect(body(input, 'configuration')).not.toContain('publishable')
  expect(decide(input, knowledge(), asOf).decision.variables.map(({ name }) => name)).toContain('PORT')
})
