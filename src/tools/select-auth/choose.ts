import { InputError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { removedBy, type Provider, type RuleId } from './rules.ts'
import { listPrice, scoreOf } from './score.ts'
import type { Situation } from './situation.ts'

export interface Candidate { readonly id: string, readonly score: number, readonly usdPerMonth: number | undefined, readonly unknowns: number }
export interface Removed { readonly id: string, readonly rule: RuleId, readonly score: number }

/** `picked` holds the survivors, best first. `none-left` names what removed the last ones. `against` is the rule that a pin or a house rule overrides. */
export type Choice =
  | { readonly kind: 'picked', readonly picked: readonly [Candidate, ...Candidate[]], readonly removed: readonly Removed[], readonly close: boolean, readonly by: 'score' | 'pin' | 'house-rule', readonly against: RuleId | undefined }
  | { readonly kind: 'none-left', readonly removed: readonly Removed[] }

/** Points between first and second below which both are shown with the question that decides. */
const closeMargin = 1

const unknowns = (provider: Provider): number => Object.values(provider.facts).filter((fact) => fact.value === null).length

/** Best first; ties go to the known lower price, then to the sheet with fewer unknown facts, then by id. */
const better = (a: Candidate, b: Candidate): number =>
  b.score - a.score || (a.usdPerMonth ?? Infinity) - (b.usdPerMonth ?? Infinity) || a.unknowns - b.unknowns || a.id.localeCompare(b.id)

function pinned(knowledge: Knowledge, situation: Situation): { id: string, by: 'pin' | 'house-rule' } | undefined {
  const providers = knowledge['identity-providers']
  const pin = situation.input.decisions?.auth
  if (pin !== undefined) {
    const known = Object.keys(providers).sort()
    if (providers[pin] === undefined) throw new InputError(`Unexpected decisions.auth "${pin}", expected one of ${known.join(', ')}.${didYouMean(pin, known)}`)
    return { id: pin, by: 'pin' }
  }
  const required = (situation.input.houseRules?.require ?? []).map((rule) => rule.id).filter((id) => providers[id]?.facts.serves.value?.includes(situation.main))
  return required[0] === undefined ? undefined : { id: required[0], by: 'house-rule' }
}

/** Filters, prices and scores every provider. A pin or a required provider stays first even against a rule, which is then named. */
export function choose(situation: Situation, knowledge: Knowledge): Choice {
  const providers = Object.values(knowledge['identity-providers'])
  const scored = providers.map((provider) => ({ provider, rule: removedBy(provider, situation), candidate: { id: provider.id, score: scoreOf(provider, situation), usdPerMonth: listPrice(provider, situation, situation.usage)?.usd, unknowns: unknowns(provider) } }))
  const budget = situation.input.budgetUsdPerMonth
  const affordable = scored.filter(({ rule, candidate }) => rule === undefined && (typeof budget !== 'number' || (candidate.usdPerMonth ?? 0) <= budget))
  const left = affordable.length > 0 ? affordable : scored.filter(({ rule }) => rule === undefined)
  const fixed = pinned(knowledge, situation)
  const kept = left.map(({ candidate }) => candidate).sort(better)
  const removed: Removed[] = scored.filter((one) => !left.includes(one)).map(({ candidate, rule }) => ({ id: candidate.id, rule: rule ?? 'over-budget', score: candidate.score }))
  if (fixed !== undefined) {
    const own = scored.find(({ candidate }) => candidate.id === fixed.id)
    if (own !== undefined) {
      const others = kept.filter(({ id }) => id !== fixed.id)
      const out: Removed[] = fixed.by === 'house-rule' ? others.map(({ id, score }) => ({ id, rule: 'house-rule-requires-another', score })) : []
      return { kind: 'picked', picked: fixed.by === 'house-rule' ? [own.candidate] : [own.candidate, ...others], removed: sortRemoved([...removed.filter(({ id }) => id !== fixed.id), ...out]), close: false, by: fixed.by, against: own.rule }
    }
  }
  const [first, second] = kept
  if (first === undefined) return { kind: 'none-left', removed: sortRemoved(removed) }
  return { kind: 'picked', picked: [first, ...kept.slice(1)], removed: sortRemoved(removed), close: second !== undefined && first.score - second.score <= closeMargin, by: 'score', against: undefined }
}

/** Nearest competitors first: by the points they would have had, then by id. */
const sortRemoved = (removed: readonly Removed[]): Removed[] => [...removed].sort((a, b) => b.score - a.score || a.id.localeCompare(b.id))
