import { derivedName } from '../../sql/identifiers.ts'
import { batch } from '../../rules.ts'
import { nothingToUndo, phase, precheck, rollForward, switchOver, undo, type Phase, type Statement } from '../../sql/statement.ts'
import { need, needOldName } from '../given.ts'
import { alone, inTransaction } from '../simple-change.ts'
import { columnUse, namedInCode, renamed, rows } from './asks.ts'
import { quoteName, quoteText, readSqlserverType, type SqlserverTarget } from './target.ts'

const short = (sql: string): Statement => alone(sql, 'reads-and-writes')
/** Two values differ, NULL counted as a value. */
const differ = (left: string, right: string): string => `EXISTS (SELECT ${left} EXCEPT SELECT ${right})`

/** What a NOT NULL column gets from writers that do not know it. */
function zeroOf(type: string): string {
  if (/^(n?var)?char|^nchar|^nvarchar/.test(type)) return "N''"
  if (/^date|^time/.test(type)) return "'1970-01-01'"
  if (type === 'uniqueidentifier') return "'00000000-0000-0000-0000-000000000000'"
  return type.startsWith('varbinary') ? '0x' : '0'
}

/** A trigger has to be the first statement of its batch, and a file begins with its lock timeout: so it is made by EXEC. It does nothing for its own write. */
function trigger(target: SqlserverTarget, name: string, body: readonly string[]): { readonly create: Statement, readonly drop: string } {
  const quoted = target.beside(derivedName(target.tableName, name))
  const text = [`CREATE TRIGGER ${quoted} ON ${target.table} AFTER INSERT, UPDATE AS`, 'BEGIN', `  IF TRIGGER_NESTLEVEL(OBJECT_ID(${quoteText(quoted)})) > 1 RETURN;`, '  SET NOCOUNT ON;', ...body.map((line) => `  ${line}`), 'END'].join('\n')
  return { create: short(`EXEC (${quoteText(text)})`), drop: `DROP TRIGGER ${quoted}` }
}

/** Batches that commit by themselves; small enough that the server does not take the whole table. */
const fill = (target: SqlserverTarget, set: string, differs: string): Statement => ({
  ...alone([
    'DECLARE @done int = 1;', 'WHILE @done > 0', 'BEGIN',
    `  UPDATE TOP (${Math.min(batch.rows, 4000)}) t SET ${set} FROM ${target.table} AS t WHERE ${differs};`,
    '  SET @done = @@ROWCOUNT;', "  WAITFOR DELAY '00:00:00.100';", 'END',
  ].join('\n'), 'rows'), lock: 'ROW EXCLUSIVE', transaction: 'none',
})

/** A column gets another name while both are in use: three releases. `sp_rename` would break running code at once, and views and procedures for good. */
export function renameBeside(target: SqlserverTarget): readonly Phase[] {
  const [oldName, freshName] = [needOldName(target.input), need(target.input, 'to')]
  const [old, fresh, key] = [quoteName(oldName, 'from'), quoteName(freshName, 'to'), quoteName(target.input.keyColumn ?? 'id', 'keyColumn')]
  const sync = trigger(target, `${oldName}_${freshName}_sync`, [
    `UPDATE t SET ${old} = v.value, ${fresh} = v.value FROM ${target.table} AS t JOIN inserted AS i ON i.${key} = t.${key} LEFT JOIN deleted AS d ON d.${key} = i.${key}`,
    // A new row follows the new column when it was sent; a changed one the column that changed, the old one when both did.
    `CROSS APPLY (SELECT CASE WHEN d.${key} IS NULL THEN COALESCE(i.${fresh}, i.${old}) WHEN ${differ(`i.${old}`, `d.${old}`)} THEN i.${old} ELSE i.${fresh} END AS value) AS v`,
    `WHERE ${differ(`t.${old}, t.${fresh}`, 'v.value, v.value')};`,
  ])
  const required = target.input.nullable === false
  const lent = target.named(oldName, 'lent')
  const apart = rows(target, differ(`t.${old}`, `t.${fresh}`))
  const dropLent = `ALTER TABLE ${target.table} DROP CONSTRAINT ${lent}`
  return [
    precheck(columnUse(target, oldName)), precheck(namedInCode(target, oldName)),
    phase('expand', 1, [
      short(`ALTER TABLE ${target.table} ADD ${fresh} ${target.type} NULL`),
      ...(required ? [short(`ALTER TABLE ${target.table} ADD CONSTRAINT ${lent} DEFAULT ${zeroOf(target.type)} FOR ${old}`)] : []), sync.create,
    ], undo(sync.drop, ...(required ? [dropLent] : []), `ALTER TABLE ${target.table} DROP COLUMN ${fresh}`), 'retry-lock'),
    phase('backfill', 1, [fill(target, `t.${fresh} = t.${old}`, differ(`t.${old}`, `t.${fresh}`))], nothingToUndo, 'resume-backfill', apart),
    switchOver(2, 'use-new-name', apart),
    phase('contract', 3, [
      ...(required ? [short(`ALTER TABLE ${target.table} ALTER COLUMN ${fresh} ${target.type} NOT NULL`)] : []),
      inTransaction(sync.drop, 'reads-and-writes'), ...(required ? [inTransaction(dropLent, 'reads-and-writes')] : []), inTransaction(`ALTER TABLE ${target.table} DROP COLUMN ${old}`, 'reads-and-writes'),
    ], rollForward, 'forward-only'),
  ]
}

/** A column gets another type under its own name: code that copes with both first, then one transaction swaps the columns. */
export function retypeBeside(target: SqlserverTarget): readonly Phase[] {
  const name = need(target.input, 'column')
  const freshName = derivedName(name, 'new')
  const [fresh, key] = [quoteName(freshName), quoteName(target.input.keyColumn ?? 'id', 'keyColumn')]
  readSqlserverType(need(target.input, 'from'), 'from')
  const cast = (of: string): string => `TRY_CAST(${of}.${target.column} AS ${target.type})`
  const follow = trigger(target, `${name}_type`, [`UPDATE t SET ${fresh} = ${cast('t')} FROM ${target.table} AS t JOIN inserted AS i ON i.${key} = t.${key} WHERE ${differ(`t.${fresh}`, cast('t'))};`])
  const apart = rows(target, differ(`t.${fresh}`, cast('t')))
  const strict = target.input.nullable === false ? [short(`ALTER TABLE ${target.table} ALTER COLUMN ${fresh} ${target.type} NOT NULL`)] : []
  return [
    precheck(columnUse(target, name)), precheck(namedInCode(target, name)), precheck(rows(target, `t.${target.column} IS NOT NULL AND ${cast('t')} IS NULL`)),
    phase('expand', 1, [short(`ALTER TABLE ${target.table} ADD ${fresh} ${target.type} NULL`), follow.create], undo(follow.drop, `ALTER TABLE ${target.table} DROP COLUMN ${fresh}`), 'retry-lock'),
    phase('backfill', 1, [fill(target, `t.${fresh} = ${cast('t')}`, differ(`t.${fresh}`, cast('t')))], nothingToUndo, 'resume-backfill', apart),
    switchOver(2, 'accept-new-type', apart),
    phase('contract', 3, [...strict, ...[follow.drop, `ALTER TABLE ${target.table} DROP COLUMN ${target.column}`, renamed(`${target.table}.${fresh}`, name, 'COLUMN')].map((sql) => inTransaction(sql, 'reads-and-writes'))], rollForward, 'forward-only'),
  ]
}
