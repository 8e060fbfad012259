import type { Knowledge } from '../../../knowledge/collections.ts'
import type { Decision } from '../decide.ts'
import type { Settings } from '../settings.ts'

export type ConflictId = 'gitflow-with-continuous-release' | 'review-with-one-developer' | 'approval-with-automatic-release' | 'approval-needs-a-plan' | 'path-filters-with-required-check' | 'library-with-environments' | 'library-with-target' | 'publishing-needs-a-plan' | 'schedule-of-one-person' | 'worker-without-target' | 'file-database-out-of-reach' | 'scheduled-with-automatic-production'
  | 'beyond-shared-hosting' | 'public-code-on-own-runners' | 'asks-beyond-the-stage' | 'runtime-past-end-of-life' | 'deploys-twice' | 'returns-before-healthy' | 'strategy-pinned-against-the-rules' | 'two-ci-systems' | 'provider-forbidden' | 'repository-with-one-target'
  | 'air-gap-with-hosted-ci' | 'runners-outside-the-network' | 'us-company-runs-ci' | 'regime-with-stored-keys' | 'image-scan-without-image' | 'platform-cannot' | 'feature-needs-a-plan' | 'database-without-migration-tool' | 'own-runners-without-operations' | 'files-beside-existing-ones'

/** A contradiction between inputs; `inputs` read `field: value`, `detail` is what its sentence names. */
export interface FoundConflict { readonly id: ConflictId, readonly inputs: readonly string[], readonly detail?: string }

/** What every rule may look at. `asks` says whether an extra was requested. */
export interface Seen {
  readonly settings: Settings
  readonly decision: Decision
  readonly knowledge: Knowledge
  readonly asOf: string
  readonly asks: (id: string) => boolean
}

/** One group of rules. */
export type Finder = (seen: Seen) => readonly FoundConflict[]
