import { InputError } from '../../../core/errors.ts'
import type { Target } from '../target.ts'
import type { Derived } from './sync.ts'

/**
 * One text and its parts, each worked out from the other side without loss. The parts are `columns` in their order; `expression` is the text between
 * them, a space when left out. The last part takes what is left.
 */
export function joinedColumns(target: Target, whole: string): { readonly whole: Derived, readonly parts: readonly Derived[], readonly type: string } {
  const type = target.typeText !== undefined ? target.type : undefined
  if (type !== undefined && !['text', 'varchar', 'citext'].includes(type.base)) throw new InputError(`Unexpected type ${JSON.stringify(type.sql)} for ${target.change}, expected text or varchar. Change the type afterwards with type-convert-text-to-typed.`)
  const names = target.hasColumnList ? target.columns : []
  if (names.length < 2) throw new InputError(`Unexpected columns ${JSON.stringify(names)}, expected the columns in the order of their parts, at least two: ["first_name", "last_name"].`)
  if (target.hasExpression && target.expression.columns.length > 0) throw new InputError(`Unexpected expression that reads ${target.expression.columns.join(', ')}, expected the text between the parts in quotes, like ','.`)
  const separator = target.hasExpression ? target.expression.print('') : "' '"
  const list = (row: string): string => `string_to_array(${row}${whole}, ${separator})`
  const value = (index: number) => (row: string): string => {
    if (index === 1) return `split_part(${row}${whole}, ${separator}, 1)`
    if (index < names.length) return `(${list(row)})[${index}]`
    return `CASE WHEN cardinality(${list(row)}) >= ${index} THEN array_to_string((${list(row)})[${index}:], ${separator}) END`
  }
  const joined = (row: string): string => `CASE WHEN NOT (${names.map((name) => `${row}${name} IS NULL`).join(' AND ')}) THEN concat_ws(${separator}, ${names.map((name) => `${row}${name}`).join(', ')}) END`
  return { whole: { column: whole, value: joined }, parts: names.map((column, index) => ({ column, value: value(index + 1) })), type: type?.sql ?? 'text' }
}
