import { healthPaths } from '../../core/health.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { isPriceUnknown, roughUsd } from './cost.ts'
import { alerting, channels, tells, wantsPager } from './alerting.ts'
import { errors, logs, metrics, slotOrder, traceStores, type Candidate } from './preferences.ts'
import { filterFor, type FilterId, type ReasonId, type Slot } from './rules.ts'
import { signalsFor, sloTargetsFor, sloWithTraffic, type SloTargets } from './slo.ts'
import { tracingFor, type TracingId } from './tracing.ts'
import { hasInternalPort, type View } from './view.ts'

type OneOrMore = string | readonly string[]
export interface Slots { readonly logs: OneOrMore, readonly errors: OneOrMore, readonly metrics: OneOrMore, readonly tracing: OneOrMore, readonly alerting: OneOrMore, readonly slo: 'none' | 'target-only' | 'burn-rate' }

/** Ids and numbers only. Paths and targets are null where nothing is deployed or nothing is promised yet. */
export interface Decision {
  readonly slots: Slots
  /** Sheet that takes the traces, or `none`. */
  readonly traceStore: string
  readonly sloTargets: SloTargets | null
  /** `details` is null where every port is public: functions, and web hosting that is shared. */
  readonly healthEndpoints: { readonly live: string, readonly ready: string, readonly details: string | null } | null
  /** Signal sheets that apply, in the order of the table. */
  readonly signals: readonly string[]
}

export interface Removed { readonly id: string, readonly slot: Slot, readonly rule: FilterId }
/** The decision with what led to it. */
export interface Outcome {
  readonly decision: Decision
  readonly reasons: Readonly<Record<keyof Slots, ReasonId>>
  readonly removed: readonly Removed[]
  /** Pins and required products that a filter would have removed. */
  readonly forced: readonly Removed[]
  readonly taken: ReadonlyMap<string, readonly Slot[]>
  readonly tracing: readonly TracingId[]
  readonly roughUsd: number
}

const ids = (value: OneOrMore): readonly string[] => (typeof value === 'string' ? [value] : value)
const slotOf = (list: readonly string[]): OneOrMore => (list.length === 1 ? list[0] as string : list)
/** Products of a slot, without `none`. */
export const productsIn = (value: OneOrMore): readonly string[] => ids(value).filter((id) => id !== 'none')

