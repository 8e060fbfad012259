import { rowsWhere } from '../sql/asks.ts'
import { inBatches } from '../sql/backfill.ts'
import { phase, precheck, quick, restoreOnly, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** Foreign keys to this table whose column has no index: each deleted row would read the whole other table. */
const slowReferences = (target: Target): Phase => precheck(
  `SELECT count(*) AS n FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid = ${target.asRegclass} AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1] AND i.indpred IS NULL)`)

export const purgeRows: Change = {
  id: 'purge-rows',
  reach: 'rows',
  destructive: true,
  online: (target) => {
    const unwanted = `(${target.expression.print('t.')})`
    return [
      slowReferences(target),
      phase('backfill', 1, [inBatches(target, (rows) => `DELETE FROM ${target.table} AS t WHERE ${rows} AND ${unwanted}`)], restoreOnly, 'resume-backfill', rowsWhere(target, unwanted)),
    ]
  },
  plain: (target) => {
    const unwanted = `(${target.expression.print('t.')})`
    return [slowReferences(target), phase('backfill', 1, [quick(`DELETE FROM ${target.table} AS t WHERE ${unwanted}`, 'ROW EXCLUSIVE')], restoreOnly, 'retry-lock', rowsWhere(target, unwanted))]
  },
}
