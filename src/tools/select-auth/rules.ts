import type { SignInClass } from '../../knowledge/collections/identity-providers.ts'
import type { SheetOf } from '../../knowledge/collections.ts'
import type { Fact } from '../../knowledge/sheet.ts'
import { alreadyThere, coveredByCloud } from './reuse.ts'
import { canRunServers, type Situation } from './situation.ts'

export type Provider = SheetOf<'identity-providers'>

/** Why a provider is out. Stable: once released, an id never changes meaning. */
export const ruleIds = [
  'serves-another-class', 'end-of-life', 'deprecated', 'unsafe', 'house-rule-forbids', 'house-rule-requires-another', 'needs-what-is-not-there', 'directory-out-of-reach', 'not-self-hostable', 'self-host-needs-ops', 'self-host-not-wanted',
  'not-redistributable', 'redistribution-unknown', 'no-baa', 'baa-unknown', 'us-operator', 'operator-unknown', 'us-subprocessors', 'subprocessors-unknown', 'outside-region', 'residency-unknown', 'no-attestation', 'attestation-unknown',
  'no-organizations', 'organizations-unknown', 'no-saml', 'saml-unknown', 'no-scim', 'scim-unknown', 'no-second-factor', 'keys-not-for-regulated-data', 'over-budget',
] as const
export type RuleId = (typeof ruleIds)[number]

/** The value, or null when only general knowledge backs it: an unconfirmed fact neither helps nor opens a legal gate. */
export const sure = <T>(provider: Provider, fact: Fact<T>): T | null => (provider.sources[fact.source]?.confidence === 'unconfirmed' ? null : fact.value)

/** True when this choice means that the team itself runs a server (not a library inside the app). */
export function runsServer(provider: Provider, situation: Situation): boolean {
  const { value } = provider.facts.hosting
  if (value === 'self-hosted') return true
  if (value !== 'either') return false
  const wanted = situation.input.selfHost === 'preferred' || situation.input.noUsSubprocessors === true || situation.needs.baa
  return situation.mustSelfRun || (wanted && canRunServers(situation))
}

/** True when no vendor holds the accounts: a server of one's own, a library or a way of working. */
export const selfRun = (provider: Provider, situation: Situation): boolean =>
  runsServer(provider, situation) || provider.facts.hosting.value === 'library' || provider.facts.hosting.value === 'pattern'

const forbids = (situation: Situation, id: string) => (situation.input.houseRules?.forbid ?? []).some((rule) => rule.id === id)

/** `yes` has it, `no` lacks it, `unknown` when no source says. */
function has(value: boolean | null | undefined, missing: RuleId, unknown: RuleId): RuleId | undefined {
  return value === true ? undefined : value === false ? missing : unknown
}

const unionCountries = new Set('at be bg hr cy cz de dk ee es fi fr gr hu ie it lt lu lv mt nl pl pt ro se si sk'.split(' '))

function region(provider: Provider, { input }: Situation): RuleId | undefined {
  const wanted = (input.dataResidency ?? []).filter((place) => place !== provider.facts.operatorCountry.value)
  if (wanted.length === 0) return undefined
  const offered = sure(provider, provider.facts.residency)
  if (offered === null) return 'residency-unknown'
  if (wanted.every((place) => offered.some((one) => place === one || place.startsWith(`${one}-`) || (place === 'eu' && unionCountries.has(one))))) return undefined
  // "In the EU" says nothing about one country of it, and nothing against it.
  return wanted.some((place) => unionCountries.has(place)) && offered.includes('eu') ? 'residency-unknown' : 'outside-region'
}

