import { InputError } from '../../../core/errors.ts'
import { regroupColumns } from '../sql/column-groups.ts'
import { rowsWhere } from '../sql/asks.ts'
import { quoteName } from '../sql/identifiers.ts'
import { phase, quick, restoreOnly, undo } from '../sql/statement.ts'
import type { Derived } from '../sql/sync.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** `columns` in the order of the parts; `expression` is the text between them, a space when left out. The last part takes what is left. */
function parts(target: Target): { readonly old: Derived, readonly fresh: readonly Derived[], readonly type: string } {
  const type = target.typeText !== undefined ? target.type : undefined
  if (type !== undefined && !['text', 'varchar', 'citext'].includes(type.base)) throw new InputError(`Unexpected type ${JSON.stringify(type.sql)} for split-column, expected text or varchar. Split first, then change the type of a part with type-convert-text-to-typed.`)
  const names = target.hasColumnList ? target.columns : []
  if (names.length < 2) throw new InputError(`Unexpected columns ${JSON.stringify(names)}, expected the new columns in the order of their parts, at least two: ["first_name", "last_name"].`)
  if (target.hasExpression && target.expression.columns.length > 0) throw new InputError(`Unexpected expression that reads ${target.expression.columns.join(', ')}, expected the text between the parts in quotes, like ','.`)
  const old = quoteName(target.oldName, 'from')
  const separator = target.hasExpression ? target.expression.print('') : "' '"
  const list = (row: string): string => `string_to_array(${row}${old}, ${separator})`
  const value = (index: number) => (row: string): string => {
    if (index === 1) return `split_part(${row}${old}, ${separator}, 1)`
    if (index < names.length) return `(${list(row)})[${index}]`
    return `CASE WHEN cardinality(${list(row)}) >= ${index} THEN array_to_string((${list(row)})[${index}:], ${separator}) END`
  }
  const joined = (row: string): string => `CASE WHEN NOT (${names.map((name) => `${row}${name} IS NULL`).join(' AND ')}) THEN concat_ws(${separator}, ${names.map((name) => `${row}${name}`).join(', ')}) END`
  return { old: { column: old, value: joined }, fresh: names.map((column, index) => ({ column, value: value(index + 1) })), type: type?.sql ?? 'text' }
}

export const splitColumn: Change = {
  id: 'split-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { old, fresh, type } = parts(target)
    // Parts that the new version wrote need not be what a split would give: only the whole can be compared.
    return regroupColumns(target, { oldNames: [target.oldName], old: [old], fresh, triggerName: target.named(target.oldName, 'split'), compare: 'old', type })
  },
  plain: (target) => {
    const { old, fresh, type } = parts(target)
    return [
      phase('expand', 1, [
        quick(`ALTER TABLE ${target.table} ${fresh.map(({ column }) => `ADD COLUMN ${column} ${type}`).join(', ')}`),
        quick(`UPDATE ${target.table} AS t SET ${fresh.map(({ column, value }) => `${column} = ${value('t.')}`).join(', ')}`),
      ], undo(`ALTER TABLE ${target.table} ${fresh.map(({ column }) => `DROP COLUMN ${column}`).join(', ')}`), 'retry-lock', rowsWhere(target, `t.${old.column} IS DISTINCT FROM ${old.value('t.')}`)),
      phase('contract', 1, [quick(`ALTER TABLE ${target.table} DROP COLUMN ${old.column}`)], restoreOnly, 'forward-only'),
    ]
  },
}
