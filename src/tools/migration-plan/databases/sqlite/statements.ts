import { circumstances } from '../../level.ts'
import { smallTableRows } from '../../rules.ts'
import type { Statement } from '../../sql/statement.ts'
import { inTransaction } from '../simple-change.ts'
import { quoteText, type SqliteTarget } from './target.ts'

export const step = (sql: string): Statement => inTransaction(sql, 'writes')
/** Rows for which `condition` holds; columns are reached as `t.`. */
export const rows = ({ table }: SqliteTarget, condition: string): string => `SELECT count(*) AS n FROM ${table} AS t WHERE ${condition}`
/** Indexes that use the column: SQLite refuses to drop it then. */
export const indexed = ({ tableName }: SqliteTarget, column: string): string => `SELECT count(*) AS n FROM pragma_index_list(${quoteText(tableName)}) AS i, pragma_index_info(i.name) AS c WHERE c.name = ${quoteText(column)}`

/** Batches, each a transaction of its own, so that other writers get their turn. */
const inBatches = (target: SqliteTarget, set: string, differs: string): Statement => ({
  sql: [
    'while :; do', `  changed=$(sqlite3 -cmd ".timeout 5000" "$DATABASE_FILE" <<'SQL'`,
    `UPDATE ${target.table} SET ${set} WHERE rowid IN (SELECT t.rowid FROM ${target.table} AS t WHERE ${differs} LIMIT 5000); SELECT changes();`, 'SQL', '  )', '  [ "$changed" -gt 0 ] || break', '  sleep 0.1', 'done',
  ].join('\n'),
  lock: 'metadata', blocks: 'rows', rewritesTable: false, transaction: 'none', language: 'shell',
})

/** One statement over a small table, else batches. `value` reads columns as `t.`, `bare` by their names alone. */
export const backfill = (target: SqliteTarget, column: string, value: string, bare: string, differs: string): Statement =>
  ((circumstances(target.input).rows ?? Infinity) <= smallTableRows ? step(`UPDATE ${target.table} AS t SET ${column} = ${value} WHERE ${differs}`) : inBatches(target, `${column} = ${bare}`, differs))
