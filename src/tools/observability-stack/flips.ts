import { findFlips, type Probe } from '../../core/flips.ts'
import { isOperatedFromUs } from '../../core/hosting.ts'
import { vocabulary } from '../../core/profile.ts'
import type { Flip } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { growthRoster } from './alerting.ts'
import { decide, type Outcome } from './decide.ts'
import type { Input } from './input.ts'
import { viewOf, type View } from './view.ts'

const oneLine = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(' + '))

/** The slots as text, for comparing two decisions. */
export const slotsText = (outcome: Outcome): string => Object.entries(outcome.decision.slots).map(([slot, value]) => `${slot}: ${oneLine(value)}`).join('; ')

export const run = (knowledge: Knowledge) => (input: Input): Outcome => decide(viewOf(input, knowledge), knowledge)

/** Whether records of patients in the United States could come into this project: nothing said so far excludes them. */
export function couldBeHealth({ projectType, dataClasses, dataResidency, signInBy }: Input): boolean {
  const elsewhere = dataResidency !== undefined && dataResidency.length > 0 && !dataResidency.includes('us')
  const other = projectType !== undefined && ['game', 'content-site', 'library', 'cli', 'iot', 'marketplace'].includes(projectType)
  return !elsewhere && !other && (dataClasses === undefined || dataClasses.includes('phi')) && signInBy?.every((who) => who === 'nobody') !== true
}

/** Single changes worth trying, the most telling first: what a filter just removed, then the next step of team, services and stage, then rules that could come. */
export function probes(input: Input, view: View, outcome: Outcome): Probe<Input>[] {
  const removedFor = (...rules: readonly string[]) => outcome.removed.some(({ rule }) => rules.includes(rule))
  const next = vocabulary.stage[vocabulary.stage.indexOf(view.stage) + 1]
  const roster = view.depth === 3 ? growthRoster : 2
  // A change that nobody in this place would make teaches nothing.
  const regime = couldBeHealth(input)
  const list: (Probe<Input> | false)[] = [
    removedFor('needs-operations') && { change: 'opsCapacity: medium', set: { opsCapacity: 'medium' } },
    removedFor('over-budget', 'price-unknown') && { change: 'budgetUsdPerMonth: none stated', set: { budgetUsdPerMonth: null } },
    input.noUsSubprocessors === true && { change: 'noUsSubprocessors: false', set: { noUsSubprocessors: false } },
    input.selfHost === 'required' && { change: 'selfHost: no', set: { selfHost: 'no' } },
    view.services < 3 && !view.scheduled && !view.staticFiles && { change: 'services: 3', set: { services: 3 } },
    view.volumes.onCall < roster && { change: `onCallEngineers: ${roster}`, set: { onCallEngineers: roster } },
    next !== undefined && { change: `stage: ${next}`, set: { stage: next } },
    !view.health && regime && { change: 'compliance: hipaa', set: { compliance: [...(input.compliance ?? []), 'hipaa'] } },
    input.noUsSubprocessors !== true && !isOperatedFromUs(view.hosting) && { change: 'noUsSubprocessors: true', set: { noUsSubprocessors: true } },
    input.selfHost !== 'required' && view.kind !== 'serverless' && view.kind !== 'paas' && view.kind !== 'shared' && { change: 'selfHost: required', set: { selfHost: 'required' } },
    !view.agents && !view.staticFiles && { change: 'usesLlm: true', set: { usesLlm: true } },
    view.input.budgetUsdPerMonth !== 0 && view.depth <= 3 && { change: 'budgetUsdPerMonth: 0', set: { budgetUsdPerMonth: 0 } },
  ]
  return list.filter((probe) => probe !== false)
}

/** Input changes that alter a slot; each outcome names only the slots that change. At most `limit`. */
export function flipsOf(input: Input, view: View, outcome: Outcome, knowledge: Knowledge, limit: number): Flip[] {
  const now = new Set(slotsText(outcome).split('; '))
  return findFlips(input, probes(input, view, outcome), run(knowledge), slotsText)
    .map(({ change, outcome: changed }) => ({ change, outcome: changed.split('; ').filter((part) => !now.has(part)).join('; ') }))
    .slice(0, limit)
}
