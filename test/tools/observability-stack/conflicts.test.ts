import { beforeAll, describe, expect, test } from 'vitest'
import { conflictWords, type ConflictId } from '../../../src/tools/observability-stack/conflict-words.ts'
import { observabilityStack } from '../../../src/tools/observability-stack/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

const base = { projectType: 'b2b-saas', stage: 'production', developers: 12, monthlyActiveUsers: 50_000 }
// Reading every sheet takes seconds on a busy machine; it is no part of the first case.
beforeAll(() => void knowledge(), 60_000)

const decided = (input: object) => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'full' })

/** Each conflict, an input that holds it, values its inputs must name, and a neighbour without it. */
const cases: readonly [id: ConflictId, input: object, names: readonly string[], without: object][] = [
  ['air-gap-against-hosting', { ...base, airGapped: true, hosting: 'vercel' }, ['airGapped: true', 'hosting: vercel'], { airGapped: true, hosting: 'on-prem' }],
  ['boundary-against-hosting', { ...base, compliance: ['fedramp'], hosting: 'vercel' }, ['compliance: fedramp', 'hosting: vercel'], { hosting: 'aws-ecs' }],
  ['pin-breaks-filter', { ...base, hosting: 'aws', compliance: ['hipaa'], decisions: { errors: 'crashlytics' } }, ['decisions.errors: crashlytics'], { decisions: {} }],
  ['pin-above-stage', { ...base, stage: 'mvp', hosting: 'render', decisions: { logs: 'datadog' } }, ['stage: mvp', 'decisions.logs: datadog'], { stage: 'enterprise' }],
  ['analytics-as-metrics', { ...base, hosting: 'render', decisions: { metrics: 'posthog' } }, ['decisions.metrics: posthog'], { decisions: { metrics: 'grafana-cloud' } }],
  ['existing-tool-ending', { ...base, existing: ['opsgenie'] }, ['existing: opsgenie'], { existing: ['pagerduty'] }],
  ['existing-tool-against-rule', { ...base, existing: ['posthog'], noUsSubprocessors: true }, ['existing: posthog', 'noUsSubprocessors: true'], { noUsSubprocessors: false }],
  ['house-rule-against-existing', { ...base, hosting: 'kubernetes', existing: ['datadog'], houseRules: { forbid: [{ id: 'datadog' }] } }, ['existing: datadog', 'houseRules.forbid: datadog'], { existing: [] }],
  ['house-rule-against-existing', { ...base, hosting: 'kubernetes', existing: ['splunk'], houseRules: { require: [{ id: 'elastic' }] } }, ['existing: splunk', 'houseRules.require: elastic'], { existing: ['elastic'] }],
  ['stage-above-scale', { ...base, hosting: 'render', developers: 1, monthlyActiveUsers: 50 }, ['stage: production', 'developers: 1', 'monthlyActiveUsers: 50'], { developers: 12 }],
  ['stage-above-scale', { ...base, hosting: 'render', developers: 6, monthlyActiveUsers: 50, budgetUsdPerMonth: 40 }, ['budgetUsdPerMonth: 40'], { requestsPerSecond: 20 }],
  ['stage-against-tracing', { ...base, stage: 'mvp', hosting: 'fly', services: 5 }, ['stage: mvp', 'services: 5'], { services: 2 }],
  ['stage-against-tracing', { ...base, stage: 'mvp', hosting: 'fly', usesLlm: true }, ['agents or model calls: yes'], { usesLlm: false }],
  ['traces-without-store', { ...base, airGapped: true, hosting: 'on-prem', opsCapacity: 'none', services: 6 }, ['services: 6', 'opsCapacity: none'], { opsCapacity: 'medium' }],
  ['health-data-on-free-plan', { ...base, stage: 'mvp', hosting: 'vercel', compliance: ['hipaa'], budgetUsdPerMonth: 0 }, ['compliance: hipaa', 'budgetUsdPerMonth: 0'], { compliance: [] }],
  ['platform-agreement', { ...base, stage: 'mvp', hosting: 'vercel', compliance: ['hipaa'] }, ['hosting: vercel'], { hosting: 'aws' }],
  ['agreement-needs-plan', { ...base, stage: 'early', hosting: 'render', compliance: ['hipaa'] }, ['compliance: hipaa', 'product: sentry'], { compliance: [] }],
  ['region-against-operator', { ...base, hosting: 'hetzner-kubernetes', dataResidency: ['eu'] }, ['dataResidency: eu'], { noUsSubprocessors: false }],
  ['beyond-shared-hosting', { ...base, hosting: 'shared hosting', stack: ['fastapi', 'celery'] }, ['hosting: shared-hosting', 'stack: fastapi, python, celery'], { hosting: 'hetzner' }],
  ['us-hosting', { ...base, hosting: 'vercel', noUsSubprocessors: true }, ['noUsSubprocessors: true', 'hosting: vercel'], { hosting: 'hetzner' }],
  ['no-budget-with-paging', { ...base, hosting: 'render', onCallEngineers: 3, budgetUsdPerMonth: 0 }, ['budgetUsdPerMonth: 0', 'onCallEngineers: 3'], { budgetUsdPerMonth: 900 }],
  ['paging-without-roster', { ...base, hosting: 'render', onCallEngineers: 1 }, ['onCallEngineers: 1'], { onCallEngineers: 4 }],
  ['thin-roster', { ...base, hosting: 'render', onCallEngineers: 2 }, ['onCallEngineers: 2'], { onCallEngineers: 4 }],
  ['objective-above-people', { ...base, hosting: 'render', developers: 1 }, ['stage: production', 'developers: 1'], { developers: 12 }],
  ['burn-rate-without-traffic', { ...base, hosting: 'kubernetes', requestsPerSecond: 0.01 }, ['requestsPerSecond: 0.01'], { requestsPerSecond: 20 }],
  ['per-device-labels', { ...base, hosting: 'kubernetes', existing: ['prometheus'], devices: 200_000 }, ['devices: 200000', 'metrics: prometheus'], { devices: 200 }],
  ['free-plan-seats', { ...base, stage: 'mvp', hosting: 'vercel', developers: 4, monthlyActiveUsers: 200 }, ['developers: 4', 'sentry Developer: 1 user'], { developers: 1 }],
  ['over-budget', { ...base, hosting: 'kubernetes', hosts: 10, budgetUsdPerMonth: 100, decisions: { metrics: 'datadog' } }, ['budgetUsdPerMonth: 100'], { budgetUsdPerMonth: 9000 }],
  ['self-host-without-operations', { ...base, hosting: 'on-prem', selfHost: 'required', opsCapacity: 'none' }, ['selfHost: required', 'opsCapacity: none'], { opsCapacity: 'high' }],
  ['retention-above-platform', { ...base, stage: 'mvp', hosting: 'render', compliance: ['pci-dss'] }, ['compliance: pci-dss', 'hosting: render'], { compliance: ['soc2'] }],
]