/** Only what a vendor that holds accounts must satisfy. */
function vendorRule(provider: Provider, situation: Situation): RuleId | undefined {
  const { facts } = provider
  if (situation.mustSelfRun) return 'not-self-hostable'
  if (situation.input.noUsSubprocessors === true && facts.operatorCountry.value === 'us') return 'us-operator'
  if (situation.input.noUsSubprocessors === true && sure(provider, facts.operatorCountry) === null) return 'operator-unknown'
  const below = situation.input.noUsSubprocessors === true && facts.baa.value !== 'not-needed' ? facts.usSubprocessors?.value ?? null : false
  if (below !== false) return below === null ? 'subprocessors-unknown' : 'us-subprocessors'
  if (situation.needs.baa && facts.baa.value === null) return 'baa-unknown'
  if (situation.needs.baa && facts.baa.value === 'no') return 'no-baa'
  const asked = situation.regimes.flatMap((regime) => regime.facts.processorAttestations.value ?? [])
  const held = sure(provider, facts.attestations)
  if (asked.length > 0 && held === null) return 'attestation-unknown'
  if (!asked.every((id) => held?.includes(id))) return 'no-attestation'
  // What keeps no accounts has no place to keep them in.
  return facts.baa.value === 'not-needed' ? undefined : region(provider, situation)
}

function needRule(provider: Provider, situation: Situation): RuleId | undefined {
  const { facts } = provider
  const { needs, regimes } = situation
  // Membership in a company is a table of one's own; what cannot be built beside a product is a directory connection for each company.
  const perCompany = needs.organizations && (needs.sso || needs.scim) && !alreadyThere(provider, situation) && !coveredByCloud(provider, situation)
  const sso = facts.samlSso.value === true || facts.oidcSso.value === true ? true : facts.samlSso.value
  return (perCompany ? has(facts.organizations.value, 'no-organizations', 'organizations-unknown') : undefined)
    ?? (needs.sso ? has(sso, 'no-saml', 'saml-unknown') : undefined)
    ?? (needs.scim ? has(facts.scim.value, 'no-scim', 'scim-unknown') : undefined)
    ?? (regimes.some((regime) => (regime.facts.asvsLevel.value ?? 1) >= 2) && facts.mfa.value === false && facts.hosting.value !== 'pattern' ? 'no-second-factor' : undefined)
}

/** Lifecycle and house rules: they hold for every class. */
function standingRule(provider: Provider, situation: Situation): RuleId | undefined {
  if (forbids(situation, provider.id)) return 'house-rule-forbids'
  return provider.lifecycle.status === 'active' ? undefined : provider.lifecycle.status
}

/** Kinds of people whose accounts a product keeps. */
const people: readonly SignInClass[] = ['consumer', 'business']

const directories = ['active-directory', 'keycloak', 'authentik', 'ping']

/** The first rule that removes this provider, or undefined when it may stay. Prices and house-rule requirements are looked at later. */
export function removedBy(provider: Provider, situation: Situation): RuleId | undefined {
  const { facts } = provider
  const standing = standingRule(provider, situation)
  if (standing !== undefined) return standing
  const kept = people.includes(situation.main) && alreadyThere(provider, situation) && people.includes(facts.serves.value?.[0] ?? 'none')
  if (!facts.serves.value?.includes(situation.main) && !kept) return 'serves-another-class'
  // Machines, partners, devices and agents are a way of working first; the issuer behind it is the provider people use.
  if (['machine', 'partner', 'device', 'agent'].includes(situation.main) && facts.hosting.value !== 'pattern') return 'serves-another-class'
  if (provider.id === 'api-keys' && (situation.regulated || situation.classes.includes('partner'))) return 'keys-not-for-regulated-data'
  const required = facts.requires.value ?? []
  // A library may fit as long as nobody named a language.
  const open = facts.hosting.value === 'library' && !situation.languageKnown
  if (situation.otherServer && required.includes('typescript')) return 'needs-what-is-not-there'
  if (required.length > 0 && !open && !required.some((word) => situation.words.has(word))) return 'needs-what-is-not-there'
  if (provider.id === 'workforce-oidc' && situation.input.airGapped === true && !directories.some((word) => situation.words.has(word))) return 'directory-out-of-reach'
  const server = runsServer(provider, situation)
  if (server && !situation.mustSelfRun && situation.given.selfHost === 'no') return 'self-host-not-wanted'
  if (server && !situation.mustSelfRun && !canRunServers(situation)) return 'self-host-needs-ops'
  if (situation.needs.redistributable && facts.redistributable.value !== true) return has(facts.redistributable.value, 'not-redistributable', 'redistribution-unknown')
  if (!selfRun(provider, situation)) {
    const vendor = vendorRule(provider, situation)
    if (vendor !== undefined) return vendor
  }
  return needRule(provider, situation)
}
