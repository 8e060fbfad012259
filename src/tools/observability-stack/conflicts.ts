import type { Conflict } from '../../core/result.ts'
import { code } from '../../core/markdown.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { productsIn, type Outcome } from './decide.ts'
import { manyServices } from './tracing.ts'
import { hasRoster } from './alerting.ts'
import { wantsEurope, type FilterId } from './rules.ts'
import { onCloud, type View } from './view.ts'
import { filterWords } from './words.ts'

export type ConflictId =
  | 'stage-above-scale' | 'stage-against-tracing' | 'region-against-operator' | 'us-hosting' | 'health-data-on-free-plan' | 'platform-agreement' | 'no-budget-with-paging' | 'per-device-labels'
  | 'over-budget' | 'self-host-without-operations' | 'pin-breaks-filter' | 'existing-tool-ending' | 'paging-without-roster'

interface Found { readonly id: ConflictId, readonly inputs: readonly string[], readonly about?: string, readonly rule?: FilterId }

const usHosting = ['vercel', 'netlify', 'railway', 'render', 'fly', 'cloudflare-workers', 'aws', 'aws-ecs', 'aws-lambda', 'aws-kubernetes', 'gcp', 'gke', 'firebase', 'azure']

/** Contradictions of the input with itself or with the outcome, as ids; the order is that of the report. */
export function findConflicts(view: View, outcome: Outcome, knowledge: Knowledge): Found[] {
  const { input } = view
  const { slots } = outcome.decision
  const budget = input.budgetUsdPerMonth ?? null
  const products = [...outcome.taken.keys()]
  const hostedByUs = products.filter((id) => {
    const product = knowledge.telemetry[id]
    return (product?.facts.hosting.value === 'hosted' || product?.facts.hosting.value === 'either') && product.facts.operatorCountry.value === 'us' && id !== 'slack'
  })
  const found: Found[] = []
  const when = (is: boolean, entry: Found) => { if (is) found.push(entry) }
  // A pin that only costs too much is told once, with the budget.
  for (const { id, slot, rule } of outcome.forced.filter((entry) => entry.rule !== 'over-budget')) found.push({ id: 'pin-breaks-filter', inputs: [`decisions.${slot}: ${id}`], about: id, rule })
  for (const id of view.existing) {
    const life = knowledge.telemetry[id]?.lifecycle
    when(life !== undefined && life.status !== 'active', { id: 'existing-tool-ending', inputs: [`existing: ${id}`], about: id })
  }
  when(view.depth < ['poc', 'mvp', 'early', 'growth', 'production', 'enterprise'].indexOf(view.stage), { id: 'stage-above-scale', inputs: [`stage: ${view.stage}`, `developers: ${input.developers}`, `monthlyActiveUsers: ${input.monthlyActiveUsers}`] })
  when(view.depth <= 2 && view.services >= manyServices && outcome.tracing.includes('otel'), { id: 'stage-against-tracing', inputs: [`stage: ${view.stage}`, `services: ${view.services}`] })
  when(view.health && budget !== null && budget < 100, { id: 'health-data-on-free-plan', inputs: ['compliance: hipaa', `budgetUsdPerMonth: ${budget}`] })
  when(view.health && view.place === 'open' && !onCloud(view) && productsIn(slots.logs).some((id) => id === 'platform' || id === 'stdout'), { id: 'platform-agreement', inputs: ['compliance: hipaa', `hosting: ${view.hosting}`] })
  when(wantsEurope(view) && input.noUsSubprocessors === undefined && hostedByUs.length > 0, { id: 'region-against-operator', inputs: [`dataResidency: ${(input.dataResidency ?? []).join(', ')}`, `operator of ${hostedByUs.join(', ')}: us`] })
  when(input.noUsSubprocessors === true && usHosting.includes(view.hosting), { id: 'us-hosting', inputs: ['noUsSubprocessors: true', `hosting: ${view.hosting}`] })
  when(budget === 0 && (hasRoster(view) || (input.onCallEngineers ?? 0) > 0), { id: 'no-budget-with-paging', inputs: ['budgetUsdPerMonth: 0', `onCallEngineers: ${view.volumes.onCall}`] })
  when(input.onCallEngineers === 1 && view.depth >= 3, { id: 'paging-without-roster', inputs: ['onCallEngineers: 1'] })
  when((input.devices ?? 0) >= 1000 && productsIn(slots.metrics).some((id) => knowledge.telemetry[id]?.facts.prometheusRules.value === true), { id: 'per-device-labels', inputs: [`devices: ${input.devices}`, `metrics: ${productsIn(slots.metrics).join(', ')}`] })
  when(budget !== null && outcome.roughUsd > budget, { id: 'over-budget', inputs: [`budgetUsdPerMonth: ${budget}`] })
  when(view.place === 'own' && (input.opsCapacity === 'none' || input.opsCapacity === 'low'), { id: 'self-host-without-operations', inputs: [input.airGapped === true ? 'airGapped: true' : 'selfHost: required', `opsCapacity: ${input.opsCapacity}`] })
  return found
}

