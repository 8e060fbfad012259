import { requireColumn } from '../sql/required.ts'
import { phase, quick, switchOver, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const dropNotNull: Change = {
  id: 'drop-not-null',
  reach: 'catalogue',
  destructive: false,
  online: (target) => {
    const required = requireColumn(target, target.column, target.named(target.columnName, 'nn'))
    return [
      switchOver(1, 'accept-null'),
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} DROP NOT NULL`)], undo(...[...required.check, ...required.finish].map(({ sql }) => sql)), 'retry-lock'),
    ]
  },
  plain: ({ table, column }) => [phase('expand', 1, [quick(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`)], undo(`ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL`), 'retry-lock')],
}
