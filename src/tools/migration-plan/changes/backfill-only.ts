import { InputError } from '../../../core/errors.ts'
import { backfill } from '../sql/backfill.ts'
import { rowsWhere } from '../sql/asks.ts'
import { phase, quick, rollForward } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

function value(target: Target): { readonly set: string, readonly differs: string } {
  if (target.expression.columns.includes(target.columnName)) {
    throw new InputError(`Unexpected expression that reads ${target.columnName}, the column it writes, expected one that gives the same value when run twice. Write into a new column (add-column-not-null-computed) instead.`)
  }
  return { set: `${target.column} = ${target.expression.print('t.')}`, differs: `t.${target.column} IS DISTINCT FROM ${target.expression.print('t.')}` }
}

export const backfillOnly: Change = {
  id: 'backfill-only',
  reach: 'rows',
  destructive: true,
  online: (target) => {
    const { set, differs } = value(target)
    return [phase('backfill', 1, [backfill(target, set, `(${differs})`)], rollForward, 'resume-backfill', rowsWhere(target, differs))]
  },
  plain: (target) => {
    const { set, differs } = value(target)
    return [phase('backfill', 1, [quick(`UPDATE ${target.table} AS t SET ${set} WHERE ${differs}`, 'ROW EXCLUSIVE')], rollForward, 'retry-lock', rowsWhere(target, differs))]
  },
}
