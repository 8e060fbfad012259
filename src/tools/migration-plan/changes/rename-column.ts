import { columnMissing } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { replaceColumn } from '../sql/replace-column.ts'
import { phase, quick, undo } from '../sql/statement.ts'
import { comparable } from '../sql/types.ts'
import type { Change } from './change.ts'

export const renameColumn: Change = {
  id: 'rename-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const same = (value: string) => value
    const compare = comparable(target.type)
    return replaceColumn(target, { oldName: target.oldName, old: quoteName(target.oldName, 'from'), freshName: target.to, fresh: quoteName(target.to, 'to'), triggerName: target.named(target.oldName, target.to, 'sync'), forward: same, back: same, compareOld: compare, compareFresh: compare, keepsName: false })
  },
  plain: (target) => {
    const [old, fresh] = [quoteName(target.oldName, 'from'), quoteName(target.to, 'to')]
    return [phase('expand', 1, [quick(`ALTER TABLE ${target.table} RENAME COLUMN ${old} TO ${fresh}`)], undo(`ALTER TABLE ${target.table} RENAME COLUMN ${fresh} TO ${old}`), 'retry-lock', columnMissing(target, target.to))]
  },
}
