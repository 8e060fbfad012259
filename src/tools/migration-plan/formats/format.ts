import { lockTimeoutMs } from '../rules.ts'
import type { Step } from '../steps.ts'

/** What a file format needs to know of one migration file. */
export interface FileRequest {
  readonly step: Step
  /** YYYYMMDDHHMMSS, unique in the plan and rising. */
  readonly stamp: string
  /** Snake-case name of the step. */
  readonly name: string
  /** Stamp and name of the migration before it in the plan, if any. */
  readonly previous: { readonly stamp: string, readonly name: string } | undefined
}

/** How one tool wants its migrations. Every file in this folder has these members in this order. */
export interface MigrationFormat {
  /** Path below the migrations folder. */
  readonly path: (request: FileRequest) => string
  readonly text: (request: FileRequest) => string
}

/** Gives up on a lock instead of making every later query wait behind it. */
export const lockTimeout = `SET LOCAL lock_timeout = '${lockTimeoutMs}ms'`

/** Whether the file sets a lock timeout: not on MySQL, and not outside a transaction, where an aborted index build would be left invalid. */
const sets = (step: Step): boolean => step.transactional && step.statements.some(({ lock }) => lock !== 'metadata')

/** The statements of a step, each without its semicolon, with the lock timeout first where it applies. */
export const upStatements = (step: Step): readonly string[] => [...(sets(step) ? [lockTimeout] : []), ...step.statements.map(({ sql }) => sql)]

/** The undo, or undefined when the file must refuse to go down. */
export const downStatements = (step: Step): readonly string[] | undefined => step.down ?? undefined

/** Statements as an SQL script. */
export const script = (statements: readonly string[]): string => statements.map((sql) => `${sql};`).join('\n')

/** Said where a tool insists on a way down that does not exist. */
export const noWayBack = 'This step has no way back: restore a backup, or write a new migration.'
