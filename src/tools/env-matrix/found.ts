import type { Knowledge } from '../../knowledge/collections.ts'
import type { Decision } from './decide.ts'
import type { FlagsChoice } from './flags.ts'
import type { Input } from './input.ts'
import type { RuntimeEnd } from './runtimes.ts'
import type { SecretsChoice } from './secrets.ts'

export type ConflictId = 'air-gap-on-outside-platform' | 'delivered-and-hosted' | 'beyond-shared-hosting' | 'existing-tool-ended' | 'existing-tool-fails-filter' | 'no-store-passes' | 'self-host-without-operations' | 'client-holds-secret' | 'environment-named-by-node-env' | 'more-environments-than-people' | 'shared-development-environment' | 'over-budget' | 'production-rows-below-production' | 'flag-environment-limit' | 'flag-price-grows-with-users' | 'flag-service-for-few-flags' | 'no-flag-service-passes' | 'flags-wanted-and-none' | 'children-in-flag-service' | 'existing-store-without-sheet' | 'us-hosting' | 'validated-cryptography-unconfirmed' | 'secret-files-on-many-servers' | 'secrets-without-audit' | 'stage-above-scale' | 'runtime-ended' | 'fixed-choice-fails-filter' | 'house-rules-clash' | 'secret-in-public-variable' | 'approval-with-one-person' | 'no-production-planned' | 'unknown-hosting'
/** A contradiction as ids and values; the words are in render. */
export interface FoundConflict { readonly id: ConflictId, readonly inputs: readonly string[], readonly values: Readonly<Record<string, string | number>> }

/** What contradictions are looked for in: the input before and after its defaults, and what was decided. */
export interface Findings { readonly given: Input, readonly input: Input, readonly decision: Decision, readonly secrets: SecretsChoice, readonly flags: FlagsChoice, readonly runtimes: readonly RuntimeEnd[], readonly knowledge: Knowledge, readonly hosting: string, readonly asOf: string }

export const listed = (values: readonly string[] | undefined): string => (values ?? []).join(', ')
