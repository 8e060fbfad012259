import type { ReasonId, Slot } from './rules.ts'
import { onCloud, onOneMachine, type View } from './view.ts'

/** One candidate and the rule that puts it here. */
export interface Candidate { readonly id: string, readonly reason: ReasonId }

const as = (reason: ReasonId, ...ids: readonly (string | null)[]): Candidate[] =>
  ids.filter((id): id is string => id !== null).map((id) => ({ id, reason }))

const ownMachines = (view: View): boolean => view.place === 'own' || (view.input.selfHost === 'preferred' && view.place === 'open')
const insideAgreement = (view: View): boolean => onCloud(view) && (view.health || view.attested || view.patients)
/** Own machines are merely preferred: hosted products stay in reach behind them. */
const hostedToo = (view: View): boolean => view.place === 'open'
/** Own machines, nobody to run servers, and an early product: files, one small error tracker and a mail. */
const smallFootprint = (view: View): boolean => view.place === 'own' && view.depth <= 2 && (view.input.opsCapacity === 'none' || view.input.opsCapacity === 'low')

/** Candidates for logs, best first; ties in the table of stages are broken by this order. */
export function logs(view: View): Candidate[] {
  if (view.place === 'local') return as('nothing-deployed', 'console')
  if (view.place === 'delivered') return as('customer-collects', 'stdout')
  const last = as('last-resort', 'stdout')
  if (smallFootprint(view)) return as('small-footprint', view.input.airGapped === true ? null : view.builtInLogs, 'stdout')
  const self = ownMachines(view) ? as('own-machines', ...(view.input.airGapped === true ? [] : [view.place === 'own' ? view.builtInLogs : null]), 'loki', 'signoz-self', 'opensearch') : []
  if (!hostedToo(view)) return [...self, ...last]
  if (insideAgreement(view)) return [...self, ...as('inside-agreement', view.builtInLogs), ...as('stage-default', 'datadog'), ...as('last-resort', 'loki', 'signoz-self'), ...last]
  if (view.depth <= 2 && view.hosting === 'undecided') return [...self, ...as('built-in', 'platform')]
  if (onOneMachine(view)) return [...self, ...as('on-the-machine', 'stdout')]
  if (view.depth <= 2) return [...self, ...as('built-in', view.builtInLogs), ...(view.depth === 0 ? [] : as('stage-default', 'axiom', 'grafana-cloud', 'betterstack')), ...last]
  const family = view.grafanaFamily ? as('same-family', 'loki', 'grafana-cloud') : []
  const own = view.ownStackPays ? as('cheaper-own', 'loki', 'opensearch') : []
  if (view.depth === 3) return [...self, ...own, ...(onCloud(view) ? as('built-in', view.builtInLogs) : []), ...family, ...as('stage-default', 'axiom', 'betterstack', 'grafana-cloud'), ...as('built-in', view.builtInLogs), ...as('own-machines', 'loki'), ...last]
  const hosted = view.depth === 4 ? as('stage-default', 'grafana-cloud', 'datadog', 'signoz') : as('stage-default', 'datadog', 'splunk', 'grafana-cloud')
  return [...self, ...own, ...family, ...hosted, ...as('built-in', view.builtInLogs), ...as('own-machines', 'loki', 'signoz-self'), ...last]
}

/** Candidates for error tracking. */
export function errors(view: View): Candidate[] {
  if (view.place === 'local') return as('nothing-deployed', 'none')
  if (view.place === 'delivered') return as('nothing-calls-home', 'none')
  const staticSite = view.input.projectType === 'content-site' && view.depth <= 2
  if (view.depth === 0 || staticSite) return as('not-yet', 'none')
  const self = ownMachines(view) ? as('own-machines', 'glitchtip', 'sentry-self') : []
  if (!hostedToo(view)) return [...self, ...as('last-resort', 'none')]
  const cloud = onCloud(view) ? as('inside-agreement', view.builtInLogs === 'azure-monitor' ? 'azure-monitor' : 'platform') : []
  if (insideAgreement(view)) return [...self, ...cloud, ...as('last-resort', 'glitchtip')]
  // Who runs no machine yet starts none for an error tracker: the log of the platform comes first.
  const hasMachines = view.builtInLogs === null || view.kind === 'kubernetes' || view.kind === 'virtual-machines'
  const children = (view.input.dataClasses ?? []).includes('minors') || (view.input.compliance ?? []).includes('coppa')
  const mobile = view.mobile && view.hosting === 'firebase' && !children ? as('mobile-crashes', 'crashlytics') : []
  return [...self, ...mobile, ...as('stage-default', 'sentry'), ...(view.depth <= 1 && view.builtInLogs !== null ? as('built-in', 'platform') : []), ...(hasMachines ? [...as('own-machines', 'glitchtip'), ...cloud] : [...cloud, ...as('last-resort', 'platform'), ...as('own-machines', 'glitchtip')]), ...(view.builtInLogs === null ? [] : as('last-resort', 'platform')), ...as('last-resort', 'none')]
}