/** Decides every slot. Same view and sheets, same answer; no words. */
export function decide(view: View, knowledge: Knowledge): Outcome {
  const removed: Removed[] = []
  const forced: Removed[] = []
  const taken = new Map<string, Slot[]>()
  const budget = view.input.budgetUsdPerMonth ?? null
  const tracing = tracingFor(view)
  const covers = (id: string, slot: Slot) => knowledge.telemetry[id]?.facts.slots.value?.includes(slot) ?? false
  const chosen = {} as Record<Slot, readonly string[]>
  const slotsOf = (id: string): readonly Slot[] => (knowledge.telemetry[id]?.facts.slots.value ?? []) as readonly Slot[]
  // What a product is first of all decides, then how little else it does: an error tracker before a suite that also shows errors; ties keep the order given.
  const specialistFirst = (slot: Slot) => (a: string, b: string) => slotsOf(a).indexOf(slot) - slotsOf(b).indexOf(slot) || slotsOf(a).length - slotsOf(b).length
  // Nobody keeps all lines or traces in an error tracker because it can take some.
  const reusable = (id: string, slot: Slot, room: boolean) => covers(id, slot) && (slot === 'alerting' ? tells(id, slotsOf(id), view, chosen.metrics, room) : (slot !== 'logs' && slot !== 'tracing') || slotsOf(id)[0] !== 'errors')
  const withMore = (id: string, slot: Slot) => new Map([...taken, [id, [...(taken.get(id) ?? []), slot]]])
  const take = (id: string, slot: Slot) => { if (id !== 'none') taken.set(id, [...(taken.get(id) ?? []), slot]) }
  const overBudget = (id: string, slot: Slot): boolean => {
    if (budget === null) return false
    return roughUsd(withMore(id, slot), view, knowledge) > Math.max(budget, roughUsd(taken, view, knowledge))
  }
  const remove = (id: string, slot: Slot, rule: FilterId) => { if (!removed.some((entry) => entry.id === id && entry.rule === rule)) removed.push({ id, slot, rule }) }

  const pick = (slot: Slot, chain: readonly Candidate[], room = false): Candidate => {
    const prefer = (view.input.houseRules?.prefer ?? []).map((rule) => rule.id)
    // A rule of the house is about what runs; a library runs in the programs of others.
    const required = view.place === 'local' ? [] : (view.input.houseRules?.require ?? []).map((rule) => rule.id)
    const asked = slot === 'tracing' ? undefined : view.input.decisions?.[slot]
    const pin = slot === 'metrics' && asked === 'posthog' ? undefined : asked
    const must: Candidate | undefined = pin !== undefined ? { id: pin, reason: 'pinned' } : required.filter((id) => covers(id, slot)).map((id): Candidate => ({ id, reason: 'house-required' }))[0]
    if (must !== undefined) {
      const product = knowledge.telemetry[must.id]
      const rule = product === undefined ? undefined : filterFor(product, view) ?? (overBudget(must.id, slot) ? 'over-budget' : undefined)
      if (rule !== undefined) forced.push({ id: must.id, slot, rule })
      take(must.id, slot)
      return must
    }
    const active = chain[0]?.id !== 'none' || view.place === 'open'
    const reused = active ? view.existing.filter((id) => reusable(id, slot, room)).sort(specialistFirst(slot)).map((id): Candidate => ({ id, reason: 'existing-tool' })) : []
    const wanted = active ? prefer.filter((id) => covers(id, slot)).map((id): Candidate => ({ id, reason: 'house-preferred' })) : []
    const blockReuse = view.place === 'local' || view.place === 'delivered'
    for (const candidate of [...(blockReuse ? [] : [...reused, ...wanted]), ...chain]) {
      if (candidate.id === 'none') return candidate
      const product = knowledge.telemetry[candidate.id]
      if (product === undefined || !covers(candidate.id, slot)) continue
      // What runs already is paid for: a budget never removes it, the sum is compared at the end.
      const rule = filterFor(product, view) ?? (candidate.reason !== 'existing-tool' && overBudget(candidate.id, slot) ? 'over-budget' : undefined)
        ?? (budget !== null && candidate.reason !== 'existing-tool' && isPriceUnknown(product, slot, view) ? 'price-unknown' : undefined)
      if (rule === undefined) {
        take(candidate.id, slot)
        return candidate
      }
      remove(candidate.id, slot, rule)
    }
    return { id: 'none', reason: 'last-resort' }
  }

  const why = {} as Record<Slot, ReasonId>
  for (const slot of slotOrder) {
    const earlier = (name: Slot) => chosen[name]?.[0] ?? 'none'
    if (slot === 'tracing') continue
    const chain = slot === 'logs' ? logs(view) : slot === 'errors' ? errors(view) : slot === 'metrics' ? metrics(view, earlier('logs')) : alerting(view, { ids: chosen.metrics, evaluatesRules: chosen.metrics.some((id) => knowledge.telemetry[id]?.facts.prometheusRules.value === true) })
    const first = pick(slot, chain)
    why[slot] = first.reason
    const list = [first.id]
    // A pager wakes people for pages only; tickets go where the team reads in daytime.
    if (slot === 'alerting' && wantsPager(view) && (first.reason === 'on-call-roster' || view.existing.some((id) => channels.includes(id)))) list.push(pick('alerting', [{ id: 'email', reason: 'stage-default' }], true).id)
    // Crash reports of the app say nothing about its servers.
    if (slot === 'errors' && first.reason === 'mobile-crashes') list.push('platform')
    chosen[slot] = [...new Set(list)]
  }
  const errorTool = chosen.errors.find((id) => covers(id, 'tracing'))
  const wanted = tracing.ids.includes('error-tool')
    ? { ids: errorTool === undefined ? [] : tracing.ids, reason: errorTool === undefined ? 'not-yet' as const : 'spans-included' as const }
    : tracing
  const store = wanted.ids.length === 0 || view.place === 'delivered' ? 'none' : wanted.reason === 'spans-included' ? errorTool ?? 'none'
    : pick('tracing', traceStores(view, [...chosen.logs, ...chosen.metrics, ...(view.depth <= 3 ? chosen.errors : [])])).id
  // Depth alone asks for no traces that nobody can store; many services and agents do, and the gap is said.
  const trace = wanted.reason === 'depth' && store === 'none' ? { ids: [], reason: 'not-yet' as const } : wanted
  const slo = sloWithTraffic(view, chosen.metrics, knowledge)
  return {
    decision: {
      slots: { logs: slotOf(chosen.logs), errors: slotOf(chosen.errors), metrics: slotOf(chosen.metrics), tracing: trace.ids.length === 0 ? 'none' : slotOf(trace.ids), alerting: slotOf(chosen.alerting), slo: slo.id },
      traceStore: store,
      sloTargets: sloTargetsFor(view, knowledge),
      healthEndpoints: view.place === 'local' || view.staticFiles ? null : { ...healthPaths, details: hasInternalPort(view) ? healthPaths.details : null },
      signals: signalsFor(view, chosen.errors, knowledge),
    },
    reasons: { logs: why.logs, errors: why.errors, metrics: why.metrics, alerting: why.alerting, tracing: trace.reason, slo: slo.reason },
    removed, forced, taken, tracing: trace.ids, roughUsd: roughUsd(taken, view, knowledge),
  }
}
