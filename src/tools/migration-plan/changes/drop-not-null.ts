import { quoteText } from '../sql/identifiers.ts'
import { requireColumn } from '../sql/required.ts'
import { phase, quick, switchOver, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const still = (target: Target): string => `SELECT count(*) AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(target.columnName)} AND attnotnull`

export const dropNotNull: Change = {
  id: 'drop-not-null',
  reach: 'catalogue',
  destructive: false,
  online: (target) => {
    const required = requireColumn(target, target.column, target.named(target.columnName, 'nn'))
    return [
      switchOver(1, 'accept-null'),
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} DROP NOT NULL`)], undo(...[...required.check, ...required.finish].map(({ sql }) => sql)), 'retry-lock', still(target)),
    ]
  },
  plain: (target) => [phase('expand', 1, [quick(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} DROP NOT NULL`)], undo(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} SET NOT NULL`), 'retry-lock', still(target))],
}
