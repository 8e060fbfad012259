import { isHostedFromUs } from '../../core/hosting.ts'
import { vocabulary } from '../../core/profile.ts'
import type { Conflict } from '../../core/result.ts'
import { beyondSharedHosting } from '../../core/shared-hosting.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { channels, hasRoster } from './alerting.ts'
import { conflictWords, type Found } from './conflict-words.ts'
import { dearest, seatGaps } from './cost.ts'
import { productsIn, type Outcome } from './decide.ts'
import { logs, metrics } from './preferences.ts'
import { filterFor, wantsEurope, type FilterId } from './rules.ts'
import { manyServices } from './tracing.ts'
import { attesting, onCloud, type View } from './view.ts'

/** Filters that say "this tool may not hold this data", and the input that says so. */
const forbids: Readonly<Partial<Record<FilterId, (view: View) => string>>> = {
  'air-gapped': () => 'airGapped: true', 'self-host-required': () => 'selfHost: required', 'us-operator': () => 'noUsSubprocessors: true', 'us-subprocessor-unknown': () => 'noUsSubprocessors: true',
  'no-baa': ({ input }) => (input.compliance?.includes('hipaa') ? 'compliance: hipaa' : 'dataClasses: phi'), 'baa-unknown': ({ input }) => (input.compliance?.includes('hipaa') ? 'compliance: hipaa' : 'dataClasses: phi'),
  'outside-region': ({ input }) => `dataResidency: ${(input.dataResidency ?? []).join(', ')}`, 'region-unknown': ({ input }) => `dataResidency: ${(input.dataResidency ?? []).join(', ')}`,
  'outside-authorized-boundary': ({ input }) => `compliance: ${(input.compliance ?? []).filter((regime) => attesting.includes(regime)).join(', ')}`,
}

/** Tools in the company that are ending, that a rule forbids, or that a house rule sets aside. */
function aboutExisting(view: View, outcome: Outcome, knowledge: Knowledge): Found[] {
  const taken = [...outcome.taken]
  const all = view.existing.flatMap((id): Found[] => {
    const product = knowledge.telemetry[id]
    if (product === undefined || view.place === 'local') return []
    if (product.lifecycle.status !== 'active') return [{ id: 'existing-tool-ending', inputs: [`existing: ${id}`], about: id }]
    if (view.place === 'delivered') return []
    const rule = filterFor(product, view)
    if (rule === 'house-forbidden') return [{ id: 'house-rule-against-existing', inputs: [`existing: ${id}`, `houseRules.forbid: ${id}`], about: id }]
    const input = rule === undefined ? undefined : forbids[rule]
    // A room that people read holds no data of users when alerts name none.
    if (rule !== undefined && input !== undefined && channels.includes(id)) return []
    if (rule !== undefined && input !== undefined) return [{ id: 'existing-tool-against-rule', inputs: [`existing: ${id}`, input(view)], about: id, rule }]
    const required = (view.input.houseRules?.require ?? []).find((house) => house.id !== id && taken.some(([other, slots]) => other === house.id && slots.some((slot) => product.facts.slots.value?.includes(slot))))
    return required === undefined ? [] : [{ id: 'house-rule-against-existing', inputs: [`existing: ${id}`, `houseRules.require: ${required.id}`], about: id }]
  })
  // One rule against several tools is one thing to settle.
  return all.flatMap((entry): Found[] => {
    const alike = all.filter((other) => entry.id === 'existing-tool-against-rule' && other.id === entry.id && other.rule === entry.rule)
    if (alike.length < 2) return [entry]
    return alike[0] === entry ? [{ ...entry, inputs: [...alike.map(({ inputs }) => inputs[0] ?? ''), entry.inputs[1] ?? ''], about: alike.map(({ about }) => about).join(' ') }] : []
  })
}

