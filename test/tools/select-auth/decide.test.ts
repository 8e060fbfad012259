import { describe, expect, test } from 'vitest'
import { owasp2025 } from '../../../src/knowledge/collections/controls.ts'
import { answer } from '../../../src/tools/answer.ts'
import { choose } from '../../../src/tools/select-auth/choose.ts'
import { conflictIds } from '../../../src/tools/select-auth/conflicts.ts'
import { label } from '../../../src/tools/select-auth/diagram.ts'
import type { Input } from '../../../src/tools/select-auth/input.ts'
import { ruleIds } from '../../../src/tools/select-auth/rules.ts'
import { readSituation } from '../../../src/tools/select-auth/situation.ts'
import { selectAuth } from '../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

const run = (input: Input, detail: 'brief' | 'normal' | 'full' = 'full') => selectAuth.run(input, { knowledge: knowledge(), asOf, detail })
const ruleOf = (input: Input, id: string) => run(input).rejected.find((one) => one.id === id)?.rule
const controlIds = (input: Input) => run(input).decision.controls.map(({ id }) => id)

const web: Input = { projectType: 'web-app', stage: 'mvp', signInBy: ['consumers'] }
const saas: Input = { projectType: 'b2b-saas', stage: 'early', signInBy: ['business-users'] }

const table: readonly (readonly [string, Input, string | readonly string[]])[] = [
  ['nothing but the tool name', {}, ['clerk', 'supabase-auth']],
  ['a simple app', web, ['clerk', 'supabase-auth']],
  ['a simple app on Next.js and Vercel', { ...web, stack: ['nextjs', 'postgresql'], hosting: 'vercel' }, 'clerk'],
  ['an app on Supabase, even on Next.js and Vercel', { ...web, stack: ['nextjs', 'supabase'], hosting: 'vercel' }, 'supabase-auth'],
  ['an app on Django', { ...web, stack: ['django'] }, 'framework-native'],
  ['an app on Rails', { ...web, stack: ['rails'] }, 'framework-native'],
  ['an app on Laravel', { ...web, stack: ['laravel'] }, 'framework-native'],
  ['a B2B product', saas, ['workos', 'clerk', 'auth0']],
  ['a B2B product on Next.js', { ...saas, stack: ['nextjs'], hosting: 'vercel' }, ['clerk', 'workos']],
  ['a B2B product with ten SSO customers and SCIM', { ...saas, stage: 'growth', needsSso: true, ssoConnections: 10, needsScim: true, compliance: ['soc2'] }, ['workos', 'auth0', 'clerk', 'stytch']],
  ['an enterprise product with twenty SSO customers', { ...saas, stage: 'enterprise', needsSso: true, ssoConnections: 20, needsScim: true, compliance: ['soc2'], developers: 30 }, ['workos', 'auth0']],
  ['an API for developers', { projectType: 'api', stage: 'early' }, 'api-keys'],
  ['an API for partners', { projectType: 'api', signInBy: ['partners'] }, 'oauth-client-credentials'],
  ['an API with patient data', { projectType: 'api', signInBy: ['machines'], compliance: ['hipaa'] }, 'oauth-client-credentials'],
  ['a mobile app', { projectType: 'mobile-app', stage: 'mvp' }, ['clerk', 'firebase-auth']],
  ['a Flutter app on Firebase', { projectType: 'mobile-app', stage: 'mvp', hosting: 'firebase', stack: ['flutter'] }, 'firebase-auth'],
  ['patient data on Firebase', { projectType: 'mobile-app', hosting: 'firebase', compliance: ['hipaa'] }, 'identity-platform'],
  ['patient data on AWS', { ...web, stage: 'growth', compliance: ['hipaa'], hosting: 'aws-ecs' }, 'cognito'],
  ['patient data without a budget, in TypeScript', { ...web, compliance: ['hipaa'], budgetUsdPerMonth: 0, stack: ['typescript'] }, 'better-auth'],
  ['no US supplier, in TypeScript', { ...web, noUsSubprocessors: true, stack: ['nextjs'] }, 'better-auth'],
  ['staff with Google Workspace', { projectType: 'internal-tool', existing: ['google-workspace'] }, 'workforce-oidc'],
  ['staff with Entra ID', { projectType: 'internal-tool', existing: ['entra-id'], hosting: 'azure' }, 'workforce-oidc'],
  ['staff on Google Cloud without a known directory', { projectType: 'internal-tool', hosting: 'gcp' }, 'identity-aware-proxy'],
  ['staff with Active Directory behind an air gap', { projectType: 'internal-tool', airGapped: true, existing: ['active-directory'], opsCapacity: 'high', hosting: 'on-prem' }, 'workforce-oidc'],
  ['staff behind an air gap without a directory', { projectType: 'internal-tool', airGapped: true, opsCapacity: 'high', hosting: 'on-prem' }, 'keycloak'],
  ['self-hosting an enterprise product in Java with an operations team', { ...saas, stage: 'enterprise', selfHost: 'required', opsCapacity: 'high', stack: ['spring-boot'] }, 'keycloak'],
  ['self-hosting with nobody to run servers, in TypeScript', { ...saas, selfHost: 'required', opsCapacity: 'none', stack: ['typescript'] }, 'better-auth'],
  ['software that customers install', { projectType: 'self-hosted-product', stage: 'growth' }, 'pluggable-oidc'],
  ['devices alone', { projectType: 'iot', signInBy: ['devices'] }, 'device-certificates'],
  ['agents alone', { projectType: 'ai-product', signInBy: ['agents'] }, 'oauth-resource-server'],
  ['a game', { projectType: 'game', clients: ['game'] }, 'game-platform-identity'],
  ['a content site', { projectType: 'content-site' }, 'none'],
  ['a library', { projectType: 'library' }, 'none'],
  ['a Python server with a React front end', { ...saas, stage: 'growth', needsSso: true, stack: ['fastapi', 'react'] }, ['workos', 'stytch', 'clerk', 'auth0']],
  ['federal customers', { ...saas, stage: 'enterprise', compliance: ['fedramp'], developers: 50 }, ['keycloak', 'auth0', 'better-auth']],
  ['customers on Microsoft only', { ...saas, stage: 'growth', needsSso: true, hosting: 'azure', stack: ['aspnet'], existing: ['entra-id'] }, 'entra-id'],
  ['a B2B product with SSO and no money', { ...saas, stage: 'mvp', needsSso: true, budgetUsdPerMonth: 0 }, ['stytch', 'auth0', 'workos']],
]

