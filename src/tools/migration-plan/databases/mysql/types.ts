import { InputError } from '../../../../core/errors.ts'
import { didYouMean } from '../../../../core/nearest.ts'
import { table } from '../../../../core/table.ts'

/** A checked column type of MySQL or MariaDB. `values` are those of an enum or set. */
export interface MysqlType { readonly sql: string, readonly base: string, readonly args: readonly number[], readonly values: readonly string[] }

const aliases: Readonly<Record<string, string>> = table({
  integer: 'int', int4: 'int', int8: 'bigint', int2: 'smallint', bool: 'boolean', 'character varying': 'varchar', character: 'char', numeric: 'decimal', real: 'double', float8: 'double', 'double precision': 'double', float4: 'float',
  string: 'varchar', jsonb: 'json', bytea: 'blob', timestamptz: 'timestamp', 'timestamp with time zone': 'timestamp', 'timestamp without time zone': 'datetime', 'time without time zone': 'time',
})
/** Types, and how many arguments they may take. */
const known: Readonly<Record<string, number>> = table({
  tinyint: 0, smallint: 0, mediumint: 0, int: 0, bigint: 0, boolean: 0, float: 0, double: 0, decimal: 2, bit: 1, char: 1, varchar: 1, binary: 1, varbinary: 1, tinytext: 0, text: 0, mediumtext: 0, longtext: 0,
  tinyblob: 0, blob: 0, mediumblob: 0, longblob: 0, date: 0, time: 1, datetime: 1, timestamp: 1, year: 0, json: 0, uuid: 0,
})
const shape = /^([a-z][a-z0-9]*(?: [a-z]+)*?)\s*(?:\(\s*(\d{1,5})\s*(?:,\s*(\d{1,4})\s*)?\))?((?: with(?:out)? time zone)?)( unsigned)?$/
const member = "'((?:[^'\\\\]|'')*)'"
const listShape = new RegExp(`^(enum|set)\\s*\\(\\s*(${member}(?:\\s*,\\s*${member})*)\\s*\\)$`, 'i')

/** Reads a type a person wrote (`varchar(40)`, `bigint unsigned`, `enum('a','b')`). Throws InputError with the known types. */
export function readMysqlType(text: string, field: string): MysqlType {
  const wanted = text.trim()
  const list = listShape.exec(wanted)
  if (list !== null) {
    const values = [...(list[2] as string).matchAll(new RegExp(member, 'g'))].map((found) => (found[1] as string).replaceAll("''", "'"))
    const base = (list[1] as string).toLowerCase()
    return { sql: `${base.toUpperCase()}(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',')})`, base, args: [], values }
  }
  const match = shape.exec(wanted.toLowerCase().replace(/\s+/g, ' '))
  const word = `${match?.[1] ?? ''}${match?.[4] ?? ''}`
  const base = aliases[word] ?? word
  const allowed = known[base]
  const args = [match?.[2], match?.[3]].filter((digits) => digits !== undefined).map(Number)
  const unsigned = match?.[5] !== undefined
  if (match === null || allowed === undefined || args.length > allowed || (unsigned && !/int$|decimal|float|double/.test(base))) {
    throw new InputError(`Unexpected ${field} ${JSON.stringify(text)}, expected a column type of MySQL or MariaDB: ${Object.keys(known).join(', ')}, enum('a','b'), set('a','b'); add (length) or unsigned as needed.${didYouMean(word, Object.keys(known))}`)
  }
  const full = base === 'varchar' && args.length === 0 ? [255] : args
  return { sql: `${base.toUpperCase()}${full.length > 0 ? `(${full.join(',')})` : ''}${unsigned ? ' UNSIGNED' : ''}`, base, args: full, values: [] }
}

/** Whether a longer varchar keeps the number of bytes that hold its length: 255 bytes at four bytes a character. */
export const keepsLengthBytes = (from: MysqlType, to: MysqlType): boolean => {
  const bytes = (type: MysqlType): number => (type.args[0] ?? 0) * 4
  return from.base === 'varchar' && to.base === 'varchar' && (to.args[0] ?? 0) >= (from.args[0] ?? 0) && (bytes(to) <= 255) === (bytes(from) <= 255)
}

/** What a NOT NULL column gets from writers that do not know it. */
export function zeroOf(type: MysqlType): string {
  if (/int$|decimal|float|double|boolean|bit|year/.test(type.base)) return '0'
  if (type.base === 'date') return "'1970-01-01'"
  if (type.base === 'time') return "'00:00:00'"
  if (type.base === 'datetime' || type.base === 'timestamp') return "'1970-01-02 00:00:00'"
  if (type.base === 'uuid') return "'00000000-0000-0000-0000-000000000000'"
  if (type.base === 'json') return "('null')"
  if (type.values.length > 0) return `'${(type.values[0] as string).replaceAll("'", "''")}'`
  return /text$|blob$/.test(type.base) ? "('')" : "''"
}
