import { relationLeft, relationMissing } from '../sql/asks.ts'
import { copyGrants } from '../sql/grants.ts'
import { quoteName, quoteText } from '../sql/identifiers.ts'
import { phase, quick, rollForward, switchOver, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const rename = (target: Target): string => `ALTER TABLE ${target.table} RENAME TO ${quoteName(target.to, 'to')}`
const renameBack = (target: Target): string => `ALTER TABLE ${target.beside(target.to)} RENAME TO ${quoteName(target.tableName.table, 'table')}`

export const renameTable: Change = {
  id: 'rename-table',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const [view, table] = [target.table, target.beside(target.to)]
    const both = `SELECT (count(*) <> 2)::int AS n FROM pg_class WHERE oid = to_regclass(${quoteText(view)}) AND relkind = 'v' OR oid = to_regclass(${quoteText(table)}) AND relkind IN ('r', 'p')`
    // Without it row security of the table is judged for the view's owner; PostgreSQL has it from 15 on.
    const invoker = (target.serverMajor ?? 15) >= 15 ? ' WITH (security_invoker = true)' : ''
    return [
      phase('expand', 1, [quick(rename(target)), quick(`CREATE VIEW ${view}${invoker} AS SELECT * FROM ${table}`), copyGrants(table, view, 'view')],
        undo(`DROP VIEW ${view}`, renameBack(target)), 'retry-lock', both),
      switchOver(2, 'use-new-name', both),
      phase('contract', 3, [quick(`DROP VIEW ${view}`)], rollForward, 'retry-lock', relationLeft(view)),
    ]
  },
  plain: (target) => [phase('expand', 1, [quick(rename(target))], undo(renameBack(target)), 'retry-lock', relationMissing(target.beside(target.to)))],
}
