import { regroupColumns } from '../sql/column-groups.ts'
import { columnsLeft, rowsWhere } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { joinedColumns } from '../sql/joined-columns.ts'
import { phase, quick, restoreOnly, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const splitColumn: Change = {
  id: 'split-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { whole: old, parts: fresh, type } = joinedColumns(target, quoteName(target.oldName, 'from'))
    // Parts that the new version wrote need not be what a split would give: only the whole can be compared.
    return regroupColumns(target, { oldNames: [target.oldName], old: [old], fresh, triggerName: target.named(target.oldName, 'split'), compare: 'old', type })
  },
  plain: (target) => {
    const { whole: old, parts: fresh, type } = joinedColumns(target, quoteName(target.oldName, 'from'))
    return [
      phase('expand', 1, [
        quick(`ALTER TABLE ${target.table} ${fresh.map(({ column }) => `ADD COLUMN ${column} ${type}`).join(', ')}`),
        quick(`UPDATE ${target.table} AS t SET ${fresh.map(({ column, value }) => `${column} = ${value('t.')}`).join(', ')}`),
      ], undo(`ALTER TABLE ${target.table} ${fresh.map(({ column }) => `DROP COLUMN ${column}`).join(', ')}`), 'retry-lock', rowsWhere(target, `t.${old.column} IS DISTINCT FROM ${old.value('t.')}`)),
      phase('contract', 1, [quick(`ALTER TABLE ${target.table} DROP COLUMN ${old.column}`)], restoreOnly, 'forward-only', columnsLeft(target, target.oldName)),
    ]
  },
}
