import type { Knowledge } from '../../knowledge/collections.ts'
import type { FoundConflict } from './conflicts/found.ts'
import { findNetworkConflicts } from './conflicts/network.ts'
import { findPeopleConflicts } from './conflicts/people.ts'
import { findPlatformConflicts } from './conflicts/platform.ts'
import { findProviderConflicts } from './conflicts/provider.ts'
import type { Decision } from './decide.ts'
import { requestedExtras } from './requested.ts'
import type { Settings } from './settings.ts'

/** Contradictions in the order a reader should settle them: what cannot work at all first. */
export function findConflicts(settings: Settings, decision: Decision, knowledge: Knowledge, asOf: string): readonly FoundConflict[] {
  const requested = requestedExtras(settings)
  const seen = { settings, decision, knowledge, asOf, asks: (id: string) => requested.includes(id) }
  return [findNetworkConflicts, findProviderConflicts, findPlatformConflicts, findPeopleConflicts].flatMap((find) => find(seen))
}
