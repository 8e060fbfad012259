import { hostingId } from '../../core/hosting.ts'
import { blocks, bullets, code, plain } from '../../core/markdown.ts'
import { pinReason } from '../../core/pin-reason.ts'
import type { Decisions, Profile } from '../../core/profile.ts'
import type { Draft, Section } from '../../tools/tool.ts'
import { bare, costText, sentence, sourcesText } from '../text.ts'

/** One decision that is worth a record of its own. `choice` is what a later run compares: another choice is another record. */
export interface Decision { readonly id: string, readonly title: string, readonly choice: string, readonly parts: readonly Section[] }

type Values = Readonly<Record<string, unknown>>

type Slot = Exclude<keyof Decisions, 'reason'>

interface Recorded { readonly tool: string, readonly title: string, readonly choice: (decision: Values) => readonly (string | undefined)[], readonly reads: readonly (keyof Profile)[], readonly pins: readonly Slot[], readonly sections: readonly string[] }

const ids = (value: unknown): string | undefined => (Array.isArray(value) ? value.filter((id) => typeof id === 'string').join(' and ') || undefined : typeof value === 'string' ? value : undefined)
const slots = (decision: Values): Values => (decision['slots'] ?? {}) as Values

/** What is recorded, in the order it is numbered the first time. Depth of a document changes often and is no decision. */
const recorded: Readonly<Record<string, Recorded>> = {
  'sign-in': { tool: 'select_auth', title: 'Sign-in', choice: (decision) => [ids(decision['primary']), ...['staff', 'machine', 'device', 'agent'].map((plane) => ids(decision[plane]))], reads: ['projectType', 'stage', 'signInBy', 'monthlyActiveUsers', 'organizations', 'needsSso', 'needsScim', 'compliance', 'dataResidency', 'selfHost', 'budgetUsdPerMonth', 'hosting'], pins: ['auth'], sections: ['sign-in'] },
  observability: { tool: 'observability_stack', title: 'Observability', choice: (decision) => ['logs', 'errors', 'metrics', 'tracing', 'alerting'].map((slot) => ids(slots(decision)[slot]) && `${slot} ${ids(slots(decision)[slot])}`), reads: ['stage', 'services', 'monthlyActiveUsers', 'compliance', 'opsCapacity', 'budgetUsdPerMonth', 'hosting', 'existing'], pins: ['logs', 'errors', 'metrics', 'alerting'], sections: ['stack'] },
  secrets: { tool: 'env_matrix', title: 'Secrets and flags', choice: (decision) => ['secrets', 'flags', 'validation'].map((slot) => ids(decision[slot]) && `${slot} ${ids(decision[slot])}`), reads: ['stage', 'developers', 'hosting', 'compliance', 'selfHost'], pins: ['secrets', 'flags', 'validation'], sections: ['secrets', 'feature-flags'] },
  pipeline: { tool: 'pipeline_template', title: 'Pipeline', choice: (decision) => [ids(decision['provider']), ids(decision['branchStrategy'])], reads: ['stage', 'developers', 'ciProvider', 'releaseCadence', 'repositoryVisibility', 'hosting', 'monorepo'], pins: ['ciProvider', 'branchStrategy'], sections: ['pipeline', 'branches'] },
  migrations: { tool: 'migration_plan', title: 'Schema migrations', choice: (decision) => [ids(decision['tool']), ids(decision['database'])], reads: ['stage', 'stack', 'migrationTool', 'hosting'], pins: ['migrationTool'], sections: ['migration-tool'] },
}

/** Decisions that have records, in that order. */
export const recordIds: readonly string[] = Object.keys(recorded)

const shown = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(', ') : String(value))

function context(profile: Profile, fields: readonly (keyof Profile)[], pins: readonly Slot[]): string {
  const facts = fields.flatMap((field) => (profile[field] === undefined || profile[field] === null || (Array.isArray(profile[field]) && (profile[field] as readonly unknown[]).length === 0) ? [] : [`${code(field)}: ${plain(field === 'hosting' ? hostingId(profile.hosting) : shown(profile[field]))}`]))
  const pinned = pins.flatMap((slot) => {
    const id = profile.decisions?.[slot]
    const why = pinReason(profile.decisions, slot)
    return id === undefined ? [] : [`${code(`decisions.${slot}`)}: ${plain(id)}, pinned by a person${why === undefined ? '' : ` (${plain(why)})`}`]
  })
  return bullets([...facts, ...pinned]) || 'Nothing was stated; the defaults of an early project hold.'
}

/** What was chosen, what comes close, and what was ruled out, with those that fell for the same reason on one line. What is chosen for one part is not ruled out for another. */
function options(draft: Draft<unknown>, choice: string): string {
  const chosen = new Set(choice.split(/[, ]+/))
  const reasons = new Map<string, string[]>()
  for (const { id, reason } of draft.rejected) if (!chosen.has(id)) reasons.set(bare(reason), [...(reasons.get(bare(reason)) ?? []), code(id)])
  return bullets([
    `**${plain(choice)}**, chosen.`,
    ...draft.alternatives.map(({ id, when }) => `${code(id)}: ${sentence(plain(when))}`),
    ...[...reasons].map(([reason, ids]) => `${ids.join(', ')}: ruled out, ${plain(reason)}.`),
  ])
}

/** The decisions of one run that deserve a record, with what a reader needs to judge them a year later. A decision for nothing is none. */
export function decisionsOf(drafts: Readonly<Record<string, Draft<unknown>>>, profile: Profile): Decision[] {
  return Object.entries(recorded).flatMap(([id, { tool, title, choice: choiceOf, reads, pins, sections }]) => {
    const draft = drafts[tool]
    if (draft === undefined) return []
    const chosen = choiceOf(draft.decision as Values).filter((one): one is string => one !== undefined && !/(^| )none$/.test(one))
    if (chosen.length === 0) return []
    const choice = chosen.join(', ')
    return [{
      id, title, choice, parts: [
        { id: 'context', title: 'Context', body: blocks(context(profile, reads, pins), draft.conflicts.length > 0 && blocks('What pulled against each other:', bullets(draft.conflicts.map(({ inputs, problem, resolution }) => `${plain(inputs.join(' and '))}: ${problem} ${resolution}`)))) },
        { id: 'options', title: 'Options', body: options(draft, choice) },
        { id: 'decision', title: 'Decision', body: blocks(...sections.map((section) => draft.sections.find((one) => one.id === section)?.body.replace(/```mermaid[\s\S]*?```\n*/g, '').trim())) || `${plain(choice)}.` },
        { id: 'consequences', title: 'Consequences', body: blocks(costText(draft.cost), draft.skipped.length > 0 && blocks('Left out for now:', bullets(draft.skipped.map(({ item, addWhen }) => `${plain(item)}: ${plain(bare(addWhen))}.`)))) || 'It costs nothing by itself, and nothing was left out.' },
        { id: 'revisit', title: 'Decide again when', body: bullets(draft.flips.map(({ change, outcome }) => `${code(change)}: the answer becomes ${plain(outcome)}.`)) },
        { id: 'sources', title: 'Sources', body: sourcesText(draft.sources) },
      ].filter(({ body }) => body !== ''),
    }]
  })
}
