import { hostingId } from '../core/hosting.ts'
import { didYouMean } from '../core/nearest.ts'
import type { Profile } from '../core/profile.ts'
import type { Conflict } from '../core/result.ts'
import type { Knowledge } from '../knowledge/collections.ts'
import type { Draft } from '../tools/tool.ts'

const kinds = ['require', 'forbid', 'prefer'] as const
/** Collections whose sheets somebody may choose: a rule for anything else has no effect. */
const chosenFrom = ['identity-providers', 'telemetry', 'secrets-stores', 'flag-services', 'config-validators', 'ci-providers', 'migration-tools', 'hosting-platforms'] as const satisfies readonly (keyof Knowledge)[]

/** House rules that name nothing a tool could choose, as conflicts: a rule that was misspelt would otherwise be broken without a word. */
export function unknownHouseRules({ houseRules }: Profile, knowledge: Knowledge): Conflict[] {
  const known = chosenFrom.flatMap((collection) => Object.keys(knowledge[collection]))
  return kinds.flatMap((kind) => (houseRules?.[kind] ?? []).filter(({ id }) => !known.includes(id) && !known.includes(hostingId(id))).map(({ id }) => ({
    id: 'house-rule-unknown', inputs: [`houseRules.${kind}: ${id}`],
    problem: `Nothing has the id ${JSON.stringify(id)}, so this rule has no effect.`,
    resolution: `Correct the id.${didYouMean(id, known)} A rule about something that is not chosen here is kept by people alone.`,
  })))
}

type Values = Readonly<Record<string, unknown>>
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.flatMap(texts) : typeof value === 'string' ? [value] : [])
/** What a tool chose, by the collection it chose from. Telemetry has a list for each slot. */
const chosenBy: Readonly<Record<string, (decision: Values, knowledge: Knowledge, id: string) => readonly string[] | undefined>> = {
  select_auth: (decision, { 'identity-providers': sheets }, id) => (id in sheets ? ['primary', 'staff', 'machine', 'device', 'agent'].flatMap((plane) => texts(decision[plane])) : undefined),
  observability_stack: (decision, { telemetry }, id) => telemetry[id]?.facts.slots.value?.flatMap((slot) => texts((decision['slots'] as Values | undefined)?.[slot])),
  env_matrix: (decision, { 'secrets-stores': stores, 'flag-services': flags }, id) => (id in stores && id !== 'none' ? texts(decision['secrets']) : id in flags && id !== 'none' ? texts(decision['flags']) : undefined),
  pipeline_template: (decision, { 'ci-providers': sheets }, id) => (id in sheets ? texts(decision['provider']) : undefined),
  migration_plan: (decision, { 'migration-tools': sheets }, id) => (id in sheets ? texts(decision['tool']) : undefined),
}

/** Required ids that a tool did not choose although it chose another for the same: two rules, or a rule and a pin, pull against each other. */
export function unmetHouseRules(tool: string, { houseRules }: Profile, { decision, conflicts }: Draft<unknown>, knowledge: Knowledge): Conflict[] {
  return (houseRules?.require ?? []).flatMap(({ id }): Conflict[] => {
    const chosen = chosenBy[tool]?.(decision as Values, knowledge, id)?.filter((one) => one !== 'none')
    if (chosen === undefined || chosen.length === 0 || chosen.includes(id) || conflicts.some(({ inputs }) => inputs.some((input) => input.endsWith(`houseRules.require: ${id}`)))) return []
    const forbidden = houseRules?.forbid?.some((rule) => rule.id === id) === true
    const taken = [...new Set(chosen)].join(', ')
    return [{
      id: 'house-rule-not-met', inputs: [`houseRules.require: ${id}`, forbidden ? `houseRules.forbid: ${id}` : `chosen: ${taken}`],
      problem: forbidden ? `One house rule requires \`${id}\` and another forbids it. ${taken} was taken.` : `A house rule requires \`${id}\`, and ${taken} was taken: only one of them can do this.`,
      resolution: 'Ask whoever owns the rules which one holds, and take the other out.',
    }]
  })
}

/** A draft with what its house rules say about it first. */
export const withHouseRules = (tool: string, profile: Profile, draft: Draft<unknown>, knowledge: Knowledge): Draft<unknown> =>
  (profile.houseRules === undefined ? draft : { ...draft, conflicts: [...unmetHouseRules(tool, profile, draft, knowledge), ...draft.conflicts] })
