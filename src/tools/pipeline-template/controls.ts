import { secondPersonRegimes } from '../../core/branching.ts'
import { stageRank } from '../../core/profile.ts'
import type { Settings } from './settings.ts'

export type ControlId = 'approval-by-another-person' | 'evidence-of-each-release' | 'security-checks' | 'no-secrets-for-forks'

/** A single control that something else than the stage asks for; `because` holds regimes, `payments` or `public-code`. */
export interface Control { readonly id: ControlId, readonly because: readonly string[] }

/** What regimes, money and public code raise at any stage. `releases` is false where nothing is deployed or published. */
export function controlsOf({ profile }: Settings, releases: boolean): readonly Control[] {
  const regimes = secondPersonRegimes(profile)
  const early = stageRank(profile.stage ?? 'mvp') < 2
  const raised = [...(profile.takesPayments === true ? ['payments'] : []), ...(profile.repositoryVisibility === 'public' ? ['public-code'] : []), ...(profile.compliance ?? [])]
  return [
    ...(regimes.length > 0 && (profile.developers ?? 2) > 1 ? [{ id: 'approval-by-another-person' as const, because: regimes }] : []),
    ...(regimes.length > 0 && releases ? [{ id: 'evidence-of-each-release' as const, because: regimes }] : []),
    ...(early && raised.length > 0 ? [{ id: 'security-checks' as const, because: raised }] : []),
    ...(profile.repositoryVisibility === 'public' ? [{ id: 'no-secrets-for-forks' as const, because: ['public-code'] }] : []),
  ]
}
