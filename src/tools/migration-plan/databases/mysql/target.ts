import { InputError } from '../../../../core/errors.ts'
import type { OnlineDdlOperation } from '../../../../knowledge/collections/online-ddl.ts'
import type { MigrationInput } from '../../input.ts'
import { batch, gentleBatch } from '../../rules.ts'
import { readExpression, type Expression } from '../../sql/expression.ts'
import { derivedName } from '../../sql/identifiers.ts'
import { need, needColumns } from '../given.ts'
import { mysqlDialect } from './dialect.ts'
import { quoteName, quoteTable, quoteText } from './names.ts'
import { readMysqlType, type MysqlType } from './types.ts'

export type Engine = 'mysql' | 'mariadb'

/** What a change is applied to, and what the server does for each kind of ALTER TABLE. Reading a field that was not given throws an InputError that names it. */
export interface MysqlTarget {
  readonly engine: Engine
  readonly input: MigrationInput
  readonly operation: (id: string) => OnlineDdlOperation
  /** True when the server copies a table while it is written to. */
  readonly copiesOnline: boolean
  /** Quoted, with schema. */
  readonly table: string
  readonly tableName: string
  /** The schema as SQL: a constant, or the one in use. */
  readonly schema: string
  readonly column: string
  readonly columnName: string
  readonly columns: readonly string[]
  readonly type: MysqlType
  /** NOT NULL or NULL, as the column is. */
  readonly nullability: string
  readonly expression: Expression
  /** `DEFAULT …` with a space before it, or nothing. */
  readonly defaultClause: string
  readonly key: string
  readonly batchRows: number
  readonly pauseSeconds: number
  readonly day: string
  readonly beside: (name: string) => string
  readonly named: (...parts: readonly string[]) => string
}

/** A constant as a default, or a call of uuid() or now(): what a column may take without reading another. */
function defaultOf(input: MigrationInput): string {
  const text = need(input, 'expression')
  const read = readExpression(text, 'expression', { dialect: mysqlDialect })
  if (read.columns.length > 0) throw new InputError(`Unexpected expression ${JSON.stringify(text)} that reads ${read.columns.join(', ')}, expected a constant. Use add-column-not-null-computed for a value worked out from the row.`)
  const printed = read.print('')
  return /^(\(- )?[\d.]+\)?$|^'|^(TRUE|FALSE|NULL)$/.test(printed) ? printed.replace(/^\(- ([\d.]+)\)$/, '-$1') : `(${printed})`
}

/** Makes the target. `operations` are those of the server's sheet; `gentle` takes smaller batches. */
export function makeMysqlTarget(input: MigrationInput, engine: Engine, operations: readonly OnlineDdlOperation[], options: { readonly copiesOnline: boolean, readonly gentle: boolean, readonly day: string }): MysqlTarget {
  const { rows, pauseSeconds } = options.gentle ? gentleBatch : batch
  return {
    engine,
    input,
    copiesOnline: options.copiesOnline,
    // What the manual does not list is taken for a copy: the careful reading.
    operation: (id) => operations.find((one) => one.id === id) ?? { id, algorithm: 'COPY', lock: 'SHARED', rebuilds: true, msPerMillionRows: null },
    get table() { return quoteTable(input.schema, need(input, 'table')) },
    get tableName() { return need(input, 'table') },
    schema: input.schema === undefined ? 'DATABASE()' : quoteText(input.schema),
    get column() { return quoteName(need(input, 'column'), 'column') },
    get columnName() { return need(input, 'column') },
    get columns() { return needColumns(input).map((name) => quoteName(name, 'columns')) },
    get type() { return readMysqlType(need(input, 'type'), 'type') },
    nullability: input.nullable === false ? 'NOT NULL' : 'NULL',
    get expression() { return readExpression(need(input, 'expression'), 'expression', { dialect: mysqlDialect }) },
    get defaultClause() { return input.expression === undefined ? '' : ` DEFAULT ${defaultOf(input)}` },
    key: quoteName(input.keyColumn ?? 'id', 'keyColumn'),
    batchRows: rows,
    pauseSeconds,
    day: options.day,
    beside: (name) => quoteTable(input.schema, name),
    named: (...parts) => derivedName(need(input, 'table'), ...parts),
  }
}
