import { isCustomerHosted } from '../../core/environments.ts'
import type { Cost, CostLine } from '../../core/result.ts'
import { quote, type Usage } from '../../core/price.ts'
import { costLine, type Citations } from '../../knowledge/cite.ts'
import type { Knowledge, SheetOf } from '../../knowledge/collections.ts'
import { ownMachines } from '../own-machines.ts'
import { totalCost } from '../tool.ts'
import { deployedNames } from './environments.ts'
import { flagNeeds, flagServers, flagUsage } from './flags.ts'
import type { Outcome } from './decide.ts'
import { eventsPerUser, readsPerSecret } from './rules.ts'
import { storeNeeds, storeUsage } from './secrets.ts'

const isBilled = (hosting: string | null): boolean => hosting === 'hosted' || hosting === 'cloud-service'
type Decided = Pick<Outcome, 'decision' | 'input'>

/** What the secrets store counts. Every deployed environment holds its own values, and each server reads all of them once an hour. */
export function secretsUsage({ decision, input }: Decided): Usage {
  const deployed = deployedNames(decision.environments).length
  const names = decision.variables.filter(({ secret }) => secret).length
  return { ...storeUsage(input, deployed), secrets: names * deployed, requests: names * flagServers(input, deployed) * readsPerSecret }
}

/** `1 person`, `2 environments`. */
const counts = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

interface Bought { readonly sheet: SheetOf<'secrets-stores'> | SheetOf<'flag-services'>, readonly item: string, readonly usage: Usage, readonly needs: readonly string[] }

const meters = (sheet: Bought['sheet']): readonly string[] => (sheet.price?.plans ?? []).flatMap((plan) => [...plan.meters.map(({ meter }) => meter), ...Object.keys(plan.limits)])

/** Who reads: as many servers as the input counts, else one of each service in each environment, which the formula may name already. */
const readers = (input: Decided['input'], environments: number, named: boolean): string => {
  const servers = flagServers(input, environments)
  const services = Math.max(1, input.services ?? 1)
  return servers > services * environments ? counts(servers, 'server') : `${counts(services, 'service')}${named ? '' : ` × ${counts(environments, 'environment')}`}`
}

/** What is multiplied by what, in the words of the input, for the meters of this price. */
function counted(sheet: Bought['sheet'], { decision, input }: Decided): string {
  const environments = deployedNames(decision.environments).length
  const services = Math.max(1, input.services ?? 1)
  const used = meters(sheet)
  const secrets = decision.variables.filter(({ secret }) => secret).length
  return [
    ...(used.includes('secrets') ? [`${counts(secrets, 'secret')} × ${counts(environments, 'environment')}`] : []),
    ...(used.includes('secrets') && used.includes('requests') ? [`read hourly by ${readers(input, environments, true)}`] : used.includes('requests') ? [`${readers(input, environments, false)}; flags are decided there, not on devices`] : []),
    ...(used.includes('identities') ? [`${counts(input.developers ?? 1, 'person', 'people')} + ${counts(services, 'service')} × ${counts(environments, 'environment')}`] : []),
    ...(used.includes('serviceConnections') ? [`${counts(services, 'service')} × ${counts(environments, 'environment')}`] : []),
    ...(used.includes('seats') ? [counts(input.developers ?? 1, 'person', 'people')] : []),
    ...(used.includes('events') && input.needsExperiments === true ? [`${input.monthlyActiveUsers ?? 0} users × ${eventsPerUser} events`] : []),
  ].join(', ')
}

function bought(decided: Decided, knowledge: Knowledge): Bought[] {
  const { decision, input } = decided
  const named = (slot: string, sheet: Bought['sheet']): string => { const what = counted(sheet, decided); return `${slot}: ${sheet.name}${what === '' ? '' : ` (${what})`}` }
  const stores = [decision.secrets, decision.secretsBackend].flatMap((id) => (id === null ? [] : knowledge['secrets-stores'][id] ?? []))
  const flags = knowledge['flag-services'][decision.flags]
  const deployed = deployedNames(decision.environments).length
  return [
    ...stores.map((sheet) => ({ sheet, item: named('Secrets', sheet), usage: secretsUsage(decided), needs: storeNeeds(sheet.facts.hosting.value, input) })),
    ...(flags === undefined ? [] : [{ sheet: flags, item: named('Flags', flags), usage: flagUsage(flags, input, deployed), needs: flagNeeds(flags, input) }]),
  ].filter(({ sheet }) => isBilled(sheet.facts.hosting.value))
}

/** What the team runs for this and did not run before: no price, and not nothing either. */
function ownLines({ decision, secrets, flags, input }: Outcome, knowledge: Knowledge, asOf: string): CostLine[] {
  const stores = [decision.secrets, decision.secretsBackend].flatMap((id) => (id === null || secrets.rule === 'already-run' ? [] : knowledge['secrets-stores'][id] ?? []))
  const service = flags.rule === 'already-run' ? undefined : knowledge['flag-services'][decision.flags]
  const own = [...stores, ...(service === undefined ? [] : [service])].filter(({ facts }) => facts.hosting.value === 'self-hosted' && (facts.opsNeeded.value === 'medium' || facts.opsNeeded.value === 'high'))
  return isCustomerHosted(input) ? [] : ownMachines(own, asOf)
}

/** Prices of what has a vendor: the secrets store, what stands behind it, and the flag service. */
export function costOf(decided: Outcome, knowledge: Knowledge, asOf: string, citations: Citations): Cost {
  const lines: CostLine[] = bought(decided, knowledge).map(({ sheet, item, usage, needs }) => {
    const line = costLine(sheet, item, usage, needs, asOf, citations)
    // No name is known yet: zero secrets cost nothing, and that says nothing.
    return usage.secrets === 0 && line.usdPerMonth === 0 && item.startsWith('Secrets') && sheet.price?.plans.some((plan) => plan.meters.some(({ meter }) => meter === 'secrets')) === true ? { ...line, usdPerMonth: null, formula: `${sheet.price.model} (no secret is named yet)` } : line
  })
  return totalCost([...lines, ...ownLines(decided, knowledge, asOf)])
}

/** List price of everything bought, unknown parts as nothing: for comparing with a budget, never for printing. US dollars a month. */
export const roughUsd = (decided: Decided, knowledge: Knowledge): number =>
  Math.round(bought(decided, knowledge).reduce((sum, { sheet, usage, needs }) => { const found = sheet.price === null ? undefined : quote(sheet.price, usage, needs); return sum + (found?.usdPerMonth ?? found?.plan.usdPerMonth ?? 0) }, 0) * 100) / 100
