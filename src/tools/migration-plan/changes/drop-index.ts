import { quoteName, quoteText } from '../sql/identifiers.ts'
import { outside, phase, precheck, quick, rollForward, undo, type Phase, type Rollback } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const unusedBefore = (target: Target): Phase =>
  precheck(`SELECT coalesce(sum(idx_scan), 0) AS n FROM pg_stat_user_indexes WHERE indexrelid = to_regclass(${quoteText(target.beside(target.from))})`)
const goneAfter = (target: Target): string => `SELECT (to_regclass(${quoteText(target.beside(target.from))}) IS NOT NULL)::int AS n`
const buildAgain = (target: Target, how: string): Rollback =>
  target.hasColumns ? undo(`CREATE INDEX ${how}${quoteName(target.from, 'from')} ON ${target.table} (${target.columns.join(', ')})`) : rollForward

export const dropIndex: Change = {
  id: 'drop-index',
  reach: 'scan',
  destructive: false,
  online: (target) => [
    unusedBefore(target),
    phase('contract', 1, [outside(`DROP INDEX CONCURRENTLY ${target.beside(target.from)}`)], buildAgain(target, 'CONCURRENTLY '), 'drop-invalid-index', goneAfter(target)),
  ],
  plain: (target) => [
    unusedBefore(target),
    phase('contract', 1, [quick(`DROP INDEX ${target.beside(target.from)}`)], buildAgain(target, ''), 'retry-lock', goneAfter(target)),
  ],
}
