import { needColumns, need } from '../../given.ts'
import { phase, precheck, rollForward, switchOver, undo, type Phase } from '../../../sql/statement.ts'
import { alter, alterText } from '../alter.ts'
import { duplicates } from '../asks.ts'
import type { MysqlChange } from '../change.ts'
import { quoteName } from '../names.ts'
import type { MysqlTarget } from '../target.ts'

const named = (target: MysqlTarget, suffix: string): string => quoteName(target.named(...needColumns(target.input), suffix))
const listed = (target: MysqlTarget): string => target.columns.join(', ')

const addIndex = (target: MysqlTarget): readonly Phase[] => [
  phase('expand', 1, [alter(target, 'add-index', `ADD INDEX ${named(target, 'idx')} (${listed(target)})`)], undo(alterText(target, 'drop-index', `DROP INDEX ${named(target, 'idx')}`)), 'retry-lock'),
]
const addUnique = (target: MysqlTarget): Phase =>
  phase('expand', 1, [alter(target, 'add-unique-index', `ADD UNIQUE INDEX ${named(target, 'key')} (${listed(target)})`)], undo(alterText(target, 'drop-index', `DROP INDEX ${named(target, 'key')}`)), 'fix-rows', duplicates(target))
const oldIndex = ({ input }: MysqlTarget): string => quoteName(need(input, 'from'), 'from')
const hide = (target: MysqlTarget): Phase => {
  const [hidden, seen] = target.engine === 'mariadb' ? ['IGNORED', 'NOT IGNORED'] : ['INVISIBLE', 'VISIBLE']
  // The manual of MySQL lists no algorithm for it; it changes the catalogue only.
  const change = (word: string): string => (target.engine === 'mariadb' ? alterText(target, 'hide-index', `ALTER INDEX ${oldIndex(target)} ${word}`) : `ALTER TABLE ${target.table} ALTER INDEX ${oldIndex(target)} ${word}, ALGORITHM=INPLACE, LOCK=NONE`)
  return phase('expand', 1, [{ ...alter(target, 'drop-index', ''), sql: change(hidden as string) }], undo(change(seen as string)), 'retry-lock')
}
const drop = (target: MysqlTarget, release: number): Phase => phase('contract', release, [alter(target, 'drop-index', `DROP INDEX ${oldIndex(target)}`)], rollForward, 'retry-lock')

export const indexChanges: Readonly<Record<string, MysqlChange>> = {
  'add-index': { reach: 'scan', naive: 'add-index', online: addIndex, plain: addIndex },
  'add-unique': {
    reach: 'scan',
    naive: 'add-unique-index',
    online: (target) => [precheck(duplicates(target)), switchOver(1, 'handle-refusal'), { ...addUnique(target), release: 2 }],
    plain: (target) => [precheck(duplicates(target)), addUnique(target)],
  },
  'drop-index': { reach: 'catalogue', naive: 'drop-index', online: (target) => [hide(target), drop(target, 1)], plain: (target) => [drop(target, 1)] },
  'replace-index': {
    reach: 'scan',
    naive: 'add-index',
    online: (target) => [...addIndex(target), hide(target), drop(target, 1)],
    plain: (target) => [...addIndex(target), drop(target, 1)],
  },
}
