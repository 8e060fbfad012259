import { columnUnlike } from '../sql/asks.ts'
import { derivedName, quoteName } from '../sql/identifiers.ts'
import { replaceColumn } from '../sql/replace-column.ts'
import { safeCast } from '../sql/safe-cast.ts'
import { phase, rewrite, undo } from '../sql/statement.ts'
import { comparable } from '../sql/types.ts'
import type { Change } from './change.ts'

export const typeConvertTextToTyped: Change = {
  id: 'type-convert-text-to-typed',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { column, columnName, type } = target
    const { helper, call } = safeCast(target)
    const freshName = derivedName(columnName, 'new')
    return replaceColumn(target, {
      oldName: columnName, old: column, freshName, fresh: quoteName(freshName), triggerName: target.named(columnName, 'sync'),
      forward: call, back: (value) => `(${value})::text`, compareOld: '', compareFresh: comparable(type), keepsName: true,
      helper, lost: `t.${column} IS NOT NULL AND ${call(`t.${column}`)} IS NULL`,
    })
  },
  plain: (target) => {
    const { table, column, type } = target
    const { helper, call } = safeCast(target)
    const asText = target.hasFrom ? target.fromType.sql : 'text'
    return [
      phase('expand', 1, helper.create, undo(...helper.drop.map(({ sql }) => sql)), 'fix-rows', `SELECT count(*) AS n FROM ${table} AS t WHERE t.${column} IS NOT NULL AND ${call(`t.${column}`)} IS NULL`),
      phase('expand', 1, [rewrite(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type.sql} USING (${column})::${type.sql}`)], undo(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${asText} USING (${column})::${asText}`), 'fix-rows', columnUnlike(target, target.columnName, type.sql)),
      phase('contract', 1, helper.drop, undo(...helper.create.map(({ sql }) => sql)), 'retry-lock', helper.left),
    ]
  },
}