describe('who signs in decides the provider', () => {
  test.each(table)('%s', (_, input, expected) => {
    expect([expected].flat()).toContain(run(input).decision.primary)
  })

  test('people and machines, devices, agents and staff are planes beside each other', () => {
    const { decision } = run({ ...saas, signInBy: ['business-users', 'machines', 'devices', 'agents', 'staff'], existing: ['google-workspace'] })
    expect(decision).toMatchObject({ signInClass: 'business', machine: 'api-keys', device: 'device-certificates', agent: 'oauth-resource-server', staff: 'workforce-oidc' })
    expect(run({ ...saas, signInBy: ['business-users', 'partners'] }).decision.machine).toBe('oauth-client-credentials')
  })
})

describe('filters keep their rule', () => {
  test.each<readonly [string, Input, string, (typeof ruleIds)[number]]>([
    ['no confirmed agreement for patient data', { ...web, compliance: ['hipaa'] }, 'clerk', 'baa-unknown'],
    ['an agreement that is refused', { ...web, compliance: ['hipaa'] }, 'firebase-auth', 'no-baa'],
    ['a US operator', { ...web, noUsSubprocessors: true }, 'auth0', 'us-operator'],
    ['an operator nobody confirms', { ...web, noUsSubprocessors: true }, 'kinde', 'operator-unknown'],
    ['a region nobody confirms', { ...web, dataResidency: ['eu'] }, 'clerk', 'residency-unknown'],
    ['a region not offered', { ...web, dataResidency: ['br'] }, 'auth0', 'outside-region'],
    ['a hosted service behind an air gap', { ...saas, airGapped: true, opsCapacity: 'high' }, 'workos', 'not-self-hostable'],
    ['a server without operations', saas, 'keycloak', 'self-host-needs-ops'],
    ['a server that is not wanted', { ...saas, selfHost: 'no', opsCapacity: 'high' }, 'keycloak', 'self-host-not-wanted'],
    ['a licence in shipped software', { projectType: 'self-hosted-product', opsCapacity: 'high' }, 'zitadel', 'not-redistributable'],
    ['no organizations', saas, 'cognito', 'serves-another-class'],
    ['no SCIM', { ...saas, needsScim: true, needsSso: true, opsCapacity: 'high', selfHost: 'preferred' }, 'keycloak', 'no-scim'],
    ['end of life', web, 'azure-ad-b2c', 'end-of-life'],
    ['deprecated', web, 'nextauth', 'deprecated'],
    ['unsafe', web, 'custom-passwords', 'unsafe'],
    ['a house rule', { ...web, houseRules: { forbid: [{ id: 'clerk', reason: 'outage in February' }] } }, 'clerk', 'house-rule-forbids'],
    ['another required', { ...web, houseRules: { require: [{ id: 'auth0' }] } }, 'clerk', 'house-rule-requires-another'],
    ['no federal authorization', { ...saas, compliance: ['fedramp'] }, 'workos', 'no-attestation'],
    ['keys for partners', { projectType: 'api', signInBy: ['partners', 'machines'] }, 'api-keys', 'serves-another-class'],
    ['keys for regulated data', { projectType: 'api', compliance: ['pci-dss'] }, 'api-keys', 'keys-not-for-regulated-data'],
    ['above the budget', { ...saas, needsSso: true, ssoConnections: 10, budgetUsdPerMonth: 700 }, 'workos', 'over-budget'],
  ])('%s', (_, input, id, rule) => {
    expect(ruleOf(input, id)).toBe(rule)
  })

  test('a dead provider is never chosen, whatever is asked', () => {
    const dead = ['azure-ad-b2c', 'nextauth', 'lucia', 'custom-passwords']
    for (const [, input] of table) for (const { id } of [{ id: run(input).decision.primary }, ...run(input).alternatives]) expect(dead).not.toContain(id)
  })

  test('house rules decide and say so', () => {
    const required = run({ ...web, houseRules: { require: [{ id: 'auth0', reason: 'group contract' }] } })
    expect(required.decision.primary).toBe('auth0')
    expect(required.sections[0]?.body).toContain('group contract')
    expect(run({ ...web, houseRules: { prefer: [{ id: 'stytch' }] } }).decision.primary).toBe('stytch')
  })

  test('nothing left is said, not papered over', () => {
    const everything = Object.keys(knowledge()['identity-providers']).map((id) => ({ id }))
    const result = run({ ...web, houseRules: { forbid: everything } })
    expect(result.decision.kind).toBe('none-left')
    expect(result.conflicts[0]?.id).toBe('none-left')
  })
})

