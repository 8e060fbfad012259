import { generatedFile } from '../../../core/file.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { FileWithBody } from '../../tool.ts'
import type { Outcome } from '../decide.ts'
import { manyServices } from '../tracing.ts'
import type { View } from '../view.ts'
import { numberOf } from '../volumes.ts'
import { identityFieldsOf } from '../identity-fields.ts'
import { yamlFile } from './prometheus.ts'
import { otlpStores, type Signal } from './telemetry.ts'

const path = 'ops/otel-collector/config.yaml'
const signals = ['traces', 'metrics', 'logs'] as const satisfies readonly Signal[]
// Loopback until somebody says otherwise; a pod gives its own address.
const at = (port: number): string => `\${env:COLLECTOR_HOST:-127.0.0.1}:${port}`
const variable = (id: string, what: string): string => `\${env:${id.toUpperCase().replaceAll('-', '_')}_${what}}`

interface Exporter { readonly name: string, readonly settings: Readonly<Record<string, unknown>> }

/** How a store is reached; undefined for hosted stores whose header for the key was not read on their own page yet. */
function exporterFor(id: string, signal: Signal, knowledge: Knowledge): Exporter | undefined {
  if (id === 'prometheus') return { name: 'prometheus', settings: { endpoint: at(8889) } }
  if (id === 'victoriametrics' && signal === 'metrics') return { name: 'prometheusremotewrite', settings: { endpoint: variable(id, 'WRITE_URL') } }
  const name = `otlp_http/${id}`
  if (knowledge.telemetry[id]?.facts.hosting.value === 'self-hosted') return { name, settings: { endpoint: variable(id, 'OTLP_URL') } }
  const header = (knowledge.practices['otlp-headers']?.facts.items.value ?? []).map((row) => row.split(': ', 2)).find(([store]) => store === id)?.[1]
  return header === undefined ? undefined : { name, settings: { endpoint: variable(id, 'OTLP_URL'), headers: { [header]: variable(id, 'OTLP_KEY') } } }
}

/** True where a Collector earns its keep: several services, or stores on own machines. */
export function wantsCollector(view: View, outcome: Outcome, knowledge: Knowledge): boolean {
  const stores = Object.values(otlpStores(view, outcome, knowledge))
  return view.depth >= 3 && stores.length > 0 && (view.services >= manyServices || stores.some((id) => knowledge.telemetry[id]?.facts.hosting.value === 'self-hosted'))
}

/** The Collector between the services and their stores; undefined when none is wanted or a store cannot be reached yet. */
export function collectorFile(view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody | undefined {
  if (!wantsCollector(view, outcome, knowledge)) return undefined
  const stores = otlpStores(view, outcome, knowledge)
  const used = signals.flatMap((signal) => { const id = stores[signal]; return id === undefined ? [] : [{ signal, exporter: exporterFor(id, signal, knowledge) }] })
  const reached = used.flatMap(({ signal, exporter }) => (exporter === undefined ? [] : [{ signal, exporter }]))
  if (reached.length < used.length) return undefined
  const number = (name: string) => numberOf(knowledge, 'collector-pipeline', name)
  const drop = [...new Set([...(knowledge.practices['collector-pipeline']?.facts.items.value ?? []), ...identityFieldsOf(view, knowledge).fields])]
  const scraped = reached.some(({ exporter }) => exporter.name === 'prometheus' || exporter.name === 'prometheusremotewrite')
  const between: Readonly<Record<Signal, readonly string[]>> = { traces: ['attributes/identity', 'tail_sampling'], metrics: scraped ? ['transform/environment'] : [], logs: ['attributes/identity'] }
  const has = (signal: Signal) => stores[signal] !== undefined
  return generatedFile(path, 'Takes, cleans, samples and sends telemetry', `otelcol-contrib validate --config=${path}`, yamlFile([
    'For the contrib distribution; checked for structure, not started. COLLECTOR_HOST is the address to listen on.',
    ...(has('traces') ? ['Run one: tail sampling must see whole traces. For more than one, put a Collector in front that balances by trace id.'] : []),
  ], {
    extensions: { health_check: { endpoint: at(13133) } },
    receivers: { otlp: { protocols: { http: { endpoint: at(4318) }, grpc: { endpoint: at(4317) } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: number('memoryPercent'), spike_limit_percentage: number('spikePercent') },
      ...(has('traces') || has('logs') ? { 'attributes/identity': { actions: drop.map((key) => ({ key, action: 'delete' })) } } : {}),
      ...(has('metrics') && scraped ? { 'transform/environment': { metric_statements: [{ context: 'datapoint', statements: ['set(attributes["deployment.environment.name"], resource.attributes["deployment.environment.name"])'] }] } } : {}),
      ...(has('traces') ? { tail_sampling: { decision_wait: `${number('decisionWaitSeconds')}s`, policies: [
        { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
        { name: 'slow', type: 'latency', latency: { threshold_ms: outcome.decision.sloTargets?.latencyMs ?? 1000 } },
        { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: numberOf(knowledge, 'tracing-rules', 'sampledPercent') } },
      ] } } : {}),
      batch: {},
    },
    exporters: Object.fromEntries(reached.map(({ exporter }) => [exporter.name, exporter.settings])),
    service: {
      extensions: ['health_check'],
      pipelines: Object.fromEntries(reached.map(({ signal, exporter }) => [signal, { receivers: ['otlp'], processors: ['memory_limiter', ...between[signal], 'batch'], exporters: [exporter.name] }])),
    },
  }))
}
