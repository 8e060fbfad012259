import { lockTimeoutMs, lockWaitSeconds } from '../rules.ts'
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
  /** Settings that lie beside the file, where the tool wants them there. */
  readonly settings?: (request: FileRequest) => { readonly path: string, readonly text: string } | undefined
}

/** Which deploy a file goes with, for its first line. */
export const belongsTo = ({ step: { release, phase } }: FileRequest): string => `release ${release}, ${phase}`

/** `rename_column_users` as `RenameColumnUsers`. */
export const className = (name: string): string => name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')

/** Gives up on a lock instead of making every later query wait behind it. */
export const lockTimeout = `SET LOCAL lock_timeout = '${lockTimeoutMs}ms'`
const forSession = `SET SESSION lock_wait_timeout = ${lockWaitSeconds}`
const lockTimeouts: Readonly<Record<string, readonly string[]>> = { postgresql: [lockTimeout], mysql: [forSession], mariadb: [forSession], sqlserver: [`SET LOCK_TIMEOUT ${lockTimeoutMs}`] }

/** Whether the file sets a lock timeout: not outside a transaction, where an aborted index build would be left invalid. */
const sets = (step: Step): boolean => step.transactional && step.statements.every(({ language }) => language === undefined)

/** Whether the file takes a role's limit on statements off: a scan takes as long as it takes, and blocks nobody. */
export const scans = (step: Step): boolean => step.database === 'postgresql' && step.transactional && step.statements.some(({ lock }) => lock === 'SHARE UPDATE EXCLUSIVE')

/** The statements of a step, each without its semicolon, with the lock timeout first where it applies. */
export const upStatements = (step: Step): readonly string[] => [...(sets(step) ? lockTimeouts[step.database] ?? [] : []), ...(scans(step) ? ['SET LOCAL statement_timeout = 0'] : []), ...step.statements.map(({ sql }) => sql)]

/** The same for a step that must leave the one transaction in which its tool runs all files: the lock timeout is the session's and is taken back. */
export const apartStatements = (step: Step): readonly string[] =>
  (sets(step) && step.database === 'postgresql' ? [`SET lock_timeout = '${lockTimeoutMs}ms'`, ...(scans(step) ? ['SET statement_timeout = 0'] : []), ...step.statements.map(({ sql }) => sql), 'RESET lock_timeout', ...(scans(step) ? ['RESET statement_timeout'] : [])] : upStatements(step))

/** The undo, or undefined when the file must refuse to go down. */
export const downStatements = (step: Step): readonly string[] | undefined => step.down ?? undefined

/** Statements as an SQL script. */
export const script = (statements: readonly string[]): string => statements.map((sql) => `${sql};`).join('\n')

/** SQL that fails where a tool insists on a way down that does not exist. */
export const refuseDown = ({ database }: Step): string => (database === 'postgresql' ? `DO $$ BEGIN RAISE EXCEPTION '${noWayBack}'; END $$;`
  : database === 'sqlserver' ? `THROW 50000, '${noWayBack}', 1;` : database === 'sqlite' ? 'SELECT no_way_back__restore_a_backup;' : `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${noWayBack}';`)

/** Said where a tool insists on a way down that does not exist. */
export const noWayBack = 'This step has no way back: restore a backup, or write a new migration.'
