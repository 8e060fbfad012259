import { InputError } from '../../../core/errors.ts'
import { rowsWhere } from '../sql/asks.ts'
import { phase, quick, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const addColumnNotNullConstantDefault: Change = {
  id: 'add-column-not-null-constant-default',
  reach: 'catalogue',
  destructive: false,
  online: (target) => {
    if (target.expression.columns.length > 0) {
      throw new InputError(`Unexpected expression that reads ${target.expression.columns.join(', ')}, expected a constant default like 0 or 'free'. For a value worked out from the row use add-column-not-null-computed.`)
    }
    return [
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} ADD COLUMN ${target.column} ${target.type.sql} NOT NULL DEFAULT ${target.expression.print('')}`)],
        undo(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`), 'retry-lock', rowsWhere(target, `t.${target.column} IS NULL`)),
    ]
  },
  plain: (target) => addColumnNotNullConstantDefault.online(target),
}
