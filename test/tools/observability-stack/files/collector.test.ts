import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { observabilityStack } from '../../../../src/tools/observability-stack/tool.ts'
import { checkCollector } from '../../../support/collector.ts'
import { asOf, knowledge } from '../../../support/knowledge.ts'

beforeAll(() => { knowledge() }, 30_000)

interface Config extends Record<string, unknown> { readonly processors: Record<string, Record<string, unknown>>, readonly exporters: Record<string, Record<string, unknown>>, readonly service: { readonly pipelines: Record<string, { readonly processors: string[], readonly exporters: string[] }> } }
const base = { name: 'Ledger', stage: 'production', projectType: 'b2b-saas', hosting: 'kubernetes', developers: 12, monthlyActiveUsers: 50_000 } as const
const own = { ...base, selfHost: 'preferred', opsCapacity: 'high' } as const
const inputs = {
  'three services on Grafana Cloud': { ...base, services: 3 },
  'own Prometheus, Loki and Jaeger': own,
  'a closed network': { ...base, hosting: 'on-prem', airGapped: true, opsCapacity: 'high' },
  'a fleet on VictoriaMetrics': { ...own, projectType: 'iot', devices: 20_000 },
  'SigNoz on own machines': { ...own, decisions: { logs: 'signoz-self', metrics: 'signoz-self' } },
  'many services that keep metrics in Grafana Cloud and traces in Honeycomb': { ...base, services: 6, houseRules: { prefer: [{ id: 'honeycomb', reason: 'in use' }] } },
} as const
const text = (input: object) => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'normal' }).files.find(({ path }) => path === 'ops/otel-collector/config.yaml')?.body
const config = (input: object) => parse(text(input) ?? '') as Config

describe.each(Object.entries(inputs))('%s', (_, input) => {
  test('gives a Collector whose parts are declared, used and in order, without a secret', () => expect(checkCollector(config(input))).toEqual([]))

  test('drops what names a person and samples only whole traces', () => {
    const { processors, service } = config(input)
    const dropped = (processors['attributes/identity']?.['actions'] as { key: string, action: string }[]).filter(({ action }) => action === 'delete').map(({ key }) => key)
    expect(dropped).toEqual(expect.arrayContaining(['client.address', 'url.query', 'user.email', 'sub']))
    for (const [name, pipeline] of Object.entries(service.pipelines)) expect(pipeline.processors.includes('tail_sampling')).toBe(name === 'traces')
    expect((processors['tail_sampling']?.['policies'] as { type: string }[]).map(({ type }) => type)).toEqual(['status_code', 'latency', 'probabilistic'])
  })
})

test('each signal goes to the store that the decision names', () => {
  const exporters = (input: object) => Object.fromEntries(Object.entries(config(input).service.pipelines).map(([signal, pipeline]) => [signal, pipeline.exporters[0]]))
  expect(exporters(own)).toEqual({ traces: 'otlp_http/jaeger', metrics: 'prometheus', logs: 'otlp_http/loki' })
  expect(exporters(inputs['three services on Grafana Cloud'])).toEqual({ traces: 'otlp_http/grafana-cloud', metrics: 'otlp_http/grafana-cloud', logs: 'otlp_http/grafana-cloud' })
  expect(exporters(inputs['a fleet on VictoriaMetrics'])['metrics']).toBe('prometheusremotewrite')
})

test('what Prometheus scrapes carries the environment that the rules ask for', () => {
  const { service } = config(own)
  expect(service.pipelines['metrics']?.processors).toContain('transform/environment')
})

test('none for one service on hosted stores, before growth, or for a store whose key nobody could look up', () => {
  expect(text({ ...base, services: 1 })).toBeUndefined()
  expect(text({ ...base, stage: 'mvp', services: 5 })).toBeUndefined()
  expect(text({ ...base, services: 5, decisions: { logs: 'datadog', metrics: 'datadog' } })).toBeUndefined()
})

const good = {
  receivers: { otlp: {} }, processors: { memory_limiter: {}, 'attributes/identity': {}, batch: {} }, exporters: { 'otlp_http/x': { endpoint: '${env:X_OTLP_URL}', headers: { 'api-key': '${env:X_OTLP_KEY}' } } },
  extensions: { health_check: { endpoint: '${env:HOST:-127.0.0.1}:13133' } },
  service: { extensions: ['health_check'], pipelines: { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'attributes/identity', 'batch'], exporters: ['otlp_http/x'] } } },
}
const traces = good.service.pipelines.traces
const withTraces = (change: object) => ({ ...good, service: { ...good.service, pipelines: { traces: { ...traces, ...change } } } })
const bad: [string, object, string][] = [
  ['an exporter that nobody declared', withTraces({ exporters: ['debug'] }), 'undeclared debug'],
  ['a receiver that nobody uses', { ...good, receivers: { otlp: {}, jaeger: {} } }, 'unused jaeger'],
  ['an extension that is not switched on', { ...good, service: { ...good.service, extensions: [] } }, 'unused health_check'],
  ['a memory limiter in second place', withTraces({ processors: ['attributes/identity', 'memory_limiter', 'batch'] }), 'memory-limiter-not-first traces'],
  ['batching before cleaning', withTraces({ processors: ['memory_limiter', 'batch', 'attributes/identity'] }), 'batch-not-last traces'],
  ['identities that leave', { ...withTraces({ processors: ['memory_limiter', 'batch'] }), processors: { memory_limiter: {}, batch: {} } }, 'identity-kept traces'],
  ['a pipeline without an exporter', withTraces({ exporters: [] }), 'empty traces.exporters'],
  ['a key in the file', { ...good, exporters: { 'otlp_http/x': { headers: { 'api-key': 'abc' } } } }, 'secret-in-file .exporters.otlp_http/x.headers.api-key'],
  ['a shell-style reference', { ...good, exporters: { 'otlp_http/x': { endpoint: '$X_URL' } } }, 'bad-reference .exporters.otlp_http/x.endpoint'],
  ['a receiver that listens to everyone', { ...good, receivers: { otlp: { protocols: { http: { endpoint: '0.0.0.0:4318' } } } } }, 'open-to-everyone .receivers.otlp.protocols.http.endpoint'],
  ['no pipeline at all', { ...good, service: {} }, 'no-pipeline'],
]
describe('the structural check', () => {
  test('accepts a good file', () => expect(checkCollector(good)).toEqual([]))
  test.each(bad)('rejects %s', (_, file, problem) => expect(checkCollector(file as never)).toContain(problem))
})
