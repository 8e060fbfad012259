import { alertName, limitFor, objectiveOf, ratesFor, recordName, ruleGroups, sloIds, watchdog, type BurnRate, type Rule, type RulePlan, type SloId } from './prometheus-rules.ts'

/** Requests a minute in the simulated traffic. */
const perMinute = 6000

/** Counters of one service: `ok` and `failed` requests and those within the objective, as series values of promtool. */
const traffic = (service: string, plan: RulePlan, ok: string, failed: string | undefined, quick: string) => {
  const series = (name: string, labels: string, values: string) => ({ series: `http_server_request_duration_seconds_${name}{job="${service}",${labels}}`, values })
  return [
    series('count', 'http_response_status_code="200"', ok),
    ...(failed === undefined ? [] : [series('count', 'http_response_status_code="500"', failed)]),
    series('bucket', `le="${plan.slowSeconds}"`, quick),
  ]
}
const steady = (amount: number): string => `0+${amount}x40`
const healthy = (service: string, plan: RulePlan) => traffic(service, plan, steady(perMinute), undefined, steady(perMinute))
/** A share of requests is bad for one objective and fine for the other. */
const bad = (service: string, slo: SloId, share: number, plan: RulePlan) => {
  const count = Math.round(perMinute * share)
  return slo === 'availability'
    ? traffic(service, plan, steady(perMinute - count), steady(count), steady(perMinute))
    : traffic(service, plan, steady(perMinute), undefined, steady(perMinute - count))
}

/** What promtool expects of an alert: the templates of the rule with the service filled in. */
function expected(name: string, service: string, plan: RulePlan, rate?: BurnRate) {
  const rules: readonly Rule[] = ruleGroups(plan).flatMap((group): readonly Rule[] => group.rules)
  const rule = rules.find(({ alert, labels }) => alert === name && (rate === undefined ? labels?.['service'] === service || labels?.['service'] === '{{ $labels.job }}' : labels?.['window'] === rate.long))
  if (rule?.labels === undefined || rule.annotations === undefined) throw new Error(`no rule ${name}`)
  const fill = (texts: object) => Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, String(text).replaceAll('{{ $labels.job }}', service)]))
  return { exp_labels: { ...fill(rule.labels), job: service }, exp_annotations: fill(rule.annotations) }
}

/** An alert on a pool is told apart by the pool. */
const withPool = (alert: ReturnType<typeof expected>, series: readonly { readonly series: string }[]) => {
  const pool = /db_client_connection_pool_name="([^"]*)"/.exec(series[0]?.series ?? '')?.[1]
  return pool === undefined ? alert : { ...alert, exp_labels: { ...alert.exp_labels, db_client_connection_pool_name: pool } }
}

/** Alerts of one objective and severity at 30 minutes, for the services that should raise them. */
const check = (slo: SloId, severity: BurnRate['severity'], services: readonly string[], plan: RulePlan) => {
  const alertname = alertName(slo, severity)
  const rates = ratesFor(slo, plan).filter((rate) => rate.severity === severity)
  return { eval_time: '30m', alertname, exp_alerts: services.flatMap((service) => rates.map((rate) => expected(alertname, service, plan, rate))) }
}
const silent = (plan: RulePlan) => sloIds.flatMap((slo) => [check(slo, 'page', [], plan), check(slo, 'ticket', [], plan)])

/**
 * Unit tests for promtool. For each service: failures page, slow answers page, and neither wakes anybody for another service or objective.
 * For all together: a slow burn makes tickets; bad requests within the objective, none at all, or a handful stay silent; missing metrics are told.
 */
export function ruleTests(plan: RulePlan) {
  const { services } = plan
  const factors = (severity: BurnRate['severity']) => plan.burnRates.filter((rate) => rate.severity === severity).map(({ factor }) => factor)
  const limit = (slo: SloId, factor: number) => limitFor(factor, objectiveOf(slo, plan))
  // Twice the limit of the fastest pair, but never everything.
  const outage = (slo: SloId) => Math.min(0.9, 2 * limit(slo, Math.max(...ratesFor(slo, plan).map(({ factor }) => factor))))
  const leak = (slo: SloId) => limit(slo, (Math.max(...factors('ticket')) + Math.min(...factors('page'))) / 2)
  const within = (slo: SloId) => limit(slo, Math.min(...factors('ticket'))) / 2
  const few = Math.floor(plan.minimumBad / 2)
  const handful = `${Array.from({ length: few + 1 }, (_, count) => count).join(' ')} ${few}x${40 - few}`
  const test = (name: string, series: object[], alerts: object[], values: object[] = []) =>
    ({ interval: '1m', name, ...(series.length === 0 ? {} : { input_series: series }), alert_rule_test: alerts, ...(values.length === 0 ? {} : { promql_expr_test: values }) })
  const everywhere = (series: (service: string) => object[]) => services.flatMap(series)
  const others = (service: string) => services.filter((name) => name !== service).flatMap((name) => healthy(name, plan))
  return {
    rule_files: ['slo.rules.yml'],
    evaluation_interval: '5m',
    tests: [
      ...services.flatMap((service) => [
        test(`${service}: failures page`, [...bad(service, 'availability', outage('availability'), plan), ...others(service)], [check('availability', 'page', [service], plan), check('latency', 'page', [], plan)]),
        test(`${service}: slow answers page`, [...bad(service, 'latency', outage('latency'), plan), ...others(service)], [check('latency', 'page', [service], plan), check('availability', 'page', [], plan)]),
      ]),
      ...sloIds.map((slo) => test(`a slow burn of ${slo} makes tickets`, everywhere((service) => bad(service, slo, leak(slo), plan)), [check(slo, 'ticket', services, plan), check(slo, 'page', [], plan)])),
      ...sloIds.map((slo) => test(`${slo} within its objective stays silent`, everywhere((service) => bad(service, slo, within(slo), plan)), silent(plan))),
      test('no failure at all stays silent', everywhere((service) => healthy(service, plan)), silent(plan), sloIds.map((slo) => {
        const name = recordName(slo, ratesFor(slo, plan)[0]?.short ?? '')
        return { expr: name, eval_time: '30m', exp_samples: services.map((service) => ({ labels: `${name}{job="${service}"}`, value: 0 })) }
      })),
      test('a handful of bad requests at night stays silent', everywhere((service) => traffic(service, plan, '0x40', handful, '0x40')), silent(plan)),
      ...plan.thresholds.flatMap(({ rule: { alert = '' }, breach, calm }) => [
        test(`${alert} fires`, [...breach], [{ eval_time: '30m', alertname: alert, exp_alerts: [withPool(expected(alert, services[0] as string, plan), breach)] }]),
        test(`${alert} stays silent`, [...calm], [{ eval_time: '30m', alertname: alert, exp_alerts: [] }]),
      ]),
      ...(plan.heartbeat ? [test('the heartbeat never stops', [], [{ eval_time: '30m', alertname: 'Watchdog', exp_alerts: [{ exp_labels: watchdog.labels, exp_annotations: watchdog.annotations }] }])] : []),
      ...(plan.unnamed ? [test('missing metrics make a ticket', everywhere((service) => healthy(service, plan)), [{ eval_time: '1d30m', alertname: 'RequestMetricsMissing', exp_alerts: services.map((service) => expected('RequestMetricsMissing', service, plan)) }])] : [test('missing metrics make a ticket', [], [{ eval_time: '30m', alertname: 'RequestMetricsMissing', exp_alerts: services.map((service) => expected('RequestMetricsMissing', service, plan)) }])]),
    ],
  }
}
