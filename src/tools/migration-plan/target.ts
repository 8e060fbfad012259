import { InputError } from '../../core/errors.ts'
import type { Own } from './input.ts'
import { batch, gentleBatch } from './rules.ts'
import { readExpression, type Expression } from './sql/expression.ts'
import { derivedName, quoteBeside, quoteName, quoteTable, quoteText, type TableName } from './sql/identifiers.ts'
import { readType, type ColumnType } from './sql/types.ts'

/** The thing a change is applied to. Reading a field that was not given throws an InputError that names it. */
export interface Target {
  readonly change: string
  /** Quoted, with schema. */
  readonly table: string
  readonly tableName: TableName
  readonly column: string
  readonly columnName: string
  readonly columns: readonly string[]
  readonly columnNames: readonly string[]
  /** The old name of a rename: `from`, or `column`. Unquoted. */
  readonly oldName: string
  readonly from: string
  readonly to: string
  readonly type: ColumnType
  readonly fromType: ColumnType
  /** An enum type, quoted, with schema. */
  readonly enumType: string
  readonly expression: Expression
  readonly references: { readonly table: string, readonly column: string }
  /** The same, where a function that gives another value for each row is welcome. */
  readonly volatile: Expression
  /** Unquoted. */
  readonly referenced: { readonly schema: string | undefined, readonly table: string, readonly column: string }
  readonly hasExpression: boolean
  readonly hasColumns: boolean
  readonly hasReferences: boolean
  readonly hasFrom: boolean
  readonly hasColumn: boolean
  readonly hasColumnList: boolean
  readonly hasTo: boolean
  /** The type as it was written. */
  readonly typeText: string | undefined
  readonly nullable: boolean
  readonly key: string
  /** Unquoted. */
  readonly keyName: string
  readonly batchRows: number
  readonly pauseSeconds: number
  /** True when replicas have to be waited for. */
  readonly watchReplicas: boolean
  /** Major version; undefined when unknown, then a supported one is taken for granted. */
  readonly serverMajor: number | undefined
  /** YYYYMMDD, for names that carry the day. */
  readonly day: string
  /** `name` in the table's schema, quoted. */
  readonly beside: (name: string) => string
  /** A derived name for a constraint, index, trigger or function; unquoted. */
  readonly named: (...parts: readonly string[]) => string
  /** The table as a constant of type regclass. */
  readonly asRegclass: string
  /** The target of a change that is part of this one: the same request with other fields. */
  readonly other: (fields: Partial<Own>) => Target
}

const uses: Readonly<Record<string, string>> = {
  table: 'the table it changes', column: 'the column it changes', columns: 'the columns it covers', from: 'the old name or type', to: 'the new name or value', type: 'the new column type, like varchar(40)',
  expression: 'the value or condition, like lower(email)', references: 'what it refers to, like users(id)',
}

const usesIn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'partition-existing-table': { from: "the first value of the partition key for the new partitions, like '2027-01-01'", to: 'the value at which the first of them ends', column: 'the partition key' },
  'rename-column': { type: 'the type the column has, like varchar(40)' }, 'drop-index': { from: 'the name of the index' }, 'drop-foreign-key': { from: 'the name of the foreign key' },
  'json-key-rename': { from: 'the old key', to: 'the new key' }, 'json-to-column': { from: 'the column with the document', column: 'the new column' }, 'change-collation': { to: 'the collation, like de-x-icu' },
  'enum-remove-value': { from: 'the value to remove', to: 'the value that takes its place' }, 'enum-add-value': { to: 'the value to add' },
}

function given<Value>(value: Value | undefined, field: string, change: string): Value {
  if (value === undefined) throw new InputError(`Missing ${field}, expected for ${change}: ${usesIn[change]?.[field] ?? uses[field] ?? 'a value'}. Add ${field} and run again.`)
  return value
}

const dotted = /^([A-Za-z_][A-Za-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_]*)$/
const part = '("(?:[^"]|"")+"|[^".()\\s]+)'
const reference = new RegExp(`^\\s*(?:${part}\\.)?${part}\\s*\\(\\s*${part}\\s*\\)\\s*$`)
const unquote = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text)

