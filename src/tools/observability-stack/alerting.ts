import type { Candidate } from './preferences.ts'
import type { ReasonId, Slot } from './rules.ts'
import { onCloud, type View } from './view.ts'

const as = (reason: ReasonId, ...ids: readonly string[]): Candidate[] => ids.map((id) => ({ id, reason }))

/** Places where people read; nobody is woken by them. A chat is taken only where the company named it. */
export const channels: readonly string[] = ['email', 'slack', 'microsoft-teams', 'mattermost']
/** What sends alerts by itself but keeps no duty roster. */
const withoutRoster: readonly string[] = [...channels, 'alertmanager', 'cloud-native', 'splunk', 'zabbix', 'dynatrace']
/** True for products that wake the person whose turn it is. */
export const isPager = (id: string): boolean => !withoutRoster.includes(id)
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

/** Tools in the company that tell people, at the moment they are asked for: a pager, a room to read in (`room`), or without a roster either. A suite tells of what it measures itself. */
export function tells(id: string, slots: readonly Slot[], view: View, metrics: readonly string[], room: boolean): boolean {
  if (slots.length > 1 && !isPager(id) && !metrics.includes(id)) return false
  if (!wantsPager(view)) return true
  return room ? channels.includes(id) : isPager(id)
}

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
  if (view.place !== 'open') return [...own, ...as('same-vendor', ...metrics.ids.filter((id) => id !== 'none')), ...mail]
  if (inCloudOnly(view)) return [...as('inside-agreement', 'cloud-native'), ...own, ...mail]
  if (view.depth <= 2) return as('stage-default', 'email')
  if (wantsPager(view)) return [...as('on-call-roster', 'pagerduty', 'grafana-irm', 'incident-io', 'rootly'), ...own, ...mail]
  const reason = view.depth >= 4 ? 'no-roster' as const : 'stage-default' as const
  const cloud = metrics.ids.some((id) => cloudMetrics.includes(id)) ? as('built-in', 'cloud-native') : []
  // A Prometheus of one's own sends nothing without it.
  const ownRouter = metrics.ids.some((id) => id === 'prometheus' || id === 'victoriametrics') ? own : []
  return [...cloud, ...ownRouter, ...as(reason, 'email')]
}
