import { derivedName, quoteName } from '../sql/identifiers.ts'
import { replaceColumn } from '../sql/replace-column.ts'
import { phase, quick, rewrite, undo } from '../sql/statement.ts'
import { comparable, isFreeWidening } from '../sql/types.ts'
import type { Change } from './change.ts'

export const typeChangeRewrite: Change = {
  id: 'type-change-rewrite',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { column, columnName, type, fromType } = target
    const freshName = derivedName(columnName, 'new')
    const castTo = (name: string) => (value: string) => `(${value})::${name}`
    return replaceColumn(target, {
      oldName: columnName, old: column, freshName, fresh: quoteName(freshName), triggerName: target.named(columnName, 'sync'),
      forward: castTo(type.sql), back: castTo(fromType.sql), compareOld: comparable(fromType), compareFresh: comparable(type), keepsName: true,
    })
  },
  plain: ({ table, column, type, fromType }) => {
    const change = (to: string) => `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${to} USING (${column})::${to}`
    const statement = isFreeWidening(fromType, type) ? quick(change(type.sql)) : rewrite(change(type.sql))
    return [phase('expand', 1, [statement], undo(change(fromType.sql)), 'retry-lock')]
  },
}
