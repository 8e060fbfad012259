import { isCustomerHosted, isPublished, isStaticSite, isTinyDespiteStage } from '../../core/environments.ts'
import { quote, type Usage } from '../../core/price.ts'
import { stageRank, type Profile } from '../../core/profile.ts'
import { cloudId, hostingId } from '../../core/hosting.ts'
import { table } from '../../core/table.ts'
import type { Knowledge, SheetOf } from '../../knowledge/collections.ts'
import { preferred, removalRule, required, runningIds, type Removed } from './candidates.ts'
import type { Input } from './input.ts'
import { auditRegimes, boundaryRegimes, budgetShare, smallBudgetUsd, type RemovalRule, type SecretsRule } from './rules.ts'
import { isClientOnly, looksSecret } from './variables.ts'

export interface SecretsChoice {
  readonly id: string
  readonly rule: SecretsRule
  /** The store behind a tool that only carries values, or null. */
  readonly backend: string | null
  /** The filter that even this choice fails, when everything did; else null. */
  readonly unmet: RemovalRule | null
  readonly alternatives: readonly string[]
  readonly rejected: readonly Removed[]
}

export const needsAudit = (profile: Pick<Profile, 'compliance'>): boolean => (profile.compliance ?? []).some((regime) => auditRegimes.includes(regime))

/** Position on the depth dial; tiny products and those with next to no budget count as early at most, whatever their label. */
export const depthOf = (profile: Profile): number => {
  const small = isTinyDespiteStage(profile) || (profile.budgetUsdPerMonth != null && profile.budgetUsdPerMonth < smallBudgetUsd)
  return Math.min(stageRank(profile.stage ?? 'mvp'), small ? stageRank('early') : Infinity)
}

const runsServers = (input: Input): boolean => input.opsCapacity === 'medium' || input.opsCapacity === 'high'
/** True when no vendor may hold the values. */
const keepsInside = (input: Input): boolean =>
  input.airGapped === true || input.selfHost === 'required' || input.noUsSubprocessors === true || (input.compliance ?? []).some((regime) => boundaryRegimes.includes(regime) || regime === 'bsi-c5')

/** Pages only, and nothing among the given names or products that has to be kept. */
const hasNoSecret = (input: Input): boolean =>
  isPublished(input) || (isStaticSite(input) && !(input.variables ?? []).some(looksSecret) && (input.decisions?.auth ?? 'none') === 'none')

const clouds: Readonly<Record<string, string>> = table({ 'aws-kubernetes': 'aws-sm', gke: 'gcp-sm' })

/** The store of the cloud a cluster runs in; a cluster on Azure has no sheet of its own. */
const cloudStore = (input: Input): string | undefined => clouds[hostingId(input.hosting)] ?? (cloudId(input.hosting) === 'azure' ? 'azure-kv' : undefined)

/** A cluster of its own needs a store behind the operator: one the team can run, or one it may buy. Else encrypted files do. */
function clusterPreference(input: Input, small: boolean): readonly [SecretsRule, readonly string[]] {
  const inCloud = cloudStore(input) !== undefined
  const carries = runsServers(input) && ((input.services ?? 1) >= 3 || (input.developers ?? 1) >= 8 || needsAudit(input))
  const operator = inCloud ? !small || depthOf(input) >= stageRank('early') : carries || (needsAudit(input) && !keepsInside(input))
  return operator ? ['cluster', ['k8s-external-secrets', 'sops-age']] : ['small-cluster', ['sops-age', 'k8s-external-secrets']]
}

/** Stores in order of preference, before any filter, with the rule that put the first one first. */
function preference(input: Input, store: string | null, kind: string | null): readonly [SecretsRule, readonly string[]] {
  const small = depthOf(input) <= stageRank('early') && !needsAudit(input)
  if (hasNoSecret(input)) return ['nothing-secret', ['none']]
  if (isClientOnly(input)) return ['no-server-yet', ['platform-env']]
  if (isStaticSite(input) && (store === null || store === 'platform-env')) return ['build-only', ['platform-env', 'sops-age']]
  if (isCustomerHosted(input)) return ['customer-hosted', ['docker-secrets-file']]
  if (input.airGapped === true) return ['air-gap', ['openbao', 'sops-age', 'docker-secrets-file']]
  if (store === 'aws-sm') return small ? ['small-cloud', ['aws-ssm', 'aws-sm']] : ['cloud-store', ['aws-sm', 'aws-ssm']]
  if (store === 'gcp-sm' || store === 'azure-kv') return ['cloud-store', [store]]
  if (store === 'k8s-external-secrets') return clusterPreference(input, small)
  if (store === 'cloudflare-secrets' && needsAudit(input)) return ['audit-asked', ['doppler', 'infisical', 'cloudflare-secrets']]
  if (store === 'cloudflare-secrets') return ['platform-store', ['cloudflare-secrets', 'doppler']]
  if (store === 'platform-env' && small) return ['small-platform', ['platform-env', 'doppler', 'dotenvx']]
  if (store === 'platform-env') return [needsAudit(input) ? 'audit-asked' : 'grown-platform', ['doppler', 'infisical', 'infisical-self', 'platform-env']]
  if (kind === 'shared') return ['shared-hosting', ['docker-secrets-file', 'sops-age']]
  if (kind === 'virtual-machines' && small && (input.serverCount ?? 1) === 1) return ['one-server', ['docker-secrets-file', 'sops-age']]
  // Rented machines are outside already, so a hosted store may say who read what; in own rooms it may not.
  const rented = hostingId(input.hosting) === 'virtual-server' && needsAudit(input) && !keepsInside(input)
  const carries = runsServers(input) && ((input.services ?? 1) >= 3 || (input.developers ?? 1) >= 8 || needsAudit(input))
  if (kind === 'virtual-machines' && !carries && !rented) return ['own-servers', ['sops-age', 'openbao']]
  if (kind === 'virtual-machines') return rented ? ['servers-audited', ['openbao', 'doppler', 'infisical', 'sops-age']] : ['own-servers', ['openbao', 'sops-age']]
  return small ? ['undecided-small', ['platform-env', 'doppler', 'sops-age']] : ['undecided-grown', ['doppler', 'infisical', 'infisical-self', 'sops-age', 'platform-env']]
}