describe('pins', () => {
  test('a pin against a filter stays and its consequence is a conflict', () => {
    const result = run({ ...web, compliance: ['hipaa'], decisions: { auth: 'clerk' } })
    expect(result.decision.primary).toBe('clerk')
    expect(result.conflicts.map(({ id }) => id)).toContain('pinned-against-rule')
  })
  test('a pin that names no sheet is refused with the nearest one', () => {
    expect(() => run({ ...web, decisions: { auth: 'clerc' } })).toThrow(/Did you mean clerk\?/)
  })
})

describe('conflicts', () => {
  test.each<readonly [(typeof conflictIds)[number], Input]>([
    ['early-stage-with-regulated-data', { ...web, compliance: ['hipaa'] }],
    ['free-with-sso', { ...saas, needsSso: true, budgetUsdPerMonth: 0 }],
    ['free-with-baa', { ...web, compliance: ['hipaa'], budgetUsdPerMonth: 0 }],
    ['self-run-without-ops', { ...saas, selfHost: 'required', opsCapacity: 'none', stack: ['typescript'] }],
    ['region-or-owner', { ...web, dataResidency: ['eu'], stack: ['python', 'fastapi'] }],
    ['stage-above-scale', { ...web, stage: 'production', developers: 1, monthlyActiveUsers: 200 }],
    ['password-rotation', { ...web, compliance: ['pci-dss'] }],
    ['air-gap-with-hosted-directory', { projectType: 'internal-tool', airGapped: true, existing: ['google-workspace'], opsCapacity: 'high' }],
    ['air-gap-with-hosted-platform', { projectType: 'internal-tool', airGapped: true, hosting: 'vercel', opsCapacity: 'high' }],
    ['nobody-and-somebody', { ...web, signInBy: ['nobody', 'consumers'] }],
    ['deprecated-in-stack', { ...web, stack: ['nextjs', 'nextauth'] }],
  ])('%s', (id, input) => {
    expect(run(input).conflicts.map((one) => one.id)).toContain(id)
  })
  test('an ordinary project has none', () => {
    expect(run(web).conflicts).toEqual([])
  })
})