/** Contradictions of the input with itself or with the outcome, as ids; the order is that of the report. */
export function findConflicts(view: View, outcome: Outcome, knowledge: Knowledge): Found[] {
  const { input, place } = view
  const { slots, sloTargets, traceStore } = outcome.decision
  const budget = input.budgetUsdPerMonth ?? null
  const products = [...outcome.taken.keys()]
  const hostedByUs = products.filter((id) => {
    const product = knowledge.telemetry[id]
    return (product?.facts.hosting.value === 'hosted' || product?.facts.hosting.value === 'either') && product.facts.operatorCountry.value === 'us' && !channels.includes(id)
  })
  const found: Found[] = []
  const when = (is: boolean, entry: Found) => { if (is) found.push(entry) }
  const onUsPlatform = isHostedFromUs(input.hosting)
  const stage = `stage: ${view.stage}`
  const served = place === 'open' || place === 'own'
  const assumed = (field: string) => view.assumptions.some((entry) => entry.field === field)
  when(input.airGapped === true && onUsPlatform, { id: 'air-gap-against-hosting', inputs: ['airGapped: true', `hosting: ${view.hosting}`] })
  const beyond = place === 'local' ? [] : beyondSharedHosting(input)
  when(beyond.length > 0, { id: 'beyond-shared-hosting', inputs: [`hosting: ${view.hosting}`, ...beyond] })
  when(view.attested && place === 'open' && onUsPlatform && !onCloud(view), { id: 'boundary-against-hosting', inputs: [`compliance: ${(input.compliance ?? []).filter((regime) => attesting.includes(regime)).join(', ')}`, `hosting: ${view.hosting}`] })
  // A pin that only costs too much is told once, with the budget.
  for (const { id, slot, rule } of outcome.forced.filter((entry) => entry.rule !== 'over-budget')) found.push({ id: 'pin-breaks-filter', inputs: [`decisions.${slot}: ${id}`], about: id, rule })
  when(input.decisions?.metrics === 'posthog', { id: 'analytics-as-metrics', inputs: ['decisions.metrics: posthog'] })
  found.push(...aboutExisting(view, outcome, knowledge))
  const early = view.depth <= 1 && place === 'open' ? ([['logs', logs(view)], ['metrics', metrics(view, 'none')]] as const).filter(([slot, chain]) => {
    const pin = input.decisions?.[slot]
    return pin !== undefined && pin !== 'none' && pin !== 'posthog' && !view.existing.includes(pin) && !chain.some(({ id }) => id === pin)
  }) : []
  when(early.length > 0, { id: 'pin-above-stage', inputs: [stage, ...early.map(([slot]) => `decisions.${slot}: ${input.decisions?.[slot]}`)] })
  when(view.small && view.depth < vocabulary.stage.indexOf(view.stage) && view.depth === 2, { id: 'stage-above-scale', inputs: [stage, ...view.smallIn.map((field) => (field === 'monthlyActiveUsers' && input.requestsPerSecond !== undefined ? `requestsPerSecond: ${input.requestsPerSecond}` : `${field}: ${String(input[field as keyof typeof input])}`))] })
  when(view.depth <= 2 && outcome.tracing.some((id) => id !== 'error-tool'), { id: 'stage-against-tracing', inputs: [stage, ...(view.services >= manyServices ? [`services: ${view.services}`] : []), ...(view.agents ? ['agents or model calls: yes'] : [])] })
  when(slots.tracing !== 'none' && traceStore === 'none' && place !== 'delivered', { id: 'traces-without-store', inputs: [`services: ${view.services}`, `opsCapacity: ${input.opsCapacity}`] })
  when(view.health && place === 'open' && !onCloud(view) && budget !== null && budget < 100, { id: 'health-data-on-free-plan', inputs: ['compliance: hipaa', `budgetUsdPerMonth: ${budget}`] })
  when(view.health && place === 'open' && !onCloud(view) && productsIn(slots.logs).some((id) => id === 'platform' || id === 'stdout'), { id: 'platform-agreement', inputs: ['compliance: hipaa', `hosting: ${view.hosting}`] })
  for (const id of view.health ? products.filter((one) => knowledge.telemetry[one]?.facts.baa.value === 'higher-plan') : []) found.push({ id: 'agreement-needs-plan', inputs: ['compliance: hipaa', `product: ${id}`], about: id })
  when(wantsEurope(view) && input.noUsSubprocessors === undefined && hostedByUs.length > 0, { id: 'region-against-operator', inputs: [`dataResidency: ${(input.dataResidency ?? []).join(', ')}`, `operator of ${hostedByUs.join(', ')}: us`] })
  when(input.noUsSubprocessors === true && onUsPlatform, { id: 'us-hosting', inputs: ['noUsSubprocessors: true', `hosting: ${input.hosting}`] })
  when(budget === 0 && (hasRoster(view) || (input.onCallEngineers ?? 0) > 0), { id: 'no-budget-with-paging', inputs: ['budgetUsdPerMonth: 0', `onCallEngineers: ${view.volumes.onCall}`] })
  when(view.depth >= 3 && served && input.onCallEngineers === 1, { id: 'paging-without-roster', inputs: ['onCallEngineers: 1'] })
  when(view.depth >= 4 && served && input.onCallEngineers === 2, { id: 'thin-roster', inputs: ['onCallEngineers: 2', stage] })
  when(view.depth >= 4 && served && (input.developers === 1 || (input.onCallEngineers ?? 2) < 2), { id: 'objective-above-people', inputs: [stage, input.onCallEngineers === undefined ? `developers: ${input.developers}` : `onCallEngineers: ${input.onCallEngineers}`], about: String(sloTargets?.availabilityPercent ?? '') })
  when(outcome.reasons.slo === 'low-traffic' && (input.requestsPerSecond !== undefined || !assumed('monthlyActiveUsers')), { id: 'burn-rate-without-traffic', inputs: [stage, input.requestsPerSecond === undefined ? `monthlyActiveUsers: ${input.monthlyActiveUsers}` : `requestsPerSecond: ${input.requestsPerSecond}`] })
  when((input.devices ?? 0) >= 1000 && productsIn(slots.metrics).some((id) => knowledge.telemetry[id]?.facts.prometheusRules.value === true), { id: 'per-device-labels', inputs: [`devices: ${input.devices}`, `metrics: ${productsIn(slots.metrics).join(', ')}`] })
  for (const { id, plan, seats } of place === 'open' && !assumed('developers') ? seatGaps(outcome.taken, view, knowledge) : []) found.push({ id: 'free-plan-seats', inputs: [`developers: ${input.developers}`, `${id} ${plan}: ${seats === 1 ? '1 user' : `${seats} users`}`], about: id })
  when(budget !== null && outcome.roughUsd > budget, { id: 'over-budget', inputs: [`budgetUsdPerMonth: ${budget}`], about: dearest(outcome.taken, view, knowledge) ?? '' })
  const unrun = place === 'open' && view.depth >= 3 && outcome.reasons.logs === 'last-resort' && outcome.removed.some(({ slot, rule }) => slot === 'logs' && rule === 'needs-operations')
  when(unrun, { id: 'self-host-without-operations', inputs: [...(input.noUsSubprocessors === true ? ['noUsSubprocessors: true'] : (input.dataResidency ?? []).length > 0 ? [`dataResidency: ${(input.dataResidency ?? []).join(', ')}`] : []), `opsCapacity: ${input.opsCapacity}`] })
  when(place === 'own' && (input.opsCapacity === 'none' || input.opsCapacity === 'low'), { id: 'self-host-without-operations', inputs: [input.airGapped === true ? 'airGapped: true' : 'selfHost: required', `opsCapacity: ${input.opsCapacity}`], about: products.filter((id) => knowledge.telemetry[id]?.facts.hosting.value === 'self-hosted').join(' ') })
  const kept = (input.compliance ?? []).filter((id) => (knowledge.compliance[id]?.facts.logRetentionDays.value ?? null) !== null)
  when(kept.length > 0 && served && productsIn(slots.logs).some((id) => ['platform', 'stdout', 'workers-logs'].includes(id)), { id: 'retention-above-platform', inputs: [`compliance: ${kept.join(', ')}`, `hosting: ${view.hosting}`], about: kept.join(' ') })
  return found
}

/** Conflicts in words. */
export const describeConflicts = (found: readonly Found[], view: View, knowledge: Knowledge): Conflict[] =>
  found.map((entry) => ({ id: entry.id, inputs: entry.inputs, ...conflictWords[entry.id](entry, view, knowledge) }))
