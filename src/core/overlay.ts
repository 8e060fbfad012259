import type { HouseRules, Profile } from './profile.ts'

type Rule = NonNullable<HouseRules['require']>[number]

/** Rules of both; the nearer reason stands where an id is in both. */
const union = (below: readonly Rule[] = [], above: readonly Rule[] = []): Rule[] => [...new Map([...below, ...above].map((rule) => [rule.id, rule])).values()]

function joinRules(below: HouseRules, above: HouseRules): HouseRules {
  const kinds = ['require', 'forbid', 'prefer'] as const
  return Object.fromEntries(kinds.flatMap((kind) => (below[kind] === undefined && above[kind] === undefined ? [] : [[kind, union(below[kind], above[kind])]])))
}

/**
 * Lays `above` over `below`: a value above wins, pins are laid over one by one, and house rules add up, so that a project cannot drop
 * a rule of its organisation by writing rules of its own. A reason belongs to the pins beside it: without pins above, the one below stays.
 */
export function overlay<Above extends Profile>(below: Profile, above: Above): Profile & Above {
  const decisions = below.decisions === undefined || above.decisions === undefined ? above.decisions ?? below.decisions : { ...below.decisions, ...above.decisions }
  const houseRules = below.houseRules === undefined || above.houseRules === undefined ? above.houseRules ?? below.houseRules : joinRules(below.houseRules, above.houseRules)
  return { ...below, ...above, ...(decisions === undefined ? {} : { decisions }), ...(houseRules === undefined ? {} : { houseRules }) }
}
