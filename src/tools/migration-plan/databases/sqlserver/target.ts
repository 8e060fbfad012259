import { InputError } from '../../../../core/errors.ts'
import { table as noMembers } from '../../../../core/table.ts'
import type { MigrationInput } from '../../input.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { readExpression } from '../../sql/expression.ts'
import { derivedName } from '../../sql/identifiers.ts'
import { readType } from '../../sql/types.ts'
import { need, needColumns } from '../given.ts'

export function quoteName(name: string, field = 'name'): string {
  if (name === '' || name.includes('\0') || name.length > 128) throw new InputError(`Unexpected ${field} ${JSON.stringify(name)}, expected a name of at most 128 characters.`)
  return `[${name.replaceAll(']', ']]')}]`
}
export const quoteText = (text: string): string => `N'${text.replaceAll("'", "''")}'`

const same = (...words: readonly string[]): Record<string, string> => Object.fromEntries(words.map((word) => [word, word]))
const casts: Readonly<Record<string, string>> = noMembers({ text: 'nvarchar(max)', integer: 'int', bigint: 'bigint', smallint: 'smallint', numeric: 'decimal(38, 10)', date: 'date', timestamp: 'datetime2', uuid: 'uniqueidentifier', 'double precision': 'float' })
const constants: Readonly<Record<string, string>> = { TRUE: '1', FALSE: '0', NULL: 'NULL', CURRENT_DATE: 'CAST(SYSUTCDATETIME() AS date)', CURRENT_TIMESTAMP: 'SYSUTCDATETIME()' }
export const sqlserverDialect: Dialect = {
  quoteName,
  quoteText,
  functions: noMembers({ ...same('abs', 'coalesce', 'floor', 'left', 'lower', 'ltrim', 'nullif', 'replace', 'right', 'round', 'rtrim', 'trim', 'upper'), ceil: 'ceiling', length: 'len', char_length: 'len', btrim: 'trim', substr: 'substring', now: 'sysutcdatetime' }),
  cast: (value, type) => (casts[type] === undefined ? undefined : `CAST(${value} AS ${casts[type]})`),
  join: (left, right) => `(${left} + ${right})`,
  constant: (word) => constants[word] ?? word,
}

const types: Readonly<Record<string, string>> = noMembers({ smallint: 'smallint', integer: 'int', bigint: 'bigint', boolean: 'bit', real: 'real', 'double precision': 'float', numeric: 'decimal', text: 'nvarchar(max)', varchar: 'nvarchar', char: 'nchar', bytea: 'varbinary(max)', date: 'date', time: 'time', timestamp: 'datetime2', timestamptz: 'datetimeoffset', uuid: 'uniqueidentifier', json: 'nvarchar(max)', jsonb: 'nvarchar(max)' })
const own = /^(tinyint|bit|money|datetime2|datetimeoffset|uniqueidentifier|n?varchar\((?:\d{1,4}|max)\)|varbinary\((?:\d{1,4}|max)\))$/i

export function readSqlserverType(text: string, field: string): string {
  if (own.test(text.trim())) return text.trim().toLowerCase()
  const read = readType(text, field)
  const word = read.own || read.array ? undefined : types[read.base]
  if (word === undefined) throw new InputError(`Unexpected ${field} ${JSON.stringify(text)}, expected a type of SQL Server: ${Object.keys(types).join(', ')}, or nvarchar(n), varbinary(n), datetime2, uniqueidentifier.`)
  return read.args.length > 0 ? `${word}(${read.args.join(', ')})` : word === 'nvarchar' ? 'nvarchar(255)' : word
}

export interface SqlserverTarget {
  readonly input: MigrationInput
  /** 2022 and later can wait for a lock behind everybody else when it builds an index. */
  readonly waitsAtLowPriority: boolean
  readonly schemaName: string
  readonly table: string
  readonly tableName: string
  readonly column: string
  readonly columns: string
  readonly type: string
  readonly named: (...parts: readonly string[]) => string
  readonly value: (prefix: string) => string
  readonly columnsRead: readonly string[]
  readonly beside: (name: string) => string
  readonly day: string
}

export function makeSqlserverTarget(input: MigrationInput, version: string | undefined, day: string): SqlserverTarget {
  const major = Number.parseInt(version ?? '', 10)
  const schemaName = input.schema ?? 'dbo'
  const read = () => readExpression(need(input, 'expression'), 'expression', { dialect: sqlserverDialect })
  return {
    input,
    waitsAtLowPriority: major >= 2022 || (major >= 16 && major < 100),
    schemaName,
    get table() { return `${quoteName(schemaName, 'schema')}.${quoteName(need(input, 'table'), 'table')}` },
    get tableName() { return need(input, 'table') },
    get column() { return quoteName(need(input, 'column'), 'column') },
    get columns() { return needColumns(input).map((name) => quoteName(name, 'columns')).join(', ') },
    get type() { return readSqlserverType(need(input, 'type'), 'type') },
    named: (...parts) => quoteName(derivedName(need(input, 'table'), ...parts)),
    value: (prefix) => read().print(prefix),
    get columnsRead() { return read().columns },
    beside: (name) => `${quoteName(schemaName, 'schema')}.${quoteName(name)}`,
    day,
  }
}
