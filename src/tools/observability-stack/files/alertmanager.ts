import { generatedFile } from '../../../core/file.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { FileWithBody } from '../../tool.ts'
import { productsIn, type Outcome } from '../decide.ts'
import type { View } from '../view.ts'
import { numberOf } from '../volumes.ts'
import { rulePlan, runsOwnAlerts, yamlFile } from './prometheus.ts'

const path = 'ops/alertmanager/alertmanager.yml'
const secret = (name: string): string => `/etc/alertmanager/secrets/${name}`

// Summaries and runbooks only: no label that could hold a person reaches the text.
const text = '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.runbook }}\n{{ end }}'
const title = '{{ .Status }}: {{ .CommonLabels.service }} {{ .CommonLabels.alertname }}'

const mail = (to: string) => ({ email_configs: [{ to, send_resolved: true, headers: { Subject: title }, html: '', text }] })

/** What one alerting product gets: its own kind of receiver where Alertmanager has one, else a webhook. */
function settings(id: string, severity: 'page' | 'ticket') {
  if (id === 'pagerduty') return { pagerduty_configs: [{ routing_key_file: secret('pagerduty-routing-key'), severity: severity === 'page' ? 'critical' : 'warning', description: title }] }
  // Mattermost takes what Slack takes.
  if (id === 'slack' || id === 'mattermost') return { slack_configs: [{ api_url_file: secret(`${id}-webhook-url`), channel: severity === 'page' ? '#incidents' : '#alerts', send_resolved: true, title, text }] }
  // A channel of Teams has an address that takes mail; its web requests want another body than Alertmanager 0.25 sends.
  if (id === 'microsoft-teams') return mail('address-of-the-teams-channel@example.org')
  if (id === 'email' || id === 'alertmanager' || id === 'cloud-native' || id === 'none') return mail(severity === 'page' ? 'on-call@example.org' : 'team@example.org')
  return { webhook_configs: [{ url_file: secret(`${id}-webhook-url`), send_resolved: true }] }
}

/** Routes by severity: pages, tickets and the heartbeat; undefined where no rules of ours are evaluated on own machines. */
export function alertmanagerFile(view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody | undefined {
  if (rulePlan(view, outcome, knowledge) === undefined || !runsOwnAlerts(view, outcome, knowledge)) return undefined
  const people = productsIn(outcome.decision.slots.alerting)
  const number = (name: string) => numberOf(knowledge, 'alert-routing', name)
  const page = settings(people[0] ?? 'email', 'page')
  const ticket = settings(people[people.length - 1] ?? 'email', 'ticket')
  const mails = [page, ticket].some((receiver) => 'email_configs' in receiver)
  return generatedFile(path, 'Sends pages, tickets and a heartbeat', `amtool check-config ${path}`, yamlFile([
    `Needs: ${(knowledge.practices['alert-routing']?.facts.items.value ?? []).join('; ')}.`,
    `Replace ${[...(mails ? ['the addresses at example.org'] : []), ...('slack_configs' in page || 'slack_configs' in ticket ? ['the channels'] : []), 'and put the heartbeat address of a monitor outside into its file'].join(', ')}.`,
  ], {
    ...(mails ? { global: { smtp_smarthost: 'smtp.example.org:587', smtp_from: 'alerts@example.org', smtp_auth_username: 'alerts@example.org', smtp_auth_password_file: secret('smtp-password') } } : {}),
    route: {
      receiver: 'ticket',
      group_by: ['service'],
      group_wait: `${number('groupWaitSeconds')}s`, group_interval: `${number('groupIntervalMinutes')}m`, repeat_interval: `${number('repeatTicketHours')}h`,
      routes: [
        { matchers: ['alertname="Watchdog"'], receiver: 'heartbeat', group_wait: '0s', group_interval: `${number('heartbeatMinutes')}m`, repeat_interval: `${number('heartbeatMinutes')}m` },
        { matchers: ['severity="page"'], receiver: 'page', repeat_interval: `${number('repeatPageHours')}h` },
      ],
    },
    inhibit_rules: [{ source_matchers: ['severity="page"'], target_matchers: ['severity="ticket"'], equal: ['service'] }],
    receivers: [
      { name: 'page', ...page },
      { name: 'ticket', ...ticket },
      { name: 'heartbeat', webhook_configs: [{ url_file: secret('heartbeat-url'), send_resolved: false }] },
    ],
  }))
}
