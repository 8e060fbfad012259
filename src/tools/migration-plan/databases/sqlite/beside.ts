import { derivedName } from '../../sql/identifiers.ts'
import { nothingToUndo, phase, precheck, rollForward, switchOver, undo, type Phase, type Statement } from '../../sql/statement.ts'
import { need, needOldName } from '../given.ts'
import { backfill, indexed, rows, step } from './statements.ts'
import { checkOf, rebuildWith } from './rebuild.ts'
import { quoteName, quoteText, type SqliteTarget } from './target.ts'

interface Triggers { readonly create: readonly Statement[], readonly drop: readonly string[] }

function triggers(target: SqliteTarget, bodies: readonly (readonly [string, string, string, string])[]): Triggers {
  const names = bodies.map(([name]) => target.named(name))
  return {
    create: bodies.map(([, event, when, set], index) => step(`CREATE TRIGGER ${names[index]} AFTER ${event} ON ${target.table} WHEN ${when} BEGIN UPDATE ${target.table} SET ${set} WHERE rowid = NEW.rowid; END`)),
    drop: [...names].reverse().map((name) => `DROP TRIGGER ${name}`),
  }
}

/**
 * Keeps two columns equal while an old and a new version write. A new row follows the new column when it was sent, a changed one the column that
 * changed, the old one when both did. Each trigger leaves rows alone that agree, so they end whether or not triggers may start each other.
 */
const bothWays = (target: SqliteTarget, name: string, old: string, fresh: string): Triggers => triggers(target, [
  [`${name}_ins`, 'INSERT', `NEW.${fresh} IS NOT NEW.${old}`, `${old} = coalesce(NEW.${fresh}, NEW.${old}), ${fresh} = coalesce(NEW.${fresh}, NEW.${old})`],
  [`${name}_old`, `UPDATE OF ${old}`, `NEW.${old} IS NOT OLD.${old} AND NEW.${fresh} IS NOT NEW.${old}`, `${fresh} = NEW.${old}`],
  [`${name}_new`, `UPDATE OF ${fresh}`, `NEW.${fresh} IS NOT OLD.${fresh} AND NEW.${old} IS OLD.${old} AND NEW.${old} IS NOT NEW.${fresh}`, `${old} = NEW.${fresh}`],
])

/** 0 when rows have the number that the triggers find them by. */
const hasRowid = ({ tableName }: SqliteTarget): string => `SELECT count(*) AS n FROM pragma_table_list(${quoteText(tableName)}) AS l WHERE l.wr = 1`

/** A column gets another name while both are in use: three releases. */
export function renameBeside(target: SqliteTarget): readonly Phase[] {
  const [oldName, freshName] = [needOldName(target.input), need(target.input, 'to')]
  const [old, fresh] = [quoteName(oldName, 'from'), quoteName(freshName, 'to')]
  const both = bothWays(target, `${oldName}_${freshName}_sync`, old, fresh)
  const apart = rows(target, `t.${old} IS NOT t.${fresh}`)
  const required = target.input.nullable === false
  const drops = both.drop.map(step)
  return [
    precheck(hasRowid(target)), precheck(indexed(target, oldName)),
    phase('expand', 1, [step(`ALTER TABLE ${target.table} ADD COLUMN ${fresh} ${target.type}`), ...both.create], undo(...both.drop, `ALTER TABLE ${target.table} DROP COLUMN ${fresh}`), 'retry-lock'),
    phase('backfill', 1, [backfill(target, fresh, `t.${old}`, old, `t.${old} IS NOT t.${fresh}`)], nothingToUndo, 'resume-backfill', apart),
    ...(required ? [
      // SQLite cannot take NOT NULL away, so the old column comes back without it, for code that still writes both.
      switchOver(2, 'read-new-field', apart),
      phase('contract', 3, [...drops, step(`ALTER TABLE ${target.table} DROP COLUMN ${old}`), step(`ALTER TABLE ${target.table} ADD COLUMN ${old} ${target.type}`)], rollForward, 'forward-only'),
      switchOver(3, 'use-new-name'),
      phase('contract', 3, [step(`ALTER TABLE ${target.table} DROP COLUMN ${old}`)], rollForward, 'forward-only'),
      phase('contract', 3, [rebuildWith(target, checkOf(derivedName(target.tableName, freshName, 'nn'), `${fresh} IS NOT NULL`))], rollForward, 'fix-rows', rows(target, `t.${fresh} IS NULL`)),
    ] satisfies Phase[] : [
      switchOver(2, 'use-new-name', apart),
      phase('contract', 3, [...drops, step(`ALTER TABLE ${target.table} DROP COLUMN ${old}`)], rollForward, 'forward-only'),
    ]),
  ]
}

/** A column gets another type under its own name: code that copes with both first, then one transaction swaps the columns. */
export function retypeBeside(target: SqliteTarget): readonly Phase[] {
  const name = need(target.input, 'column')
  const fresh = quoteName(derivedName(name, 'new'))
  const cast = (of: string): string => `CAST(${of}${target.column} AS ${target.type})`
  const follow = triggers(target, [
    [`${name}_type_ins`, 'INSERT', `NEW.${fresh} IS NOT ${cast('NEW.')}`, `${fresh} = ${cast('NEW.')}`],
    [`${name}_type_upd`, `UPDATE OF ${target.column}`, `NEW.${fresh} IS NOT ${cast('NEW.')}`, `${fresh} = ${cast('NEW.')}`],
  ])
  const apart = rows(target, `t.${fresh} IS NOT ${cast('t.')}`)
  return [
    precheck(hasRowid(target)), precheck(indexed(target, name)), precheck(rows(target, `t.${target.column} IS NOT NULL AND CAST(${cast('t.')} AS TEXT) <> CAST(t.${target.column} AS TEXT)`)),
    phase('expand', 1, [step(`ALTER TABLE ${target.table} ADD COLUMN ${fresh} ${target.type}`), ...follow.create], undo(...follow.drop, `ALTER TABLE ${target.table} DROP COLUMN ${fresh}`), 'retry-lock'),
    phase('backfill', 1, [backfill(target, fresh, cast('t.'), cast(''), `t.${fresh} IS NOT ${cast('t.')}`)], nothingToUndo, 'resume-backfill', apart),
    switchOver(2, 'accept-new-type', apart),
    phase('contract', 3, [...follow.drop.map(step), step(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`), step(`ALTER TABLE ${target.table} RENAME COLUMN ${fresh} TO ${target.column}`)], rollForward, 'forward-only'),
  ]
}
