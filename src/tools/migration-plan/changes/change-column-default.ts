import { quoteText } from '../sql/identifiers.ts'
import { readExpression } from '../sql/expression.ts'
import { phase, precheck, quick, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const hasDefault = (target: Target): string =>
  `SELECT count(*) AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(target.columnName)} AND atthasdef`

/** `from` is the default it has now, for the way back; without it there must be none. */
export const changeColumnDefault: Change = {
  id: 'change-column-default',
  reach: 'catalogue',
  destructive: false,
  online: (target) => {
    const alter = `ALTER TABLE ${target.table} ALTER COLUMN ${target.column}`
    const set = (value: string): string => (value === 'NULL' ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${value}`)
    const [value, before] = [target.volatile.print(''), target.hasFrom ? readExpression(target.from, 'from', { volatile: true }).print('') : 'NULL']
    const [none, some] = [hasDefault(target), hasDefault(target).replace('count(*)', '(count(*) = 0)::int')]
    return [
      precheck(before === 'NULL' ? none : some),
      phase('expand', 1, [quick(set(value))], undo(set(before)), 'retry-lock', value === 'NULL' ? none : some),
    ]
  },
  plain: (target) => changeColumnDefault.online(target),
}
