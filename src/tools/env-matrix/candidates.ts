import { isCustomerHosted } from '../../core/environments.ts'
import { hostingId, readStack } from '../../core/stack.ts'
import { vocabulary, type Profile } from '../../core/profile.ts'
import { table } from '../../core/table.ts'
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

/** Sheet ids that the company's own tools mean, in the order given. */
export const runningIds = (existing: readonly string[] | undefined): string[] =>
  (existing ?? []).map((word) => word.trim().toLowerCase().replace(/[\s_]+/g, '-')).map((word) => aliases[word] ?? word)

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
  if (profile.airGapped === true && facts.airGap.value !== true) return 'air-gap'
  if (isCustomerHosted(profile) && facts.redistributable.value !== true) return 'not-redistributable'
  if (hosted && profile.selfHost === 'required') return 'self-host-required'
  if (hosted && profile.noUsSubprocessors === true) {
    if (facts.operatorCountry.value === 'us') return 'us-operator'
    return facts.operatorCountry.value === null ? 'operator-unknown' : 'subprocessors-unknown'
  }
  if (hosted && (profile.compliance ?? []).some((regime) => boundaryRegimes.includes(regime))) return 'outside-authorized-boundary'
  if (hosted && profile.compliance?.includes('bsi-c5') === true) return 'attestation-unknown'
  if (outside && platforms.length > 0 && hosting !== 'undecided' && !platforms.includes(hosting)) return 'other-platform'
  if (outside && !hosted && platforms.length > 0 && hosting === 'undecided' && facts.hosting.value === 'cloud-service') return 'other-platform'
  if ((facts.stacks?.value ?? []).length > 0 && !readStack(profile).ids.some((id) => facts.stacks?.value?.includes(id))) return 'other-stack'
  return rank(facts.opsNeeded.value) > rank(profile.opsCapacity) ? 'ops-capacity' : undefined
}
