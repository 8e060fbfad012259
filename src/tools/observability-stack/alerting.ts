import type { Candidate } from './preferences.ts'
import type { ReasonId } from './rules.ts'
import { onCloud, type View } from './view.ts'

const as = (reason: ReasonId, ...ids: readonly string[]): Candidate[] => ids.map((id) => ({ id, reason }))

/** Places where people read; nobody is woken by them. */
export const channels: readonly string[] = ['email', 'slack']
const cloudMetrics = ['cloudwatch', 'gcp-monitoring', 'azure-monitor']

/** People who share duty below which a pager at growth would only tire them. */
export const growthRoster = 3

/** True when somebody can be woken: at production a roster of two, at growth three who were named. */
export const hasRoster = (view: View): boolean => view.volumes.onCall >= 2

/** True when pages go to a pager and tickets to where the team reads. */
export const wantsPager = (view: View): boolean =>
  view.place === 'open' && !inCloudOnly(view) && !view.scheduled
  && ((view.depth >= 4 && hasRoster(view)) || (view.depth === 3 && (view.input.onCallEngineers ?? 0) >= growthRoster))

const inCloudOnly = (view: View): boolean => onCloud(view) && (view.health || view.attested || view.patients)

/** What the metrics slot can do: evaluate Prometheus rules, or alarms of its cloud. */
export interface MetricsStore { readonly ids: readonly string[], readonly evaluatesRules: boolean }

/** Candidates for telling people, best first. */
export function alerting(view: View, metrics: MetricsStore): Candidate[] {
  if (view.place === 'local') return as('nothing-deployed', 'none')
  if (view.place === 'delivered') return as('shipped-with-product', 'alertmanager')
  if (view.depth === 0) return as('not-yet', 'none')
  // Alertmanager routes what Prometheus rules fire; without them it has nothing to route.
  const own = metrics.evaluatesRules ? as('own-machines', 'alertmanager') : []
  const mail = as('last-resort', 'email')
  if (view.place !== 'open') return [...own, ...mail]
  if (inCloudOnly(view)) return [...as('inside-agreement', 'cloud-native'), ...own, ...mail]
  if (view.depth <= 2) return as('stage-default', 'email')
  if (wantsPager(view)) return [...as('on-call-roster', 'pagerduty', 'grafana-irm', 'incident-io', 'rootly'), ...own, ...mail]
  const reason = view.depth >= 4 ? 'no-roster' as const : 'stage-default' as const
  const cloud = metrics.ids.some((id) => cloudMetrics.includes(id)) ? as('built-in', 'cloud-native') : []
  const preferOwn = view.input.selfHost === 'preferred' ? own : []
  return [...cloud, ...preferOwn, ...as(reason, 'slack'), ...own, ...mail]
}
