import { columnOptional, rowsWhere } from '../sql/asks.ts'
import { requireColumn } from '../sql/required.ts'
import { nothingToUndo, phase, precheck, quick, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const setNotNull: Change = {
  id: 'set-not-null',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const required = requireColumn(target, target.column, target.named(target.columnName, 'nn'))
    const nulls = rowsWhere(target, `t.${target.column} IS NULL`)
    return [
      precheck(nulls),
      phase('expand', 1, required.check.slice(0, 1), undo(required.dropCheck), 'retry-lock', nulls),
      phase('verify', 1, required.check.slice(1), nothingToUndo, 'fix-rows', required.unproved),
      phase('contract', 1, required.finish, undo(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} DROP NOT NULL`, required.check[0]?.sql ?? ''), 'retry-lock', columnOptional(target, target.columnName)),
    ]
  },
  plain: (target) => [
    precheck(rowsWhere(target, `t.${target.column} IS NULL`)),
    phase('expand', 1, [quick(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} SET NOT NULL`)],
      undo(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} DROP NOT NULL`), 'fix-rows', columnOptional(target, target.columnName)),
  ],
}
