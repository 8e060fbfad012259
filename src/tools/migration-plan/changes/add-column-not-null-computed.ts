import { backfill } from '../sql/backfill.ts'
import { columnOptional, rowsWhere } from '../sql/asks.ts'
import { requireColumn } from '../sql/required.ts'
import { nothingToUndo, phase, quick, rollForward, switchOver, undo } from '../sql/statement.ts'
import { fillColumn } from '../sql/sync.ts'
import { comparable } from '../sql/types.ts'
import type { Change } from './change.ts'

export const addColumnNotNullComputed: Change = {
  id: 'add-column-not-null-computed',
  reach: 'shape',
  destructive: false,
  online: (target) => {
    const { table, column, columnName, type, expression } = target
    const fill = fillColumn(target, target.named(columnName, 'fill'), column, expression.print('NEW.'))
    const required = requireColumn(target, column, target.named(columnName, 'nn'))
    const differs = `t.${column}${comparable(type)} IS DISTINCT FROM (${expression.print('t.')})${comparable(type)}`
    return [
      phase('expand', 1, [quick(`ALTER TABLE ${table} ADD COLUMN ${column} ${type.sql}`), ...fill.create],
        undo(...fill.drop.map(({ sql }) => sql), `ALTER TABLE ${table} DROP COLUMN ${column}`), 'retry-lock', fill.missing),
      phase('backfill', 1, [backfill(target, `${column} = ${expression.print('t.')}`, `(${differs})`)], nothingToUndo, 'resume-backfill', rowsWhere(target, differs)),
      phase('verify', 1, required.check, undo(required.dropCheck), 'fix-rows', required.unproved),
      switchOver(2, 'send-the-value', rowsWhere(target, differs)),
      phase('contract', 2, [...required.finish, ...fill.drop], rollForward, 'retry-lock', columnOptional(target, columnName)),
    ]
  },
  plain: (target) => [
    phase('expand', 1, [
      quick(`ALTER TABLE ${target.table} ADD COLUMN ${target.column} ${target.type.sql}`),
      quick(`UPDATE ${target.table} AS t SET ${target.column} = ${target.expression.print('t.')}`),
      quick(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} SET NOT NULL`),
    ], undo(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`), 'retry-lock', columnOptional(target, target.columnName)),
  ],
}
