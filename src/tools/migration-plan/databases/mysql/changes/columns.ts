import { InputError } from '../../../../../core/errors.ts'
import { need } from '../../given.ts'
import { phase, precheck, restoreOnly, rollForward, switchOver, undo, type Phase } from '../../../sql/statement.ts'
import { alter, alterText, session } from '../alter.ts'
import { plainColumn, rowsWhere } from '../asks.ts'
import { backfill } from '../backfill.ts'
import type { MysqlChange } from '../change.ts'
import { fillColumn } from '../sync.ts'
import type { MysqlTarget } from '../target.ts'

const both = (reach: MysqlChange['reach'], naive: string, plan: (target: MysqlTarget) => readonly Phase[]): MysqlChange => ({ reach, naive, online: plan, plain: plan })
const dropped = (target: MysqlTarget): string => alterText(target, 'drop-column', `DROP COLUMN ${target.column}`)
const added = (target: MysqlTarget, operation: string, definition: string): readonly Phase[] =>
  [phase('expand', 1, [alter(target, operation, `ADD COLUMN ${target.column} ${target.type.sql}${definition}`)], undo(dropped(target)), 'retry-lock')]

/** The constant that a new required column starts with. */
function constant(target: MysqlTarget): string {
  need(target.input, 'expression')
  if (target.defaultClause.startsWith(' DEFAULT (')) throw new InputError(`Unexpected expression ${JSON.stringify(target.input.expression)}, expected a constant: a number, true, false or 'text'. Use add-column-volatile-default for a value of its own in each row.`)
  return target.defaultClause
}
const required = (target: MysqlTarget): string => `MODIFY COLUMN ${target.column} ${target.type.sql} NOT NULL${target.defaultClause}`
const optional = (target: MysqlTarget): string => `MODIFY COLUMN ${target.column} ${target.type.sql} NULL${target.defaultClause}`
const nulls = (target: MysqlTarget): string => rowsWhere(target, `t.${target.column} IS NULL`)
const whole = (target: MysqlTarget): Phase => precheck(plainColumn(target, target.columnName, { default: target.input.expression !== undefined }))

const computed: MysqlChange = {
  reach: 'shape',
  naive: 'add-stored-column',
  online: (target) => {
    const { column } = target
    const fill = fillColumn(target, `${target.columnName}_fill`, column, target.expression.print('NEW.'))
    const differs = `NOT (t.${column} <=> (${target.expression.print('t.')}))`
    return [
      phase('expand', 1, [alter(target, 'add-column', `ADD COLUMN ${column} ${target.type.sql} NULL`), ...fill.create], undo(...fill.drop, dropped(target)), 'retry-lock'),
      phase('backfill', 1, backfill(target, `t.${column} = ${target.expression.print('t.')}`, differs), { kind: 'nothing', statements: [] }, 'resume-backfill', rowsWhere(target, differs)),
      switchOver(2, 'send-the-value', rowsWhere(target, differs)),
      phase('contract', 2, [alter(target, 'set-not-null', `MODIFY COLUMN ${column} ${target.type.sql} NOT NULL`), ...fill.drop.map((sql) => session(sql))], rollForward, 'fix-rows'),
    ]
  },
  plain: (target) => [phase('expand', 1, [
    alter(target, 'add-column', `ADD COLUMN ${target.column} ${target.type.sql} NULL`),
    { ...alter(target, 'add-column', ''), sql: `UPDATE ${target.table} AS t SET t.${target.column} = ${target.expression.print('t.')}` },
    alter(target, 'set-not-null', `MODIFY COLUMN ${target.column} ${target.type.sql} NOT NULL`),
  ], undo(dropped(target)), 'retry-lock')],
}

export const columnChanges: Readonly<Record<string, MysqlChange>> = {
  'add-nullable-column': both('catalogue', 'add-column', (target) => added(target, 'add-column', ' NULL')),
  'add-column-not-null-constant-default': both('catalogue', 'add-column-default', (target) => added(target, 'add-column-default', ` NOT NULL${constant(target)}`)),
  'add-column-not-null-computed': computed,
  // With the default in the same statement the table would be copied.
  'add-column-volatile-default': both('rows', 'add-column-computed-default', (target) => [
    phase('expand', 1, [
      alter(target, 'add-column', `ADD COLUMN ${target.column} ${target.type.sql} NULL`),
      alter(target, 'set-default', `ALTER COLUMN ${target.column} SET${target.defaultClause}`),
    ], undo(dropped(target)), 'retry-lock'),
    phase('backfill', 1, backfill(target, `t.${target.column} = ${target.expression.print('')}`, `t.${target.column} IS NULL`), { kind: 'nothing', statements: [] }, 'resume-backfill', nulls(target)),
  ]),
  // A virtual column costs nothing now and is worked out when it is read; a stored one is a copy of the table.
  'add-stored-generated-column': both('catalogue', 'add-stored-column', (target) => [
    phase('expand', 1, [alter(target, 'add-virtual-column', `ADD COLUMN ${target.column} ${target.type.sql} GENERATED ALWAYS AS (${target.expression.print('')}) VIRTUAL`)], undo(dropped(target)), 'retry-lock'),
  ]),
  'change-column-default': both('catalogue', 'set-default', (target) => {
    need(target.input, 'expression')
    return [phase('expand', 1, [alter(target, 'set-default', `ALTER COLUMN ${target.column} SET${target.defaultClause}`)], rollForward, 'retry-lock')]
  }),
  'set-not-null': both('scan', 'set-not-null', (target) => [
    precheck(nulls(target)),
    whole(target),
    phase('expand', 1, [alter(target, 'set-not-null', required(target))], undo(alterText(target, 'drop-not-null', optional(target))), 'fix-rows', nulls(target)),
  ]),
  'drop-not-null': {
    reach: 'scan',
    naive: 'drop-not-null',
    online: (target) => [whole(target), switchOver(1, 'accept-null'), phase('contract', 2, [alter(target, 'drop-not-null', optional(target))], rollForward, 'retry-lock')],
    plain: (target) => [whole(target), phase('contract', 1, [alter(target, 'drop-not-null', optional(target))], rollForward, 'retry-lock')],
  },
  'drop-column': {
    reach: 'shape',
    naive: 'drop-column',
    // A required column without a default would refuse the rows of code that has forgotten it.
    online: (target) => [switchOver(1, 'stop-using'), phase('contract', 2, [alter(target, 'drop-column', `DROP COLUMN ${target.column}`)], restoreOnly, 'forward-only')],
    plain: (target) => [phase('contract', 1, [alter(target, 'drop-column', `DROP COLUMN ${target.column}`)], restoreOnly, 'forward-only')],
  },
}
