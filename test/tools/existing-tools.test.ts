import { describe, expect, test } from 'vitest'
import type { Profile } from '../../src/core/profile.ts'
import { answer } from '../../src/tools/answer.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const sheets = knowledge()
const saas: Profile = { projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], hosting: 'aws-ecs', stack: ['typescript', 'express', 'postgresql'], developers: 6, monthlyActiveUsers: 4000 }
const situations: readonly (readonly [string, Profile])[] = [
  ['customers sign in', saas],
  ['only staff sign in', { ...saas, projectType: 'internal-tool', signInBy: ['staff'] }],
  ['an air gap', { ...saas, hosting: 'on-prem', airGapped: true, opsCapacity: 'medium' }],
  ['no company of the United States', { ...saas, hosting: 'hetzner', noUsSubprocessors: true, dataResidency: ['eu'], opsCapacity: 'medium' }],
]

/** What people say they run, and words by which an answer may show that it was read. */
const tools: Readonly<Record<string, readonly (readonly [said: string, ...shown: string[]])[]>> = {
  select_auth: [
    ['google-workspace', 'google workspace'], ['Google Workspace', 'google-workspace'], ['G Suite', 'google-workspace', 'google workspace'], ['entra-id', 'Entra'], ['Azure AD', 'Entra'], ['Microsoft 365', 'Entra'], ['active-directory', 'active directory'], ['LDAP', 'active directory', 'active-directory'],
    ['okta'], ['shibboleth'], ['OneLogin'], ['JumpCloud'], ['keycloak'], ['authentik'], ['auth0'], ['clerk'], ['cognito'], ['AWS Cognito', 'cognito'], ['workos'], ['stytch'], ['descope'], ['kinde'], ['propelauth'], ['zitadel'], ['ory'], ['fusionauth'], ['logto'], ['scalekit'],
    ['supabase-auth', 'supabase'], ['firebase-auth', 'firebase'], ['better-auth', 'better auth'], ['nextauth', 'auth.js'], ['azure-ad-b2c', 'b2c'], ['ping'],
  ],
  observability_stack: [
    ['datadog'], ['New Relic', 'newrelic'], ['sentry'], ['splunk'], ['pagerduty'], ['opsgenie'], ['grafana-cloud', 'grafana cloud'], ['prometheus'], ['loki'], ['elastic'], ['honeycomb'], ['dynatrace'], ['betterstack', 'better stack'], ['axiom'],
  ],
  env_matrix: [['vault'], ['doppler'], ['infisical'], ['openbao'], ['CyberArk'], ['launchdarkly'], ['statsig'], ['configcat'], ['hcp-vault-secrets', 'hcp vault'], ['Hypertune']],
}

/** What a reader of the answer sees, without the profile he gave. */
function seen(tool: string, profile: Profile): string {
  const { decision, conflicts, report, rejected, alternatives, questions, skipped } = answer(decidingTools.find(({ name }) => name === tool)!.run(profile as never, { knowledge: sheets, asOf, detail: 'full' }) as never, false)
  return JSON.stringify([decision, conflicts, report, rejected, alternatives, questions, skipped]).toLowerCase()
}
const namesOf = (words: readonly string[]): string[] => words.flatMap((word) => [word, ...Object.values(sheets).map((byId) => (byId as Record<string, { name: string }>)[word]?.name ?? word)]).map((word) => word.toLowerCase())

describe.each(Object.entries(tools))('%s', (tool, named) => {
  test.each(named.flatMap(([said, ...shown]) => situations.map(([situation, profile]) => ({ said, shown, situation, profile }))))('uses $said or says why not: $situation', { timeout: 20_000 }, ({ said, shown, profile }) => {
    const text = seen(tool, { ...profile, existing: [said] })
    expect(namesOf([said, ...shown]).some((word) => new RegExp(`(?<![a-z0-9])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![a-z0-9])`).test(text)), `${said} in ${text.slice(0, 300)}`).toBe(true)
  })
})

test('a tool that nobody could read is not found in the answer', () => expect(seen('select_auth', { ...saas, existing: ['zorpauth'] })).not.toContain('zorpauth'))

describe('what sign-in says of tools it leaves out', () => {
  const said = (profile: Profile): string => answer(decidingTools.find(({ name }) => name === 'select_auth')!.run(profile as never, { knowledge: sheets, asOf, detail: 'normal' }) as never, false).report
  test.each<[string, Profile, RegExp]>([
    ['a directory of staff is none for customers', { ...saas, existing: ['okta'] }, /Okta holds the accounts of your own staff/],
    ['a second directory needs an owner', { ...saas, projectType: 'internal-tool', signInBy: ['staff'], existing: ['google-workspace', 'Okta'] }, /Okta is a directory as well/],
    ['a product that a rule removes', { ...saas, hosting: 'hetzner', noUsSubprocessors: true, existing: ['AWS Cognito'] }, /Cognito is in use/],
  ])('%s', (_, profile, words) => expect(said(profile)).toMatch(words))

  test('and nothing of those it takes', () => expect(said({ ...saas, projectType: 'internal-tool', signInBy: ['staff'], existing: ['google-workspace'] })).not.toMatch(/is in use|as well: decide/))
})
