import { describe, expect, test } from 'vitest'
import type { Input } from '../../../src/tools/select-auth/input.ts'
import { selectAuth } from '../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { saas, web } from './profiles.ts'

const run = (input: Input) => selectAuth.run(input, { knowledge: knowledge(), asOf, detail: 'normal' })
const b2b: Input = { ...saas, stage: 'growth', needsSso: true, tenancy: 'multi' }

type Row = readonly [title: string, input: Input, accepted: readonly string[], wanted: { readonly conflicts?: readonly string[], readonly without?: readonly string[] }]

/** Uneven profiles and the answers a person from outside would put a name to. */
const rows: readonly (Row | readonly [Row[0], Row[1], Row[2]])[] = [
  ['an unknown price does not win over a listed one', { ...b2b, ssoConnections: 10, needsScim: true, compliance: ['soc2'] }, ['workos', 'stytch', 'clerk']],
  ['nor where the listed one is dear', { ...b2b, stage: 'enterprise', ssoConnections: 60, needsScim: true, compliance: ['soc2', 'iso27001'], monthlyActiveUsers: 80_000, developers: 60 }, ['workos', 'clerk', 'stytch']],
  ['the first SSO customer of a product with a login', { ...b2b, stage: 'early', ssoConnections: 1, monthlyActiveUsers: 1800, organizations: 60, stack: ['typescript', 'express'], hosting: 'render', developers: 3, compliance: ['soc2'] }, ['workos', 'scalekit', 'stytch']],
  ['patients on a cloud that signed an agreement, with SSO', { ...b2b, ssoConnections: 2, compliance: ['hipaa', 'soc2'], dataClasses: ['phi'], hosting: 'aws-ecs', stack: ['fastapi'], developers: 6 }, ['cognito']],
  ['the same on Google Cloud', { ...b2b, ssoConnections: 2, compliance: ['hipaa'], dataClasses: ['phi'], hosting: 'Google Cloud Run', stack: ['python'] }, ['identity-platform']],
  ['an existing vendor without a public price stays', { ...b2b, ssoConnections: 3, existing: ['auth0'] }, ['auth0']],
  ['no company under US law, nor one that works for the vendor', { ...web, projectType: 'mobile-app', stage: 'growth', noUsSubprocessors: true, dataResidency: ['eu'], stack: ['go'], hosting: 'hetzner' }, ['ory', 'keycloak', 'zitadel', 'authentik', 'logto', 'fusionauth']],
  ['health and card data beside each other, with people to run servers', { ...b2b, stage: 'enterprise', compliance: ['hipaa', 'pci-dss', 'soc2'], needsScim: true, ssoConnections: 35, hosting: 'aws', opsCapacity: 'high', developers: 60, monthlyActiveUsers: 40_000, organizations: 300, existing: ['okta'] }, ['auth0', 'stytch'], { conflicts: ['password-rotation'] }],
  ['a server in .NET behind a React front', { ...web, stage: 'growth', hosting: 'azure', stack: ['aspnet core', 'react'], dataResidency: ['eu'], compliance: ['gdpr'], monthlyActiveUsers: 45_000 }, ['framework-native', 'entra-external-id']],
  ['a front in React and a server nobody names', { ...web, stack: ['react'] }, ['clerk', 'supabase-auth', 'auth0']],
  ['accounts that the framework brings, on phones too', { ...web, projectType: 'marketplace', stage: 'growth', stack: ['django', 'react-native'], hosting: 'aws-ecs', clients: ['web', 'ios'], takesPayments: true, compliance: ['pci-dss'], monthlyActiveUsers: 82_000, developers: 7 }, ['framework-native']],
  ['people of partners and two volunteers', { projectType: 'web-app', stage: 'production', signInBy: ['staff', 'partners'], developers: 2, opsCapacity: 'none', budgetUsdPerMonth: 10, stack: ['php', 'mysql'], monthlyActiveUsers: 110 }, ['auth0', 'clerk', 'supabase-auth', 'stytch', 'framework-native'], { conflicts: ['stage-above-scale'] }],
  ['agents of other people on a product with accounts', { projectType: 'ai-product', stage: 'growth', signInBy: ['consumers', 'agents'], usesLlm: true, clients: ['web', 'mcp'], compliance: ['soc2'] }, ['workos', 'auth0', 'descope', 'better-auth', 'stytch']],
  ['a pin that belongs to another cloud', { ...web, decisions: { auth: 'cognito' }, hosting: 'GKE' }, ['cognito'], { conflicts: ['pinned-other-cloud'] }],
  ['a pin on its own cloud', { ...web, decisions: { auth: 'cognito' }, hosting: 'AWS Lambda' }, ['cognito'], { without: ['pinned-other-cloud'] }],
  ['customers who bring their directory, behind an air gap', { projectType: 'self-hosted-product', stage: 'production', airGapped: true, distributedToCustomers: true, signInBy: ['business-users'], needsSso: true, stack: ['go'], compliance: ['fips-140'] }, ['pluggable-oidc']],
  ['apps in React Native beside a TypeScript server and a database', { ...web, projectType: 'mobile-app', stage: 'growth', clients: ['ios', 'android'], stack: ['typescript', 'fastify', 'react-native', 'postgresql'], hosting: 'railway', monthlyActiveUsers: 30_000, developers: 4, compliance: ['gdpr'] }, ['better-auth', 'clerk', 'firebase-auth']],
  ['people of partners on Azure in .NET, with an auditor', { projectType: 'web-app', stage: 'production', signInBy: ['partners', 'staff'], compliance: ['iso27001'], existing: ['Microsoft 365'], hosting: 'azure', stack: ['c#', 'blazor'], developers: 10, monthlyActiveUsers: 2400 }, ['entra-external-id', 'framework-native', 'auth0']],
  ['120 directories and hardly any money', { ...b2b, ssoConnections: 120, budgetUsdPerMonth: 500, opsCapacity: 'medium', stack: ['laravel'], hosting: 'hetzner', monthlyActiveUsers: 15_000, organizations: 120, developers: 6 }, ['keycloak', 'zitadel', 'kinde', 'authentik']],
  ['patients and cards in a pilot without money', { ...web, stage: 'poc', compliance: ['hipaa', 'pci-dss'], budgetUsdPerMonth: 0, stack: ['nextjs', 'prisma'], developers: 1 }, ['better-auth'], { conflicts: ['early-stage-with-regulated-data', 'free-with-baa'] }],
]

