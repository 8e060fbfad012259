import { indexUnusable } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { outside, phase, quick, undo } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const names = (target: Target) => {
  const name = target.named(...target.columnNames, 'idx')
  return { name: quoteName(name), full: target.beside(name), on: `ON ${target.table} (${target.columns.join(', ')})` }
}

export const addIndex: Change = {
  id: 'add-index',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { name, full, on } = names(target)
    return [phase('expand', 1, [outside(`CREATE INDEX CONCURRENTLY ${name} ${on}`)], undo(`DROP INDEX CONCURRENTLY ${full}`), 'drop-invalid-index', indexUnusable(full))]
  },
  plain: (target) => {
    const { name, full, on } = names(target)
    return [phase('expand', 1, [quick(`CREATE INDEX ${name} ${on}`, 'SHARE')], undo(`DROP INDEX ${full}`), 'retry-lock', indexUnusable(full))]
  },
}
