export type { ConflictId, FoundConflict } from './conflicts/found.ts'
export { findConflicts } from './conflicts.ts'
export { existingCi } from './existing-ci.ts'
export { findSkips, type Skip, type SkipId } from './skips.ts'
