import { stringify } from 'yaml'
import { generatedFile } from '../../core/file.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { FileWithBody } from '../tool.ts'
import { productsIn, type Outcome } from './decide.ts'
import { burnRatesOf, recordName, ruleGroups, slug } from './prometheus-rules.ts'
import { ruleTests } from './prometheus-tests.ts'
import type { View } from './view.ts'

const folder = 'ops/prometheus'

/** Names of the services whose requests are counted: those given, else the project's own. */
export const serviceNames = (view: View): string[] =>
  [...new Set((view.input.serviceNames ?? [view.input.name ?? 'app']).map(slug))]

/** Alert rules and their tests, where the metrics store evaluates Prometheus rules and burn-rate alerts were chosen; otherwise nothing. */
export function filesFor(view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody[] {
  const { slots, sloTargets } = outcome.decision
  const evaluates = productsIn(slots.metrics).some((id) => knowledge.telemetry[id]?.facts.prometheusRules.value === true)
  if (slots.slo !== 'burn-rate' || !evaluates || sloTargets === null) return []
  const services = serviceNames(view)
  const burnRates = burnRatesOf(knowledge)
  const minimumFailed = knowledge.signals['availability']?.facts.threshold.value ?? 10
  const plan = { services, burnRates, minimumFailed, availabilityPercent: sloTargets.availabilityPercent }
  const yaml = (about: string, body: unknown) => `# ${about}\n${stringify(body, { lineWidth: 0 })}`
  return [
    generatedFile(`${folder}/slo.rules.yml`, 'Availability burn-rate alerts', `promtool check rules ${folder}/slo.rules.yml`,
      yaml(`Availability ${sloTargets.availabilityPercent} % over ${sloTargets.windowDays} days. Needs the OpenTelemetry histogram http.server.request.duration; ${recordName('5m')} is the share of failed requests.`, { groups: ruleGroups(plan) })),
    generatedFile(`${folder}/slo.rules.test.yml`, 'Proof that the alerts fire and stay silent', `promtool test rules ${folder}/slo.rules.test.yml`,
      yaml('Run with promtool test rules. Nothing here talks to a server.', ruleTests(plan))),
  ]
}
