import type { Knowledge, SheetOf } from '../../../knowledge/collections.ts'
import type { Database } from '../database.ts'
import type { MigrationInput } from '../input.ts'
import type { Level } from '../rules.ts'
import type { Phase } from '../sql/statement.ts'

/** What a plan is asked for: a change that has a sheet, on a database that is not PostgreSQL. */
export interface PlanRequest {
  readonly input: MigrationInput
  readonly change: string
  readonly database: Database
  readonly sheet: SheetOf<'schema-changes'>
  readonly knowledge: Knowledge
  readonly asOf: string
}

export interface DatabasePlan {
  readonly level: Level
  readonly deploysNeeded: number
  /** What the single obvious statement would block, milliseconds; null when unknown. */
  readonly naiveBlockMs: number | null
  readonly phases: readonly Phase[]
}

/** How changes are made on one database. Every planner in this folder has these members. */
export interface DatabasePlanner {
  /** Ids of the changes it can plan, sorted. */
  readonly changes: readonly string[]
  /** Throws InputError for input that does not suffice. Only asked for a change of `changes`. */
  readonly plan: (request: PlanRequest) => DatabasePlan
}

/** Deploys that phases need: the highest release, or none when only rows are worked through. */
export const releasesOf = (phases: readonly Phase[]): number => (phases.every(({ phase }) => phase === 'backfill') ? 0 : Math.max(...phases.map(({ release }) => release)))
