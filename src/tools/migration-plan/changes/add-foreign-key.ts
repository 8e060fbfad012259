import { constraintsUnproved, indexUnusable } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { alone, nothingToUndo, outside, phase, precheck, quick, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const { table, column, columnName, references } = target
  const index = target.named(columnName, 'idx')
  const name = quoteName(target.named(columnName, 'fkey'))
  return {
    name, unproved: constraintsUnproved(target, target.named(columnName, 'fkey')), index: quoteName(index), fullIndex: target.beside(index),
    add: `ALTER TABLE ${table} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${references.table} (${references.column})`,
    drop: `ALTER TABLE ${table} DROP CONSTRAINT ${name}`,
    orphans: `SELECT count(*) AS n FROM ${table} AS t LEFT JOIN ${references.table} AS p ON p.${references.column} = t.${column} WHERE t.${column} IS NOT NULL AND p.${references.column} IS NULL`,
  }
}

export const addForeignKey: Change = {
  id: 'add-foreign-key',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { name, unproved, index, fullIndex, add, drop, orphans } = parts(target)
    return [
      precheck(orphans),
      phase('expand', 1, [outside(`CREATE INDEX CONCURRENTLY ${index} ON ${target.table} (${target.column})`)], undo(`DROP INDEX CONCURRENTLY ${fullIndex}`), 'drop-invalid-index', indexUnusable(fullIndex)),
      phase('expand', 1, [alone(`${add} NOT VALID`, 'SHARE ROW EXCLUSIVE')], undo(drop), 'retry-lock', orphans),
      phase('verify', 1, [alone(`ALTER TABLE ${target.table} VALIDATE CONSTRAINT ${name}`, 'SHARE UPDATE EXCLUSIVE')], nothingToUndo, 'fix-rows', unproved),
    ]
  },
  plain: (target) => {
    const { unproved, index, fullIndex, add, drop, orphans } = parts(target)
    return [
      precheck(orphans),
      phase('expand', 1, [quick(`CREATE INDEX ${index} ON ${target.table} (${target.column})`, 'SHARE'), quick(add, 'SHARE ROW EXCLUSIVE')], undo(drop, `DROP INDEX ${fullIndex}`), 'fix-rows', unproved),
    ]
  },
}
