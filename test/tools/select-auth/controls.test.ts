import { describe, expect, test } from 'vitest'
import { vocabulary } from '../../../src/core/profile.ts'
import { agentic2026, llm2026, owasp2025 } from '../../../src/knowledge/collections/controls.ts'
import { decide } from '../../../src/tools/select-auth/decide.ts'
import type { Input } from '../../../src/tools/select-auth/input.ts'
import { selectAuth } from '../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { saas, web } from './profiles.ts'

const sheets = knowledge()
const all = Object.values(sheets.controls)
const chosen = (input: Input) => decide(input, sheets).decision.controls
const ids = (input: Input) => chosen(input).map(({ id }) => id)
const partners: Input = { projectType: 'api', signInBy: ['partners'], clients: ['machine'], stage: 'mvp' }
const keys: Input = { projectType: 'api', signInBy: ['machines'], clients: ['machine'], stage: 'mvp' }
const contracts: Input = { projectType: 'b2b-saas', signInBy: ['business-users', 'agents'], clients: ['web', 'mcp'], stage: 'mvp' }

describe('the catalogue', () => {
  test('answers every risk of every list', () => {
    const met = (key: 'owasp2025' | 'api2023' | 'llm2026' | 'agentic2026') => new Set<string>(all.flatMap((control) => control.facts[key].value ?? []))
    expect([...met('owasp2025')].sort()).toEqual(Object.keys(owasp2025).sort())
    expect([...met('api2023')].sort()).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`).sort())
    expect([...met('llm2026')].sort()).toEqual(Object.keys(llm2026).sort())
    expect([...met('agentic2026')].sort()).toEqual(Object.keys(agentic2026).sort())
  })
  test.each([
    'object-authorization', 'property-authorization', 'authorization', 'business-flow-abuse', 'rate-limiting', 'request-size', 'api-inventory', 'webhook-verification', 'token-validation', 'egress-ssrf', 'supply-chain', 'fail-closed-errors',
    'unsafe-consumption', 'prompt-injection', 'llm-data', 'llm-limits', 'agent-authority', 'agent-tools', 'agent-memory', 'agent-oversight', 'sign-in-flow', 'client-authentication', 'api-key-hygiene',
  ])('has %s with a requirement to check it by', (id) => {
    const facts = sheets.controls[id]?.facts
    expect(Object.values(facts?.asvs.value ?? {}).flat().length).toBeGreaterThan(0)
    expect(facts?.owasp2025.value?.length).toBeGreaterThan(0)
  })
})

describe('what a regime demands is not pruned by stage', () => {
  const people: Input = { projectType: 'web-app', signInBy: ['consumers'], dataClasses: ['pii'], clients: ['web'], services: 1 }
  test.each(vocabulary.compliance.flatMap((regime) => (['poc', 'mvp', 'early'] as const).map((stage) => [regime, stage] as const)))('%s at stage %s', (regime, stage) => {
    const raised = sheets.compliance[regime]?.facts.raises.value ?? []
    expect(raised.length).toBeGreaterThan(0)
    const due = new Map(chosen({ ...people, stage, compliance: [regime] }).map((control) => [control.id, control.priority]))
    for (const id of raised) expect(due.get(id), id).toBe('must')
    const { skipped } = selectAuth.run({ ...people, stage, compliance: [regime] }, { knowledge: sheets, asOf, detail: 'full' })
    for (const id of raised) expect(skipped.map(({ item }) => item)).not.toContain(sheets.controls[id]?.name)
  })
  test('where no person signs in, nothing is said of sessions', () => {
    expect(ids({ ...keys, compliance: ['hipaa'] })).not.toContain('session-management')
    expect(ids({ ...keys, compliance: ['hipaa'] })).toContain('audit-trail')
  })
})

describe('only what applies is printed', () => {
  test.each<readonly [string, Input, readonly string[], readonly string[]]>([
    ['partners prove who they are with keys of their own', partners, ['client-authentication', 'token-validation', 'object-authorization', 'authorization'], ['api-key-hygiene', 'sign-in-flow', 'account-protection', 'session-management']],
    ['developers get keys', keys, ['api-key-hygiene', 'object-authorization', 'rate-limiting'], ['client-authentication', 'sign-in-flow', 'csrf']],
    ['regulated machines get credentials, no keys', { ...keys, compliance: ['pci-dss'] }, ['client-authentication'], ['api-key-hygiene']],
    ['a proof of concept keeps the three authorizations it can be robbed by', { ...web, stage: 'poc' }, ['object-authorization', 'authorization', 'fail-closed-errors', 'injection', 'supply-chain'], ['api-inventory', 'audit-trail', 'sbom']],
    ['an MVP returns and accepts named fields only', web, ['property-authorization'], ['prompt-injection', 'agent-authority', 'tenant-isolation']],
    ['a model that talks is no agent', { ...web, usesLlm: true }, ['prompt-injection', 'llm-data', 'llm-limits'], ['agent-tools', 'agent-oversight', 'agent-authority']],
    ['other people\'s agents call us: their rights, not their tools', contracts, ['agent-authority', 'token-validation', 'egress-ssrf', 'tenant-isolation'], ['agent-tools', 'agent-memory', 'prompt-injection']],
    ['our own agents', { ...contracts, usesLlm: true }, ['agent-authority', 'agent-tools', 'agent-memory', 'agent-oversight', 'prompt-injection'], []],
    ['a hosted directory brings a callback', saas, ['sign-in-flow'], ['client-authentication', 'api-key-hygiene']],
    ['a page without accounts', { projectType: 'content-site', signInBy: ['nobody'], clients: ['web'] }, ['security-headers', 'encryption-in-transit', 'supply-chain'], ['authorization', 'sign-in-flow', 'session-management', 'injection', 'rate-limiting']],
    ['a library', { projectType: 'library', signInBy: ['nobody'] }, ['supply-chain', 'secrets-management'], ['security-headers', 'cors', 'authorization', 'input-validation']],
  ])('%s', (_, input, there, absent) => {
    const due = ids(input)
    expect(there.filter((id) => !due.includes(id))).toEqual([])
    expect(absent.filter((id) => due.includes(id))).toEqual([])
  })

  test('agentic risks are listed where agents are, and nowhere else', () => {
    const risks = (input: Input) => selectAuth.run(input, { knowledge: sheets, asOf, detail: 'full' }).sections.find(({ id }) => id === 'owasp')?.body ?? ''
    expect(risks({ ...web, usesLlm: true })).not.toMatch(/ASI\d\d/)
    for (const id of ['ASI03', 'ASI07']) expect(risks(contracts)).toContain(id)
    expect(risks(contracts)).not.toContain('ASI05')
    for (const id of Object.keys(agentic2026)) expect(risks({ ...contracts, usesLlm: true, stage: 'early' })).toContain(id)
  })
})
