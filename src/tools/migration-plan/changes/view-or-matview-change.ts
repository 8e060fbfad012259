import { InputError } from '../../../core/errors.ts'
import { relationLeft, relationMissing } from '../sql/asks.ts'
import { copyGrants } from '../sql/grants.ts'
import { derivedName, quoteName, quoteTable, quoteText } from '../sql/identifiers.ts'
import { alone, phase, precheck, quick, restoreOnly, undo, type Phase } from '../sql/statement.ts'
import { splitName, type Target } from '../target.ts'
import type { Change } from './change.ts'

function kindOf({ typeText }: Target): 'VIEW' | 'MATERIALIZED VIEW' {
  const words = (typeText ?? 'materialized view').trim().toLowerCase()
  if (words === 'view') return 'VIEW'
  if (words === 'materialized view' || words === 'matview') return 'MATERIALIZED VIEW'
  throw new InputError(`Unexpected type ${JSON.stringify(typeText)}, expected view or "materialized view".`)
}

/** `columns` of the table `from`, and `expression` as its condition, are what the view shows from now on. A longer query is written into the first file by hand. */
const parts = (target: Target) => {
  const kind = kindOf(target)
  const stored = kind === 'MATERIALIZED VIEW'
  if (stored && !target.columnNames.includes(target.keyName)) {
    throw new InputError(`Unexpected columns ${JSON.stringify(target.columnNames)} without ${target.keyName}, expected the key among them: a view with a unique index can be refreshed while it is read. Set keyColumn.`)
  }
  const { tableName: { table } } = target
  const [next, before] = [derivedName(table, 'next'), derivedName(table, 'before', target.day)]
  const rename = (from: string, to: string): string => `ALTER ${kind} ${target.beside(from)} RENAME TO ${quoteName(to, 'table')}`
  const where = target.hasExpression ? ` WHERE ${target.expression.print('')}` : ''
  const index = derivedName(next, target.day, 'key')
  return {
    kind, stored, next: target.beside(next), before: target.beside(before),
    create: [
      quick(`CREATE ${kind} ${target.beside(next)} AS SELECT ${target.columns.join(', ')} FROM ${quoteTable(splitName(target.from, target.tableName.schema))}${where}`, 'none'),
      ...(stored ? [quick(`CREATE UNIQUE INDEX ${quoteName(index)} ON ${target.beside(next)} (${target.key})`, 'none')] : []),
      copyGrants(target.table, target.beside(next), 'view'),
    ],
    there: [quick(rename(table, before)), quick(rename(next, table))],
    back: undo(rename(table, next), rename(before, table)),
  }
}
/** 0 when no other view is built on this one: it would go on showing the old. */
const noneAbove = (target: Target): Phase => precheck(
  `SELECT count(*) AS n FROM pg_depend JOIN pg_rewrite r ON classid = 'pg_rewrite'::regclass AND r.oid = objid WHERE refclassid = 'pg_class'::regclass AND refobjid = ${target.asRegclass} AND ev_class <> refobjid`)

export const viewOrMatviewChange: Change = {
  id: 'view-or-matview-change',
  reach: 'catalogue',
  destructive: true,
  online: (target) => {
    const { kind, stored, next, before, create, there, back } = parts(target)
    const usable = `SELECT (count(*) = 0)::int AS n FROM pg_class WHERE oid = to_regclass(${quoteText(next)}) AND (relispopulated OR relkind = 'v')`
    return [
      noneAbove(target),
      phase('expand', 1, create, undo(`DROP ${kind} ${next}`), 'retry-lock', usable),
      // Rows that were written since it was built.
      ...(stored ? [phase('verify', 1, [alone(`REFRESH MATERIALIZED VIEW CONCURRENTLY ${next}`, 'none')], undo(), 'retry-lock', usable)] : []),
      phase('expand', 1, there, back, 'retry-lock', relationMissing(before)),
      phase('contract', 1, [quick(`DROP ${kind} ${before}`)], restoreOnly, 'forward-only', relationLeft(before)),
    ]
  },
  plain: (target) => viewOrMatviewChange.online(target),
}
