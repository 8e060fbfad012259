import { need, needOldName } from '../../given.ts'
import { nothingToUndo, phase, precheck, restoreOnly, rollForward, switchOver, undo } from '../../../sql/statement.ts'
import { alter, alterText, single } from '../alter.ts'
import { inboundKeys, relationsLeft, rightsMissing, rowsWhere, tableAndView } from '../asks.ts'
import { backfill, inBatches } from '../backfill.ts'
import type { MysqlChange } from '../change.ts'
import { quoteName } from '../names.ts'
import { renameColumn } from '../replace-column.ts'

/** A change of names is over in a moment, but everything waits for it. */
const renamed = (sql: string) => single(sql, 'reads-and-writes')

export const tableChanges: Readonly<Record<string, MysqlChange>> = {
  'rename-column': {
    reach: 'shape',
    naive: 'rename-column',
    online: renameColumn,
    plain: (target) => {
      const [old, fresh] = [quoteName(needOldName(target.input), 'from'), quoteName(need(target.input, 'to'), 'to')]
      return [phase('expand', 1, [alter(target, 'rename-column', `RENAME COLUMN ${old} TO ${fresh}`)], undo(alterText(target, 'rename-column', `RENAME COLUMN ${fresh} TO ${old}`)), 'retry-lock')]
    },
  },
  'rename-table': {
    reach: 'shape',
    naive: 'rename-column',
    // A query that has opened a view fails when the table behind it takes another name. So the view that goes away has no users: the table gets the new
    // name before anybody uses that, and a view that is ready gets the old one in the same statement.
    online: (target) => {
      const to = need(target.input, 'to')
      const [fresh, ready, spare] = [target.beside(to), target.beside(target.named('view')), target.beside(target.named('spare'))]
      const both = tableAndView(target, to, target.tableName)
      return [
        phase('expand', 1, [single(`CREATE VIEW ${fresh} AS SELECT * FROM ${target.table}`), single(`CREATE VIEW ${ready} AS SELECT * FROM ${fresh}`)], undo(`DROP VIEW ${ready}, ${fresh}`), 'retry-lock'),
        phase('expand', 1, [renamed(`RENAME TABLE ${fresh} TO ${spare}, ${target.table} TO ${fresh}, ${ready} TO ${target.table}`)],
          undo(`RENAME TABLE ${target.table} TO ${ready}, ${fresh} TO ${target.table}, ${spare} TO ${fresh}`), 'retry-lock', both),
        switchOver(2, 'use-new-name', `SELECT (${both}) + (${rightsMissing(target, to)}) AS n`),
        phase('contract', 3, [single(`DROP VIEW ${spare}, ${target.table}`)], rollForward, 'retry-lock', relationsLeft(target, [target.tableName, target.named('spare')])),
      ]
    },
    plain: (target) => {
      const fresh = target.beside(need(target.input, 'to'))
      return [phase('expand', 1, [renamed(`RENAME TABLE ${target.table} TO ${fresh}`)], undo(`RENAME TABLE ${fresh} TO ${target.table}`), 'retry-lock')]
    },
  },
  'drop-table': {
    reach: 'shape',
    naive: 'drop-column',
    online: (target) => {
      const parked = target.beside(target.named('dropped', target.day))
      return [
        precheck(inboundKeys(target)),
        switchOver(1, 'stop-using'),
        phase('expand', 1, [renamed(`RENAME TABLE ${target.table} TO ${parked}`)], undo(`RENAME TABLE ${parked} TO ${target.table}`), 'retry-lock'),
        phase('contract', 2, [renamed(`DROP TABLE ${parked}`)], restoreOnly, 'forward-only'),
      ]
    },
    plain: (target) => [precheck(inboundKeys(target)), phase('contract', 1, [renamed(`DROP TABLE ${target.table}`)], restoreOnly, 'forward-only')],
  },
  'backfill-only': {
    reach: 'rows',
    naive: 'change-type',
    online: (target) => {
      const differs = `NOT (t.${target.column} <=> (${target.expression.print('t.')}))`
      return [phase('backfill', 1, backfill(target, `t.${target.column} = ${target.expression.print('t.')}`, differs), nothingToUndo, 'resume-backfill', rowsWhere(target, differs))]
    },
    plain: (target) => [phase('backfill', 1, [single(`UPDATE ${target.table} AS t SET t.${target.column} = ${target.expression.print('t.')}`, 'rows')], nothingToUndo, 'resume-backfill')],
  },
  'purge-rows': {
    reach: 'rows',
    naive: 'change-type',
    online: (target) => [phase('backfill', 1, inBatches(target, `DELETE t FROM ${target.table} AS t`, target.expression.print('t.')), restoreOnly, 'resume-backfill', rowsWhere(target, target.expression.print('t.')))],
    plain: (target) => [phase('backfill', 1, [single(`DELETE t FROM ${target.table} AS t WHERE ${target.expression.print('t.')}`, 'rows')], restoreOnly, 'resume-backfill')],
  },
}
