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
import { saas, table, web } from './profiles.ts'

const run = (input: Input, detail: 'brief' | 'normal' | 'full' = 'full') => selectAuth.run(input, { knowledge: knowledge(), asOf, detail })
const ruleOf = (input: Input, id: string) => run(input).rejected.find((one) => one.id === id)?.rule
const controlIds = (input: Input) => run(input).decision.controls.map(({ id }) => id)

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
    ['an operator nobody confirms', { ...web, noUsSubprocessors: true }, 'ory', 'operator-unknown'],
    ['a region nobody confirms', { ...web, dataResidency: ['eu'] }, 'clerk', 'residency-unknown'],
    ['a region not offered', { ...web, dataResidency: ['br'] }, 'auth0', 'outside-region'],
    ['a hosted service behind an air gap', { ...saas, airGapped: true, opsCapacity: 'high' }, 'workos', 'not-self-hostable'],
    ['a server without operations', saas, 'keycloak', 'self-host-needs-ops'],
    ['a server that is not wanted', { ...saas, selfHost: 'no', opsCapacity: 'high' }, 'keycloak', 'self-host-not-wanted'],
    ['a licence in shipped software', { projectType: 'self-hosted-product', opsCapacity: 'high' }, 'zitadel', 'not-redistributable'],
    ['no organizations for connections of companies', { ...saas, needsSso: true }, 'cognito', 'no-organizations'],
    ['one country where only the region is known', { ...web, dataResidency: ['de'] }, 'auth0', 'residency-unknown'],
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
    for (const [, input] of table) {
      const { decision, alternatives } = run(input)
      for (const id of [decision.primary, ...alternatives.map((one) => one.id)]) expect(dead).not.toContain(id)
    }
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
  const conflictCases: readonly (readonly [(typeof conflictIds)[number], Input])[] = [
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
    ['deprecated-in-stack', { ...web, existing: ['azure-ad-b2c'] }],
    ['pinned-end-of-life', { ...web, decisions: { auth: 'nextauth' } }],
    ['pinned-end-of-life', { ...web, houseRules: { require: [{ id: 'lucia' }] } }],
    ['existing-ruled-out', { ...web, compliance: ['hipaa'], existing: ['clerk'] }],
    ['existing-ruled-out', { projectType: 'internal-tool', signInBy: ['staff'], airGapped: true, existing: ['clerk'], opsCapacity: 'medium' }],
    ['self-run-without-ops', { projectType: 'mobile-app', signInBy: ['consumers'], stack: ['go', 'kotlin'], noUsSubprocessors: true, dataResidency: ['eu'], opsCapacity: 'low' }],
    ['region-or-owner', { ...saas, stage: 'production', dataResidency: ['eu'], hosting: 'aws', selfHost: 'required', opsCapacity: 'high' }],
    ['us-hosting-without-us', { ...web, noUsSubprocessors: true, hosting: 'vercel', stack: ['nextjs'] }],
    ['stage-above-scale', { ...web, stage: 'production', developers: 2, budgetUsdPerMonth: 10, monthlyActiveUsers: 110 }],
    ['fips-with-argon2', { ...web, compliance: ['fips-140'] }],
    ['consumers-with-sso', { ...web, needsSso: true }],
    ['machines-with-sso', { projectType: 'api', signInBy: ['machines'], needsSso: true }],
    ['over-budget-as-listed', { ...saas, stage: 'growth', needsSso: true, ssoConnections: 12, needsScim: true, compliance: ['soc2'], budgetUsdPerMonth: 500 }],
    ['pinned-other-cloud', { ...web, hosting: 'gke', decisions: { auth: 'cognito' } }],
    ['over-budget', { ...web, monthlyActiveUsers: 200_000, budgetUsdPerMonth: 5, decisions: { auth: 'clerk' } }],
    ['pinned-against-rule', { ...web, compliance: ['hipaa'], decisions: { auth: 'clerk' } }],
    ['required-against-rule', { ...web, compliance: ['hipaa'], houseRules: { require: [{ id: 'clerk' }] } }],
    ['none-left', { ...web, houseRules: { forbid: Object.keys(knowledge()['identity-providers']).map((one) => ({ id: one })) } }],
  ]
  test.each(conflictCases)('%s', (id, input) => {
    expect(run(input).conflicts.map((one) => one.id)).toContain(id)
  })
  test('every conflict there is has a project that shows it', () => {
    expect([...new Set(conflictCases.map(([id]) => id))].sort()).toEqual([...conflictIds].sort())
  })
  test('each names the fields with the values they have', () => {
    for (const [id, input] of conflictCases) for (const one of run(input).conflicts) {
      expect(one.inputs.length, id).toBeGreaterThan(0)
      for (const text of one.inputs) expect(text, id).toMatch(/^[\w. -]+: \S/)
    }
    expect(run({ ...web, stage: 'production', developers: 1, monthlyActiveUsers: 200 }).conflicts[0]?.inputs).toEqual(['stage: production', 'developers: 1', 'monthlyActiveUsers: 200'])
  })
  test.each<readonly [string, Input, string, string]>([
    ['the next connection where five are free', { ...saas, needsSso: true, ssoConnections: 5, budgetUsdPerMonth: 0, houseRules: { require: [{ id: 'stytch' }] } }, 'free-with-sso', 'Connection 6 at Stytch adds $125 a month'],
    ['the next connection and directory', { ...saas, needsSso: true, needsScim: true, ssoConnections: 5, budgetUsdPerMonth: 0, houseRules: { require: [{ id: 'workos' }] } }, 'free-with-sso', 'Connection 6 at WorkOS adds $250 a month'],
  ])('a way out has its price: %s', (_, input, id, text) => {
    expect(run(input).conflicts.find((one) => one.id === id)?.resolution).toContain(text)
  })
  test.each([['nextauth', 'better-auth'], ['lucia', 'better-auth'], ['azure-ad-b2c', 'entra-external-id'], ['custom-passwords', 'better-auth']])('a pinned %s stays, and what came after it is the first alternative', (pin, successor) => {
    const result = run({ ...web, stack: ['nextjs', 'typescript'], decisions: { auth: pin } })
    expect(result.decision.primary).toBe(pin)
    expect(result.conflicts.map(({ id }) => id)).toContain('pinned-end-of-life')
    expect(result.alternatives[0]?.id).toBe(successor)
  })
  test('nothing to spend is not spent on a price that nobody lists', () => {
    const result = run({ projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users', 'machines'], needsSso: true, budgetUsdPerMonth: 0, compliance: ['hipaa'] })
    expect(result.cost.usdPerMonth).toBe(0)
    expect(result.conflicts.map(({ id }) => id)).toEqual(expect.arrayContaining(['free-with-baa']))
  })
  test.each(['nextauth', 'lucia', 'azure-ad-b2c'])('%s in use, without a pin, is not chosen', (existing) => {
    expect(run({ ...web, stack: ['nextjs', 'typescript'], existing: [existing] }).decision.primary).not.toBe(existing)
  })
  test('the last server standing keeps the rules that removed the vendors', () => {
    const input: Input = { projectType: 'mobile-app', signInBy: ['consumers'], stack: ['go'], noUsSubprocessors: true, opsCapacity: 'low' }
    expect(run(input).decision.kind).toBe('picked')
    expect(ruleOf(input, 'auth0')).toBe('us-operator')
  })
  test('a directory of the company\'s own staff is no sign-in of its customers that could be lost', () => {
    expect(run({ ...saas, compliance: ['fedramp'], existing: ['entra-id'] }).conflicts.map((one) => one.id)).not.toContain('existing-ruled-out')
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
