import { backfill } from '../sql/backfill.ts'
import { copiedAlone, rowsWhere } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { requireColumn } from '../sql/required.ts'
import { nothingToUndo, phase, precheck, quick, rollForward, switchOver, undo } from '../sql/statement.ts'
import { syncPair } from '../sql/sync.ts'
import { comparable } from '../sql/types.ts'
import type { Change } from './change.ts'

export const renameColumn: Change = {
  id: 'rename-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, type } = target
    const [old, fresh] = [quoteName(target.oldName, 'from'), quoteName(target.to, 'to')]
    const compare = comparable(type)
    const fallback = target.hasExpression ? target.expression.print('') : undefined
    const sync = syncPair(target, target.named(target.oldName, target.to, 'sync'), { old, fresh, forward: `NEW.${old}`, back: `NEW.${fresh}`, fallback, compareOld: compare, compareFresh: compare })
    const required = requireColumn(target, fresh, target.named(target.to, 'nn'))
    const differs = `t.${fresh}${compare} IS DISTINCT FROM t.${old}${compare}`
    const apart = rowsWhere(target, differs)
    return [
      precheck(copiedAlone(target, target.oldName, { hasDefault: target.hasExpression, required: !target.nullable })),
      phase('expand', 1, [
        quick(`ALTER TABLE ${table} ADD COLUMN ${fresh} ${type.sql}`),
        ...(fallback === undefined ? [] : [quick(`ALTER TABLE ${table} ALTER COLUMN ${old} DROP DEFAULT`)]),
        ...sync.create,
      ], undo(
        ...sync.drop.map(({ sql }) => sql),
        ...(fallback === undefined ? [] : [`ALTER TABLE ${table} ALTER COLUMN ${old} SET DEFAULT ${fallback}`]),
        `ALTER TABLE ${table} DROP COLUMN ${fresh}`,
      ), 'retry-lock'),
      phase('backfill', 1, [backfill(target, `${fresh} = t.${old}`, `(${differs})`)], nothingToUndo, 'resume-backfill', apart),
      ...(target.nullable ? [] : [phase('verify', 1, required.check, undo(required.dropCheck), 'fix-rows')]),
      { ...switchOver(2), verify: apart },
      phase('contract', 3, [
        ...(target.nullable ? [] : [required.strict]),
        ...sync.drop,
        quick(`ALTER TABLE ${table} ${target.nullable ? '' : `${required.withoutCheck}, `}DROP COLUMN ${old}`),
        ...(fallback === undefined ? [] : [quick(`ALTER TABLE ${table} ALTER COLUMN ${fresh} SET DEFAULT ${fallback}`)]),
      ], rollForward, 'retry-lock'),
    ]
  },
  plain: (target) => {
    const [old, fresh] = [quoteName(target.oldName, 'from'), quoteName(target.to, 'to')]
    return [phase('expand', 1, [quick(`ALTER TABLE ${target.table} RENAME COLUMN ${old} TO ${fresh}`)], undo(`ALTER TABLE ${target.table} RENAME COLUMN ${fresh} TO ${old}`), 'retry-lock')]
  },
}
