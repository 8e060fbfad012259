import { quoteName } from '../sql/identifiers.ts'
import { phase, precheck, quick, restoreOnly, switchOver, undo, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const notReferenced = (target: Target): Phase => precheck(`SELECT count(*) AS n FROM pg_constraint WHERE contype = 'f' AND confrelid = ${target.asRegclass} AND conrelid <> confrelid`)

export const dropTable: Change = {
  id: 'drop-table',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const parked = target.named('dropped', target.day)
    return [
      notReferenced(target),
      switchOver(1, 'stop-using'),
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} RENAME TO ${quoteName(parked)}`)], undo(`ALTER TABLE ${target.beside(parked)} RENAME TO ${quoteName(target.tableName.table, 'table')}`), 'retry-lock'),
      phase('contract', 2, [quick(`DROP TABLE ${target.beside(parked)}`)], restoreOnly, 'forward-only'),
    ]
  },
  plain: (target) => [notReferenced(target), phase('contract', 1, [quick(`DROP TABLE ${target.table}`)], restoreOnly, 'forward-only')],
}
