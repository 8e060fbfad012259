import { InputError } from '../../../core/errors.ts'
import { rowsWhere } from '../sql/asks.ts'
import { backfill } from '../sql/backfill.ts'
import { nothingToUndo, phase, quick, rewrite, undo } from '../sql/statement.ts'
import { fillColumn } from '../sql/sync.ts'
import { comparable } from '../sql/types.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

function parts(target: Target) {
  const { table, column, type, expression } = target
  if (/\bnow\(|CURRENT_/.test(expression.print(''))) {
    throw new InputError(`Unexpected expression ${JSON.stringify(expression.print(''))}, expected one that gives the same value at any time: the clock cannot be part of a generated column.`)
  }
  if (expression.columns.includes(target.columnName)) throw new InputError(`Unexpected expression that reads ${target.columnName}, the column it makes, expected other columns of the row.`)
  return {
    generated: (kind: 'STORED' | 'VIRTUAL'): string => `ALTER TABLE ${table} ADD COLUMN ${column} ${type.sql} GENERATED ALWAYS AS (${expression.print('')}) ${kind}`,
    drop: `ALTER TABLE ${table} DROP COLUMN ${column}`,
    differs: `t.${column}${comparable(type)} IS DISTINCT FROM (${expression.print('t.')})${comparable(type)}`,
  }
}

export const addStoredGeneratedColumn: Change = {
  id: 'add-stored-generated-column',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { generated, drop, differs } = parts(target)
    // From 18 on the value can be worked out on reading, and no row is touched.
    if ((target.serverMajor ?? 0) >= 18) return [phase('expand', 1, [quick(generated('VIRTUAL'))], undo(drop), 'retry-lock', rowsWhere(target, differs))]
    const fill = fillColumn(target, target.named(target.columnName, 'fill'), target.column, target.expression.print('NEW.'))
    return [
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} ADD COLUMN ${target.column} ${target.type.sql}`), ...fill.create], undo(...fill.drop.map(({ sql }) => sql), drop), 'retry-lock', fill.missing),
      phase('backfill', 1, [backfill(target, `${target.column} = ${target.expression.print('t.')}`, `(${differs})`)], nothingToUndo, 'resume-backfill', rowsWhere(target, differs)),
    ]
  },
  plain: (target) => {
    const { generated, drop, differs } = parts(target)
    return [phase('expand', 1, [rewrite(generated('STORED'))], undo(drop), 'retry-lock', rowsWhere(target, differs))]
  },
}
