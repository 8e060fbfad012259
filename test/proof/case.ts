import type { Client } from 'pg'
import type { MigrationInput } from '../../src/tools/migration-plan/input.ts'

/**
 * One version of the application: a statement for each thing it does. `$1` is a whole number in text form that no other write
 * uses, `$2` the id of a row. `insert` returns `id`, `read` gives `value` for the row `$1`. `session` is what each connection starts with.
 */
export interface Version { readonly insert: string, readonly update: string, readonly read: string, readonly session?: string }

/** What somebody else keeps open while the migration starts: a report that reads the table, or a job that writes it. */
export type Open = 'reader' | 'writer'

/** One schema change, proven. Every file in `cases/` exports one as `proof`, with these members in this order. */
export interface ProofCase {
  /** Name of a case that shows what no plan can do; it is told apart from the others and does not have to hold. */
  readonly variation?: string
  /** Id of the change; the file of a case has the same name. */
  readonly change: string
  /** What is asked of migration_plan, without the circumstances that all cases share. */
  readonly input: MigrationInput
  /** What the case needs beside the tables of fixture.ts. */
  readonly setup?: string
  /** A transaction on `table`, by default the accounts, that is open when the migration starts. `small-table`: only where the table is too small for its own work to be felt. */
  readonly open?: { readonly holds: Open, readonly when: 'always' | 'small-table', readonly table?: string }
  /** The running version, then one for every `switch` of the plan; those left over are deployed when the plan is through. */
  readonly versions: readonly [Version, Version, ...Version[]]
  /** What the plan leaves to a job of the application, in batches. */
  readonly job?: (client: Client) => Promise<void>
  /** The way people take: each list is one transaction, `deploy` rolls out the last version. */
  readonly naive: readonly (readonly string[] | 'deploy')[]
  /** Gives `id` and `value` of the rows `$1::bigint[]` as the final schema holds them. */
  readonly final: string
}
