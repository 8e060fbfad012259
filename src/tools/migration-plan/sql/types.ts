import { InputError } from '../../../core/errors.ts'
import { didYouMean } from '../../../core/nearest.ts'
import { table } from '../../../core/table.ts'
import { quoteName } from './identifiers.ts'

/** A checked column type. `sql` is canonical and safe to print; `base` is the type without length, `own` a type of the user's. */
export interface ColumnType { readonly sql: string, readonly base: string, readonly args: readonly number[], readonly array: boolean, readonly own: boolean }

const aliases: Readonly<Record<string, string>> = table({
  int: 'integer', int4: 'integer', int8: 'bigint', int2: 'smallint', bool: 'boolean', 'character varying': 'varchar', character: 'char', decimal: 'numeric', float4: 'real', float8: 'double precision',
  'timestamp without time zone': 'timestamp', 'timestamp with time zone': 'timestamptz', 'time without time zone': 'time', 'time with time zone': 'timetz', string: 'text', datetime: 'timestamp',
})
/** Types without arguments, and how many arguments the others may take. */
const known: Readonly<Record<string, number>> = table({
  smallint: 0, integer: 0, bigint: 0, real: 0, 'double precision': 0, boolean: 0, text: 0, bytea: 0, date: 0, uuid: 0, json: 0, jsonb: 0, inet: 0, cidr: 0, macaddr: 0, citext: 0, tsvector: 0,
  interval: 0, xml: 0, int4range: 0, int8range: 0, tstzrange: 0, daterange: 0, varchar: 1, char: 1, bit: 1, varbit: 1, time: 1, timetz: 1, timestamp: 1, timestamptz: 1, numeric: 2,
})
const shape = /^([a-z][a-z0-9_]*(?: [a-z]+)*?)\s*(?:\(\s*(\d{1,5})\s*(?:,\s*(\d{1,4})\s*)?\))?((?: with(?:out)? time zone)?)\s*(\[\])?$/

/** Reads a type a person wrote (`varchar(40)`, `int[]`, `"order_status"`). `field` names the input. Throws InputError with the known types. */
export function readType(text: string, field: string): ColumnType {
  const wanted = text.trim()
  const quoted = /^"((?:[^"]|"")+)"(\[\])?$/.exec(wanted)
  if (quoted !== null) {
    const name = (quoted[1] as string).replaceAll('""', '"')
    return { sql: `${quoteName(name, field)}${quoted[2] ?? ''}`, base: name, args: [], array: quoted[2] !== undefined, own: true }
  }
  const match = shape.exec(wanted.toLowerCase().replace(/\s+/g, ' '))
  const word = `${match?.[1] ?? ''}${match?.[4] ?? ''}`
  const base = aliases[word] ?? word
  const args = [match?.[2], match?.[3]].filter((digits) => digits !== undefined).map(Number)
  const allowed = known[base]
  if (match === null || allowed === undefined || args.length > allowed) {
    const names = Object.keys(known)
    throw new InputError(`Unexpected ${field} ${JSON.stringify(text)}, expected a column type: ${names.join(', ')}; add (length) or [] as needed, put a type of your own in double quotes.${didYouMean(word, names)}`)
  }
  const array = match[5] !== undefined
  return { sql: `${base}${args.length > 0 ? `(${args.join(', ')})` : ''}${array ? '[]' : ''}`, base, args, array, own: false }
}

/**
 * True when PostgreSQL only changes its catalogue for this change, as measured: a longer varchar, varchar to text,
 * more numeric digits at the same scale.
 */
export function isFreeWidening(from: ColumnType, to: ColumnType): boolean {
  if (from.array || to.array || from.own || to.own) return false
  if (from.sql === to.sql) return true
  if (from.base === 'varchar' && to.base === 'text') return true
  if (from.base === 'varchar' && to.base === 'varchar') return to.args.length === 0 || (from.args.length > 0 && (to.args[0] as number) >= (from.args[0] as number))
  if (from.base !== 'numeric' || to.base !== 'numeric' || from.args.length === 0) return false
  return to.args.length === 0 || ((to.args[0] as number) >= (from.args[0] as number) && (to.args[1] ?? 0) === (from.args[1] ?? 0))
}

const integers = ['smallint', 'integer', 'bigint']

/** True when a value of `from` may not fit into `to`. Types of the user's own are taken to fit. */
export function mayLoseValues(from: ColumnType, to: ColumnType): boolean {
  if (integers.includes(from.base) && integers.includes(to.base)) return integers.indexOf(to.base) < integers.indexOf(from.base)
  if (to.base === 'varchar' && to.args.length > 0) return !(from.base === 'varchar' && from.args.length > 0 && (from.args[0] as number) <= (to.args[0] as number))
  if (to.base === 'text' || from.own || to.own) return false
  if (from.base === 'numeric' || from.base === 'double precision' || from.base === 'real') return to.base !== 'numeric' || to.args.length > 0
  return from.base === 'text' || from.base === 'varchar'
}

/** Cast that makes values of a type comparable: json and xml have no equality. */
export const comparable = (type: ColumnType): string => (['json', 'xml'].includes(type.base) && !type.own ? '::text' : '')

const ranges: Readonly<Record<string, readonly [string, string]>> = table({ smallint: ['-32768', '32767'], integer: ['-2147483648', '2147483647'], bigint: ['-9223372036854775808', '9223372036854775807'] })

/** Lowest and highest value of an integer type; undefined for other types. */
export const integerRange = ({ base }: ColumnType): readonly [string, string] | undefined => ranges[base]

/** True for a change between the two timestamps, whose values mean another moment in each time zone. */
export const changesZone = (from: ColumnType, to: ColumnType): boolean =>
  !from.array && !to.array && [from.base, to.base].sort().join(' ') === 'timestamp timestamptz' && from.args.join() === to.args.join()
