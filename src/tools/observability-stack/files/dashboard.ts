import { generatedFile } from '../../../core/file.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { FileWithBody } from '../../tool.ts'
import type { Outcome } from '../decide.ts'
import { border, bucketFor, histogram, slug } from '../prometheus-rules.ts'
import type { View } from '../view.ts'
import { numberOf } from '../volumes.ts'
import { evaluatesRules } from './prometheus.ts'

const datasource = { type: 'prometheus', uid: '${datasource}' }
const labels = 'job=~"$service",deployment_environment_name=~"$environment"'
const rate = (series: string, extra = '', window = '5m', how = 'rate'): string => `${how}(${histogram}_${series}{${labels}${extra}}[${window}])`
const failed = ',http_response_status_code=~"5.."'

interface Query { readonly expr: string, readonly legend: string }
interface Panel { readonly title: string, readonly description?: string, readonly type: 'timeseries' | 'stat', readonly unit: string, readonly width: number, readonly height: number, readonly queries: readonly Query[], readonly max?: number }

/** Share of bad requests over a window, for each service; nothing failed counts as 0. */
const ratios = (window: string, slowSeconds: string, how = 'rate') => {
  const all = `sum by (job) (${rate('count', '', window, how)})`
  return { availability: `(sum by (job) (${rate('count', failed, window, how)}) or ${all} * 0) / ${all}`, latency: `1 - sum by (job) (${rate('bucket', `,${border(slowSeconds)}`, window, how)}) / ${all}` }
}

/** What fills up before users notice, for the signals of this project. */
function saturation(outcome: Outcome, knowledge: Knowledge): Panel[] {
  const has = (id: string) => outcome.decision.signals.includes(id)
  const name = (id: string) => (knowledge.signals[id]?.facts.metric.value ?? '').replaceAll('.', '_')
  const panel = (title: string, unit: string, query: Query): Panel => ({ title, type: 'timeseries', unit, width: 8, height: 8, queries: [query] })
  const pool = name('database-pool')
  return [
    ...(has('database-pool') ? [panel('Database connections in use', 'percentunit', { expr: `sum by (job) (${pool}{${labels},db_client_connection_state="used"}) / sum by (job) (${pool.replace(/_count$/, '_max')}{${labels}})`, legend: '{{job}}' })] : []),
    ...(has('queue') ? [panel('Oldest waiting job', 's', { expr: `max by (job) (${name('queue')}_seconds{${labels}})`, legend: '{{job}}' })] : []),
    ...(has('webhooks') ? [panel('Oldest unhandled payment event', 's', { expr: `max by (job) (${name('webhooks')}_seconds{${labels}})`, legend: '{{job}}' })] : []),
  ]
}

function panels(outcome: Outcome, knowledge: Knowledge): Panel[] {
  const { sloTargets } = outcome.decision
  const bad = sloTargets === null ? undefined : ratios('1h', bucketFor(sloTargets.latencyMs, knowledge))
  const month = sloTargets === null ? undefined : ratios(`${sloTargets.windowDays}d`, bucketFor(sloTargets.latencyMs, knowledge), 'increase')
  const share = (percent: number) => Math.round((100 - percent) * 1e4) / 1e6
  const quantile = (q: number, by: string) => `histogram_quantile(${q}, sum by (${by}) (${rate('bucket')}))`
  return [
    ...(sloTargets === null || month === undefined || bad === undefined ? [] : [
      { title: 'Error budget left', description: `${sloTargets.availabilityPercent} % of requests without a server error over ${sloTargets.windowDays} days.`, type: 'stat', unit: 'percentunit', width: 6, height: 6, queries: [{ expr: `1 - (${month.availability}) / ${share(sloTargets.availabilityPercent)}`, legend: '{{job}}' }] },
      { title: 'Latency budget left', description: `${sloTargets.latencyPercent} % of requests within ${sloTargets.latencyMs} ms over ${sloTargets.windowDays} days.`, type: 'stat', unit: 'percentunit', width: 6, height: 6, queries: [{ expr: `1 - (${month.latency}) / ${share(sloTargets.latencyPercent)}`, legend: '{{job}}' }] },
      { title: 'Burn rate over an hour', description: 'At 1 the budget lasts exactly its window.', type: 'timeseries', unit: 'none', width: 12, height: 6, queries: [
        { expr: `(${bad.availability}) / ${share(sloTargets.availabilityPercent)}`, legend: '{{job}} errors' }, { expr: `(${bad.latency}) / ${share(sloTargets.latencyPercent)}`, legend: '{{job}} slow' },
      ] },
    ] satisfies Panel[]),
    { title: 'Requests a second by route', type: 'timeseries', unit: 'reqps', width: 8, height: 8, queries: [{ expr: `sum by (http_route) (${rate('count')})`, legend: '{{http_route}}' }] },
    { title: 'Failed share by route', type: 'timeseries', unit: 'percentunit', width: 8, height: 8, max: 1, queries: [{ expr: `sum by (http_route) (${rate('count', failed)}) / sum by (http_route) (${rate('count')})`, legend: '{{http_route}}' }] },
    { title: 'Duration', type: 'timeseries', unit: 's', width: 8, height: 8, queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, 'le'), legend: `p${q * 100}` })) },
    { title: 'p95 by route', type: 'timeseries', unit: 's', width: 24, height: 8, queries: [{ expr: quantile(0.95, 'le, http_route'), legend: '{{http_route}}' }] },
    ...saturation(outcome, knowledge),
  ]
}

