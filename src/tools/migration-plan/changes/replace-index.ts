import { indexUnusable, relationLeft } from '../sql/asks.ts'
import { quoteName, quoteText } from '../sql/identifiers.ts'
import { outside, phase, precheck, quick, rollForward, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const next = target.named(target.from, 'next')
  const on = target.hasExpression ? `(${target.expression.print('')})` : target.columns.join(', ')
  return { name: quoteName(next), next: target.beside(next), old: target.beside(target.from), on: `ON ${target.table} (${on})`, rename: `ALTER INDEX ${target.beside(next)} RENAME TO ${quoteName(target.from, 'from')}` }
}
/** 0 when the index is there and no rule of the table hangs on it. */
const replaceable = (target: Target): string =>
  `SELECT 1 - count(*) AS n FROM pg_index WHERE indexrelid = to_regclass(${quoteText(target.beside(target.from))}) AND NOT indisunique AND NOT indisexclusion`

/** Without columns or expression the index is built again as it is. */
export const replaceIndex: Change = {
  id: 'replace-index',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const old = target.beside(target.from)
    if (!target.hasColumns && !target.hasExpression) return [phase('expand', 1, [outside(`REINDEX INDEX CONCURRENTLY ${old}`)], rollForward, 'drop-invalid-index', indexUnusable(old))]
    const { name, next, on, rename } = parts(target)
    return [
      precheck(replaceable(target)),
      phase('expand', 1, [outside(`CREATE INDEX CONCURRENTLY ${name} ${on}`)], undo(`DROP INDEX CONCURRENTLY ${next}`), 'drop-invalid-index', indexUnusable(next)),
      phase('contract', 1, [outside(`DROP INDEX CONCURRENTLY ${old}`)], rollForward, 'drop-invalid-index', relationLeft(old)),
      phase('contract', 1, [quick(rename, 'SHARE UPDATE EXCLUSIVE')], rollForward, 'retry-lock', indexUnusable(old)),
    ]
  },
  plain: (target) => {
    const old = target.beside(target.from)
    if (!target.hasColumns && !target.hasExpression) return [phase('expand', 1, [quick(`REINDEX INDEX ${old}`)], rollForward, 'retry-lock', indexUnusable(old))]
    const { name, on, rename } = parts(target)
    return [
      precheck(replaceable(target)),
      phase('expand', 1, [quick(`CREATE INDEX ${name} ${on}`, 'SHARE'), quick(`DROP INDEX ${old}`), quick(rename)], rollForward, 'retry-lock', indexUnusable(old)),
    ]
  },
}
