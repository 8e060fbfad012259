import type { Blocks, Statement } from '../../sql/statement.ts'
import type { MysqlTarget } from './target.ts'

const blockedBy: Readonly<Record<'NONE' | 'SHARED' | 'EXCLUSIVE', Blocks>> = { NONE: 'nothing', SHARED: 'writes', EXCLUSIVE: 'reads-and-writes' }

/** A statement that shares one session with its neighbors: locks and settings would be lost in another. */
export const session = (sql: string, blocks: Blocks = 'nothing', rewritesTable = false): Statement => ({ sql, lock: 'metadata', blocks, rewritesTable, transaction: 'together' })
/** A statement that stands alone: each commits by itself there. */
export const single = (sql: string, blocks: Blocks = 'nothing', rewritesTable = false): Statement => ({ sql, lock: 'metadata', blocks, rewritesTable, transaction: 'none' })

/** The ALGORITHM and LOCK of an operation, so that the server refuses rather than falls back to something dearer. */
export function clauses(target: MysqlTarget, id: string): string {
  const { algorithm, lock } = target.operation(id)
  const copiesOnline = algorithm === 'COPY' && lock === 'SHARED' && target.copiesOnline
  // MySQL takes no LOCK beside INSTANT.
  return `ALGORITHM=${algorithm}${algorithm === 'INSTANT' && target.engine === 'mysql' ? '' : `, LOCK=${copiesOnline ? 'NONE' : lock}`}`
}

/** One ALTER TABLE by its cheapest way. */
export function alter(target: MysqlTarget, id: string, action: string): Statement {
  const { algorithm, lock, rebuilds, since } = target.operation(id)
  const blocks = algorithm === 'COPY' && lock === 'SHARED' && target.copiesOnline ? 'nothing' : blockedBy[lock]
  return { ...single(`ALTER TABLE ${target.table} ${action}, ${clauses(target, id)}`, blocks, rebuilds), ...(since === undefined || algorithm !== 'INSTANT' ? {} : { since: since.version }) }
}

/** The same as text, for a way back. */
export const alterText = (target: MysqlTarget, id: string, action: string): string => alter(target, id, action).sql