/** `billing.invoices` is read as schema and table when both are plain words and no schema was given; anything else is one name. */
export function splitName(text: string, schema: string | undefined): TableName {
  const parts = schema === undefined ? dotted.exec(text) : null
  return parts === null ? { schema, table: text } : { schema: parts[1], table: parts[2] as string }
}

const readTable = (own: Own, change: string): TableName => splitName(given(own.table, 'table', change), own.schema)

function readOldName(own: Own, change: string): string {
  if (own.from !== undefined && own.column !== undefined && own.from !== own.column) {
    throw new InputError(`Unexpected column ${JSON.stringify(own.column)} beside from ${JSON.stringify(own.from)}, expected the same old name in both. Leave one out and run again.`)
  }
  return given(own.from ?? own.column, 'from', change)
}

/** Reads `schema.table(column)`; without a schema it is that of the table. */
export function readReference(text: string, field: string, ownSchema: string | undefined): Target['referenced'] {
  const match = reference.exec(text)
  if (match === null) throw new InputError(`Unexpected ${field} ${JSON.stringify(text)}, expected table(column) or schema.table(column), unusual names in double quotes.`)
  return { schema: match[1] === undefined ? ownSchema : unquote(match[1]), table: unquote(match[2] as string), column: unquote(match[3] as string) }
}

/** Makes the target of one change. `gentle` takes smaller batches with longer pauses; `day` is YYYYMMDD. */
export function makeTarget(own: Own, change: string, options: { readonly gentle: boolean, readonly watchReplicas: boolean, readonly day: string, readonly serverMajor?: number | undefined }): Target {
  const name = (): TableName => readTable(own, change)
  const { rows, pauseSeconds } = options.gentle ? gentleBatch : batch
  return {
    change,
    get tableName() { return name() },
    get table() { return quoteTable(name()) },
    get column() { return quoteName(this.columnName, 'column') },
    get columnName() { return given(own.column ?? own.columns?.[0], 'column', change) },
    get columns() { return this.columnNames.map((column) => quoteName(column, 'columns')) },
    get columnNames() { return given(own.columns ?? (own.column === undefined ? undefined : [own.column]), 'columns', change) },
    get oldName() { return readOldName(own, change) },
    get from() { return given(own.from, 'from', change) },
    get to() { return given(own.to, 'to', change) },
    get type() { return readType(given(own.type, 'type', change), 'type') },
    get fromType() { return readType(given(own.from, 'from', change), 'from') },
    get enumType() { return quoteTable(splitName(given(own.type, 'type', change), own.schema)) },
    get expression() { return readExpression(given(own.expression, 'expression', change)) },
    get volatile() { return readExpression(given(own.expression, 'expression', change), 'expression', { volatile: true }) },
    get referenced() { return readReference(given(own.references, 'references', change), 'references', own.schema ?? name().schema) },
    get references() { return { table: quoteTable(this.referenced), column: quoteName(this.referenced.column, 'references') } },
    hasExpression: own.expression !== undefined,
    hasColumns: own.column !== undefined || own.columns !== undefined,
    hasReferences: own.references !== undefined,
    hasFrom: own.from !== undefined,
    hasColumn: own.column !== undefined,
    hasColumnList: own.columns !== undefined,
    hasTo: own.to !== undefined,
    typeText: own.type,
    nullable: own.nullable ?? true,
    keyName: own.keyColumn ?? 'id',
    get key() { return quoteName(this.keyName, 'keyColumn') },
    batchRows: rows,
    pauseSeconds,
    watchReplicas: options.watchReplicas,
    serverMajor: options.serverMajor,
    day: options.day,
    beside: (other) => quoteBeside(name(), other),
    named: (...parts) => derivedName(name().table, ...parts),
    other: (fields) => makeTarget({ ...own, ...fields }, change, options),
    get asRegclass() { return `${quoteText(quoteTable(name()))}::regclass` },
  }
}
