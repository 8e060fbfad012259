import { need, needOldName } from '../../given.ts'
import { nothingToUndo, phase, precheck, restoreOnly, rollForward, switchOver, undo } from '../../../sql/statement.ts'
import { alter, alterText, single } from '../alter.ts'
import { inboundKeys, rowsWhere } from '../asks.ts'
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
    // The new name is a view first; then one statement gives the name to the table, so there is no moment without it.
    online: (target) => {
      const [fresh, spent] = [target.beside(need(target.input, 'to')), target.beside(target.named('view'))]
      return [
        phase('expand', 1, [single(`CREATE VIEW ${fresh} AS SELECT * FROM ${target.table}`)], undo(`DROP VIEW ${fresh}`), 'retry-lock'),
        switchOver(2, 'use-new-name'),
        phase('contract', 3, [renamed(`RENAME TABLE ${fresh} TO ${spent}, ${target.table} TO ${fresh}`), single(`DROP VIEW ${spent}`)], rollForward, 'retry-lock'),
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
