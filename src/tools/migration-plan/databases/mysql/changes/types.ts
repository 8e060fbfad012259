import { InputError } from '../../../../../core/errors.ts'
import { need } from '../../given.ts'
import { phase, precheck, rollForward, switchOver, undo, type Phase } from '../../../sql/statement.ts'
import { alter, alterText } from '../alter.ts'
import { inboundKeys, plainColumn, rowsWhere } from '../asks.ts'
import type { MysqlChange } from '../change.ts'
import { quoteName, quoteText } from '../names.ts'
import { copyOnline } from '../online-copy.ts'
import { changeType } from '../replace-column.ts'
import type { MysqlTarget } from '../target.ts'
import { keepsLengthBytes, readMysqlType } from '../types.ts'

const modify = (target: MysqlTarget, type: string): string => `MODIFY COLUMN ${target.column} ${type} ${target.nullability}${target.defaultClause}`
const whole = (target: MysqlTarget): Phase => precheck(plainColumn(target, target.columnName, { default: target.input.expression !== undefined }))
const oldType = (target: MysqlTarget): string => readMysqlType(need(target.input, 'from'), 'from').sql
const at = (target: MysqlTarget, operation: string, action: string, back: string | undefined): readonly Phase[] =>
  [phase('expand', 1, [alter(target, operation, action)], back === undefined ? rollForward : undo(alterText(target, operation, back)), 'retry-lock')]

/** A copy of the table: at once where that is short, else beside the running application. */
const copied = (naive: string, before: (target: MysqlTarget) => readonly Phase[], action: (target: MysqlTarget) => string, back: (target: MysqlTarget) => string | undefined): MysqlChange => ({
  reach: 'rows',
  naive,
  online: (target) => [...before(target), ...copyOnline(target, naive, action(target), back(target))],
  plain: (target) => [...before(target), ...at(target, naive, action(target), back(target))],
})

const widen = (target: MysqlTarget): readonly Phase[] => {
  const from = readMysqlType(need(target.input, 'from'), 'from')
  if (!keepsLengthBytes(from, target.type)) throw new InputError(`Unexpected type ${JSON.stringify(target.input.type)} from ${JSON.stringify(target.input.from)}, expected a longer varchar on the same side of 255 bytes, which is 63 characters: anything else is a copy. Use change type-change-rewrite.`)
  return [whole(target), ...at(target, 'extend-varchar', modify(target, target.type.sql), undefined)]
}

const enumColumn = (target: MysqlTarget): readonly string[] => {
  if (target.type.base !== 'enum') throw new InputError(`Unexpected type ${JSON.stringify(target.input.type)}, expected all values of the column in the end, like enum('new','paid','refunded'), with table and column: MySQL and MariaDB keep them in the column.`)
  return target.type.values
}
const keyColumn = (target: MysqlTarget): string => quoteName(target.input.column ?? target.input.keyColumn ?? 'id', 'column')
const collation = ({ input }: MysqlTarget): readonly [string, string] => {
  const name = need(input, 'to').toLowerCase()
  if (!/^(utf8mb4|utf8mb3|latin1|ascii|binary)(_[a-z0-9_]+)?$/.test(name)) throw new InputError(`Unexpected to ${JSON.stringify(input.to)}, expected a collation like utf8mb4_unicode_ci or a character set.`)
  return [name.split('_')[0] as string, name.includes('_') ? ` COLLATE ${name}` : '']
}

export const typeChanges: Readonly<Record<string, MysqlChange>> = {
  'type-widen-metadata-only': { reach: 'catalogue', naive: 'extend-varchar', online: widen, plain: widen },
  'type-change-rewrite': {
    reach: 'shape',
    naive: 'change-type',
    online: (target) => changeType(target),
    plain: (target) => [whole(target), ...at(target, 'change-type', modify(target, target.type.sql), modify(target, oldType(target)))],
  },
  'type-narrow': copied('narrow-type', (target) => [
    precheck(target.type.base === 'varchar' ? rowsWhere(target, `char_length(t.${target.column}) > ${target.type.args[0]}`) : rowsWhere(target, `NOT (CAST(t.${target.column} AS CHAR) <=> CAST(CAST(t.${target.column} AS SIGNED) AS CHAR))`)),
    whole(target),
  ], (target) => modify(target, target.type.sql), (target) => modify(target, oldType(target))),
  'pk-int-to-bigint': copied('change-key-type', (target) => [precheck(inboundKeys(target)), precheck(plainColumn(target, target.input.column ?? target.input.keyColumn ?? 'id', { default: false, extra: 'auto_increment' }))],
    (target) => `MODIFY COLUMN ${keyColumn(target)} BIGINT NOT NULL AUTO_INCREMENT`, (target) => `MODIFY COLUMN ${keyColumn(target)} INT NOT NULL AUTO_INCREMENT`),
  'enum-add-value': {
    reach: 'shape',
    naive: 'append-enum-value',
    online: (target) => {
      enumColumn(target)
      return [whole(target), ...at(target, 'append-enum-value', modify(target, target.type.sql), undefined), switchOver(1, 'accept-new-value')]
    },
    plain: (target) => (enumColumn(target), [whole(target), ...at(target, 'append-enum-value', modify(target, target.type.sql), undefined)]),
  },
  'enum-remove-value': copied('change-enum-values', (target) => [
    precheck(rowsWhere(target, `t.${target.column} NOT IN (${enumColumn(target).map(quoteText).join(', ')})`)), whole(target),
  ], (target) => modify(target, target.type.sql), () => undefined),
  'change-collation': copied('change-collation', () => [], (target) => {
    const [characters, collate] = collation(target)
    return `CONVERT TO CHARACTER SET ${characters}${collate}`
  }, () => undefined),
}
