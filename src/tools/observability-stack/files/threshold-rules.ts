import type { Knowledge } from '../../../knowledge/collections.ts'
import type { Outcome } from '../decide.ts'
import { jobsOf, production, type RulePlan, type Series, type Threshold } from '../prometheus-rules.ts'

interface Plan { readonly metric: string, readonly limit: number, readonly minutes: number, readonly services: readonly string[], readonly jobs: string }
interface Made { readonly alert: string, readonly expr: string, readonly for?: string, readonly summary: string, readonly description: string, readonly breach: readonly Series[], readonly calm: readonly Series[] }

const job = '{{ $labels.job }}'
const gauge = (name: string, service: string, values: string, more = ''): Series => ({ series: `${name}{job="${service}"${more}}`, values })

/** Age of the oldest waiting thing, in seconds. Several instances report the same one: the highest counts. */
const age = (alert: string, what: string) => ({ metric, limit, services, jobs }: Plan): Made => ({
  alert,
  expr: `max by (job) (${metric}_seconds{job=~"${jobs}",${production}}) > ${limit}`,
  summary: `${job}: the oldest ${what} waits for more than ${Math.round(limit / 60)} minutes`,
  description: `The service reports the age of the oldest waiting ${what} as ${metric}_seconds.`,
  breach: [gauge(`${metric}_seconds`, services[0] as string, `${limit + 60}x40`)], calm: [gauge(`${metric}_seconds`, services[0] as string, `${Math.round(limit / 2)}x40`)],
})

/** Signals that Prometheus can compare with a number, by sheet; the others are burn rates, or need a week of history. */
const makers: Readonly<Record<string, (plan: Plan) => Made>> = {
  'database-pool': ({ metric, limit, minutes, services, jobs }) => {
    const sum = (name: string, more = '') => `sum by (job, db_client_connection_pool_name) (${name}{job=~"${jobs}",${production}${more}})`
    const max = metric.replace(/_count$/, '_max')
    const used = (count: number) => [gauge(metric, services[0] as string, `${count}x40`, ',db_client_connection_pool_name="main",db_client_connection_state="used"'), gauge(max, services[0] as string, '100x40', ',db_client_connection_pool_name="main"')]
    return {
      alert: 'DatabasePoolNearlyFull', for: `${minutes}m`,
      expr: `${sum(metric, ',db_client_connection_state="used"')}\n/ ${sum(max)} > ${limit / 100}`,
      summary: `${job}: more than ${limit} % of the database connections are in use`, description: 'A full pool shows as slow requests everywhere.',
      breach: used(limit + 10), calm: used(limit - 10),
    }
  },
  queue: age('QueueWaitsTooLong', 'job'),
  webhooks: (plan) => age('PaymentWebhooksWait', 'payment event')({ ...plan, limit: plan.limit * 60 }),
  devices: ({ metric, limit, minutes, services, jobs }) => {
    const now = `sum by (job) (${metric}{job=~"${jobs}",${production}})`
    return {
      alert: 'DevicesStoppedReporting',
      expr: `${now}\n< ${(100 - limit) / 100} * sum by (job) (${metric}{job=~"${jobs}",${production}} offset ${minutes}m)`,
      summary: `${job}: more than ${limit} % of the devices stopped reporting within ${minutes} minutes`, description: `The service reports the number of devices that reported in their interval as ${metric}.`,
      breach: [gauge(metric, services[0] as string, `1000x20 ${Math.round(10 * (100 - limit)) - 50}x20`)], calm: [gauge(metric, services[0] as string, '1000x20 990x20')],
    }
  },
}

/** Signals that get a rule of their own. */
export const ruledSignals: readonly string[] = Object.keys(makers)

/** Rules on thresholds for the signals of this project, in the order of the report's table. */
export function thresholdsFor(outcome: Outcome, { services, unnamed }: Pick<RulePlan, 'services' | 'unnamed'>, knowledge: Knowledge): Threshold[] {
  return outcome.decision.signals.flatMap((id) => {
    const facts = knowledge.signals[id]?.facts
    const make = makers[id]
    if (make === undefined || facts === undefined || facts.metric.value === null || facts.threshold.value === null) return []
    const { alert, expr, for: held, summary, description, breach, calm } = make({ metric: facts.metric.value.replaceAll('.', '_'), limit: facts.threshold.value, minutes: facts.windowMinutes.value ?? 5, services, jobs: jobsOf({ services, unnamed }) })
    const labels = { severity: facts.notify.value === 'page' ? 'page' : 'ticket', service: job }
    return [{ rule: { alert, expr, ...(held === undefined ? {} : { for: held }), labels, annotations: { summary, description, runbook: `docs/runbooks/${job}.md#${id}` } }, breach, calm }]
  })
}
