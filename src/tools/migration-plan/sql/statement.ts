import type { ApplicationId, FailureId } from '../rules.ts'

export type Lock = 'ACCESS EXCLUSIVE' | 'SHARE ROW EXCLUSIVE' | 'SHARE UPDATE EXCLUSIVE' | 'SHARE' | 'ROW EXCLUSIVE' | 'none' | 'metadata'
export type Blocks = 'nothing' | 'writes' | 'reads-and-writes' | 'rows'
/** `together`: one transaction for the phase's statements of this kind in a row; `own`: one for itself; `none`: outside any, alone in its query. */
export type Transaction = 'together' | 'own' | 'none'

/** A loop over a table in batches of its key, for a job that runs beside the server; it says what `sql` says. */
export interface Batches {
  readonly table: string
  readonly key: string
  /** The statement for one batch, from the condition that picks its rows, where the table is `t.`. */
  readonly work: (rows: string) => string
  readonly rows: number
  readonly pauseSeconds: number
  /** A query for about how many rows there are, where the server does not know it by the table's name alone. */
  readonly estimate?: string
}

export interface Statement {
  readonly sql: string
  readonly lock: Lock
  /** What waits while it runs. */
  readonly blocks: Blocks
  readonly rewritesTable: boolean
  readonly transaction: Transaction
  /** What `sql` is written in when it is not SQL: a command line, or JavaScript for the MongoDB driver. */
  readonly language?: 'shell' | 'javascript'
  /** First version of the server that makes it in this way, where older ones are still about. */
  readonly since?: string
  /** Left out of what a tool answers. */
  readonly batches?: Batches
}

/** `sql` is run in reverse order of the phases; `roll-forward` has no undo worth trusting; `restore` needs a backup. */
export interface Rollback { readonly kind: 'sql' | 'roll-forward' | 'restore' | 'nothing', readonly statements: readonly string[] }

export interface Phase {
  readonly phase: 'expand' | 'backfill' | 'verify' | 'switch' | 'contract'
  /** Counted from 1: the release of the application that this belongs to. */
  readonly release: number
  readonly statements: readonly Statement[]
  /** One query that returns one number, 0 when all is well; null when there is nothing to ask. */
  readonly verify: string | null
  readonly rollback: Rollback
  readonly onFailure: FailureId
  /** What the application has to do, where it has to do something. */
  readonly application?: ApplicationId
}

const blockedBy: Readonly<Record<Lock, Blocks>> = {
  'ACCESS EXCLUSIVE': 'reads-and-writes', 'SHARE ROW EXCLUSIVE': 'writes', SHARE: 'writes', 'SHARE UPDATE EXCLUSIVE': 'nothing', 'ROW EXCLUSIVE': 'rows', none: 'nothing', metadata: 'nothing',
}
const statement = (sql: string, lock: Lock, transaction: Transaction, rewritesTable = false): Statement => ({ sql, lock, blocks: blockedBy[lock], rewritesTable, transaction })

/** A short statement that shares the transaction of its phase. */
export const quick = (sql: string, lock: Lock = 'ACCESS EXCLUSIVE'): Statement => statement(sql, lock, 'together')
/** A statement with a transaction of its own: a scan, or a short lock that must not be held longer. */
export const alone = (sql: string, lock: Lock = 'ACCESS EXCLUSIVE'): Statement => statement(sql, lock, 'own')
/** A statement that writes the whole table again. */
export const rewrite = (sql: string): Statement => statement(sql, 'ACCESS EXCLUSIVE', 'together', true)
/** A statement PostgreSQL refuses inside a transaction. */
export const outside = (sql: string, lock: Lock = 'SHARE UPDATE EXCLUSIVE'): Statement => statement(sql, lock, 'none')

export const undo = (...statements: readonly string[]): Rollback => ({ kind: 'sql', statements })
export const rollForward: Rollback = { kind: 'roll-forward', statements: [] }
export const restoreOnly: Rollback = { kind: 'restore', statements: [] }
export const nothingToUndo: Rollback = { kind: 'nothing', statements: [] }

/** A phase; `verify` may be left out. */
export const phase = (name: Phase['phase'], release: number, statements: readonly Statement[], rollback: Rollback, onFailure: FailureId, verify: string | null = null): Phase =>
  ({ phase: name, release, statements, verify, rollback, onFailure })

/** Asks before anything is changed; the plan stops unless the query returns 0. */
export const precheck = (query: string): Phase => phase('verify', 1, [], nothingToUndo, 'stop-and-ask', query)
/** The application is deployed and the old version drained; no SQL. */
export const switchOver = (release: number, application: ApplicationId, verify: string | null = null): Phase =>
  ({ ...phase('switch', release, [], nothingToUndo, 'wait-for-old-version', verify), application })
