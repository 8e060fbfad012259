import { isCustomerHosted, isPublished, isTinyDespiteStage } from '../../core/environments.ts'
import { stageRank, type Profile } from '../../core/profile.ts'
import { hostingId } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { preferred, removalRule, required, type Removed } from './candidates.ts'
import type { Input } from './input.ts'
import { auditRegimes, type SecretsRule } from './rules.ts'

export interface SecretsChoice {
  readonly id: string
  readonly rule: SecretsRule
  /** The store behind a tool that only carries values, or null. */
  readonly backend: string | null
  readonly alternatives: readonly string[]
  readonly rejected: readonly Removed[]
}

export const needsAudit = (profile: Pick<Profile, 'compliance'>): boolean => (profile.compliance ?? []).some((regime) => auditRegimes.includes(regime))

/** Position on the depth dial; tiny products count as early whatever their label. */
export const depthOf = (profile: Profile): number => (isTinyDespiteStage(profile) ? stageRank('early') : stageRank(profile.stage ?? 'mvp'))

/** Stores in order of preference, before any filter, with the rule that put the first one first. */
function preference(input: Input, store: string | null, kind: string | null): readonly [SecretsRule, readonly string[]] {
  const small = depthOf(input) <= stageRank('early') && !needsAudit(input)
  if (isPublished(input)) return ['nothing-secret', ['none']]
  if (isCustomerHosted(input)) return ['customer-hosted', ['docker-secrets-file']]
  if (input.airGapped === true) return ['air-gap', ['openbao', 'sops-age', 'docker-secrets-file']]
  if (store === 'aws-sm') return small ? ['small-cloud', ['aws-ssm', 'aws-sm']] : ['cloud-store', ['aws-sm', 'aws-ssm']]
  if (store === 'gcp-sm' || store === 'azure-kv') return ['cloud-store', [store]]
  if (store === 'k8s-external-secrets') return small && depthOf(input) < stageRank('early') ? ['small-cluster', ['sops-age', 'k8s-external-secrets']] : ['cluster', ['k8s-external-secrets', 'sops-age']]
  if (store === 'cloudflare-secrets') return ['platform-store', ['cloudflare-secrets', 'doppler']]
  if (store === 'platform-env' && small) return ['small-platform', ['platform-env', 'doppler', 'dotenvx']]
  if (store === 'platform-env') return [needsAudit(input) ? 'audit-asked' : 'grown-platform', ['doppler', 'infisical', 'infisical-self', 'platform-env']]
  if (kind === 'virtual-machines' && small && (input.serverCount ?? 1) === 1) return ['one-server', ['docker-secrets-file', 'sops-age']]
  if (kind === 'virtual-machines') return ['own-servers', ['openbao', 'sops-age']]
  return small ? ['undecided-small', ['platform-env', 'doppler', 'sops-age']] : ['undecided-grown', ['doppler', 'infisical', 'infisical-self', 'sops-age', 'platform-env']]
}

/** Where External Secrets fetches from: the cloud's own store, else what the team can run. */
function backendOf(id: string, input: Input): string | null {
  if (id !== 'k8s-external-secrets') return null
  const hosting = hostingId(input.hosting)
  if (hosting === 'aws-kubernetes') return 'aws-sm'
  if (hosting === 'gke') return 'gcp-sm'
  const runs = input.opsCapacity === 'medium' || input.opsCapacity === 'high'
  return runs || input.airGapped === true || input.selfHost === 'required' || input.noUsSubprocessors === true ? 'openbao' : 'doppler'
}

/** Chooses where secrets live. `input` has its defaults filled. A pin or a required sheet stays even when a filter speaks against it. */
export function chooseSecrets(input: Input, knowledge: Knowledge, asOf: string): SecretsChoice {
  const sheets = knowledge['secrets-stores']
  const ids = Object.keys(sheets)
  const hosting = knowledge['hosting-platforms'][hostingId(input.hosting)]
  const [rule, order] = preference(input, hosting?.facts.secretsStore.value ?? null, hosting?.facts.kind.value ?? null)
  const running = ids.filter((id) => id !== 'none' && (input.existing ?? []).map((word) => word.toLowerCase()).includes(id))
  const favoured = preferred(ids, input)
  const line: readonly (readonly [SecretsRule, string])[] = [
    ...(favoured === undefined ? [] : [['house-prefers', favoured] as const]),
    ...(isPublished(input) ? [] : running.map((id) => ['already-run', id] as const)),
    ...order.map((id) => [rule, id] as const),
  ]
  const fails = (id: string) => {
    const sheet = sheets[id]
    if (sheet === undefined) return 'unknown-sheet' as const
    if (sheet.facts.reachesManyServers.value === false && (input.serverCount ?? 1) > 1 && !isCustomerHosted(input)) return 'one-server-only' as const
    return removalRule(sheet, input, asOf)
  }
  const rejected = line.flatMap(([, id]) => { const failed = fails(id); return failed === undefined ? [] : [{ id, rule: failed }] })
  const usable = line.filter(([, id]) => fails(id) === undefined)
  const last = order[order.length - 1] ?? 'platform-env'
  const fixed = input.decisions?.secrets ?? required(ids, input)
  const [why, id]: readonly [SecretsRule, string] = fixed !== undefined ? [input.decisions?.secrets !== undefined ? 'pinned' : 'house-requires', fixed] : usable[0] ?? [rule, last]
  const failed = fixed === undefined ? undefined : fails(fixed)
  return {
    id, rule: why, backend: backendOf(id, input),
    alternatives: [...new Set(usable.map(([, other]) => other))].filter((other) => other !== id).slice(0, 2),
    rejected: [...rejected.filter((entry) => entry.id !== id), ...(failed === undefined || fixed === undefined ? [] : [{ id: fixed, rule: failed }])],
  }
}
