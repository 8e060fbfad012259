import { KnowledgeError } from '../../core/errors.ts'
import type { Knowledge } from '../../knowledge/collections.ts'

/** One pair of windows; windows are Prometheus durations. */
export interface BurnRate { readonly severity: 'page' | 'ticket', readonly long: string, readonly short: string, readonly factor: number, readonly budgetPercent: number }
/** What the rules and their tests are made from. Services are slugs: safe inside PromQL quotes. `slowSeconds` is a border of the histogram, as written in the label `le`. */
export interface RulePlan {
  readonly services: readonly string[]
  /** Whether there are services that nobody named: then every job that counts requests is watched, and `services` only serve as examples. */
  readonly unnamed: boolean
  readonly burnRates: readonly BurnRate[]
  /** Bad requests in the long window below which nothing fires. */
  readonly minimumBad: number
  readonly availabilityPercent: number
  readonly latencyPercent: number
  readonly slowSeconds: string
  /** Rules beside the objectives, with series that break each and series that do not. */
  readonly thresholds: readonly Threshold[]
  /** Whether alerts go through an Alertmanager of one's own, which needs a heartbeat. */
  readonly heartbeat: boolean
}
/** One recording or alert rule. */
export interface Rule { readonly record?: string, readonly alert?: string, readonly expr: string, readonly for?: string, readonly labels?: Readonly<Record<string, string>>, readonly annotations?: Readonly<Record<string, string>> }
export interface RuleGroup { readonly name: string, readonly rules: readonly Rule[] }
export interface Series { readonly series: string, readonly values: string }
/** A rule with traffic of one service that breaks it and traffic that does not, as series of promtool. */
export interface Threshold { readonly rule: Rule, readonly breach: readonly Series[], readonly calm: readonly Series[] }
export type SloId = 'availability' | 'latency'
export const sloIds = ['availability', 'latency'] as const satisfies readonly SloId[]

/** Lower-case letters, digits and dashes, so a name needs no quoting in PromQL; `app` when nothing is left. */
export const slug = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50) || 'app'

/** The burn-rate windows of the availability sheet. */
export function burnRatesOf(knowledge: Knowledge): readonly BurnRate[] {
  const rates = knowledge.signals['availability']?.facts.burnRates.value
  if (rates === undefined || rates === null) throw new KnowledgeError('Missing burnRates at references/signals/availability.md: facts.burnRates.')
  return rates
}

/** The border of the request histogram at or above an objective, in seconds; the highest border for an objective above all of them. */
export function bucketFor(latencyMs: number, knowledge: Knowledge): string {
  const borders = knowledge.practices['http-duration-buckets']?.facts.items.value ?? []
  const found = borders.find((border) => Number(border) * 1000 >= latencyMs) ?? borders[borders.length - 1]
  if (found === undefined) throw new KnowledgeError('Missing borders at references/practices/http-duration-buckets.md: facts.items.')
  return found
}

/** Matcher for one border: Prometheus 3 writes `1` as `1.0`. */
export const border = (seconds: string): string => (seconds.includes('.') ? `le="${seconds}"` : `le=~"${seconds}|${seconds}.0"`)
/** Only production, and series without an environment; other environments never wake anybody. */
export const production = 'deployment_environment_name=~"production|"'
export const histogram = 'http_server_request_duration_seconds'

/** Which jobs the rules watch, for a matcher. */
export const jobsOf = ({ services, unnamed }: Pick<RulePlan, 'services' | 'unnamed'>): string => (unnamed ? '.+' : services.join('|'))

/** Recorded share of bad requests over one window. */
export const recordName = (slo: SloId, window: string): string => `slo:${slo === 'availability' ? 'http_errors' : 'http_slow'}:ratio_rate${window}`

const round = (value: number): number => Math.round(value * 1e6) / 1e6
/** The share of bad requests at which a burn rate is reached. */
export const limitFor = (factor: number, objectivePercent: number): number => round(factor * (100 - objectivePercent) / 100)
export const objectiveOf = (slo: SloId, plan: RulePlan): number => (slo === 'availability' ? plan.availabilityPercent : plan.latencyPercent)
/** The pairs of windows that can fire: a limit above everything never would. */
export const ratesFor = (slo: SloId, plan: RulePlan): readonly BurnRate[] => plan.burnRates.filter(({ factor }) => limitFor(factor, objectiveOf(slo, plan)) < 1)
/** `FastBurn` pages, `SlowBurn` waits for the working day. */
export const alertName = (slo: SloId, severity: BurnRate['severity']): string => `${slo === 'availability' ? 'Availability' : 'Latency'}Budget${severity === 'page' ? 'BurnsFast' : 'BurnsSlowly'}`