describe('cost', () => {
  test('is computed from the sheet with the caller\'s numbers', () => {
    expect(run({ ...web, monthlyActiveUsers: 200_000, decisions: { auth: 'clerk' } }).cost.usdPerMonth).toBe(2825)
    expect(run({ ...saas, needsSso: true, ssoConnections: 10, needsScim: true, decisions: { auth: 'workos' } }).cost.usdPerMonth).toBe(2500)
    expect(run({ ...saas, monthlyActiveUsers: 500, needsSso: true, ssoConnections: 10, decisions: { auth: 'stytch' } }).cost.usdPerMonth).toBe(625)
    expect(run({ ...web, monthlyActiveUsers: 200_000, decisions: { auth: 'cognito' } }).cost.usdPerMonth).toBe(955)
  })
  test('a total with an unknown line is no total: servers to run, prices nobody confirmed, figures gone stale', () => {
    expect(run({ ...saas, decisions: { auth: 'keycloak' }, selfHost: 'required' }).cost.usdPerMonth).toBeNull()
    expect(run({ ...saas, decisions: { auth: 'kinde' } }).cost.usdPerMonth).toBeNull()
    const late = selectAuth.run({ ...web, decisions: { auth: 'clerk' } }, { knowledge: knowledge(), asOf: '2027-11-22', detail: 'normal' })
    expect(late.cost.lines[0]).toMatchObject({ stale: true, usdPerMonth: null })
  })
})

describe('controls', () => {
  test('an MVP gets object-level authorization, transport encryption and backups, and is told what waits', () => {
    expect(controlIds(web)).toEqual(expect.arrayContaining(['object-authorization', 'encryption-in-transit', 'backups', 'staff-mfa']))
    expect(controlIds(web)).not.toContain('audit-trail')
    expect(run(web).skipped.every(({ addWhen }) => addWhen.length > 3)).toBe(true)
  })
  test('the ten protections of the checklist are there for a browser app with a database', () => {
    expect(controlIds(web)).toEqual(expect.arrayContaining(['rate-limiting', 'input-validation', 'cors', 'security-headers', 'injection', 'xss', 'csrf', 'request-size', 'authentication', 'authorization']))
  })
  test('a bearer-only API needs no CSRF protection, no CORS and no page headers', () => {
    for (const id of ['csrf', 'cors', 'xss', 'security-headers']) expect(controlIds({ projectType: 'api', clients: ['machine'] })).not.toContain(id)
  })
  test('a regime raises its controls to musts at any stage', () => {
    const { controls } = run({ ...web, compliance: ['hipaa'] }).decision
    for (const id of ['audit-trail', 'phi-minimum', 'processor-agreements', 'data-retention']) expect(controls.find((one) => one.id === id)?.priority).toBe('must')
  })
  test.each<readonly [string, Input, string]>([
    ['payments', { ...web, takesPayments: true }, 'webhook-verification'], ['payments', { ...web, takesPayments: true }, 'idempotency'], ['models', { ...web, usesLlm: true }, 'prompt-injection'],
    ['agents', { ...web, signInBy: ['consumers', 'agents'] }, 'agent-authority'], ['tenants', saas, 'tenant-isolation'], ['devices', { projectType: 'iot' }, 'device-identity'], ['uploads', { ...web, features: ['file-uploads'] }, 'file-uploads'],
    ['user URLs', { ...web, features: ['outbound-urls'] }, 'egress-ssrf'], ['apps', { projectType: 'mobile-app' }, 'mobile-clients'], ['installed software', { projectType: 'self-hosted-product' }, 'redistribution-hardening'], ['children', { ...web, dataClasses: ['minors'] }, 'minors-consent'],
  ])('%s bring their own', (_, input, id) => {
    expect(controlIds(input)).toContain(id)
    expect(controlIds(web)).not.toContain(id)
  })
  test('ASVS ids follow the level', () => {
    const asvs = (input: Input) => run(input).decision.controls.find(({ id }) => id === 'encryption-in-transit')?.asvs ?? []
    expect(asvs(web)).not.toContain('v5.0.0-12.3.3')
    expect(asvs({ ...web, stage: 'growth' })).toContain('v5.0.0-12.3.3')
  })
})