const words: Readonly<Record<ConflictId, (found: Found, view: View, knowledge: Knowledge) => { problem: string, resolution: string }>> = {
  'stage-above-scale': () => ({ problem: 'The stage asks for more than this team and traffic can use.', resolution: 'Treated as an early product; the rest is listed under not yet, with triggers.' }),
  'stage-against-tracing': () => ({ problem: `At this stage tracing would wait, but with ${manyServices} services or more no log shows where a request was lost.`, resolution: 'Tracing is on, sampled, from the entry service inwards.' }),
  'region-against-operator': () => ({ problem: 'The data stays in the region, but a US company runs the store.', resolution: 'If the promise is about the company too, set noUsSubprocessors to true.' }),
  'us-hosting': () => ({ problem: 'The hosting platform is itself run by a US company, so telemetry elsewhere does not keep the promise.', resolution: 'Change the hosting or drop the rule; the stack here follows the rule.' }),
  'health-data-on-free-plan': () => ({ problem: 'No free hosted plan comes with a business associate agreement.', resolution: 'Stay inside the cloud agreement you already signed, or keep health data out of telemetry and pilot with synthetic records.' }),
  'platform-agreement': (_, view) => ({ problem: `Log lines stay on ${code(view.hosting)}, which then handles health data.`, resolution: 'Have its agreement signed before real patients, or move to a cloud whose agreement covers logs. Lines hold pseudonyms only either way.' }),
  'no-budget-with-paging': () => ({ problem: 'People are on call, but nothing may be spent.', resolution: 'A free pager plan covers a small roster with one schedule; above its user limit somebody has to pay.' }),
  'paging-without-roster': () => ({ problem: 'One person cannot be on call every night.', resolution: 'Alerts go to chat; a pager starts with the second person.' }),
  'per-device-labels': () => ({ problem: 'A label for each device would make a series for each device and metric, which a Prometheus store keeps in memory.', resolution: 'Label by model, firmware and region; the single device belongs in logs or in the device registry.' }),
  'over-budget': () => ({ problem: 'What was chosen costs more than the stated budget at the given volumes.', resolution: 'Raise the budget, cut volume (shorter retention, sampling), or drop the pin that forces it.' }),
  'self-host-without-operations': () => ({ problem: 'Nobody has time to run the stack that the rules ask for.', resolution: 'The smallest set is chosen. Give somebody the hours for upgrades, disks and backups, or relax one of the two.' }),
  'pin-breaks-filter': ({ about, rule }) => ({ problem: `${code(about ?? '')} was chosen by you, but ${rule === undefined ? 'a rule is against it' : filterWords[rule]}.`, resolution: 'The choice stands. Settle this point in writing or change the choice.' }),
  'existing-tool-ending': ({ about }, _, knowledge) => {
    const life = knowledge.telemetry[about ?? '']?.lifecycle
    return { problem: `${code(about ?? '')} is ending${life?.reason === undefined ? '' : `: ${life.reason}`}${life?.until === undefined ? '' : ` (${life.until})`}.`, resolution: life?.replacedBy === undefined ? 'Plan the move now.' : `Not reused; plan the move to ${code(life.replacedBy)}.` }
  },
}

/** Conflicts in words. */
export const describeConflicts = (found: readonly Found[], view: View, knowledge: Knowledge): Conflict[] =>
  found.map((entry) => ({ id: entry.id, inputs: entry.inputs, ...words[entry.id](entry, view, knowledge) }))
