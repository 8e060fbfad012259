import { InputError } from '../../../../core/errors.ts'
import { need, needOldName } from '../given.ts'
import { nothingToUndo, phase, precheck, rollForward, switchOver, undo, type Phase } from '../../sql/statement.ts'
import { alter, alterText, clauses, session } from './alter.ts'
import { plainColumn, rowsWhere, unusedColumn } from './asks.ts'
import { backfill } from './backfill.ts'
import { quoteName } from './names.ts'
import { syncPair, type Triggers } from './sync.ts'
import type { MysqlTarget } from './target.ts'
import { readMysqlType, zeroOf, type MysqlType } from './types.ts'

interface Pair { readonly oldName: string, readonly freshName: string, readonly oldType: MysqlType, readonly triggers: Triggers, readonly old: string, readonly fresh: string }

function pair(target: MysqlTarget, oldName: string, freshName: string, oldType: MysqlType): Pair {
  const [old, fresh] = [quoteName(oldName, 'from'), quoteName(freshName, 'to')]
  return { oldName, freshName, oldType, old, fresh, triggers: syncPair(target, `${oldName}_${freshName}_sync`, old, fresh) }
}

/** A second column beside the old one, kept equal by triggers and filled. A NOT NULL column gets a default, so that writers may leave it out. */
function beside(target: MysqlTarget, { oldName, old, fresh, oldType, triggers }: Pair): readonly Phase[] {
  const lends = target.input.nullable === false && target.input.expression === undefined
  const apart = rowsWhere(target, `NOT (t.${old} <=> t.${fresh})`)
  return [
    precheck(`SELECT (${unusedColumn(target, oldName)}) + (${plainColumn(target, oldName, { default: target.input.expression !== undefined })}) AS n`),
    phase('expand', 1, [
      alter(target, 'add-column', `ADD COLUMN ${fresh} ${target.type.sql} NULL`),
      ...(lends ? [alter(target, 'set-default', `ALTER COLUMN ${old} SET DEFAULT ${zeroOf(oldType)}`)] : []),
      ...triggers.create,
    ], undo(...triggers.drop, ...(lends ? [alterText(target, 'set-default', `ALTER COLUMN ${old} DROP DEFAULT`)] : []), alterText(target, 'drop-column', `DROP COLUMN ${fresh}`)), 'retry-lock'),
    phase('backfill', 1, backfill(target, `t.${fresh} = t.${old}`, `NOT (t.${old} <=> t.${fresh})`), nothingToUndo, 'resume-backfill', apart),
  ]
}

const strict = (target: MysqlTarget, fresh: string) => (target.input.nullable === false || target.input.expression !== undefined
  ? [alter(target, target.input.nullable === false ? 'set-not-null' : 'set-default', target.input.nullable === false
    ? `MODIFY COLUMN ${fresh} ${target.type.sql} NOT NULL${target.defaultClause}` : `ALTER COLUMN ${fresh} SET${target.defaultClause}`)] : [])

/** A column gets another name while both are in use: three releases. */
export function renameColumn(target: MysqlTarget): readonly Phase[] {
  const both = pair(target, needOldName(target.input), need(target.input, 'to'), target.type)
  return [
    ...beside(target, both),
    switchOver(2, 'use-new-name', rowsWhere(target, `NOT (t.${both.old} <=> t.${both.fresh})`)),
    phase('contract', 3, [...strict(target, both.fresh), ...both.triggers.drop.map((sql) => session(sql)), alter(target, 'drop-column', `DROP COLUMN ${both.old}`)], rollForward, 'forward-only'),
  ]
}

/** A column gets another type under its own name. Code sees only that name, so the swap is made in one session that keeps writers out for a moment. */
export function changeType(target: MysqlTarget): readonly Phase[] {
  const oldType = readMysqlType(need(target.input, 'from'), 'from')
  if (oldType.sql === target.type.sql) throw new InputError(`Unexpected type ${JSON.stringify(target.input.type)}, expected another one than from.`)
  const both = pair(target, target.columnName, target.named(target.columnName, 'new').slice(0, 64), oldType)
  // Changed first: when the server refuses, nothing has happened yet.
  const swap = [
    session(`LOCK TABLES ${target.table} WRITE`, 'reads-and-writes'),
    session(`ALTER TABLE ${target.table} DROP COLUMN ${both.old}, RENAME COLUMN ${both.fresh} TO ${both.old}, ${clauses(target, 'drop-column').replace('LOCK=NONE', 'LOCK=DEFAULT')}`, 'reads-and-writes'),
    ...both.triggers.drop.map((sql) => session(sql, 'reads-and-writes')),
    session('UNLOCK TABLES'),
  ]
  return [
    ...beside(target, both),
    switchOver(2, 'accept-new-type', rowsWhere(target, `NOT (t.${both.old} <=> t.${both.fresh})`)),
    phase('contract', 3, [...strict(target, both.fresh), ...swap], rollForward, 'forward-only'),
  ]
}
