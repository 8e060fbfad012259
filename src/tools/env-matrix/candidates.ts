import { isCustomerHosted } from '../../core/environments.ts'
import { cloudId, hostingId } from '../../core/hosting.ts'
import { readStack } from '../../core/stack.ts'
import { vocabulary, type Profile } from '../../core/profile.ts'
import { table } from '../../core/table.ts'
import { asWord } from '../../core/words.ts'
import type { Sheet } from '../../knowledge/sheet.ts'
import { boundaryRegimes, type RemovalRule } from './rules.ts'

interface Value<T> { readonly value: T | null }
/** The facts that secrets stores and flag services share. */
interface SharedFacts {
  readonly hosting: Value<string>
  readonly platforms: Value<string[]>
  readonly stacks?: Value<string[]>
  readonly airGap: Value<boolean>
  readonly redistributable: Value<boolean>
  readonly opsNeeded: Value<string>
  readonly operatorCountry: Value<string>
}
export interface Removed { readonly id: string, readonly rule: RemovalRule }

const rank = (capacity: string | null | undefined): number => vocabulary.opsCapacity.indexOf((capacity ?? 'none') as (typeof vocabulary.opsCapacity)[number])

/** Names people use for what a sheet is about. */
const aliases: Readonly<Record<string, string>> = table({
  'hashicorp-vault': 'vault', 'aws-secrets-manager': 'aws-sm', 'secrets-manager': 'aws-sm', 'parameter-store': 'aws-ssm', 'aws-parameter-store': 'aws-ssm', ssm: 'aws-ssm', 'key-vault': 'azure-kv', 'azure-key-vault': 'azure-kv',
  'google-secret-manager': 'gcp-sm', 'gcp-secret-manager': 'gcp-sm', 'secret-manager': 'gcp-sm', sops: 'sops-age', 'external-secrets': 'k8s-external-secrets', 'launch-darkly': 'launchdarkly', unleash: 'unleash-self', appconfig: 'aws-appconfig',
  'azure-app-configuration': 'azure-app-config', 'remote-config': 'firebase-remote-config',
})

/** Longer names, such as those with an edition or an owner: `Hashi Vault Enterprise`. */
const longer: readonly (readonly [RegExp, string])[] = [
  [/^hcp-vault-secrets/, 'hcp-vault-secrets'], [/key-?vault/, 'azure-kv'], [/^(hashi.*|our-|self-hosted-)?vault(-enterprise|-cluster|-oss|-\(.*\))?$/, 'vault'], [/^open-?bao/, 'openbao'],
  [/aws.*secrets?-?manager/, 'aws-sm'], [/parameter-store/, 'aws-ssm'], [/(google|gcp).*secret-?manager/, 'gcp-sm'], [/external-secrets/, 'k8s-external-secrets'], [/^sops/, 'sops-age'], [/^doppler/, 'doppler'],
  [/^infisical.*self/, 'infisical-self'], [/^infisical/, 'infisical'], [/^launch-?darkly/, 'launchdarkly'], [/^unleash.*(cloud|pro|hosted)/, 'unleash-cloud'], [/^(growthbook|flagsmith).*self.*/, '$1-self'], [/^firebase-remote-config|^remote-config/, 'firebase-remote-config'],
]

const sheetWord = (word: string): string => { const found = longer.find(([pattern]) => pattern.test(word)); return found === undefined ? word : found[1].startsWith('$') ? word.replace(found[0], found[1]) : found[1] }

/** Sheet ids that the company's own tools mean, in the order given. */
export const runningIds = (existing: readonly string[] | undefined): string[] => (existing ?? []).map(asWord).map((word) => aliases[word] ?? sheetWord(word))

/** Stores for applications that companies run and no sheet describes, as they were written. */
export const storesWithoutSheet = (existing: readonly string[] | undefined): string[] =>
  (existing ?? []).filter((word) => /cyberark|conjur|akeyless|delinea|thycotic|keeper-secrets|1password-(connect|secrets|service)|oci-vault|oracle-vault|ibm-secrets/.test(asWord(word)))

/** True when the sheet's service has ended on `asOf` (YYYY-MM-DD), or was never safe. */
export const isDead = (sheet: Sheet<unknown>, asOf: string): boolean =>
  sheet.lifecycle.status === 'unsafe' || (sheet.lifecycle.status === 'end-of-life' && (sheet.lifecycle.until ?? '') <= asOf)

export const isForbidden = (id: string, profile: Pick<Profile, 'houseRules'>): boolean => (profile.houseRules?.forbid ?? []).some((rule) => rule.id === id)
export const required = (ids: readonly string[], profile: Pick<Profile, 'houseRules'>): string | undefined => profile.houseRules?.require?.find((rule) => ids.includes(rule.id))?.id
export const preferred = (ids: readonly string[], profile: Pick<Profile, 'houseRules'>): string | undefined => profile.houseRules?.prefer?.find((rule) => ids.includes(rule.id))?.id

/** The first hard filter that a candidate fails for this profile, or undefined when it may be used. */
export function removalRule(sheet: Sheet<SharedFacts>, profile: Profile, asOf: string): RemovalRule | undefined {
  const { facts } = sheet
  const hosted = facts.hosting.value === 'hosted'
  const outside = hosted || facts.hosting.value === 'cloud-service' || facts.hosting.value === 'platform'
  const platforms = facts.platforms.value ?? []
  const hosting = hostingId(profile.hosting)
  if (isForbidden(sheet.id, profile)) return 'house-forbids'
  if (isDead(sheet, asOf)) return 'end-of-life'
  if (facts.hosting.value === 'self-hosted' && hosting === 'shared-hosting') return 'no-place-to-run'
  if (profile.airGapped === true && facts.airGap.value !== true) return 'air-gap'
  if (isCustomerHosted(profile) && facts.redistributable.value !== true) return 'not-redistributable'
  if (hosted && profile.selfHost === 'required') return 'self-host-required'
  if (hosted && profile.noUsSubprocessors === true) {
    if (facts.operatorCountry.value === 'us') return 'us-operator'
    return facts.operatorCountry.value === null ? 'operator-unknown' : 'subprocessors-unknown'
  }
  if (hosted && (profile.compliance ?? []).some((regime) => boundaryRegimes.includes(regime))) return 'outside-authorized-boundary'
  if (hosted && profile.compliance?.includes('bsi-c5') === true) return 'attestation-unknown'
  const wanted = [profile.decisions?.secrets, profile.decisions?.flags, ...(profile.houseRules?.require ?? []).map(({ id }) => id), ...runningIds(profile.existing)].includes(sheet.id)
  // Where nothing is chosen, a cloud's own store is offered only to those who named it.
  if (outside && platforms.length > 0 && (hosting === 'undecided' ? facts.hosting.value === 'cloud-service' && !wanted : !platforms.includes(hosting) && !platforms.includes(cloudId(profile.hosting) ?? ''))) return 'other-platform'
  if ((facts.stacks?.value ?? []).length > 0 && !readStack(profile).ids.some((id) => facts.stacks?.value?.includes(id))) return 'other-stack'
  return rank(facts.opsNeeded.value) > rank(profile.opsCapacity) ? 'ops-capacity' : undefined
}
