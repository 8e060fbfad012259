import { KnowledgeError } from '../../core/errors.ts'
import type { Knowledge } from '../../knowledge/collections.ts'

/** One pair of windows; windows are Prometheus durations. */
export interface BurnRate { readonly severity: 'page' | 'ticket', readonly long: string, readonly short: string, readonly factor: number, readonly budgetPercent: number }
/** What the rules and their tests are made from. Services are slugs: safe inside PromQL quotes. */
export interface RulePlan { readonly services: readonly string[], readonly burnRates: readonly BurnRate[], readonly minimumFailed: number, readonly availabilityPercent: number }

/** Lower-case letters, digits and dashes, so a name needs no quoting in PromQL; `app` when nothing is left. */
export const slug = (text: string): string => text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50) || 'app'

/** The burn-rate windows of the availability sheet. */
export function burnRatesOf(knowledge: Knowledge): readonly BurnRate[] {
  const rates = knowledge.signals['availability']?.facts.burnRates.value
  if (rates === undefined || rates === null) throw new KnowledgeError('Missing burnRates at references/signals/availability.md: facts.burnRates.')
  return rates
}

/** Recorded share of failed requests over one window. */
export const recordName = (window: string): string => `slo:http_errors:ratio_rate${window}`

const requests = (service: string): string => `http_server_request_duration_seconds_count{job="${service}"}`
const failed = (service: string): string => `http_server_request_duration_seconds_count{job="${service}",http_response_status_code=~"5.."}`

/** A service without a single 5xx has no such series: `or vector(0)` makes the ratio 0 instead of empty. */
const ratio = (service: string, window: string): string =>
  `(sum(rate(${failed(service)}[${window}])) or vector(0)) / sum(rate(${requests(service)}[${window}]))`

const round = (value: number): number => Math.round(value * 1e6) / 1e6

/** The share of failed requests at which a burn rate is reached. */
export const limitFor = (factor: number, availabilityPercent: number): number => round(factor * (100 - availabilityPercent) / 100)

function alert(service: string, { severity, long, short, factor, budgetPercent }: BurnRate, plan: RulePlan) {
  const limit = limitFor(factor, plan.availabilityPercent)
  const over = (window: string) => `${recordName(window)}{service="${service}"} > ${limit}`
  return {
    alert: severity === 'page' ? 'AvailabilityBudgetBurnsFast' : 'AvailabilityBudgetBurnsSlowly',
    // Both windows burn, and enough requests failed in the long one that a handful at night is no incident.
    expr: `${over(long)} and ${over(short)} and on() (sum(increase(${failed(service)}[${long}])) >= ${plan.minimumFailed})`,
    labels: { severity, service, window: long },
    annotations: {
      summary: `${service}: ${budgetPercent} % of the 30-day error budget is gone within ${long} at this rate`,
      description: `More than ${round(limit * 100)} % of requests fail over ${long} and over ${short}.`,
      runbook: `docs/runbooks/${service}.md#availability`,
    },
  }
}

/** Rule groups, two for each service: recorded ratios, then alerts from the most urgent down. */
export function ruleGroups(plan: RulePlan) {
  const windows = [...new Set(plan.burnRates.flatMap(({ short, long }) => [short, long]))]
  return plan.services.flatMap((service) => [
    { name: `slo-${service}-ratios`, rules: windows.map((window) => ({ record: recordName(window), expr: ratio(service, window), labels: { service } })) },
    {
      name: `slo-${service}-alerts`,
      rules: [
        ...plan.burnRates.map((rate) => alert(service, rate, plan)),
        {
          alert: 'RequestMetricsMissing', expr: `absent(${requests(service)})`, for: '15m', labels: { severity: 'ticket', service },
          annotations: { summary: `${service}: no request metrics for 15 minutes`, description: 'The service is down, was renamed, or stopped sending metrics; the availability alerts are blind.', runbook: `docs/runbooks/${service}.md#metrics-missing` },
        },
      ],
    },
  ])
}
