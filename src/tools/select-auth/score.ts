import { cheapestPlan, type Usage } from '../../core/price.ts'
import { isPrintable } from '../../knowledge/sheet.ts'
import { audited, burden, forCompanies, lateStage } from './burden.ts'
import { manyUsers, millions, points } from './points.ts'
import { alreadyThere, directoryItself, knownDirectory } from './reuse.ts'
import { runsServer, selfRun, sure, type Provider } from './rules.ts'
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

/** Points for the price at one size. A need or size that no listed plan covers means a quote, which is never the cheap case. */
function priced(provider: Provider, situation: Situation, usage: Usage): number {
  const price = listPrice(provider, situation, usage)
  if (price !== undefined) return priceSteps.find(([upTo]) => price.usd <= upTo)?.[1] ?? -14
  if ((situation.usage.mau ?? 0) >= millions) return points.beyondListForMillions
  return asRun(provider, situation).price === null && (usage.mau ?? 0) < manyUsers ? points.unknownPrice : points.beyondList
}

/** A sheet that still holds mostly unknowns: no candidate unless it is there already. */
export const mostlyUnknown = (provider: Provider): boolean => Object.values(provider.facts).filter((fact) => fact.value === null).length > 8

function fit(provider: Provider, situation: Situation): number {
  const { facts } = provider
  // That a cluster is there says something for a server one runs in it, nothing for the same product as a service.
  const platform = (facts.platforms.value ?? []).some((word) => situation.words.has(word) && (word !== 'kubernetes' || runsServer(provider, situation)))
  const stack = (facts.stacks.value ?? []).some((word) => situation.words.has(word))
  const cloud = facts.tiedToPlatform.value === true && !platform
  const undecided = situation.words.has('undecided')
  // A library that fits the server says nothing about the apps on phones.
  const phones = facts.hosting.value === 'library' && situation.needs.mobile && !(situation.input.clients ?? []).includes('web')
  return (facts.serves.value?.[0] === situation.main ? points.madeForClass : 0)
    + (situation.classes.every((one) => facts.serves.value?.includes(one)) && situation.classes.length > 1 ? points.servesEveryone : 0)
    + (platform ? points.platform : 0) + (stack && !phones ? points.stack : 0)
    + (provider.id === 'framework-native' && stack && !situation.needs.sso && !situation.needs.scim ? points.accountsIncluded : 0)
    + (cloud ? (undecided ? points.cloudUndecided : points.otherCloud) : 0)
    + (facts.hosting.value === 'library' && !situation.languageKnown ? points.languageUnknown : 0)
    + (situation.needs.baa && !selfRun(provider, situation) && sure(provider, facts.baa) === null ? points.unconfirmedAgreement : 0)
    + (alreadyThere(provider, situation) && situation.main !== 'workforce' ? points.reuse : mostlyUnknown(provider) ? points.unresearched : 0)
    + ((situation.input.houseRules?.prefer ?? []).some((rule) => rule.id === provider.id) ? points.preferred : 0)
    + (situation.main === 'workforce' && (facts.hosting.value === 'pattern' || provider.id === directoryItself(situation)) ? points.keepsDirectory + (knownDirectory(situation) ? points.reuse : 0) : 0)
    + (situation.needs.organizations && facts.hosting.value !== 'library' && facts.organizations.value !== true ? points.lacksOrganizations : 0)
    + (situation.needs.redistributable && provider.id === 'pluggable-oidc' ? points.customersDirectory : 0)
}

/** A feature counts only when the plan that would be paid for includes it: passkeys of a dearer plan are no passkeys. */
function included(provider: Provider, situation: Situation, feature: string, value: boolean | null): boolean | null {
  const sheet = asRun(provider, situation)
  const plan = sheet.price === null ? undefined : cheapestPlan(sheet.price, situation.usage, featuresFor(provider, situation))?.plan
  return plan === undefined || value !== true || plan.features.includes(feature) ? value : null
}

/** What a vendor that holds the accounts brings to an audit, and whose law it is under when that was left open. */
function standing(provider: Provider, situation: Situation): number {
  if (selfRun(provider, situation)) return 0
  const { facts } = provider
  const held = sure(provider, facts.attestations)
  // A region that was asked for passed its filter: what is left is the question whose law the owner is under.
  const inRegion = (situation.input.dataResidency ?? []).length > 0
  const abroad = situation.regimes.some((regime) => regime.facts.asksResidency.value === true) || (situation.input.dataResidency ?? []).some((place) => place !== 'us')
  return (audited(situation) ? (held === null ? points.unattested : held.includes('soc2') || held.includes('iso27001') ? points.attested : 0) : 0)
    + (situation.needs.baa && facts.baa.value === 'higher-plan' ? points.higherPlan : 0)
    + (abroad && situation.given.noUsSubprocessors === undefined && facts.operatorCountry.value === 'us' ? (inRegion ? points.foreignOwnerInRegion : points.foreignOwner) : 0)
}

function coverage(provider: Provider, situation: Situation): number {
  const { facts } = provider
  const mfa = included(provider, situation, 'mfa', sure(provider, facts.mfa))
  const late = lateStage(situation)
  return (included(provider, situation, 'passkeys', sure(provider, facts.passkeys)) === true ? points.hasPasskeys : 0)
    + (mfa === true ? points.hasSecondFactor : mfa === false && late ? points.lacksSecondFactor : 0)
    + (situation.needs.mobile && sure(provider, facts.mobileSdks) === true ? points.mobileSdk : situation.needs.mobile && facts.mobileSdks.value === false ? points.lacksMobileSdk : 0)
    + (facts.prebuiltUi.value === 'components' && (situation.input.developers ?? 2) <= 5 ? (sure(provider, facts.prebuiltUi) === null ? 0 : points.components) : 0)
    + (late && situation.regimes.length > 0 && sure(provider, facts.auditExport) === true ? points.auditExport : 0)
    + standing(provider, situation)
    + (situation.classes.includes('machine') && sure(provider, facts.machineTokens) === true ? points.machineTokens : 0)
}

/** Points lost because no vendor's page backs the price: more where a wrong one is dear. */
function unbacked(provider: Provider, situation: Situation): number {
  const price = listPrice(provider, situation, situation.usage)
  // A price that only a quote tells cannot be held against a budget.
  if (price === undefined) return typeof situation.input.budgetUsdPerMonth === 'number' ? points.noPriceForBudget : 0
  if (price.confirmed) return 0
  const users = situation.usage.mau ?? 0
  return points.unconfirmedPrice + (forCompanies(situation) ? points.unconfirmedForCompanies : 0) + (users >= manyUsers ? points.unconfirmedAtScale : 0) + (users >= millions ? points.unconfirmedForMillions : 0)
}

/** Ten times today's users and connections: a choice that becomes dear or unpriced soon loses half of what it will. */
const later = (usage: Usage): Usage => Object.fromEntries(Object.entries(usage).map(([meter, count]) => [meter, count * 10]))

/** Points of one provider for this project: class and stack fit, needs covered, burden and exit, list price now and at ten times the size. */
export const scoreOf = (provider: Provider, situation: Situation): number =>
  fit(provider, situation) + coverage(provider, situation) + burden(provider, situation)
  + priced(provider, situation, situation.usage) + Math.ceil(priced(provider, situation, later(situation.usage)) / 2)
  + unbacked(provider, situation)
