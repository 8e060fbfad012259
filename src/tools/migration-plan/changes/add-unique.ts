import { constraintsUnproved, indexUnusable } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { outside, phase, precheck, quick, switchOver, undo, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const noDuplicates = ({ table, columns }: Target): Phase =>
  precheck(`SELECT count(*) AS n FROM (SELECT 1 FROM ${table} WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(' AND ')} GROUP BY ${columns.join(', ')} HAVING count(*) > 1) AS d`)

export const addUnique: Change = {
  id: 'add-unique',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const name = target.named(...target.columnNames, 'key')
    const [key, full] = [quoteName(name), target.beside(name)]
    return [
      noDuplicates(target),
      switchOver(1, 'handle-refusal'),
      phase('expand', 2, [outside(`CREATE UNIQUE INDEX CONCURRENTLY ${key} ON ${target.table} (${target.columns.join(', ')})`)],
        undo(`DROP INDEX CONCURRENTLY IF EXISTS ${full}`), 'drop-invalid-index', indexUnusable(full)),
      phase('contract', 2, [quick(`ALTER TABLE ${target.table} ADD CONSTRAINT ${key} UNIQUE USING INDEX ${key}`)], undo(`ALTER TABLE ${target.table} DROP CONSTRAINT ${key}`), 'retry-lock', constraintsUnproved(target, name)),
    ]
  },
  plain: (target) => {
    const name = target.named(...target.columnNames, 'key')
    const key = quoteName(name)
    return [
      noDuplicates(target),
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} ADD CONSTRAINT ${key} UNIQUE (${target.columns.join(', ')})`)], undo(`ALTER TABLE ${target.table} DROP CONSTRAINT ${key}`), 'fix-rows', constraintsUnproved(target, name)),
    ]
  },
}
