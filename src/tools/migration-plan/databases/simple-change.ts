import type { Reach } from '../changes/change.ts'
import type { Phase, Statement } from '../sql/statement.ts'
import type { Level } from '../rules.ts'

/** A change with one way to make it. */
export interface SimpleChange<Target> {
  readonly reach: Reach
  readonly plan: (target: Target) => readonly Phase[]
}

/** Code that sees the change stands still for it; the rest is over before anybody notices, or reads the table. */
export const levelFor = (reach: Reach, online: boolean): Level => (reach === 'shape' && !online ? 'L0' : reach === 'shape' ? 'L3' : reach === 'catalogue' ? 'L1' : 'L2')

/** A statement that shares a transaction with its neighbors. */
export const inTransaction = (sql: string, blocks: Statement['blocks']): Statement => ({ sql, lock: 'metadata', blocks, rewritesTable: false, transaction: 'together' })
/** A statement that stands alone. */
export const alone = (sql: string, blocks: Statement['blocks'], rewritesTable = false): Statement => ({ sql, lock: 'metadata', blocks, rewritesTable, transaction: 'own' })
