import { columnsLeft } from '../sql/asks.ts'
import { quoteText } from '../sql/identifiers.ts'
import { phase, precheck, quick, restoreOnly, switchOver, undo, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** 0 when nothing goes that other columns need: an index or constraint of several columns, a partial index, a view. With `required` also when rows without the column are accepted. */
const goesAlone = (target: Target, required: boolean): Phase => precheck([
  `SELECT ${required ? '(attnotnull AND NOT atthasdef)::int + ' : ''}(SELECT count(*) FROM pg_depend d LEFT JOIN pg_index i ON d.classid = 'pg_class'::regclass AND i.indexrelid = d.objid LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid`,
  "WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = attrelid AND d.refobjsubid = attnum AND (i.indnatts > 1 OR i.indpred IS NOT NULL OR cardinality(c.conkey) > 1 OR d.classid = 'pg_rewrite'::regclass))",
  `AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(target.columnName)}`,
].join(' '))

export const dropColumn: Change = {
  id: 'drop-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, column, columnName } = target
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`
    return [
      // New code no longer sends the column: a required one without a default would refuse its rows.
      goesAlone(target, target.nullable),
      ...(target.nullable ? [] : [phase('expand', 1, [quick(`${alter} DROP NOT NULL`)], undo(`${alter} SET NOT NULL`), 'retry-lock')]),
      switchOver(1, 'stop-using'),
      phase('contract', 2, [quick(`ALTER TABLE ${table} DROP COLUMN ${column}`)], restoreOnly, 'forward-only', columnsLeft(target, columnName)),
    ]
  },
  plain: (target) => [goesAlone(target, false), phase('contract', 1, [quick(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`)], restoreOnly, 'forward-only', columnsLeft(target, target.columnName))],
}
