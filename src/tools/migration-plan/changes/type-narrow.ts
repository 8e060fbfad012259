import { InputError } from '../../../core/errors.ts'
import { constraintsUnproved, rowsWhere } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { alone, nothingToUndo, phase, precheck, quick, switchOver, undo } from '../sql/statement.ts'
import { integerRange } from '../sql/types.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** The condition that a value fits into the narrower type; the column stays as it is, so no value can be cut. */
function fits({ type }: Target, value: string): string {
  const [first, second = 0] = type.args
  const range = integerRange(type)
  if (range !== undefined && !type.array) return `${value} BETWEEN ${range[0]} AND ${range[1]}`
  if ((type.base === 'varchar' || type.base === 'char') && first !== undefined && !type.array) return `char_length(${value}) <= ${first}`
  if (type.base === 'numeric' && first !== undefined && !type.array) return `${value} = round(${value}, ${second}) AND abs(${value}) < 1${'0'.repeat(Math.max(first - second, 0))}`
  throw new InputError(`Unexpected type ${JSON.stringify(type.sql)} for type-narrow, expected varchar(n), numeric(p,s), smallint, integer or bigint. For another type use type-change-rewrite.`)
}

const parts = (target: Target) => {
  const unquoted = target.named(target.columnName, 'fits', 'check')
  const name = quoteName(unquoted)
  return { name, unproved: constraintsUnproved(target, unquoted), add: `ALTER TABLE ${target.table} ADD CONSTRAINT ${name} CHECK (${fits(target, target.column)})`, drop: `ALTER TABLE ${target.table} DROP CONSTRAINT ${name}`, offenders: rowsWhere(target, `NOT (${fits(target, `t.${target.column}`)})`) }
}

export const typeNarrow: Change = {
  id: 'type-narrow',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { name, unproved, add, drop, offenders } = parts(target)
    return [
      precheck(offenders),
      switchOver(1, 'write-within-limit'),
      phase('expand', 2, [alone(`${add} NOT VALID`)], undo(drop), 'retry-lock', offenders),
      phase('verify', 2, [alone(`ALTER TABLE ${target.table} VALIDATE CONSTRAINT ${name}`, 'SHARE UPDATE EXCLUSIVE')], nothingToUndo, 'fix-rows', unproved),
    ]
  },
  plain: (target) => {
    const { unproved, add, drop, offenders } = parts(target)
    return [precheck(offenders), phase('expand', 1, [quick(add)], undo(drop), 'fix-rows', unproved)]
  },
}
