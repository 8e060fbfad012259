import { columnsLeft, copiedApart, rowsWhere } from '../sql/asks.ts'
import { regroupColumns } from '../sql/column-groups.ts'
import { quoteName } from '../sql/identifiers.ts'
import { joinedColumns } from '../sql/joined-columns.ts'
import { phase, precheck, quick, restoreOnly, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const mergeColumns: Change = {
  id: 'merge-columns',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { whole, parts, type } = joinedColumns(target, quoteName(target.to, 'to'))
    return regroupColumns(target, { oldNames: target.columnNames, old: parts, fresh: [whole], triggerName: target.named(target.to, 'merge'), compare: 'fresh', type })
  },
  plain: (target) => {
    const { whole, parts, type } = joinedColumns(target, quoteName(target.to, 'to'))
    const { table } = target
    return [
      precheck(copiedApart(target, target.columnNames, { required: !target.nullable })),
      phase('expand', 1, [quick(`ALTER TABLE ${table} ADD COLUMN ${whole.column} ${type}`), quick(`UPDATE ${table} AS t SET ${whole.column} = ${whole.value('t.')}`, 'ROW EXCLUSIVE')],
        undo(`ALTER TABLE ${table} DROP COLUMN ${whole.column}`), 'retry-lock', rowsWhere(target, `t.${whole.column} IS DISTINCT FROM ${whole.value('t.')}`)),
      phase('contract', 1, [quick(`ALTER TABLE ${table} ${parts.map(({ column }) => `DROP COLUMN ${column}`).join(', ')}`)], restoreOnly, 'forward-only', columnsLeft(target, ...target.columnNames)),
    ]
  },
}
