import { columnMissing, columnOptional, rowsWhere } from '../sql/asks.ts'
import { backfill } from '../sql/backfill.ts'
import { requireColumn } from '../sql/required.ts'
import { nothingToUndo, phase, quick, rewrite, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const addColumnVolatileDefault: Change = {
  id: 'add-column-volatile-default',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { table, column, columnName, type } = target
    const value = target.volatile.print('')
    const required = requireColumn(target, column, target.named(columnName, 'nn'))
    const empty = rowsWhere(target, `t.${column} IS NULL`)
    return [
      // Two statements: a default that comes with the column would write every row at once.
      phase('expand', 1, [quick(`ALTER TABLE ${table} ADD COLUMN ${column} ${type.sql}`), quick(`ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT ${value}`)],
        undo(`ALTER TABLE ${table} DROP COLUMN ${column}`), 'retry-lock', columnMissing(target, columnName)),
      phase('backfill', 1, [backfill(target, `${column} = ${value}`, `t.${column} IS NULL`)], nothingToUndo, 'resume-backfill', empty),
      phase('verify', 1, required.check, undo(required.dropCheck), 'fix-rows', required.unproved),
      phase('contract', 1, required.finish, undo(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`, required.check[0]?.sql ?? ''), 'retry-lock', columnOptional(target, columnName)),
    ]
  },
  plain: (target) => [
    phase('expand', 1, [rewrite(`ALTER TABLE ${target.table} ADD COLUMN ${target.column} ${target.type.sql} NOT NULL DEFAULT ${target.volatile.print('')}`)],
      undo(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`), 'retry-lock', rowsWhere(target, `t.${target.column} IS NULL`)),
  ],
}
