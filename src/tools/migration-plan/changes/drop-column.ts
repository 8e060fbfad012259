import { quoteText } from '../sql/identifiers.ts'
import { phase, precheck, quick, restoreOnly, switchOver, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const dropColumn: Change = {
  id: 'drop-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, column } = target
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`
    return [
      // New code no longer sends the column: a required one without a default would refuse its rows.
      target.nullable
        ? precheck(`SELECT (attnotnull AND NOT atthasdef)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(target.columnName)}`)
        : phase('expand', 1, [quick(`${alter} DROP NOT NULL`)], undo(`${alter} SET NOT NULL`), 'retry-lock'),
      switchOver(1, 'stop-using'),
      phase('contract', 2, [quick(`ALTER TABLE ${table} DROP COLUMN ${column}`)], restoreOnly, 'forward-only'),
    ]
  },
  plain: ({ table, column }) => [phase('contract', 1, [quick(`ALTER TABLE ${table} DROP COLUMN ${column}`)], restoreOnly, 'forward-only')],
}
