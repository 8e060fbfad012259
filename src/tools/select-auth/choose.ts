import { byText } from '../../core/order.ts'
import { checkPin } from '../../core/pins.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { removedBy, type Provider, type RuleId } from './rules.ts'
import { scoreOf } from './score.ts'
import { listPrice, marketOf, type Market } from './price.ts'
import type { Situation } from './situation.ts'

export interface Candidate { readonly id: string, readonly score: number, readonly usdPerMonth: number | undefined, readonly unknowns: number }
export interface Removed { readonly id: string, readonly rule: RuleId }

/** `picked` holds the survivors, best first; `removed` is in the order of the sheets. `none-left` names what removed the last ones. `against` is the rule that a pin or a house rule overrides. */
export type Choice =
  | { readonly kind: 'picked', readonly picked: readonly [Candidate, ...Candidate[]], readonly removed: readonly Removed[], readonly close: boolean, readonly by: 'score' | 'pin' | 'house-rule', readonly against: RuleId | undefined }
  | { readonly kind: 'none-left', readonly removed: readonly Removed[] }

/** Points between first and second below which both are shown with the question that decides. */
const closeMargin = 1

const unknowns = (provider: Provider): number => Object.values(provider.facts).filter((fact) => fact.value === null).length

/** Best first; ties go to the known lower price, then to the sheet with fewer unknown facts, then by id. */
const better = (a: Candidate, b: Candidate): number =>
  b.score - a.score || (a.usdPerMonth ?? Infinity) - (b.usdPerMonth ?? Infinity) || a.unknowns - b.unknowns || byText(a.id, b.id)

interface Fixed { readonly id: string, readonly by: 'pin' | 'house-rule' }

function pinned(knowledge: Knowledge, situation: Situation): Fixed | undefined {
  const providers = knowledge['identity-providers']
  const pin = situation.input.decisions?.auth
  if (pin !== undefined) {
    checkPin('auth', pin, Object.keys(providers))
    return { id: pin, by: 'pin' }
  }
  const required = (situation.input.houseRules?.require ?? []).map((rule) => rule.id).filter((id) => providers[id]?.facts.serves.value?.includes(situation.main))
  return required[0] === undefined ? undefined : { id: required[0], by: 'house-rule' }
}

const candidateOf = (provider: Provider, situation: Situation, market: Market): Candidate =>
  ({ id: provider.id, score: scoreOf(provider, situation, market), usdPerMonth: listPrice(provider, situation, situation.usage)?.usd, unknowns: unknowns(provider) })

/** Filters every provider, then prices and scores those that are left. A pin or a required provider stays first even against a rule, which is then named. */
export function choose(situation: Situation, knowledge: Knowledge): Choice {
  const judged = Object.values(knowledge['identity-providers']).map((provider) => ({ provider, rule: removedBy(provider, situation) }))
  const passed = judged.filter(({ rule }) => rule === undefined).map(({ provider }) => provider)
  const market = marketOf(passed, situation)
  const survivors = passed.map((provider) => candidateOf(provider, situation, market))
  const budget = situation.input.budgetUsdPerMonth
  // An unknown price may fit a budget, but is hardly nothing.
  const affordable = typeof budget === 'number' ? survivors.filter(({ usdPerMonth }) => (usdPerMonth === undefined ? budget > 0 : usdPerMonth <= budget)) : survivors
  const kept = [...(affordable.length > 0 ? affordable : survivors)].sort(better)
  const removed: Removed[] = judged.filter(({ provider }) => kept.every(({ id }) => id !== provider.id)).map(({ provider, rule }) => ({ id: provider.id, rule: rule ?? 'over-budget' }))
  const fixed = pinned(knowledge, situation)
  const own = judged.find(({ provider }) => provider.id === fixed?.id)
  if (fixed !== undefined && own !== undefined) {
    const first = kept.find(({ id }) => id === fixed.id) ?? candidateOf(own.provider, situation, market)
    // What comes after a product at its end is the first alternative to it.
    const after = own.provider.lifecycle.replacedBy
    const others = [...kept.filter(({ id }) => id === after), ...kept.filter(({ id }) => id !== after)].filter(({ id }) => id !== fixed.id)
    const rest = removed.filter(({ id }) => id !== fixed.id)
    if (fixed.by === 'pin') return { kind: 'picked', picked: [first, ...others], removed: rest, close: false, by: fixed.by, against: own.rule }
    return { kind: 'picked', picked: [first], removed: [...rest, ...others.map(({ id }): Removed => ({ id, rule: 'house-rule-requires-another' }))], close: false, by: fixed.by, against: own.rule }
  }
  const [first, second] = kept
  if (first === undefined) return { kind: 'none-left', removed }
  return { kind: 'picked', picked: [first, ...kept.slice(1)], removed, close: second !== undefined && first.score - second.score <= closeMargin, by: 'score', against: undefined }
}

/**
 * The choice, and the situation it was made in. Where nothing is left but servers that nobody has time to run, the smallest of
 * them is chosen all the same, for no vendor is an answer there; the rules that removed the vendors stay named.
 */
export function settle(situation: Situation, knowledge: Knowledge): { readonly situation: Situation, readonly choice: Choice } {
  const choice = choose(situation, knowledge)
  if (choice.kind === 'picked' || !choice.removed.some(({ rule }) => rule === 'self-host-needs-ops')) return { situation, choice }
  const alone: Situation = { ...situation, mustSelfRun: true }
  const second = choose(alone, knowledge)
  if (second.kind !== 'picked') return { situation, choice }
  const ruleBefore = new Map(choice.removed.map(({ id, rule }) => [id, rule]))
  return { situation: alone, choice: { ...second, removed: second.removed.map(({ id, rule }) => ({ id, rule: rule === 'not-self-hostable' ? ruleBefore.get(id) ?? rule : rule })) } }
}

/** Nearest competitors first: by the points they would have had, then by id. */
export function nearestFirst(removed: readonly Removed[], situation: Situation, knowledge: Knowledge): Removed[] {
  const market = marketOf(Object.values(knowledge['identity-providers']).filter(({ id }) => removed.every((one) => one.id !== id)), situation)
  const score = new Map(removed.map(({ id }) => { const provider = knowledge['identity-providers'][id]; return [id, provider === undefined ? -Infinity : scoreOf(provider, situation, market)] as const }))
  return [...removed].sort((a, b) => (score.get(b.id) ?? 0) - (score.get(a.id) ?? 0) || byText(a.id, b.id))
}
