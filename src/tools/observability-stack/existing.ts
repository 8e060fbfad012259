import { asWord } from '../../core/words.ts'
import type { Knowledge } from '../../knowledge/collections.ts'

/** Other names under which companies know a product. */
const names: Readonly<Record<string, readonly string[]>> = {
  'new-relic': ['newrelic'], 'application-insights': ['azure-monitor'], 'app-insights': ['azure-monitor'], 'log-analytics': ['azure-monitor'], elk: ['elastic'], elasticsearch: ['elastic'], 'elastic-stack': ['elastic'], kibana: ['elastic'],
  stackdriver: ['gcp-logging', 'gcp-monitoring'], 'google-cloud-logging': ['gcp-logging'], 'google-cloud-monitoring': ['gcp-monitoring'], 'cloud-logging': ['gcp-logging'], 'cloud-monitoring': ['gcp-monitoring'],
  'jira-service-management': ['jsm'], 'better-stack': ['betterstack'], logtail: ['betterstack'], 'pager-duty': ['pagerduty'], 'incident.io': ['incident-io'], 'jaeger-1': ['jaeger-v1'], jaeger1: ['jaeger-v1'],
  oncall: ['grafana-oncall'], 'grafana-oncall-oss': ['grafana-oncall'], dd: ['datadog'], 'victoria-metrics': ['victoriametrics'], 'self-hosted-sentry': ['sentry-self'], 'sentry-self-hosted': ['sentry-self'], 'on-premise-sentry': ['sentry-self'],
  signalfx: ['splunk-observability'], teams: ['microsoft-teams'], 'ms-teams': ['microsoft-teams'], msteams: ['microsoft-teams'],
}

/** Ids that are also plain words: only the whole text means them. */
const plainWords = ['platform', 'console', 'stdout', 'email', 'cloud-native', 'grafana', 'opentelemetry']

/** Work that is not telemetry: such tools are left to the other decisions without a word. */
const otherWork = /workspace|directory|entra|365|office|outlook|gmail|okta|onelogin|ldap|adfs|shibboleth|keycloak|auth0|cognito|jira|confluence|github|gitlab|devops|bitbucket|jenkins|circleci|argo|terraform|vault|1password|doppler|infisical|launchdarkly|unleash|stripe|salesforce|hubspot|sap\b|excel|sharepoint|nextcloud|notion|linear|zendesk|posthog|segment|mixpanel|redis|postgres|kafka|rabbitmq|docker|kubernetes|cloudflare|aws\b|azure\b|gcp\b/

/** The text as words between dashes, without the end of an internet name: `sentry.io` is Sentry. */
const words = (text: string): string => `-${text.replace(/\.(?:io|com|net|app|ai)(?![a-z0-9])/g, '').replace(/[^a-z0-9.]+/g, '-')}-`

/** Sheets that one text means: the whole text or a name of its own first, then the longest name inside it (`Splunk Cloud` is Splunk). */
function idsOf(text: string, knowledge: Knowledge): readonly string[] {
  const word = asWord(text)
  if (Object.hasOwn(names, word)) return names[word] as readonly string[]
  if (Object.hasOwn(knowledge.telemetry, word)) return [word]
  const inside = [...Object.keys(names), ...Object.keys(knowledge.telemetry).filter((id) => !plainWords.includes(id))]
    .filter((name) => name.length > 2 && words(word).includes(`-${name}-`))
    .sort((a, b) => b.length - a.length)[0]
  return inside === undefined ? [] : Object.hasOwn(names, inside) ? names[inside] as readonly string[] : [inside]
}

/** Telemetry sheet ids of the tools a company runs, in the order given; other tools are left out. */
export const existingIds = (existing: readonly string[], knowledge: Knowledge): string[] => [...new Set(existing.flatMap((text) => idsOf(text, knowledge)))]

/** Tools in the company, as written, that no sheet of any kind describes and that may well be telemetry. */
export const unknownExisting = (existing: readonly string[], knowledge: Knowledge): string[] =>
  existing.filter((text) => idsOf(text, knowledge).length === 0 && !otherWork.test(asWord(text)) && !Object.values(knowledge).some((sheets) => Object.hasOwn(sheets, asWord(text))))
