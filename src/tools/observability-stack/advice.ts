import { plain } from '../../core/markdown.ts'
import { grouped } from '../../core/meters.ts'
import type { Alternative, Assumption, Question, Rejected } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { productsIn, type Outcome } from './decide.ts'
import { couldBeHealth, run, slotsText } from './flips.ts'
import type { Input } from './input.ts'
import { alerting } from './alerting.ts'
import { errors, logs, metrics } from './preferences.ts'
import { filterFor } from './rules.ts'
import type { View } from './view.ts'
import { filterWords } from './words.ts'

const asked: readonly { readonly field: keyof Input, readonly question: string, readonly changes: string, readonly tries: readonly Partial<Input>[] }[] = [
  { field: 'hosting', question: 'Where does it run?', changes: 'built-in logs and metrics against a product of their own', tries: [{ hosting: 'vercel' }, { hosting: 'aws-ecs' }] },
  { field: 'onCallEngineers', question: 'How many people share on-call duty at night?', changes: 'whether anybody is woken', tries: [{ onCallEngineers: 0 }, { onCallEngineers: 4 }] },
  { field: 'existing', question: 'Which monitoring tools does the company already pay for?', changes: 'reuse before a new product', tries: [{ existing: ['datadog'] }] },
  { field: 'compliance', question: 'Does any regime apply to the data, such as HIPAA or FedRAMP?', changes: 'which processors may see telemetry', tries: [{ compliance: ['hipaa'] }] },
  { field: 'services', question: 'How many services answer one user request?', changes: 'tracing', tries: [{ services: 4 }] },
]

/** Questions about fields nobody gave whose answer changes a slot; the most telling first, at most `limit`. */
export function questionsOf(input: Input, view: View, knowledge: Knowledge, limit: number): Question[] {
  if (view.place === 'local') return []
  const before = slotsText(run(knowledge)(input))
  return asked
    .filter(({ field, tries }) => input[field] === undefined && (field !== 'compliance' || couldBeHealth(input)) && (field !== 'services' || !view.scheduled) && tries.some((set) => slotsText(run(knowledge)({ ...input, ...set })) !== before))
    .slice(0, limit)
    .map(({ field, question, changes }) => ({ field, question, changes }))
}

const firstSentence = (text: string): string => /^.*?[.:](?=\s|$)/s.exec(text)?.[0].replace(/:$/, '.') ?? text

/** The next product of each slot that passes every filter, with the case for it in the words of its sheet. */
export function alternativesOf(view: View, outcome: Outcome, knowledge: Knowledge): Alternative[] {
  const chosen = new Set(outcome.taken.keys())
  const chains = [logs(view), errors(view), metrics(view, 'none'), alerting(view, { ids: productsIn(outcome.decision.slots.metrics), evaluatesRules: false })]
  const found = new Map<string, Alternative>()
  for (const chain of chains) {
    const next = chain.find(({ id, reason }) => {
      const product = knowledge.telemetry[id]
      return reason !== 'last-resort' && product !== undefined && !chosen.has(id) && !found.has(id) && filterFor(product, view) === undefined
    })
    if (next !== undefined) found.set(next.id, { id: next.id, when: firstSentence(knowledge.telemetry[next.id]?.body ?? '') })
  }
  // What runs already and found no slot here is named before any other product.
  const idle = view.place === 'local' || view.place === 'delivered' ? [] : view.existing.filter((id) => !chosen.has(id) && knowledge.telemetry[id]?.lifecycle.status === 'active' && filterFor(knowledge.telemetry[id], view) === undefined)
    .map((id): Alternative => ({ id, when: 'the part it does starts here: it is in the company already' }))
  return [...idle, ...[...found.values()].filter(({ id }) => !idle.some((one) => one.id === id))]
}

/** What a filter removed, in the order it was tried. */
export const rejectedOf = (view: View, outcome: Outcome, knowledge: Knowledge): Rejected[] => {
  const forced = new Set(outcome.forced.map(({ id }) => id))
  const house = (id: string) => {
    const found = (view.input.houseRules?.forbid ?? []).find((rule) => rule.id === id)
    return found !== undefined && 'reason' in found && found.reason !== undefined ? ` (${plain(found.reason)})` : ''
  }
  return outcome.removed.filter(({ id }) => !forced.has(id))
    .map(({ id, rule, slot }) => ({ id, rule, reason: `${knowledge.telemetry[id]?.name ?? id} for ${slot}: ${filterWords[rule]}${rule === 'house-forbidden' ? house(id) : ''}.` }))
}

/** Fields read only through others: what they change is said there. */
const quiet = ['signInBy', 'clients', 'dataClasses']

/** Estimated volumes that are named in every answer; the others follow from them. */
const telling = ['requestsPerSecond', 'hosts', 'gbLogsPerMonth']

/** Assumptions of the profile, and one for the volumes that were estimated. `all` keeps those that rarely matter here. */
export function assumptionsOf(view: View, all: boolean): Assumption[] {
  const { usage, requestsPerSecond, onCall, estimated } = view.volumes
  const unknown = view.unknownTools.length === 0 || view.place === 'local' ? [] : [{ field: 'existing', assumed: `no sheet describes ${view.unknownTools.map(plain).join(', ')}; nothing is decided for or against it`, changes: 'what already does one of these jobs stays, and the product named for it here is left out' }]
  const profile = [...unknown, ...view.assumptions.filter(({ field }) => (all || !quiet.includes(field)) && !(field === 'selfHost' && view.place === 'own'))]
  // Nothing runs, or customers run it: numbers of users and machines decide nothing here.
  if (view.place === 'local') return profile.filter(({ field }) => field === 'projectType')
  if (view.place === 'delivered') return profile.filter(({ field }) => all || !['monthlyActiveUsers', 'budgetUsdPerMonth', 'dataResidency', 'selfHost', 'opsCapacity'].includes(field))
  const shown: Readonly<Record<string, string>> = {
    requestsPerSecond: `${Math.round(requestsPerSecond * 100) / 100} requests a second`, hosts: `${usage.hosts} ${usage.hosts === 1 ? 'host' : 'hosts'}`, gbLogsPerMonth: `${usage.gbLogs} GB of logs`,
    errorsPerMonth: `${grouped(usage.errors ?? 0)} errors`, spansPerMonth: `${grouped(usage.spans ?? 0)} spans`, activeSeries: `${grouped(usage.activeSeries ?? 0)} series`,
  }
  const volumes = estimated.filter((field) => shown[field] !== undefined && (all || telling.includes(field)))
  return [
    ...profile,
    ...(estimated.includes('onCallEngineers') && view.depth >= 4 ? [{ field: 'onCallEngineers', assumed: String(onCall), changes: 'whether anybody is woken' }] : []),
    ...(volumes.length === 0 ? [] : [{ field: volumes.join(', '), assumed: volumes.map((field) => shown[field]).join(', '), changes: 'cost' }]),
  ]
}
