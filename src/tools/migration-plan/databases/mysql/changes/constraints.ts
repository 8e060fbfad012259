import { InputError } from '../../../../../core/errors.ts'
import { need, needReference } from '../../given.ts'
import { phase, precheck, rollForward, undo, type Phase } from '../../../sql/statement.ts'
import { alter, alterText, clauses, session } from '../alter.ts'
import { rowsWhere } from '../asks.ts'
import type { MysqlChange } from '../change.ts'
import { quoteName, quoteTable } from '../names.ts'
import { copyOnline } from '../online-copy.ts'
import type { MysqlTarget } from '../target.ts'

function foreignKey(target: MysqlTarget): readonly Phase[] {
  const { table, column: parentColumn } = needReference(target.input)
  const [parent, key] = [quoteTable(target.input.schema, table), quoteName(parentColumn, 'references')]
  const [name, index] = [quoteName(target.named(target.columnName, 'fk')), quoteName(target.named(target.columnName, 'idx'))]
  const orphans = rowsWhere(target, `t.${target.column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} AS p WHERE p.${key} = t.${target.column})`)
  const add = `ALTER TABLE ${target.table} ADD CONSTRAINT ${name} FOREIGN KEY (${target.column}) REFERENCES ${parent} (${key}), ${clauses(target, 'add-foreign-key-unchecked')}`
  return [
    precheck(orphans),
    phase('expand', 1, [alter(target, 'add-index', `ADD INDEX ${index} (${target.column})`)], undo(alterText(target, 'drop-index', `DROP INDEX ${index}`)), 'retry-lock'),
    // Unchecked it needs no copy; from then on new rows are checked, so the query afterwards is the proof for the old ones.
    phase('expand', 1, [session('SET SESSION foreign_key_checks = 0'), session(add), session('SET SESSION foreign_key_checks = 1')], undo(alterText(target, 'drop-foreign-key', `DROP FOREIGN KEY ${name}`)), 'fix-rows', orphans),
  ]
}

function check(target: MysqlTarget, online: boolean): readonly Phase[] {
  const name = quoteName(target.named(...target.expression.columns.slice(0, 2), 'check'))
  if (target.expression.columns.length === 0) throw new InputError(`Unexpected expression ${JSON.stringify(target.input.expression)}, expected a condition on a column.`)
  const action = `ADD CONSTRAINT ${name} CHECK (${target.expression.print('')})`
  const back = `DROP CONSTRAINT ${name}`
  const broken = rowsWhere(target, `NOT (${target.expression.print('t.')})`)
  return [precheck(broken), ...(online ? copyOnline(target, 'add-check', action, back, 'drop-check') : [phase('expand', 1, [alter(target, 'add-check', action)], undo(alterText(target, 'drop-check', back)), 'fix-rows')])]
}

export const constraintChanges: Readonly<Record<string, MysqlChange>> = {
  'add-foreign-key': { reach: 'scan', naive: 'add-foreign-key', online: foreignKey, plain: foreignKey },
  'drop-foreign-key': {
    reach: 'catalogue',
    naive: 'drop-foreign-key',
    online: (target) => [phase('contract', 1, [alter(target, 'drop-foreign-key', `DROP FOREIGN KEY ${quoteName(need(target.input, 'from'), 'from')}`)], rollForward, 'retry-lock')],
    plain: (target) => [phase('contract', 1, [alter(target, 'drop-foreign-key', `DROP FOREIGN KEY ${quoteName(need(target.input, 'from'), 'from')}`)], rollForward, 'retry-lock')],
  },
  'add-check': { reach: 'rows', naive: 'add-check', online: (target) => check(target, true), plain: (target) => check(target, false) },
}
