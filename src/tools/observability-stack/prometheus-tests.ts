import { limitFor, recordName, ruleGroups, type RulePlan } from './prometheus-rules.ts'

/** Requests a minute in the simulated traffic. */
const perMinute = 6000

const series = (service: string, status: string, values: string) => ({ series: `http_server_request_duration_seconds_count{job="${service}",http_response_status_code="${status}"}`, values })

const annotationsOf = (plan: RulePlan, service: string, window: string) => {
  const rules = ruleGroups(plan).find((group) => group.name === `slo-${service}-alerts`)?.rules ?? []
  const rule = rules.find((entry) => 'labels' in entry && 'window' in entry.labels && entry.labels.window === window)
  return rule !== undefined && 'annotations' in rule ? rule.annotations : {}
}

const silent = (time: string) => [
  { eval_time: time, alertname: 'AvailabilityBudgetBurnsFast', exp_alerts: [] },
  { eval_time: time, alertname: 'AvailabilityBudgetBurnsSlowly', exp_alerts: [] },
]

/**
 * Unit tests for promtool, on the first service: fast burn pages, a share of failures below every limit stays silent,
 * no failure at all stays silent (the missing series), a handful of requests stays silent, and missing metrics are told.
 */
export function ruleTests(plan: RulePlan) {
  const service = plan.services[0] as string
  const fastest = plan.burnRates[0] as RulePlan['burnRates'][number]
  const slowest = plan.burnRates[plan.burnRates.length - 1] as RulePlan['burnRates'][number]
  // Twice the limit of the fastest pair, but never everything.
  const bad = Math.round(perMinute * Math.min(0.9, 2 * limitFor(fastest.factor, plan.availabilityPercent)))
  const tolerated = Math.floor(perMinute * limitFor(slowest.factor, plan.availabilityPercent) / 2)
  const others = plan.services.slice(1).map((name) => series(name, '200', `0+${perMinute}x40`))
  const test = (name: string, input: ReturnType<typeof series>[], checks: unknown[], values: unknown[] = []) =>
    ({ interval: '1m', name, input_series: [...input, ...others], alert_rule_test: checks, ...(values.length === 0 ? {} : { promql_expr_test: values }) })
  return {
    rule_files: ['slo.rules.yml'],
    evaluation_interval: '1m',
    tests: [
      test('a fast burn pages', [series(service, '200', `0+${perMinute - bad}x40`), series(service, '500', `0+${bad}x40`)], [{
        eval_time: '30m', alertname: 'AvailabilityBudgetBurnsFast',
        exp_alerts: plan.burnRates.filter((rate) => rate.severity === 'page').map((rate) => ({ exp_labels: { severity: 'page', service, window: rate.long }, exp_annotations: annotationsOf(plan, service, rate.long) })),
      }]),
      test('failures within the objective stay silent', [series(service, '200', `0+${perMinute - tolerated}x40`), series(service, '500', `0+${tolerated}x40`)], silent('30m')),
      test('no failure at all stays silent', [series(service, '200', `0+${perMinute}x40`)], silent('30m'),
        [{ expr: `${recordName(fastest.short)}{service="${service}"}`, eval_time: '30m', exp_samples: [{ labels: `${recordName(fastest.short)}{service="${service}"}`, value: 0 }] }]),
      test('a handful of failures at night stays silent', [series(service, '200', '0x40'), series(service, '500', '0 1 2 3 4 5 5x34')], silent('20m')),
      test('missing metrics make a ticket', [], [{
        eval_time: '20m', alertname: 'RequestMetricsMissing',
        exp_alerts: [{ exp_labels: { severity: 'ticket', service, job: service }, exp_annotations: missing(plan, service) }],
      }]),
    ],
  }
}

function missing(plan: RulePlan, service: string) {
  const rules = ruleGroups(plan).find((group) => group.name === `slo-${service}-alerts`)?.rules ?? []
  const rule = rules.find((entry) => 'alert' in entry && entry.alert === 'RequestMetricsMissing')
  return rule !== undefined && 'annotations' in rule ? rule.annotations : {}
}