describe('uneven projects are answered as an outsider would', () => {
  test.each(rows.map((row): Row => [row[0], row[1], row[2], row[3] ?? {}]))('%s', (_, input, accepted, wanted) => {
    const { decision, conflicts } = run(input)
    const named = conflicts.map(({ id }) => id)
    expect(accepted).toContain(decision.primary)
    expect(named).toEqual(expect.arrayContaining([...wanted.conflicts ?? []]))
    for (const id of wanted.without ?? []) expect(named).not.toContain(id)
  })

  test('people of partners get no client credentials, their programs do', () => {
    expect(run({ projectType: 'web-app', signInBy: ['staff', 'partners'] }).decision.machine).toBeNull()
    expect(run({ projectType: 'web-app', signInBy: ['staff', 'partners', 'machines'] }).decision.machine).toBe('oauth-client-credentials')
  })

  test('what customers install has its bill of materials now', () => {
    const { decision, skipped } = run({ projectType: 'self-hosted-product', stage: 'growth', distributedToCustomers: true })
    expect([...decision.controls.map(({ id }) => id), ...decision.alsoDue]).toContain('sbom')
    expect(skipped.some(({ item }) => /bill of materials/i.test(item))).toBe(false)
  })

  test('a pilot with real patients or cards keeps account protection', () => {
    const { decision } = run({ ...web, stage: 'poc', compliance: ['hipaa', 'pci-dss'], stack: ['nextjs'] })
    expect([...decision.controls.map(({ id }) => id), ...decision.alsoDue]).toContain('account-protection')
  })

  test('less money never leads to what has no price', () => {
    const input: Input = { ...b2b, ssoConnections: 12, needsScim: true, compliance: ['soc2', 'iso27001'] }
    const flips = run(input).flips.filter(({ change }) => change.startsWith('budgetUsdPerMonth'))
    for (const { change } of flips) expect(run({ ...input, budgetUsdPerMonth: Number(change.split(': ')[1]) }).cost?.usdPerMonth, change).not.toBeNull()
    expect(run({ ...input, budgetUsdPerMonth: 500 }).conflicts.map(({ id }) => id)).toContain('over-budget-as-listed')
  })

  test('a server of one\'s own has no agreement on a higher plan', () => {
    const text = run({ ...b2b, selfHost: 'required', opsCapacity: 'high', needsScim: true, compliance: ['hipaa'] }).sections.map(({ body }) => body).join('\n')
    expect(text).not.toContain('higher plan')
  })
})
