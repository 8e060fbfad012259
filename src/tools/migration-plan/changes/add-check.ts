import { constraintsUnproved, rowsWhere } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { alone, nothingToUndo, phase, precheck, quick, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const unquoted = target.named(...target.expression.columns, 'check')
  const name = quoteName(unquoted)
  return { name, unproved: constraintsUnproved(target, unquoted), add: `ALTER TABLE ${target.table} ADD CONSTRAINT ${name} CHECK (${target.expression.print('')})`, drop: `ALTER TABLE ${target.table} DROP CONSTRAINT ${name}`, broken: rowsWhere(target, `NOT (${target.expression.print('t.')})`) }
}

export const addCheck: Change = {
  id: 'add-check',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { name, unproved, add, drop, broken } = parts(target)
    return [
      precheck(broken),
      phase('expand', 1, [alone(`${add} NOT VALID`)], undo(drop), 'retry-lock', broken),
      phase('verify', 1, [alone(`ALTER TABLE ${target.table} VALIDATE CONSTRAINT ${name}`, 'SHARE UPDATE EXCLUSIVE')], nothingToUndo, 'fix-rows', unproved),
    ]
  },
  plain: (target) => {
    const { unproved, add, drop, broken } = parts(target)
    return [precheck(broken), phase('expand', 1, [quick(add)], undo(drop), 'fix-rows', unproved)]
  },
}
