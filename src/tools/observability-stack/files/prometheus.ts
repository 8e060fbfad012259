import { stringify } from 'yaml'
import { generatedFile } from '../../../core/file.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { FileWithBody } from '../../tool.ts'
import { productsIn, type Outcome } from '../decide.ts'
import { bucketFor, burnRatesOf, ruleGroups, type RulePlan } from '../prometheus-rules.ts'
import { ruleTests } from '../prometheus-tests.ts'
import { serviceNames } from '../services.ts'
import type { View } from '../view.ts'
import { thresholdsFor } from './threshold-rules.ts'

const folder = 'ops/prometheus'

/** YAML with comment lines on top, and no anchors. */
export const yamlFile = (about: readonly string[], body: unknown): string =>
  `${about.map((line) => `# ${line}\n`).join('')}${stringify(body, { lineWidth: 0, aliasDuplicateObjects: false })}`

/** True when the metrics store evaluates Prometheus rules. */
export const evaluatesRules = (outcome: Outcome, knowledge: Knowledge): boolean =>
  productsIn(outcome.decision.slots.metrics).some((id) => knowledge.telemetry[id]?.facts.prometheusRules.value === true)

const ownStore = (outcome: Outcome, knowledge: Knowledge): string | undefined =>
  productsIn(outcome.decision.slots.metrics).find((id) => knowledge.telemetry[id]?.facts.prometheusRules.value === true && knowledge.telemetry[id]?.facts.hosting.value === 'self-hosted')

/** True when alerts have to be sent by an Alertmanager of one's own: rules are evaluated on own machines, or it was chosen. */
export const runsOwnAlerts = (view: View, outcome: Outcome, knowledge: Knowledge): boolean =>
  view.place !== 'delivered' && (productsIn(outcome.decision.slots.alerting).includes('alertmanager') || ownStore(outcome, knowledge) !== undefined)

/** What the burn-rate rules are made from; undefined where nothing evaluates them or none were chosen. */
export function rulePlan(view: View, outcome: Outcome, knowledge: Knowledge): RulePlan | undefined {
  const { slots, sloTargets } = outcome.decision
  if (slots.slo !== 'burn-rate' || sloTargets === null || !evaluatesRules(outcome, knowledge)) return undefined
  const { availabilityPercent, latencyPercent, latencyMs } = sloTargets
  const minimumBad = knowledge.signals['availability']?.facts.threshold.value ?? 10
  const watched = { services: serviceNames(view), unnamed: view.input.serviceNames === undefined && view.services > 1 }
  return { ...watched, thresholds: thresholdsFor(outcome, watched, knowledge), heartbeat: runsOwnAlerts(view, outcome, knowledge), burnRates: burnRatesOf(knowledge), minimumBad, availabilityPercent, latencyPercent, slowSeconds: bucketFor(latencyMs, knowledge) }
}

/** Burn-rate rules and their unit tests. */
export function ruleFiles(view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody[] {
  const plan = rulePlan(view, outcome, knowledge)
  const targets = outcome.decision.sloTargets
  if (plan === undefined || targets === null) return []
  const counted = Number(plan.slowSeconds) * 1000 === targets.latencyMs ? '' : ` (counted at the next border of the histogram, ${plan.slowSeconds} s)`
  return [
    generatedFile(`${folder}/slo.rules.yml`, 'Burn-rate alerts on failures and slow answers', `promtool check rules ${folder}/slo.rules.yml`, yamlFile([
      `Over ${targets.windowDays} days: ${plan.availabilityPercent} % of requests without a server error, ${plan.latencyPercent} % within ${targets.latencyMs} ms${counted}.`,
      'Needs the OpenTelemetry histogram http.server.request.duration, exported at least once a minute, with job = service.name.',
      'An outage of everything counts no requests: only a check from outside, on /livez, notices it within minutes.',
      'A runbook is a path in this repository: write the page, and put the address of the repository in front, so that a phone opens it.',
    ], { groups: ruleGroups(plan) })),
    generatedFile(`${folder}/slo.rules.test.yml`, 'Proof that they fire and stay silent', `promtool test rules ${folder}/slo.rules.test.yml`,
      yamlFile(['Run with promtool test rules. Nothing here talks to a server.'], ruleTests(plan))),
  ]
}

/** Configuration of a Prometheus that scrapes the Collector, evaluates the rules and tells Alertmanager; undefined with another store, or where customers run theirs. */
export function prometheusFile(view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody | undefined {
  if (rulePlan(view, outcome, knowledge) === undefined || view.place === 'delivered' || ownStore(outcome, knowledge) !== 'prometheus') return undefined
  const path = `${folder}/prometheus.yml`
  return generatedFile(path, 'Scrapes the Collector, evaluates the rules', `promtool check config ${path}`, yamlFile([
    'Host names are those of a Compose file or a cluster; change them to yours.',
    `Keep more than ${outcome.decision.sloTargets?.windowDays ?? 30} days, which the budgets look back on: start it with --storage.tsdb.retention.time=${(outcome.decision.sloTargets?.windowDays ?? 30) + 10}d.`,
  ], {
    global: { scrape_interval: '30s', evaluation_interval: '30s' },
    rule_files: ['slo.rules.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] },
    scrape_configs: [
      // The Collector names job and instance after the service that sent the metrics.
      { job_name: 'otel-collector', honor_labels: true, static_configs: [{ targets: ['otel-collector:8889'] }] },
      { job_name: 'prometheus', static_configs: [{ targets: ['localhost:9090'] }] },
    ],
  }))
}
