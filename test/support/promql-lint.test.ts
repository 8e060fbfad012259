import { describe, expect, test } from 'vitest'
import { lintExpression, lintRules, type Finding } from './promql-lint.ts'

const bad: [string, Finding][] = [
  ['sum(rate(x_total[5m])', 'syntax'],
  ['rate(process_resident_memory_bytes[1h]) > 0', 'rate-on-gauge'],
  ['increase(slo:http_errors:ratio_rate5m[1h])', 'rate-on-gauge'],
  ['rate(db_client_connection_count[5m])', 'rate-on-gauge'],
  ['delta(http_requests_total[1h]) > 5', 'delta-on-counter'],
  ['http_requests_total > 1000', 'counter-without-rate'],
  ['histogram_quantile(0.95, rate(x_bucket[5m]))', 'quantile-without-le'],
  ['histogram_quantile(0.95, sum by (job) (rate(x_bucket[5m])))', 'quantile-without-le'],
  ['histogram_quantile(0.95, avg by (le) (rate(x_bucket[5m])))', 'quantile-without-le'],
  ['histogram_quantile(0.95, sum without (le) (rate(x_bucket[5m])))', 'quantile-without-le'],
  ['histogram_quantile(0.95, sum by (le) (x_bucket))', 'quantile-without-rate'],
  ['sum(rate(x_total[5m])) == 0.5', 'float-equality'],
  ['a / b == 1', 'float-equality'],
  ['rate(x_total[1m])', 'short-range'],
  ['sum(rate(x_bucket{le="1"}[5m]))', 'whole-border'],
]
const good = [
  'sum by (job) (rate(x_count{job=~"a|b"}[5m]))', 'histogram_quantile(0.95, sum by (le, job) (rate(x_bucket[5m])))', 'histogram_quantile(0.95, sum without (instance) (rate(x_bucket[5m])))',
  'absent(x_count{job="a"})', 'up == 0', 'sum(rate(x_bucket{le=~"1|1.0"}[5m]))', 'sum(db_client_connection_count) / sum(db_client_connection_max) > 0.8', 'vector(1)',
]

describe('the lint for expressions', () => {
  test.each(bad)('rejects %s: %s', (expr, finding) => expect(lintExpression(expr)).toContain(finding))
  test.each(good)('accepts %s', (expr) => expect(lintExpression(expr)).toEqual([]))
})

test('the lint for rules rejects alerts without severity or runbook, and names that nothing records', () => {
  expect(lintRules([{ alert: 'A', expr: 'a:b:c > 1' }])).toEqual(['A: no-runbook', 'A: no-severity', 'A: not-recorded'])
  expect(lintRules([{ alert: 'A', expr: 'up == 0', labels: { severity: 'critical' }, annotations: { runbook: 'x' } }])).toEqual(['A: no-severity'])
  expect(lintRules([{ record: 'a:b:c', expr: 'sum(rate(x_total[5m]))' }, { alert: 'A', expr: 'a:b:c > 1', labels: { severity: 'page' }, annotations: { runbook: 'x' } }])).toEqual([])
})
