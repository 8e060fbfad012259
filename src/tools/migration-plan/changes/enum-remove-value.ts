import { constraintsUnproved, rowsWhere } from '../sql/asks.ts'
import { backfill } from '../sql/backfill.ts'
import { quoteName, quoteText } from '../sql/identifiers.ts'
import { alone, nothingToUndo, phase, precheck, quick, rollForward, switchOver, undo, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const { table, column } = target
  const name = quoteName(target.named(target.columnName, 'retired', 'check'))
  const [gone, instead] = [quoteText(target.from), quoteText(target.to)]
  return { name, add: `ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${column} <> ${gone})`, drop: `ALTER TABLE ${table} DROP CONSTRAINT ${name}`, set: `${column} = ${instead}`, has: `t.${column} = ${gone}` }
}

/** 0 when the value is not what a row gets that sends none. */
const notTheDefault = (target: Target): Phase => precheck(
  `SELECT count(*) AS n FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = ${target.asRegclass} AND attname = ${quoteText(target.columnName)} AND starts_with(pg_get_expr(adbin, adrelid), quote_literal(${quoteText(target.from)}) || '::')`)

/** PostgreSQL has no way to take a value out of a type: the value stays in it and no row may have it. */
export const enumRemoveValue: Change = {
  id: 'enum-remove-value',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { name, add, drop, set, has } = parts(target)
    return [
      notTheDefault(target),
      // A check that is not validated already refuses new rows, so no running code may write the value any more.
      switchOver(1, 'stop-writing-value'),
      phase('expand', 2, [alone(`${add} NOT VALID`)], undo(drop), 'retry-lock'),
      phase('backfill', 2, [backfill(target, set, has)], rollForward, 'resume-backfill', rowsWhere(target, has)),
      phase('verify', 2, [alone(`ALTER TABLE ${target.table} VALIDATE CONSTRAINT ${name}`, 'SHARE UPDATE EXCLUSIVE')], nothingToUndo, 'fix-rows', constraintsUnproved(target, target.named(target.columnName, 'retired', 'check'))),
      switchOver(3, 'forget-value'),
    ]
  },
  plain: (target) => {
    const { add, set, has } = parts(target)
    return [notTheDefault(target), phase('expand', 1, [quick(`UPDATE ${target.table} AS t SET ${set} WHERE ${has}`, 'ROW EXCLUSIVE'), quick(add)], rollForward, 'retry-lock', rowsWhere(target, has))]
  },
}
