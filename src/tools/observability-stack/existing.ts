import type { Knowledge } from '../../knowledge/collections.ts'

/** Other names under which companies know a product. */
const names: Readonly<Record<string, readonly string[]>> = {
  'new-relic': ['newrelic'], 'application-insights': ['azure-monitor'], 'app-insights': ['azure-monitor'], elk: ['elastic'], elasticsearch: ['elastic'], 'elastic-stack': ['elastic'], kibana: ['elastic'],
  'aws-cloudwatch': ['cloudwatch'], 'amazon-cloudwatch': ['cloudwatch'], stackdriver: ['gcp-logging', 'gcp-monitoring'], 'google-cloud-logging': ['gcp-logging'], 'google-cloud-monitoring': ['gcp-monitoring'],
  'jira-service-management': ['jsm'], 'better-stack': ['betterstack'], logtail: ['betterstack'], 'pager-duty': ['pagerduty'], 'incident.io': ['incident-io'], 'grafana-loki': ['loki'], 'firebase-crashlytics': ['crashlytics'], 'jaeger-1': ['jaeger-v1'], jaeger1: ['jaeger-v1'], oncall: ['grafana-oncall'], 'grafana-oncall-oss': ['grafana-oncall'], dd: ['datadog'],
}

/** Telemetry sheet ids of the tools a company runs, in the order given; other tools are left out. */
export function existingIds(existing: readonly string[], knowledge: Knowledge): string[] {
  const ids = existing.flatMap((text) => {
    const word = text.trim().toLowerCase().replace(/[\s_]+/g, '-')
    return names[word] ?? [word]
  })
  return [...new Set(ids)].filter((id) => Object.hasOwn(knowledge.telemetry, id))
}