/** `how` is rate or increase; every sum keeps the label `job`, which is the name of the service. */
function queries(plan: RulePlan, how: 'rate' | 'increase', window: string) {
  const labels = `job=~"${jobsOf(plan)}",${production}`
  const sum = (series: string, extra = '') => `sum by (job) (${how}(${histogram}_${series}{${labels}${extra}}[${window}]))`
  return { all: sum('count'), failed: sum('count', ',http_response_status_code=~"5.."'), quick: sum('bucket', `,${border(plan.slowSeconds)}`) }
}

function ratio(slo: SloId, plan: RulePlan, window: string): string {
  const { all, failed, quick } = queries(plan, 'rate', window)
  // A service without a single 5xx has no such series: `or … * 0` makes its ratio 0 instead of nothing.
  return slo === 'availability' ? `(\n  ${failed}\n  or ${all} * 0\n)\n/ ${all}` : `1 - ${quick}\n/ ${all}`
}

function alert(slo: SloId, { severity, long, short, factor, budgetPercent }: BurnRate, plan: RulePlan): Rule {
  const limit = limitFor(factor, objectiveOf(slo, plan))
  const { all, failed, quick } = queries(plan, 'increase', long)
  const bad = slo === 'availability' ? failed : `(${all} - ${quick})`
  return {
    alert: alertName(slo, severity),
    // Both windows burn, and enough requests were bad in the long one that a handful at night is no incident.
    expr: `${recordName(slo, long)} > ${limit}\nand ${recordName(slo, short)} > ${limit}\nand ${bad} >= ${plan.minimumBad}`,
    labels: { severity, service: '{{ $labels.job }}', window: long },
    annotations: {
      summary: `{{ $labels.job }}: ${budgetPercent} % of the ${slo} budget of 30 days is gone within ${long} at this rate`,
      description: `More than ${round(limit * 100)} % of requests ${slo === 'availability' ? 'fail' : `take longer than ${plan.slowSeconds} s`} over ${long} and over ${short}.`,
      runbook: `docs/runbooks/{{ $labels.job }}.md#${slo}`,
    },
  }
}

const missing = (service: string): Rule => ({
  alert: 'RequestMetricsMissing', expr: `absent(${histogram}_count{job="${service}",${production}})`, for: '15m', labels: { severity: 'ticket', service },
  annotations: { summary: `${service}: no request metrics for 15 minutes`, description: 'The service is down, was renamed, or stopped sending metrics; its other alerts are blind.', runbook: `docs/runbooks/${service}.md#metrics-missing` },
})

/** A service without a name to ask for: it sent metrics at this hour yesterday. */
const vanished = (recorded: string): Rule => ({
  alert: 'RequestMetricsMissing', expr: `${recorded} offset 1d\nunless ${recorded}`, for: '15m', labels: { severity: 'ticket', service: '{{ $labels.job }}' },
  annotations: { summary: '{{ $labels.job }}: no request metrics for 15 minutes', description: 'The service is down, was renamed, or stopped sending metrics; its other alerts are blind.', runbook: 'docs/runbooks/{{ $labels.job }}.md#metrics-missing' },
})

/** Fires always: a monitor outside notices when it stops arriving. */
export const watchdog: Rule = {
  alert: 'Watchdog', expr: 'vector(1)', labels: { severity: 'none' },
  annotations: { summary: 'Heartbeat of the alerting', description: 'Always firing. Silence means that nobody would be told of anything.', runbook: 'docs/runbooks/alerting.md#watchdog' },
}

/** Rule groups: the recorded ratios, one group of alerts for each objective from the most urgent down, missing metrics, then what is beside the objectives. One rule serves every service. */
export function ruleGroups(plan: RulePlan): RuleGroup[] {
  return [
    ...sloIds.map((slo) => ({
      name: `slo-${slo}-ratios`,
      rules: [...new Set(ratesFor(slo, plan).flatMap(({ short, long }) => [short, long]))].map((window) => ({ record: recordName(slo, window), expr: ratio(slo, plan, window) })),
    })),
    ...sloIds.map((slo) => ({ name: `slo-${slo}-alerts`, rules: ratesFor(slo, plan).map((rate) => alert(slo, rate, plan)) })),
    { name: 'slo-missing-metrics', rules: plan.unnamed ? [vanished(recordName('availability', ratesFor('availability', plan)[0]?.short ?? ''))] : plan.services.map(missing) },
    ...(plan.thresholds.length === 0 ? [] : [{ name: 'thresholds', rules: plan.thresholds.map(({ rule }) => rule) }]),
    ...(plan.heartbeat ? [{ name: 'heartbeat', rules: [watchdog] }] : []),
  ]
}