/** Where External Secrets fetches from: the cloud's own store, else what the team can run. */
function backendOf(id: string, input: Input): string | null {
  if (id !== 'k8s-external-secrets') return null
  return cloudStore(input) ?? (runsServers(input) || keepsInside(input) ? 'openbao' : 'doppler')
}

/** What a hosted store must be able to do beyond keeping values: a record of reads when an auditor asks. */
export const storeNeeds = (hosting: string | null, input: Input): readonly string[] => (hosting === 'hosted' && needsAudit(input) ? ['audit'] : [])

/** Counts known before a store is chosen. Machines count as people do: one for each service in each deployed environment. */
export const storeUsage = (input: Input, deployed: number): Usage => ({ identities: (input.developers ?? 1) + Math.max(1, input.services ?? 1) * deployed, seats: input.developers ?? 1 })

/** A hosted store that a stated budget does not carry, or whose price nobody can say. */
function priceRule(sheet: SheetOf<'secrets-stores'>, input: Input, deployed: number): RemovalRule | undefined {
  if (sheet.facts.hosting.value !== 'hosted' || input.budgetUsdPerMonth == null) return undefined
  const usd = sheet.price === null ? null : quote(sheet.price, storeUsage(input, deployed), storeNeeds('hosted', input))?.usdPerMonth ?? null
  if (usd === null) return 'price-unknown'
  return usd > input.budgetUsdPerMonth * budgetShare ? 'budget-share' : undefined
}

/** Chooses where secrets live. `input` has its defaults filled; `deployed` counts environments other than local and CI. A pin or a required sheet stays even when a filter speaks against it. */
export function chooseSecrets(input: Input, knowledge: Knowledge, deployed: number, asOf: string): SecretsChoice {
  const sheets = knowledge['secrets-stores']
  const ids = Object.keys(sheets)
  const hosting = knowledge['hosting-platforms'][hostingId(input.hosting)]
  const [rule, order] = preference(input, hosting?.facts.secretsStore.value ?? null, hosting?.facts.kind.value ?? null)
  const running = runningIds(input.existing).filter((id) => id !== 'none' && ids.includes(id))
  const favoured = preferred(ids, input)
  const line: readonly (readonly [SecretsRule, string])[] = [
    ...(favoured === undefined ? [] : [['house-prefers', favoured] as const]),
    ...(hasNoSecret(input) ? [] : running.map((id) => ['already-run', id] as const)),
    ...order.map((id) => [rule, id] as const),
  ]
  const fails = (id: string): RemovalRule | undefined => {
    const sheet = sheets[id]
    if (sheet === undefined) return 'unknown-sheet'
    if (sheet.facts.reachesManyServers.value === false && (input.serverCount ?? 1) > 1 && !isCustomerHosted(input)) return 'one-server-only'
    return removalRule(sheet, input, asOf) ?? (running.includes(id) || id === favoured ? undefined : priceRule(sheet, input, deployed))
  }
  const rejected = line.flatMap(([, id]) => { const failed = fails(id); return failed === undefined ? [] : [{ id, rule: failed }] })
  const usable = line.filter(([, id]) => fails(id) === undefined)
  const spare = ['sops-age', 'docker-secrets-file', 'platform-env'].find((id) => fails(id) === undefined) ?? order[order.length - 1] ?? 'platform-env'
  const fixed = input.decisions?.secrets ?? required(ids, input)
  const [found, id]: readonly [SecretsRule, string] = fixed !== undefined ? [input.decisions?.secrets !== undefined ? 'pinned' : 'house-requires', fixed] : usable[0] ?? ['nothing-else-left', spare]
  const dear = rejected.some(({ rule: failed }) => failed === 'budget-share' || failed === 'price-unknown')
  const why = (found === 'audit-asked' || found === 'servers-audited' || found === 'undecided-grown' || found === 'grown-platform') && dear && (id === 'platform-env' || id === 'cloudflare-secrets') ? 'nothing-affordable' : found
  const failed = fixed === undefined ? undefined : fails(fixed)
  return {
    id, rule: why, backend: backendOf(id, input), unmet: found === 'nothing-else-left' ? fails(id) ?? null : null,
    alternatives: [...new Set(usable.map(([, other]) => other))].filter((other) => other !== id).slice(0, 2),
    rejected: [...rejected.filter((entry) => entry.id !== id), ...(failed === undefined || fixed === undefined ? [] : [{ id: fixed, rule: failed }])],
  }
}