/** Panels left to right in rows of 24 columns; a row is as high as its first panel. */
function placed(list: readonly Panel[]) {
  let x = 0
  let y = 0
  let height = 0
  return list.map(({ title, description, type, unit, width, height: own, queries, max }, index) => {
    if (x + width > 24) { x = 0; y += height; height = 0 }
    const gridPos = { x, y, w: width, h: own }
    x += width
    height = Math.max(height, own)
    return {
      id: index + 1, type, title, ...(description === undefined ? {} : { description }), datasource, gridPos,
      fieldConfig: { defaults: { unit, min: unit === 'percentunit' && type === 'stat' ? undefined : 0, max }, overrides: [] },
      options: type === 'stat' ? { reduceOptions: { calcs: ['lastNotNull'] }, graphMode: 'none' } : { legend: { displayMode: 'list', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'desc' } },
      targets: queries.map(({ expr, legend }, position) => ({ refId: String.fromCharCode(65 + position), datasource, expr, legendFormat: legend, ...(type === 'stat' ? { instant: true, range: false } : { range: true }) })),
    }
  })
}

const all = { text: 'All', value: '$__all' }
const variable = (name: string, label: string, ask: string, current = all) => ({
  type: 'query', name, label, datasource, query: { query: ask, refId: name }, definition: ask, refresh: 2, sort: 1, multi: true, includeAll: true, allValue: '.*', current,
})

/** A Grafana dashboard for rate, errors, duration and budgets; from growth on, where the store answers PromQL. */
export function dashboardFile(view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody | undefined {
  if (view.depth < 3 || view.scheduled || view.place === 'local' || view.place === 'delivered' || !evaluatesRules(outcome, knowledge)) return undefined
  const name = slug(view.input.name ?? 'app')
  const number = (key: string) => numberOf(knowledge, 'dashboard', key)
  const ask = (label: string, more: string) => `label_values(${histogram}_count${more}, ${label})`
  return generatedFile(`ops/grafana/${name}.json`, 'Rate, errors, duration, budgets', `jq -e .panels ops/grafana/${name}.json`, JSON.stringify({
    uid: `${name.slice(0, 30)}-red`, title: `${name}: requests and objectives`, tags: ['slo'], schemaVersion: number('schemaVersion'), version: 1, editable: true, graphTooltip: 1, timezone: 'browser',
    time: { from: `now-${number('hoursShown')}h`, to: 'now' }, refresh: `${number('refreshMinutes')}m`,
    templating: { list: [
      { type: 'datasource', name: 'datasource', label: 'Data source', query: 'prometheus', refresh: 1 },
      // Who opens it at night means production.
      variable('environment', 'Environment', ask('deployment_environment_name', ''), { text: 'production', value: 'production' }),
      variable('service', 'Service', ask('job', '{deployment_environment_name=~"$environment"}')),
    ] },
    annotations: { list: [] },
    panels: placed(panels(outcome, knowledge)),
  }, null, 2))
}
