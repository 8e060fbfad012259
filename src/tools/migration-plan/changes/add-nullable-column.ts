import { columnMissing } from '../sql/asks.ts'
import { phase, quick, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const addNullableColumn: Change = {
  id: 'add-nullable-column',
  reach: 'catalogue',
  destructive: false,
  online: (target) => [
    phase('expand', 1, [quick(`ALTER TABLE ${target.table} ADD COLUMN ${target.column} ${target.type.sql}`)],
      undo(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`), 'retry-lock', columnMissing(target, target.columnName)),
  ],
  plain: (target) => addNullableColumn.online(target),
}
