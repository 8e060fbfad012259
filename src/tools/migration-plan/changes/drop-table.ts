import { relationLeft } from '../sql/asks.ts'
import { dollarQuote, quoteName, quoteText } from '../sql/identifiers.ts'
import { phase, precheck, quick, restoreOnly, switchOver, undo, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** Foreign keys of other tables to this one, and views on it. */
const notReferenced = (target: Target): Phase => precheck([
  `SELECT (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = ${target.asRegclass} AND conrelid <> confrelid)`,
  `+ (SELECT count(DISTINCT r.ev_class) FROM pg_depend d JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ${target.asRegclass} AND r.ev_class <> d.refobjid) AS n`,
].join(' '))

const own = (target: Target): string => `FROM pg_constraint WHERE contype = 'f' AND conrelid = ${target.asRegclass} AND confrelid <> conrelid`

/** Runs a statement for each foreign key that was written down. */
function each(keys: string, sql: string, where = ''): string {
  const body = ['DECLARE', '  held record;', 'BEGIN', `  FOR held IN SELECT name, def, proved FROM ${keys}${where} LOOP`, `    EXECUTE format(${quoteText(sql)}, held.name, held.def);`, '  END LOOP;', 'END'].join('\n')
  return `DO ${dollarQuote(body, 'keys')}`
}

export const dropTable: Change = {
  id: 'drop-table',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const parked = target.named('dropped', target.day)
    const keys = target.beside(target.named('dropped', target.day, 'keys'))
    const alter = `ALTER TABLE ${target.table.replaceAll('%', '%%')}`
    return [
      notReferenced(target),
      // New code does not look after these rows, and would be refused when it deletes what they point at. Definitions are kept for the way back.
      phase('expand', 1, [
        quick(`CREATE TABLE ${keys} AS SELECT conname AS name, replace(pg_get_constraintdef(oid), ' NOT VALID', '') AS def, convalidated AS proved ${own(target)}`, 'none'),
        quick(each(keys, `${alter} DROP CONSTRAINT %I`)),
      ], undo(each(keys, `${alter} ADD CONSTRAINT %I %s NOT VALID`), each(keys, `${alter} VALIDATE CONSTRAINT %I`, ' WHERE proved'), `DROP TABLE ${keys}`), 'retry-lock', `SELECT count(*) AS n ${own(target)}`),
      switchOver(1, 'stop-using'),
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} RENAME TO ${quoteName(parked)}`)], undo(`ALTER TABLE ${target.beside(parked)} RENAME TO ${quoteName(target.tableName.table, 'table')}`), 'retry-lock', relationLeft(target.table)),
      phase('contract', 2, [quick(`DROP TABLE ${target.beside(parked)}, ${keys}`)], restoreOnly, 'forward-only', relationLeft(target.beside(parked))),
    ]
  },
  plain: (target) => [notReferenced(target), phase('contract', 1, [quick(`DROP TABLE ${target.table}`)], restoreOnly, 'forward-only', relationLeft(target.table))],
}
