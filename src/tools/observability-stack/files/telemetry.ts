import { healthPaths } from '../../../core/health.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import { codeFile } from '../../code-file.ts'
import type { FileWithBody } from '../../tool.ts'
import { productsIn, type Outcome } from '../decide.ts'
import { serviceNames } from '../services.ts'
import type { View } from '../view.ts'
import { numberOf } from '../volumes.ts'
import { isEdge, languageOf, takesMiddleware, templateOf } from './placement.ts'
import { evaluatesRules } from './prometheus.ts'

export type Signal = 'traces' | 'metrics' | 'logs'

/** What leaves the services over OTLP, and to which sheets; empty while no store of its own takes traces or metrics. */
export function otlpStores(view: View, outcome: Outcome, knowledge: Knowledge): Partial<Record<Signal, string>> {
  if (view.place === 'local' || view.place === 'delivered') return {}
  const { slots, traceStore } = outcome.decision
  const takes = (id: string, signal: Signal) => knowledge.telemetry[id]?.facts.otlp.value?.includes(signal) ?? false
  const traces = productsIn(slots.tracing).includes('otel') && takes(traceStore, 'traces') ? traceStore : undefined
  const metrics = view.depth >= 3 && evaluatesRules(outcome, knowledge) ? productsIn(slots.metrics).find((id) => takes(id, 'metrics')) : undefined
  if (traces === undefined && metrics === undefined) return {}
  const logs = productsIn(slots.logs).find((id) => takes(id, 'logs'))
  return { ...(traces === undefined ? {} : { traces }), ...(metrics === undefined ? {} : { metrics }), ...(logs === undefined ? {} : { logs }) }
}

/** True when the services are started with OpenTelemetry but no start-up file is written for their language or framework yet. */
export const lacksTelemetry = (view: View, outcome: Outcome, knowledge: Knowledge): boolean =>
  Object.keys(otlpStores(view, outcome, knowledge)).length > 0 && languageOf(view) !== null && telemetryFile(view, outcome, knowledge, false) === undefined

/** Comment lines on the gauges that alerts and dashboard ask for and only the service itself can measure; empty when there are none. */
function gaugeLines(outcome: Outcome, knowledge: Knowledge): string {
  const own = outcome.decision.signals.flatMap((id) => { const name = knowledge.signals[id]?.facts.metric.value; return name !== undefined && name !== null && /^app\..*(_age|\.reporting)$/.test(name) ? [name] : [] })
  if (own.length === 0) return ''
  return [
    '// Alerts and dashboard ask for what only this service knows; until it says so, they stay silent (`metrics` is that of @opentelemetry/api):',
    ...own.map((name) => `//   metrics.getMeter('app').createObservableGauge('${name}'${/_age$/.test(name) ? `, { unit: 's' }` : ''}).addCallback(async (result) => result.observe(await …))`),
  ].join('\n')
}

/** Start-up of OpenTelemetry in a Node service. `tailSampled`: a Collector chooses among whole traces, so the service sends all. */
export function telemetryFile(view: View, outcome: Outcome, knowledge: Knowledge, tailSampled: boolean): FileWithBody | undefined {
  const stores = otlpStores(view, outcome, knowledge)
  const template = Object.keys(stores).length > 0 && !isEdge(view) && takesMiddleware(view) ? templateOf('telemetry', view, knowledge) : undefined
  if (template === undefined) return undefined
  const { ids } = view.stack
  return codeFile(template, {
    service: JSON.stringify(serviceNames(view)[0] ?? 'app'),
    ratio: String(tailSampled ? 1 : numberOf(knowledge, 'tracing-rules', 'sampledPercent') / 100),
    gauges: stores.metrics === undefined ? '' : gaugeLines(outcome, knowledge),
    quietPaths: [healthPaths.live, healthPaths.ready, healthPaths.details].map((path) => JSON.stringify(path)).join(', '),
    traces: stores.traces !== undefined, metrics: stores.metrics !== undefined, logs: stores.logs !== undefined,
    express: ids.includes('express') || ids.includes('nestjs'), fastify: ids.includes('fastify'), pg: ids.includes('postgresql'), redis: ids.includes('redis'),
  }, languageOf(view) !== 'javascript')
}
