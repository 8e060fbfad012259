import { cheapestPlan } from '../../core/price.ts'
import { audited, burden, lateStage } from './burden.ts'
import { manyConnections, points } from './points.ts'
import { asRun, featuresFor, later, priced, unbacked, type Market } from './price.ts'
import { alreadyThere, coveredByCloud, directoryItself, hasLogin, knownDirectory, ownServer } from './reuse.ts'
import { runsServer, selfRun, sure, type Provider } from './rules.ts'
import type { Situation } from './situation.ts'

/** A sheet that still holds mostly unknowns: no candidate unless it is there already. */
export const mostlyUnknown = (provider: Provider): boolean => Object.values(provider.facts).filter((fact) => fact.value === null).length > 8

function fit(provider: Provider, situation: Situation): number {
  const { facts } = provider
  // The directory of one's own staff says nothing about customers.
  // That a cluster is there says something for a server one runs in it, nothing for the same product as a service.
  const platform = (facts.platforms.value ?? []).some((word) => situation.words.has(word) && (word !== 'kubernetes' || runsServer(provider, situation)) && (word !== provider.id || situation.main === 'workforce'))
  const stack = (facts.stacks.value ?? []).some((word) => situation.words.has(word))
  const cloud = facts.tiedToPlatform.value === true && !platform
  const undecided = situation.words.has('undecided')
  // A library that fits the server says nothing about the apps on phones.
  const phones = facts.hosting.value === 'library' && situation.needs.mobile && !(situation.input.clients ?? []).includes('web')
  return (facts.serves.value?.[0] === situation.main ? points.madeForClass : 0)
    + (situation.classes.every((one) => facts.serves.value?.includes(one)) && situation.classes.length > 1 ? points.servesEveryone : 0)
    + (situation.classes.includes('agent') && facts.serves.value?.includes('agent') ? points.issuesToAgents : 0)
    + (platform ? points.platform : 0) + (stack && !phones ? points.stack : 0)
    + (provider.id === 'framework-native' && stack && !situation.needs.sso && !situation.needs.scim ? points.accountsIncluded : 0)
    + (cloud ? (undecided && !ownServer(situation) && !lateStage(situation) ? points.cloudUndecided : points.otherCloud) : 0)
    + (coveredByCloud(provider, situation) ? points.sameAgreement : 0)
    + (situation.needs.sso && facts.ssoAddOn?.value === true && hasLogin(situation) ? points.ssoBesideLogin : 0)
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

/** Connections that customers' administrators set up themselves: worth more, the more there are. */
function selfServe({ facts }: Provider, { needs, usage }: Situation): number {
  if (!needs.sso || facts.selfServeSso?.value !== 'yes') return 0
  return points.selfServeSso + ((usage.ssoConnections ?? 0) >= manyConnections ? points.selfServeManySso : 0)
}

/** Under the law of another country, or of one nobody names. */
const abroadOwner = ({ facts }: Provider): boolean => facts.operatorCountry.value === 'us' || facts.operatorCountry.value === null

/** What a vendor that holds the accounts brings to an audit, and whose law it is under when that was left open. */
function standing(provider: Provider, situation: Situation): number {
  if (selfRun(provider, situation)) return 0
  // The cloud that holds the data was looked at as a supplier already.
  if (coveredByCloud(provider, situation)) return audited(situation) ? points.attested : 0
  const { facts } = provider
  const held = sure(provider, facts.attestations)
  // A region that was asked for passed its filter: what is left is the question whose law the owner is under.
  const inRegion = (situation.input.dataResidency ?? []).length > 0
  const abroad = situation.regimes.some((regime) => regime.facts.asksResidency.value === true) || (situation.input.dataResidency ?? []).some((place) => place !== 'us')
  // Who checks sign-in for card data is part of what the assessor looks at.
  const cards = situation.regimes.some(({ id }) => id === 'pci-dss') && held !== null && !held.includes('pci-dss')
  // A service of the cloud in use brings no new supplier to look at.
  const ownCloud = facts.hosting.value === 'cloud-service' && (facts.platforms.value ?? []).some((word) => situation.words.has(word))
  return (audited(situation) ? (held === null ? (ownCloud ? 0 : points.unattested) : cards ? points.lacksCardAttestation : held.includes('soc2') || held.includes('iso27001') ? points.attested : 0) : 0)
    + (audited(situation) && facts.operatorCountry.value === null ? points.ownerUnknown : 0)
    + (situation.needs.baa && facts.baa.value === 'higher-plan' ? points.higherPlan : 0)
    + (abroad && situation.given.noUsSubprocessors === undefined && abroadOwner(provider) ? (inRegion ? points.foreignOwnerInRegion : points.foreignOwner) : 0)
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
    + selfServe(provider, situation) + standing(provider, situation)
    + (situation.classes.includes('machine') && sure(provider, facts.machineTokens) === true ? points.machineTokens : 0)
}

/** Points of one provider for this project: class and stack fit, needs covered, burden and exit, list price now and at ten times the size. */
export const scoreOf = (provider: Provider, situation: Situation, market: Market): number =>
  fit(provider, situation) + coverage(provider, situation) + burden(provider, situation)
  + priced(provider, situation, situation.usage, market.now) + Math.ceil(priced(provider, situation, later(situation.usage), market.later) / 2)
  + unbacked(provider, situation)
