import { beforeAll, describe, expect, test } from 'vitest'
import { observabilityStack } from '../../../../src/tools/observability-stack/tool.ts'
import { checkDashboard, type Dashboard } from '../../../support/dashboard.ts'
import { asOf, knowledge } from '../../../support/knowledge.ts'

beforeAll(() => { knowledge() }, 30_000)
const base = { name: 'Ledger', stage: 'production', projectType: 'b2b-saas', hosting: 'kubernetes', developers: 12, monthlyActiveUsers: 50_000 } as const
const inputs = {
  'Grafana Cloud': base,
  'growth on a cluster': { ...base, stage: 'growth', developers: 6 },
  'own Prometheus with a queue, payments and a database': { ...base, selfHost: 'preferred', opsCapacity: 'high', stack: ['postgresql', 'bullmq'], takesPayments: true },
  'VictoriaMetrics': { ...base, selfHost: 'preferred', opsCapacity: 'high', projectType: 'iot', devices: 20_000 },
  'a hostile name': { ...base, name: '"}]) ${datasource} <img src=x>' },
} as const
const file = (input: object) => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'normal' }).files.find(({ path }) => path.startsWith('ops/grafana/'))
const dashboard = (input: object) => JSON.parse(file(input)?.body ?? '') as Dashboard
const queries = (input: object) => dashboard(input).panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))

describe.each(Object.entries(inputs))('%s', (_, input) => {
  test('gives a dashboard whose panels have room, data and sound expressions', () => expect(checkDashboard(dashboard(input))).toEqual([]))

  test('shows rate, errors, duration and both budgets, for a chosen environment and service', () => {
    expect(dashboard(input).templating.list.map(({ name }) => name)).toEqual(['datasource', 'environment', 'service'])
    const all = queries(input)
    for (const part of ['histogram_quantile(0.5,', 'histogram_quantile(0.95,', 'histogram_quantile(0.99,', '5..', '[30d]', 'sum by (http_route)']) expect(all.some((expr) => expr.includes(part)), part).toBe(true)
    for (const expr of all) expect(expr).toContain('job=~"$service",deployment_environment_name=~"$environment"')
  })
})

test('what fills up is shown where the project has it', () => {
  const shown = queries(inputs['own Prometheus with a queue, payments and a database']).join('\n')
  for (const metric of ['db_client_connection_count', 'app_queue_oldest_age_seconds', 'app_webhook_oldest_age_seconds']) expect(shown).toContain(metric)
  expect(queries(base).join('\n')).not.toContain('app_queue')
})

test('none before growth, without a store that answers PromQL, or for what customers run', () => {
  for (const input of [{ ...base, stage: 'early' }, { ...base, decisions: { metrics: 'datadog' } }, { ...base, hosting: 'customer', projectType: 'self-hosted-product' }]) expect(file(input)).toBeUndefined()
})

const panel = { id: 1, title: 'a', type: 'timeseries', gridPos: { x: 0, y: 0, w: 12, h: 8 }, targets: [{ refId: 'A', expr: 'sum(rate(x_total{job="$service"}[5m]))', datasource: { uid: '${datasource}' } }] }
const good: Dashboard = { schemaVersion: 42, uid: 'a-red', panels: [panel], templating: { list: [{ name: 'datasource', type: 'datasource' }, { name: 'service', type: 'query' }] } }
const bad: [string, Dashboard, string][] = [
  ['two panels with one id', { ...good, panels: [panel, { ...panel, gridPos: { x: 12, y: 0, w: 12, h: 8 } }] }, 'id-twice 1'],
  ['panels on top of each other', { ...good, panels: [panel, { ...panel, id: 2, title: 'b', gridPos: { x: 11, y: 7, w: 12, h: 8 } }] }, 'overlap a / b'],
  ['a panel wider than the page', { ...good, panels: [{ ...panel, gridPos: { x: 20, y: 0, w: 12, h: 8 } }] }, 'outside a'],
  ['a fixed data source', { ...good, panels: [{ ...panel, targets: [{ ...panel.targets[0] as (typeof panel.targets)[number], datasource: { uid: 'abc' } }] }] }, 'fixed-datasource a'],
  ['a variable that nothing uses', { ...good, templating: { list: [...good.templating.list, { name: 'region', type: 'query' }] } }, 'unused-variable region'],
  ['a variable that nobody declared', { ...good, templating: { list: [{ name: 'datasource', type: 'datasource' }] } }, 'unknown-variable service'],
  ['a broken expression', { ...good, panels: [{ ...panel, targets: [{ ...panel.targets[0] as (typeof panel.targets)[number], expr: 'sum(rate(x_total{job="$service"}[5m])' }] }] }, 'syntax a'],
  ['a quantile without le', { ...good, panels: [{ ...panel, targets: [{ ...panel.targets[0] as (typeof panel.targets)[number], expr: 'histogram_quantile(0.9, rate(x_bucket{job="$service"}[5m]))' }] }] }, 'quantile-without-le a'],
]
describe('the structural check', () => {
  test('accepts a good dashboard', () => expect(checkDashboard(good)).toEqual([]))
  test.each(bad)('rejects %s', (_, made, problem) => expect(checkDashboard(made)).toContain(problem))
})
