import { findFlips, type Probe } from '../../core/flips.ts'
import { isStaticSite, loadTestUsers } from '../../core/environments.ts'
import { hostingId, isOperatedFromUs, ownRooms } from '../../core/hosting.ts'
import { stageRank, vocabulary } from '../../core/profile.ts'
import type { Flip } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { decide, type Decision } from './decide.ts'
import type { Input } from './input.ts'
import { fewFlags, fewUsers } from './rules.ts'

/** The choices of a decision as one text: what flips compare. */
export const choices = ({ environments, secrets, flags, validation }: Decision): string => `environments ${environments.map(({ name }) => name).join(' ')}; secrets ${secrets}; flags ${flags}; validation ${validation}`

/** The parts of `outcome` that `now` does not have. */
const changed = (now: string, outcome: string): string => outcome.split('; ').filter((part) => !now.split('; ').includes(part)).join('; ')

const adds = (given: Input, regime: NonNullable<Input['compliance']>[number]): Probe<Input> => ({ change: `compliance: ${regime}`, set: { compliance: [...new Set([...(given.compliance ?? []), regime])] } })

/** Values of a count above the given one, smallest first; only the first that changes something is kept. */
const counts: readonly { readonly field: 'flagCount' | 'serverCount' | 'services' | 'developers' | 'monthlyActiveUsers' | 'budgetUsdPerMonth', readonly values: readonly number[] }[] = [
  { field: 'flagCount', values: [fewFlags + 1] }, { field: 'serverCount', values: [2] }, { field: 'services', values: [3] }, { field: 'developers', values: [3, 6, 8, 11] },
  { field: 'budgetUsdPerMonth', values: [100, 500, 2000, 5000] }, { field: 'monthlyActiveUsers', values: [loadTestUsers] },
]

/** Single input changes to try, the smallest first: a count, a wish, a habit, a regime, the next stage, the whole place. */
export function probesFor(given: Input): { readonly group: string, readonly probe: Probe<Input> }[] {
  const stage = vocabulary.stage[stageRank(given.stage ?? 'mvp') + 1]
  const one = (change: string, set: Partial<Input>) => ({ group: change, probe: { change, set } })
  return [
    ...counts.filter(({ field }) => plausible(field, given)).flatMap(({ field, values }) => values.filter((value) => value > (given[field] ?? 0)).map((value) => ({ group: field, probe: { change: `${field}: ${value}`, set: { [field]: value } } }))),
    ...(isStaticSite(given) ? [] : [one('needsTargeting: true', { needsTargeting: true })]),
    ...((given.monthlyActiveUsers ?? 0) >= fewUsers ? [one('needsExperiments: true', { needsExperiments: true })] : []),
    one('releaseCadence: scheduled', { releaseCadence: 'scheduled' }), one('opsCapacity: medium', { opsCapacity: 'medium' }),
    ...(['soc2', 'hipaa'] as const).map((regime) => ({ group: 'compliance', probe: adds(given, regime) })),
    ...(stage === undefined ? [] : [one(`stage: ${stage}`, { stage })]),
    ...(isOperatedFromUs(hostingId(given.hosting)) ? [] : [one('noUsSubprocessors: true', { noUsSubprocessors: true })]),
    // Nobody installs a consumer product in an isolated network, and a platform of somebody else is in none.
    ...(soldToCompanies.includes(given.projectType ?? 'web-app') ? [one('distributedToCustomers: true', { distributedToCustomers: true })] : []),
    ...(ownRooms.includes(hostingId(given.hosting)) ? [one('airGapped: true', { airGapped: true })] : []),
  ]
}

const most = 4
const soldToCompanies: readonly string[] = ['b2b-saas', 'self-hosted-product']

/** A budget or a crowd is no small change to a project that named none. */
function plausible(field: (typeof counts)[number]['field'], given: Input): boolean {
  if (field === 'budgetUsdPerMonth') return given.budgetUsdPerMonth != null
  if (field === 'flagCount' && isStaticSite(given)) return false
  return field !== 'monthlyActiveUsers' || (given.monthlyActiveUsers ?? 0) >= loadTestUsers / 10
}

/** Smallest input changes that change the decision, found by deciding again: one for each field, none that repeats another's outcome, at most four. */
export function flipsOf(given: Input, knowledge: Knowledge, asOf: string): Flip[] {
  const now = choices(decide(given, knowledge, asOf).decision)
  const found: { readonly group: string, readonly flip: Flip }[] = []
  for (const { group, probe } of probesFor(given)) {
    if (found.length === most) break
    if (found.some((other) => other.group === group)) continue
    const [flip] = findFlips(given, [probe], (input) => decide(input, knowledge, asOf).decision, choices)
    if (flip === undefined) continue
    const outcome = changed(now, flip.outcome)
    if (!found.some((other) => other.flip.outcome === outcome)) found.push({ group, flip: { change: flip.change, outcome } })
  }
  return found.map(({ flip }) => flip)
}
