import { indexUnusable, relationLeft } from '../sql/asks.ts'
import { quoteName, quoteText } from '../sql/identifiers.ts'
import { outside, phase, precheck, quick, rollForward, switchOver, undo, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const name = target.named(target.columnName, target.to, 'idx')
  return { name: quoteName(name), full: target.beside(name), on: `ON ${target.table} (${target.column} COLLATE ${quoteName(target.to, 'to')})` }
}
const known = (target: Target): Phase => precheck(`SELECT (count(*) = 0)::int AS n FROM pg_collation WHERE collname = ${quoteText(target.to)} AND collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database()))`)

/** The column keeps its type: an index in the new order stands beside, and queries name the collation. `from` is the index in the old order, where it may go. */
export const changeCollation: Change = {
  id: 'change-collation',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { name, full, on } = parts(target)
    return [
      known(target),
      phase('expand', 1, [outside(`CREATE INDEX CONCURRENTLY ${name} ${on}`)], undo(`DROP INDEX CONCURRENTLY ${full}`), 'drop-invalid-index', indexUnusable(full)),
      switchOver(1, 'sort-by-collation'),
      ...(target.hasFrom ? [phase('contract', 1, [outside(`DROP INDEX CONCURRENTLY ${target.beside(target.from)}`)], rollForward, 'drop-invalid-index', relationLeft(target.beside(target.from)))] : []),
    ]
  },
  plain: (target) => {
    const { name, full, on } = parts(target)
    return [known(target), phase('expand', 1, [quick(`CREATE INDEX ${name} ${on}`, 'SHARE')], undo(`DROP INDEX ${full}`), 'retry-lock', indexUnusable(full))]
  },
}