test('every conflict has a case', () => expect([...new Set(cases.map(([id]) => id))].sort()).toEqual(Object.keys(conflictWords).sort()))

describe.each(cases)('%s', (id, input, names, without) => {
  test('is named with its values and a way out', () => {
    const found = decided(input).conflicts.filter((conflict) => conflict.id === id)
    expect(found.length).toBeGreaterThan(0)
    expect(found.flatMap((conflict) => conflict.inputs)).toEqual(expect.arrayContaining([...names]))
    for (const { problem, resolution } of found) for (const said of [problem, resolution]) expect(said).toMatch(/^(?!.*(undefined|\[object|NaN)).{20,300}$/)
  })

  test('is silent next door', () => expect(decided({ ...input, ...without }).conflicts.map((conflict) => conflict.id)).not.toContain(id))
})

test.each(['opsgenie', 'grafana-oncall', 'promtail', 'jaeger-v1', 'grafana-agent', 'Jaeger 1', 'Grafana OnCall OSS'])('%s in the company is told to be ending, and fills no slot', (existing) => {
  const { decision, conflicts } = decided({ ...base, hosting: 'kubernetes', services: 5, opsCapacity: 'high', existing: [existing] })
  expect(conflicts.map(({ id }) => id)).toContain('existing-tool-ending')
  const ended = Object.values(knowledge().telemetry).filter(({ lifecycle }) => lifecycle.status !== 'active').map(({ id }) => id)
  expect(ended.length).toBeGreaterThanOrEqual(5)
  expect([...Object.values(decision.slots).flat(), decision.traceStore].filter((id) => ended.includes(id))).toEqual([])
})

test.each(['splunk', 'cloudwatch', 'datadog', 'azure-monitor'])('%s in the company is reused before anything new, and no budget removes it', (existing) => {
  const hosting = existing === 'cloudwatch' ? 'aws-ecs' : existing === 'azure-monitor' ? 'azure' : 'kubernetes'
  expect(decided({ ...base, hosting, existing: [existing], budgetUsdPerMonth: 10 }).decision.slots.logs).toBe(existing)
})

test.each([
  ['PCI DSS keeps a year of logs at every stage, without printing a figure nobody confirmed', ['pci-dss'], /Kept, at every stage: .*PCI DSS/],
  ['HIPAA wants the reading of a record in the trail', ['hipaa'], /Audit trail, at every stage.*reading a record counts/],
])('%s', (_, compliance, said) => {
  for (const stage of ['mvp', 'production']) expect(decided({ ...base, stage, hosting: 'aws', compliance }).sections.find(({ id }) => id === 'logging')?.body).toMatch(said)
})
