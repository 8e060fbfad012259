import { expect, test } from 'vitest'
import { knowledge } from '../../support/knowledge.ts'

test('telemetry, signals and practices have sheets, and every replacement exists', () => {
  const { telemetry, signals, practices } = knowledge()
  expect(Object.keys(telemetry).length).toBeGreaterThanOrEqual(40)
  expect(Object.keys(signals).length).toBeGreaterThanOrEqual(8)
  expect(Object.keys(practices).length).toBeGreaterThanOrEqual(8)
  for (const sheet of Object.values(telemetry)) {
    if (sheet.lifecycle.replacedBy !== undefined) expect(Object.keys(telemetry)).toContain(sheet.lifecycle.replacedBy)
    for (const plan of sheet.price?.plans ?? []) expect(plan.features.length).toBeGreaterThan(0)
  }
})

/** The ids each slot may hold, as published; tracing is decided by kind, its store is free. */
const published = {
  logs: 'platform stdout console axiom betterstack grafana-cloud loki cloudwatch gcp-logging azure-monitor datadog newrelic elastic opensearch splunk signoz signoz-self sentry posthog workers-logs dynatrace',
  errors: 'sentry sentry-self glitchtip crashlytics platform posthog datadog azure-monitor newrelic dynatrace rollbar',
  metrics: 'platform grafana-cloud prometheus cloudwatch gcp-monitoring azure-monitor datadog newrelic victoriametrics signoz signoz-self splunk splunk-observability dynatrace zabbix',
  alerting: 'email slack microsoft-teams mattermost cloud-native alertmanager pagerduty incident-io grafana-irm jsm rootly betterstack splunk zabbix dynatrace',
} as const

test.each(Object.entries(published))('every published id of %s has a sheet that fills the slot, and no other is taken while active', (slot, ids) => {
  const sheets = Object.values(knowledge().telemetry).filter(({ facts, lifecycle }) => lifecycle.status === 'active' && (facts.slots.value as string[] | null)?.includes(slot))
  expect(sheets.map(({ id }) => id).sort()).toEqual(ids.split(' ').sort())
})
