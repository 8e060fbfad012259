import { InputError } from '../../../../core/errors.ts'
import { table as noMembers } from '../../../../core/table.ts'
import type { MigrationInput } from '../../input.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { readExpression } from '../../sql/expression.ts'
import { derivedName } from '../../sql/identifiers.ts'
import { readType } from '../../sql/types.ts'
import { need, needColumns } from '../given.ts'

export function quoteName(name: string, field = 'name'): string {
  if (name === '' || name.includes('\0') || (field === 'table' && /^sqlite_/i.test(name))) throw new InputError(`Unexpected ${field} ${JSON.stringify(name)}, expected a name that does not begin with sqlite_.`)
  return `"${name.replaceAll('"', '""')}"`
}
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`

const same = (...words: readonly string[]): Record<string, string> => Object.fromEntries(words.map((word) => [word, word]))
const casts: Readonly<Record<string, string>> = noMembers({ text: 'TEXT', integer: 'INTEGER', bigint: 'INTEGER', smallint: 'INTEGER', numeric: 'NUMERIC', 'double precision': 'REAL' })
export const sqliteDialect: Dialect = {
  quoteName,
  quoteText,
  functions: noMembers({ ...same('abs', 'coalesce', 'length', 'lower', 'ltrim', 'nullif', 'replace', 'round', 'rtrim', 'substr', 'trim', 'upper'), char_length: 'length', btrim: 'trim' }),
  cast: (value, type) => (casts[type] === undefined ? undefined : `CAST(${value} AS ${casts[type]})`),
  join: (left, right) => `(${left} || ${right})`,
  constant: (word) => word,
}

/** What a type of another database is kept as. */
const affinities: Readonly<Record<string, string>> = noMembers({ smallint: 'INTEGER', integer: 'INTEGER', bigint: 'INTEGER', boolean: 'INTEGER', real: 'REAL', 'double precision': 'REAL', numeric: 'NUMERIC', text: 'TEXT', varchar: 'TEXT', char: 'TEXT', bytea: 'BLOB', date: 'TEXT', time: 'TEXT', timestamp: 'TEXT', timestamptz: 'TEXT', uuid: 'TEXT', json: 'TEXT', jsonb: 'TEXT' })

export interface SqliteTarget {
  readonly input: MigrationInput
  readonly table: string
  readonly tableName: string
  readonly column: string
  readonly columns: string
  readonly type: string
  readonly named: (...parts: readonly string[]) => string
  /** The expression, with columns behind `prefix`. */
  readonly value: (prefix: string) => string
  readonly constant: string
  readonly day: string
}

export function makeSqliteTarget(input: MigrationInput, day: string): SqliteTarget {
  const read = () => readExpression(need(input, 'expression'), 'expression', { dialect: sqliteDialect })
  return {
    input,
    get table() { return quoteName(need(input, 'table'), 'table') },
    get tableName() { return need(input, 'table') },
    get column() { return quoteName(need(input, 'column'), 'column') },
    get columns() { return needColumns(input).map((name) => quoteName(name, 'columns')).join(', ') },
    get type() {
      const wanted = need(input, 'type')
      const type = /^\s*blob\s*$/i.test(wanted) ? 'BLOB' : affinities[readType(wanted, 'type').base]
      if (type === undefined) throw new InputError(`Unexpected type ${JSON.stringify(wanted)}, expected one that SQLite can hold: ${Object.keys(affinities).join(', ')}, blob.`)
      return type
    },
    named: (...parts) => quoteName(derivedName(need(input, 'table'), ...parts)),
    value: (prefix) => read().print(prefix),
    get constant() {
      const printed = read()
      if (printed.columns.length > 0) throw new InputError(`Unexpected expression ${JSON.stringify(input.expression)} that reads ${printed.columns.join(', ')}, expected a constant.`)
      const text = printed.print('')
      return /^(\d|'|TRUE$|FALSE$)/.test(text) ? text : `(${text})`
    },
    day,
  }
}
