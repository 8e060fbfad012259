import { columnMissing, indexUnusable } from '../sql/asks.ts'
import { dollarQuote, quoteName, quoteText } from '../sql/identifiers.ts'
import { outside, phase, quick, rollForward, switchOver, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const columnName = target.hasColumn ? target.columnName : 'deleted_at'
  const column = quoteName(columnName, 'column')
  const name = target.hasColumnList ? target.named(...target.columnNames, 'live', 'key') : ''
  return {
    columnName, add: `ALTER TABLE ${target.table} ADD COLUMN ${column} timestamptz`, drop: `ALTER TABLE ${target.table} DROP COLUMN ${column}`,
    name: quoteName(name || 'unused'), full: target.beside(name || 'unused'), on: target.hasColumnList ? `ON ${target.table} (${target.columns.join(', ')}) WHERE ${column} IS NULL` : '',
  }
}
/** `from` may be a constraint or an index. */
function dropUnique(target: Target): string {
  const body = [
    'BEGIN',
    `  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = ${target.asRegclass} AND conname = ${quoteText(target.from)}) THEN`,
    `    ALTER TABLE ${target.table} DROP CONSTRAINT ${quoteName(target.from, 'from')};`,
    '  ELSE',
    `    DROP INDEX ${target.beside(target.from)};`,
    '  END IF;',
    'END',
  ].join('\n')
  return `DO ${dollarQuote(body, 'unique')}`
}

/** `columns` and `from` are the columns and the name of a unique key that deleted rows shall no longer hold. */
export const softDelete: Change = {
  id: 'soft-delete',
  reach: 'shape',
  destructive: false,
  online: (target) => {
    const { columnName, add, drop, name, full, on } = parts(target)
    const keyed = on !== ''
    return [
      phase('expand', 1, [quick(add)], undo(drop), 'retry-lock', columnMissing(target, columnName)),
      ...(keyed ? [phase('expand', 1, [outside(`CREATE UNIQUE INDEX CONCURRENTLY ${name} ${on}`)], undo(`DROP INDEX CONCURRENTLY ${full}`), 'drop-invalid-index', indexUnusable(full))] : []),
      // Every version that runs has to pass over deleted rows before the first one is marked.
      switchOver(1, 'filter-deleted'),
      ...(keyed && target.hasFrom ? [phase('contract', 2, [quick(dropUnique(target))], rollForward, 'retry-lock', `SELECT count(*) AS n FROM pg_class WHERE oid = to_regclass(${quoteText(target.beside(target.from))}) AND relkind IN ('i', 'I')`)] : [switchOver(2, 'mark-deleted')]),
    ]
  },
  plain: (target) => {
    const { columnName, add, drop, name, on } = parts(target)
    const keyed = on !== ''
    const swaps = keyed && target.hasFrom
    return [
      phase('expand', 1, [quick(add), ...(keyed ? [quick(`CREATE UNIQUE INDEX ${name} ${on}`, 'SHARE')] : []), ...(swaps ? [quick(dropUnique(target))] : [])],
        swaps ? rollForward : undo(drop), 'retry-lock', columnMissing(target, columnName)),
    ]
  },
}
