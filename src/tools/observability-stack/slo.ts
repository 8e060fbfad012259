import { stageRank, vocabulary, type Stage } from '../../core/profile.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { ReasonId } from './rules.ts'
import type { View } from './view.ts'
import { numberOf } from './volumes.ts'

/** Objectives over a window. `budgetMinutes` is how long the service may be down in it; latency counts requests answered within `latencyMs`. */
export interface SloTargets {
  readonly availabilityPercent: number
  readonly windowDays: number
  readonly budgetMinutes: number
  readonly latencyMs: number
  readonly latencyPercent: number
}

const windowDays = 30

/** Minutes of a window that an availability objective leaves, rounded to a tenth: 99.5 % of 30 days leaves 216. */
export const budgetMinutes = (percent: number, days: number): number => Math.round(days * 24 * 60 * (100 - percent) / 10) / 10

/** How objectives are used. Burn-rate alerts need a metrics store that evaluates rules, and enough requests to mean something. */
function sloFor(view: View, metrics: readonly string[]): { readonly id: 'none' | 'target-only' | 'burn-rate', readonly reason: ReasonId } {
  if (view.place === 'local') return { id: 'none', reason: 'nothing-deployed' }
  // The chart ships objectives as rules with a floor of failures; the customer's own Prometheus evaluates them.
  if (view.place === 'delivered') return view.depth >= 3 ? { id: 'burn-rate', reason: 'shipped-with-product' } : { id: 'target-only', reason: 'shipped-with-product' }
  if (view.scheduled && view.depth >= 2) return { id: 'target-only', reason: 'no-requests' }
  if (view.depth <= 2) return { id: 'none', reason: 'not-yet' }
  if (view.depth === 3) return { id: 'target-only', reason: 'stage-default' }
  if (metrics.every((id) => id === 'none' || id === 'platform')) return { id: 'target-only', reason: 'no-metrics-store' }
  return { id: 'burn-rate', reason: 'enough-traffic' }
}

/** The same with the traffic floor of the estimates sheet applied. */
export function sloWithTraffic(view: View, metrics: readonly string[], knowledge: Knowledge): ReturnType<typeof sloFor> {
  const slo = sloFor(view, metrics)
  const enough = view.volumes.requestsPerSecond >= numberOf(knowledge, 'telemetry-estimates', 'lowTrafficRequestsPerSecond')
  return slo.id === 'burn-rate' && view.place !== 'delivered' && !enough ? { id: 'target-only', reason: 'low-traffic' } : slo
}


const stageAt = (depth: number): Stage => vocabulary.stage[depth] ?? 'mvp'

/** Share of runs, in percent, that finish before their deadline, for work that arrives by schedule. */
export const freshnessPercent = (view: View, knowledge: Knowledge): number | undefined => knowledge.signals['freshness']?.facts.objectives.value?.[stageAt(view.depth)]

/** Targets from the signal sheets for the depth; null where nothing is promised yet, or no requests arrive. */
export function sloTargetsFor(view: View, knowledge: Knowledge): SloTargets | null {
  if (view.place === 'local' || view.scheduled || view.staticFiles) return null
  const stage = stageAt(view.depth)
  // Nobody at night to answer: a promise above the growth objective could not be kept.
  const promised = view.place === 'delivered' || (view.depth >= 4 && view.volumes.onCall < 2) ? 'growth' : stage
  const availabilityPercent = knowledge.signals['availability']?.facts.objectives.value?.[promised]
  const latency = knowledge.signals['latency']?.facts
  const latencyMs = latency?.objectives.value?.[stage]
  const latencyPercent = latency?.shares.value?.[stage]
  if (availabilityPercent === undefined || latencyMs === undefined || latencyPercent === undefined) return null
  return { availabilityPercent, windowDays, budgetMinutes: budgetMinutes(availabilityPercent, windowDays), latencyMs, latencyPercent }
}

/** Ids of the signals that apply to this project at this depth, by their place in the table. */
export function signalsFor(view: View, errors: readonly string[], knowledge: Knowledge): string[] {
  if (view.place === 'local') return []
  const { input, stack } = view
  if (view.staticFiles) return Object.hasOwn(knowledge.signals, 'availability') ? ['availability'] : []
  const applies: Readonly<Record<string, boolean>> = {
    always: true,
    http: !view.scheduled,
    scheduled: view.scheduled,
    queue: stack.queues.length > 0,
    database: stack.databases.length > 0,
    llm: view.agents,
    business: input.projectType !== 'internal-tool' && input.projectType !== 'content-site' && view.place === 'open' && !view.scheduled,
    // Where another product or nobody holds the accounts there is nothing to count.
    accounts: view.place === 'open' && !view.scheduled && input.decisions?.auth !== undefined && input.decisions.auth !== 'none' && input.decisions.auth !== 'api-keys',
    payments: input.takesPayments === true,
    devices: (input.devices ?? 0) > 0 || input.projectType === 'iot',
    // Crashes of an app are counted by an error tracker inside it.
    mobile: view.mobile && errors.some((id) => id !== 'none' && id !== 'platform'),
  }
  // A file and a service over HTTP keep no connections that could run out.
  const pooled = stack.databases.some((id) => !['sqlite', 'dynamodb', 'firestore'].includes(id))
  return Object.values(knowledge.signals)
    .filter(({ id, facts }) => (id !== 'database-pool' || pooled) && applies[facts.appliesTo.value ?? 'always'] === true && stageRank(facts.fromStage.value ?? 'poc') <= view.depth)
    .sort((a, b) => (a.facts.position.value ?? 0) - (b.facts.position.value ?? 0))
    .map((sheet) => sheet.id)
}
