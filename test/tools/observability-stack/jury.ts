import type { Slots } from '../../../src/tools/observability-stack/decide.ts'

/** One project, the ids that are accepted for each slot (several products joined by a space), and what must be told or not. */
export interface JuryRow {
  readonly name: string
  readonly input: object
  readonly accept: Partial<Record<keyof Slots | 'traceStore', readonly string[]>>
  readonly conflicts?: readonly string[]
  readonly noConflicts?: readonly string[]
  readonly noFlips?: readonly string[]
  readonly noQuestions?: readonly string[]
  readonly said?: readonly RegExp[]
  readonly unsaid?: readonly RegExp[]
}

export const rows: readonly JuryRow[] = [
  { name: 'a Microsoft company on App Service is told in Teams', input: { projectType: 'b2b-saas', stage: 'growth', monthlyActiveUsers: 4200, services: 2, developers: 6, opsCapacity: 'low', hosting: 'Azure App Service', stack: ['C#', 'ASP.NET Core'], existing: ['Entra ID', 'Microsoft Teams', 'Azure DevOps'] }, accept: { logs: ['azure-monitor'], metrics: ['azure-monitor'], alerting: ['microsoft-teams', 'cloud-native', 'cloud-native microsoft-teams'] }, unsaid: [/Slack/] },
  { name: 'a Microsoft company on AKS keeps Application Insights, and tickets go to Teams', input: { projectType: 'b2b-saas', stage: 'production', services: 11, developers: 35, opsCapacity: 'medium', hosting: 'AKS', existing: ['application insights', 'ms teams'], onCallEngineers: 6, monthlyActiveUsers: 45_000 }, accept: { logs: ['azure-monitor'], errors: ['azure-monitor', 'sentry'], metrics: ['azure-monitor'], traceStore: ['azure-monitor'], alerting: ['pagerduty microsoft-teams'] } },
  { name: 'a company that named no chat is written to', input: { projectType: 'b2b-saas', stage: 'growth', developers: 4, hosting: 'vercel', stack: ['nextjs'], monthlyActiveUsers: 6000 }, accept: { alerting: ['email'] }, unsaid: [/Slack/] },
  { name: 'Mattermost on own machines takes the alerts of a company that wants nothing hosted', input: { projectType: 'b2b-saas', stage: 'growth', developers: 4, opsCapacity: 'medium', selfHost: 'preferred', noUsSubprocessors: true, dataResidency: ['de'], hosting: 'hetzner k8s', existing: ['Mattermost', 'nextcloud'], monthlyActiveUsers: 8000 }, accept: { logs: ['loki'], alerting: ['mattermost', 'alertmanager', 'alertmanager mattermost'] }, unsaid: [/no sheet describes/] },
  { name: 'Splunk Cloud is Splunk', input: { projectType: 'internal-tool', stage: 'enterprise', developers: 25, services: 9, monthlyActiveUsers: 1800, hosting: 'aws', existing: ['Splunk Cloud', 'ServiceNow', 'Microsoft Teams', 'okta'], onCallEngineers: 4 }, accept: { logs: ['splunk'], metrics: ['splunk', 'cloudwatch'], alerting: ['pagerduty microsoft-teams'] }, said: [/no sheet describes ServiceNow/] },
  { name: 'Datadog beside Sentry keeps the lines', input: { projectType: 'web-app', stage: 'production', hosting: 'aws ecs', developers: 12, services: 4, existing: ['sentry', 'datadog', 'slack'], budgetUsdPerMonth: 500, monthlyActiveUsers: 100_000, onCallEngineers: 4 }, accept: { logs: ['datadog'], errors: ['sentry'], metrics: ['datadog'], traceStore: ['datadog'], alerting: ['pagerduty slack'] } },
  { name: 'an error tracker alone is no log store', input: { projectType: 'web-app', stage: 'growth', hosting: 'aws', developers: 5, existing: ['sentry'], monthlyActiveUsers: 9000 }, accept: { logs: ['cloudwatch'], errors: ['sentry'] } },
  { name: 'a pager in the company comes before its Alertmanager', input: { projectType: 'api', stage: 'production', signInBy: ['machines'], requestsPerSecond: 12_000, services: 3, developers: 8, opsCapacity: 'high', hosting: 'bare metal k8s', existing: ['victoria metrics', 'loki', 'grafana', 'alertmanager', 'pagerduty'], onCallEngineers: 6 }, accept: { logs: ['loki'], metrics: ['victoriametrics'], alerting: ['pagerduty', 'pagerduty email', 'pagerduty alertmanager'] } },
  { name: 'a closed network with Splunk is told by Splunk', input: { projectType: 'internal-tool', stage: 'enterprise', airGapped: true, services: 12, developers: 40, opsCapacity: 'high', hosting: 'VMware', existing: ['splunk'], monthlyActiveUsers: 5000, onCallEngineers: 6, gbLogsPerMonth: 900 }, accept: { logs: ['splunk'], metrics: ['splunk', 'prometheus'], alerting: ['splunk', 'alertmanager'], traceStore: ['jaeger', 'tempo'] }, unsaid: [/\$360/] },
  { name: 'New Relic that a house rule asks for shows the errors too', input: { projectType: 'b2b-saas', stage: 'production', services: 5, developers: 15, hosting: 'gke', monthlyActiveUsers: 60_000, houseRules: { require: [{ id: 'newrelic' }], forbid: [{ id: 'sentry' }, { id: 'slack' }] }, existing: ['msteams'], onCallEngineers: 6 }, accept: { logs: ['newrelic'], errors: ['newrelic'], metrics: ['newrelic'], alerting: ['pagerduty microsoft-teams'] } },
  { name: 'Rollbar is an error tracker', input: { projectType: 'web-app', stage: 'growth', hosting: 'heroku', stack: ['rails'], developers: 5, monthlyActiveUsers: 50_000, existing: ['papertrail', 'rollbar', 'slack'] }, accept: { errors: ['rollbar'], alerting: ['slack'] }, said: [/no sheet describes papertrail/] },
  { name: 'Zabbix watches the machines it watches', input: { projectType: 'internal-tool', stage: 'production', developers: 4, monthlyActiveUsers: 600, hosting: 'on-prem', selfHost: 'required', opsCapacity: 'medium', existing: ['Zabbix', 'active-directory'] }, accept: { metrics: ['zabbix', 'prometheus'], alerting: ['zabbix', 'alertmanager'] } },
]