describe('what is written', () => {
  test('every sheet named by the answer exists, and every OWASP risk is one of 2025', () => {
    const sheets = Object.keys(knowledge()['identity-providers'])
    for (const [, input] of table) {
      const { decision, alternatives, rejected } = run(input)
      for (const id of [decision.primary, decision.machine, decision.device, decision.agent, decision.staff, ...alternatives.map((one) => one.id), ...rejected.map((one) => one.id)]) if (id !== null) expect(sheets).toContain(id)
      for (const control of decision.controls) for (const id of control.owasp2025) expect(Object.keys(owasp2025)).toContain(id)
    }
  })
  test('the sections keep their ids and the controls table its columns', () => {
    const { sections } = run(web, 'normal')
    expect(sections.map(({ id }) => id)).toEqual(['sign-in', 'token-verification', 'trust-boundaries', 'controls', 'data-protection', 'owasp'])
    expect(sections[3]?.body).toMatch(/\| Protection +\| Implementation +\| Applies To +\| Priority +\|/)
  })
  test('a close call shows two picks and the question that decides', () => {
    const close = table.map(([, input]) => input).filter((input) => {
      const choice = choose(readSituation(input, knowledge()), knowledge())
      return choice.kind === 'picked' && choice.close
    })
    expect(close.length).toBeGreaterThan(2)
    for (const input of close) {
      const result = run(input, 'normal')
      expect(result.questions.length).toBeGreaterThan(0)
      expect(result.alternatives.length).toBeGreaterThan(0)
    }
  })
  test('flips are real: making the change gives the outcome', () => {
    const flip = run(saas).flips.find(({ change }) => change === 'signInBy: staff')
    expect(run({ ...saas, signInBy: ['staff'] }).decision.primary).toBe(flip?.outcome)
  })
  test('hostile text is quoted for its target', () => {
    expect(label('a"] --> b; <script>')).toBe('"a#34;#93; --#62; b#59; #60;script#62;"')
    const result = run({ ...web, name: '"] end | `x` <b>', houseRules: { prefer: [{ id: 'clerk', reason: '| a ]( javascript:x) <img>' }] } })
    expect(result.sections[2]?.body).not.toContain('"] end')
    expect(result.sections[0]?.body).not.toContain('<img>')
  })
  test('length follows the detail', () => {
    const size = (detail: 'brief' | 'normal' | 'full') => JSON.stringify(answer(run(web, detail), false)).length
    expect(size('brief')).toBeLessThan(size('normal'))
    expect(size('normal')).toBeLessThan(size('full'))
    expect(size('normal')).toBeLessThan(10_000)
  })
  test('the description fits', () => {
    expect(selectAuth.description.length).toBeLessThanOrEqual(300)
  })
})
