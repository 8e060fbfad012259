import { backfill } from '../sql/backfill.ts'
import { copiedAlone, rowsWhere } from '../sql/asks.ts'
import { derivedName, quoteName } from '../sql/identifiers.ts'
import { requireColumn } from '../sql/required.ts'
import { nothingToUndo, phase, precheck, quick, rewrite, rollForward, switchOver, undo } from '../sql/statement.ts'
import { syncPair } from '../sql/sync.ts'
import { comparable, isFreeWidening } from '../sql/types.ts'
import type { Change } from './change.ts'

export const typeChangeRewrite: Change = {
  id: 'type-change-rewrite',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, column: old, columnName, type, fromType } = target
    const freshName = derivedName(columnName, 'new')
    const fresh = quoteName(freshName)
    const cast = (value: string) => `(${value})::${type.sql}`
    const fallback = target.hasExpression ? target.expression.print('') : undefined
    const sync = syncPair(target, target.named(columnName, 'sync'), {
      old, fresh, forward: cast(`NEW.${old}`), back: `(NEW.${fresh})::${fromType.sql}`, fallback, compareOld: comparable(fromType), compareFresh: comparable(type),
    })
    const required = requireColumn(target, fresh, target.named(freshName, 'nn'))
    const differs = `t.${fresh}${comparable(type)} IS DISTINCT FROM (${cast(`t.${old}`)})${comparable(type)}`
    const apart = rowsWhere(target, differs)
    return [
      precheck(copiedAlone(target, columnName, { hasDefault: target.hasExpression, required: !target.nullable })),
      phase('expand', 1, [
        quick(`ALTER TABLE ${table} ADD COLUMN ${fresh} ${type.sql}`),
        ...(fallback === undefined ? [] : [quick(`ALTER TABLE ${table} ALTER COLUMN ${old} DROP DEFAULT`)]),
        ...sync.create,
      ], undo(
        ...sync.drop.map(({ sql }) => sql),
        ...(fallback === undefined ? [] : [`ALTER TABLE ${table} ALTER COLUMN ${old} SET DEFAULT ${fallback}`]),
        `ALTER TABLE ${table} DROP COLUMN ${fresh}`,
      ), 'retry-lock'),
      phase('backfill', 1, [backfill(target, `${fresh} = ${cast(`t.${old}`)}`, `(${differs})`)], nothingToUndo, 'resume-backfill', apart),
      ...(target.nullable ? [] : [phase('verify', 1, required.check, undo(required.dropCheck), 'fix-rows')]),
      { ...switchOver(2), verify: apart },
      phase('contract', 3, [
        ...(target.nullable ? [] : [required.strict]),
        ...sync.drop,
        quick(`ALTER TABLE ${table} ${target.nullable ? '' : `${required.withoutCheck}, `}DROP COLUMN ${old}`),
        quick(`ALTER TABLE ${table} RENAME COLUMN ${fresh} TO ${old}`),
        ...(fallback === undefined ? [] : [quick(`ALTER TABLE ${table} ALTER COLUMN ${old} SET DEFAULT ${fallback}`)]),
      ], rollForward, 'retry-lock'),
    ]
  },
  plain: ({ table, column, type, fromType }) => {
    const change = (to: string) => `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${to} USING (${column})::${to}`
    const statement = isFreeWidening(fromType, type) ? quick(change(type.sql)) : rewrite(change(type.sql))
    return [phase('expand', 1, [statement], undo(change(fromType.sql)), 'retry-lock')]
  },
}