/** Candidates for metrics. `logsId` is what the logs slot took, so one vendor can hold both. */
export function metrics(view: View, logsId: string): Candidate[] {
  if (view.place === 'local') return as('nothing-deployed', 'none')
  if (view.place === 'delivered') return as('shipped-with-product', 'prometheus')
  const last = as('last-resort', 'none')
  if (smallFootprint(view)) return as('small-footprint', view.input.airGapped === true ? null : view.builtInMetrics, 'none')
  const many = (view.input.devices ?? 0) >= 10_000
  const stores = many ? ['victoriametrics', 'prometheus'] : ['prometheus', 'victoriametrics']
  const self = ownMachines(view) ? as('own-machines', ...(view.input.airGapped === true || view.place !== 'own' ? [] : [view.builtInMetrics]), ...stores) : []
  if (!hostedToo(view)) return [...self, ...last]
  if (insideAgreement(view)) return [...self, ...as('inside-agreement', view.builtInMetrics), ...as('last-resort', ...stores), ...last]
  const cluster = view.kind === 'kubernetes' && view.builtInMetrics === null ? as('own-machines', 'prometheus') : []
  if (view.depth <= 1 || onOneMachine(view)) return [...self, ...as('built-in', view.builtInMetrics), ...as('not-yet', 'none')]
  if (view.kind === 'shared') return as('no-place-to-run', 'none')
  if (view.depth === 2 && view.hosting === 'undecided') return [...self, ...as('built-in', 'platform')]
  if (view.depth === 2 || (view.depth === 3 && view.services < 3)) return [...self, ...as('built-in', view.builtInMetrics), ...cluster, ...as('stage-default', 'grafana-cloud'), ...last]
  const own = view.ownStackPays ? as('cheaper-own', ...stores) : []
  // Where the cloud's own logs were taken, its metrics are the same place under another name.
  const sameCloud = onCloud(view) && logsId === view.builtInLogs ? as('same-vendor', view.builtInMetrics) : []
  return [...self, ...own, ...as('same-vendor', logsId), ...sameCloud, ...cluster, ...as('stage-default', 'grafana-cloud', 'datadog', 'signoz'), ...as('built-in', view.builtInMetrics), ...as('own-machines', 'prometheus'), ...last]
}

/** Candidates for the store of traces; asked only when tracing is on. */
export function traceStores(view: View, taken: readonly string[]): Candidate[] {
  const same = as('same-vendor', ...taken, ...(hostedToo(view) && taken.includes('splunk') ? ['splunk-observability'] : []))
  const own = view.ownStackPays ? as('cheaper-own', 'tempo', 'jaeger') : []
  const self = ownMachines(view) ? as('own-machines', 'jaeger', 'tempo') : []
  if (!hostedToo(view)) return [...same, ...self, ...as('last-resort', 'none')]
  const cloud = onCloud(view) ? as('inside-agreement', view.builtInLogs === 'gcp-logging' ? 'gcp-monitoring' : view.builtInLogs) : []
  return [...self, ...same, ...own, ...cloud, ...as('stage-default', 'grafana-cloud', 'sentry', 'honeycomb'), ...as('own-machines', 'jaeger'), ...as('last-resort', 'none')]
}

/** Order in which slots are decided: later ones look at earlier ones. */
export const slotOrder = ['errors', 'logs', 'metrics', 'alerting', 'tracing'] as const satisfies readonly Slot[]
