import { cheapestPlan, type Usage } from '../../core/price.ts'
import { isPrintable } from '../../knowledge/sheet.ts'
import { forCompanies } from './burden.ts'
import { manyUsers, millions, points } from './points.ts'
import { alreadyThere, coveredByCloud } from './reuse.ts'
import { runsServer, selfRun, type Provider } from './rules.ts'
import type { Situation } from './situation.ts'

/** List price a month up to which a choice loses this many points. */
const priceSteps = [[0, 0], [50, -1], [300, -2], [1000, -4], [3000, -6], [10_000, -8], [30_000, -10], [Infinity, -14]] as const

/** Plan features that must be in the price. */
export const neededFeatures = ({ needs }: Situation): string[] => [...(needs.organizations ? ['organizations'] : []), ...(needs.sso ? ['sso'] : []), ...(needs.scim ? ['scim'] : []), ...(needs.baa ? ['baa'] : [])]

/** The sheet with only the plans that fit how it would be run: self-hosted plans when the team runs it, the others when the vendor does. */
export function asRun(provider: Provider, situation: Situation): Provider {
  if (provider.price === null || provider.facts.hosting.value !== 'either') return provider
  const own = runsServer(provider, situation)
  const plans = provider.price.plans.filter((plan) => plan.features.includes('self-host') === own)
  return { ...provider, price: plans.length === 0 ? null : { ...provider.price, plans } }
}

/** Features asked of the price list: a plan one runs oneself needs no vendor's agreement, and what the product lacks is a filter's matter, not the price's. */
export const featuresFor = (provider: Provider, situation: Situation): string[] =>
  neededFeatures(situation).filter((feature) => !(feature === 'organizations' && provider.facts.organizations.value !== true) && !(selfRun(provider, situation) && (feature === 'baa' || (feature === 'scim' && provider.facts.scim.value !== true) || provider.facts.hosting.value === 'pattern')))

/** List price a month of the cheapest plan that fits; undefined when none is listed. `confirmed` is false when no vendor page backs it: it then ranks, and is never printed. */
export function listPrice(provider: Provider, situation: Situation, usage: Usage): { readonly usd: number, readonly confirmed: boolean } | undefined {
  const sheet = asRun(provider, situation)
  const found = sheet.price === null ? undefined : cheapestPlan(sheet.price, usage, featuresFor(provider, situation))
  const source = sheet.sources[found?.plan.source ?? '']
  return found === undefined || found.usdPerMonth === null || source === undefined ? undefined : { usd: found.usdPerMonth, confirmed: isPrintable(source) }
}

const pointsFor = (usd: number): number => priceSteps.find(([upTo]) => usd <= upTo)?.[1] ?? -14

/** Points of the dearest list price among services that pass the filters, at one size: what a quote for the same needs is held to. Undefined when none lists a price. */
function dearest(services: readonly Provider[], situation: Situation, usage: Usage): number | undefined {
  const listed = services.flatMap((provider) => listPrice(provider, situation, usage) ?? [])
  return listed.length === 0 ? undefined : pointsFor(Math.max(...listed.map(({ usd }) => usd)))
}

/** What services charge for these needs, now and at ten times the size, in points. */
export interface Market { readonly now: number | undefined, readonly later: number | undefined }

/** The market among the providers that passed the filters; servers and libraries have no part in it. */
export function marketOf(survivors: readonly Provider[], situation: Situation): Market {
  const services = survivors.filter((provider) => !selfRun(provider, situation))
  return { now: dearest(services, situation, situation.usage), later: dearest(services, situation, later(situation.usage)) }
}

/** Points for the price at one size. A need or size that no listed plan covers means a quote, which is never cheaper than what others list; who is a customer already knows it. */
export function priced(provider: Provider, situation: Situation, usage: Usage, listed: number | undefined): number {
  const price = listPrice(provider, situation, usage)
  if (price !== undefined) return pointsFor(price.usd)
  if ((situation.usage.mau ?? 0) >= millions) return points.beyondListForMillions
  // A service of the cloud that is there is metered on the same bill: its price is public, only our sheet has no figure.
  if (coveredByCloud(provider, situation)) return points.quoteAtBest
  return alreadyThere(provider, situation) ? 0 : Math.min(listed ?? points.quote, points.quoteAtBest) + points.askFirst
}

/** Ten times today's users and connections: a choice that becomes dear or unpriced soon loses half of what it will. */
export const later = (usage: Usage): Usage => Object.fromEntries(Object.entries(usage).map(([meter, count]) => [meter, count * 10]))

/** Points lost because no vendor's page backs the price: more where a wrong one is dear. */
export function unbacked(provider: Provider, situation: Situation): number {
  // A way of working has no price; what stands in front of a staff tool comes with the platform or the directory.
  if (provider.facts.hosting.value === 'pattern' || (situation.main === 'workforce' && provider.facts.hosting.value === 'cloud-service')) return 0
  const price = listPrice(provider, situation, situation.usage)
  // A price that only a quote tells cannot be held against a budget.
  if (price === undefined) return typeof situation.input.budgetUsdPerMonth === 'number' && !coveredByCloud(provider, situation) ? points.noPriceForBudget : 0
  if (price.confirmed) return 0
  const users = situation.usage.mau ?? 0
  return points.unconfirmedPrice + (forCompanies(situation) ? points.unconfirmedForCompanies : 0) + (users >= manyUsers ? points.unconfirmedAtScale : 0) + (users >= millions ? points.unconfirmedForMillions : 0)
}
