import type { Cost, CostLine } from '../../core/result.ts'
import { quote, type Usage } from '../../core/price.ts'
import { costLine, type Citations } from '../../knowledge/cite.ts'
import type { Knowledge, SheetOf } from '../../knowledge/collections.ts'
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

interface Bought { readonly sheet: SheetOf<'secrets-stores'> | SheetOf<'flag-services'>, readonly item: string, readonly usage: Usage, readonly needs: readonly string[] }

const meters = (sheet: Bought['sheet']): readonly string[] => (sheet.price?.plans ?? []).flatMap((plan) => [...plan.meters.map(({ meter }) => meter), ...Object.keys(plan.limits)])

/** What is multiplied by what, in the words of the input, for the meters of this price. */
function counted(sheet: Bought['sheet'], { decision, input }: Decided): string {
  const environments = deployedNames(decision.environments).length
  const services = Math.max(1, input.services ?? 1)
  const used = meters(sheet)
  const secrets = decision.variables.filter(({ secret }) => secret).length
  return [
    ...(used.includes('secrets') ? [`${secrets} secrets × ${environments} environments`] : []),
    ...(used.includes('secrets') && used.includes('requests') ? [`${flagServers(input, environments)} servers read hourly`] : used.includes('requests') ? [`${flagServers(input, environments)} servers`] : []),
    ...(used.includes('identities') ? [`${input.developers ?? 1} people + ${services} services × ${environments} environments`] : []),
    ...(used.includes('serviceConnections') ? [`${services} services × ${environments} environments`] : []),
    ...(used.includes('seats') ? [`${input.developers ?? 1} people`] : []),
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

/** Prices of what has a vendor: the secrets store, what stands behind it, and the flag service. */
export function costOf(decided: Decided, knowledge: Knowledge, asOf: string, citations: Citations): Cost {
  const lines: CostLine[] = bought(decided, knowledge).map(({ sheet, item, usage, needs }) => costLine(sheet, item, usage, needs, asOf, citations))
  return totalCost(lines)
}

/** List price of everything bought, unknown parts as nothing: for comparing with a budget, never for printing. US dollars a month. */
export const roughUsd = (decided: Decided, knowledge: Knowledge): number =>
  Math.round(bought(decided, knowledge).reduce((sum, { sheet, usage, needs }) => { const found = sheet.price === null ? undefined : quote(sheet.price, usage, needs); return sum + (found?.usdPerMonth ?? found?.plan.usdPerMonth ?? 0) }, 0) * 100) / 100
