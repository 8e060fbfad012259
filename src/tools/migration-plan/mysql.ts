import { InputError } from '../../core/errors.ts'
import type { SheetOf } from '../../knowledge/collections.ts'
import type { MigrationInput } from './input.ts'
import { derivedName, quoteMysqlName } from './sql/identifiers.ts'
import { phase, precheck, restoreOnly, rollForward, switchOver, undo, type Phase, type Rollback, type Statement } from './sql/statement.ts'
import { readType } from './sql/types.ts'

type Engine = 'mysql' | 'mariadb'
type Sheet = SheetOf<'schema-changes'>
interface Request { readonly input: MigrationInput, readonly engine: Engine, readonly sheet: Sheet }

const types: Readonly<Record<string, string>> = {
  smallint: 'SMALLINT', integer: 'INT', bigint: 'BIGINT', real: 'FLOAT', 'double precision': 'DOUBLE', boolean: 'BOOLEAN', text: 'TEXT', bytea: 'BLOB', date: 'DATE', time: 'TIME', timestamp: 'DATETIME', json: 'JSON', jsonb: 'JSON', varchar: 'VARCHAR', char: 'CHAR', numeric: 'DECIMAL',
}

function need(input: MigrationInput, field: 'table' | 'column' | 'type' | 'from' | 'expression'): string {
  const value = input[field] ?? (field === 'column' ? input.columns?.[0] : undefined)
  if (value === undefined) throw new InputError(`Missing ${field}, expected for ${input.change}. Add ${field} and run again.`)
  return value
}
const table = ({ input }: Request): string => `${input.schema === undefined ? '' : `${quoteMysqlName(input.schema, 'schema')}.`}${quoteMysqlName(need(input, 'table'), 'table')}`
const column = ({ input }: Request): string => quoteMysqlName(need(input, 'column'), 'column')
const columnNames = ({ input }: Request): readonly string[] => input.columns ?? [need(input, 'column')]

function type({ input }: Request): string {
  const read = readType(need(input, 'type'), 'type')
  const word = types[read.base]
  if (word === undefined || read.array || read.own) throw new InputError(`Unexpected type ${JSON.stringify(input.type)} for MySQL or MariaDB, expected one of ${Object.keys(types).join(', ')}.`)
  return `${word}${read.args.length > 0 ? `(${read.args.join(', ')})` : read.base === 'varchar' ? '(255)' : ''}`
}

function constant({ input }: Request): string {
  const text = need(input, 'expression').trim()
  if (!/^(-?\d{1,18}(\.\d{1,18})?|true|false|'([^'\\]|'')*')$/i.test(text)) throw new InputError(`Unexpected expression ${JSON.stringify(text)}, expected a constant for MySQL or MariaDB: a number, true, false or 'text' without backslashes.`)
  return text
}

/** Names the cheapest algorithm that was accepted, so the server refuses rather than falls back to a copy. */
function alter(request: Request, action: string): Statement {
  const measured = request.sheet.facts.mysqlAlgorithm.value ?? 'INPLACE'
  const algorithm = measured === 'NOCOPY' && request.engine === 'mysql' ? 'INPLACE' : measured
  // MySQL accepts no LOCK clause beside INSTANT.
  const lock = algorithm === 'INSTANT' ? '' : `, LOCK=${request.sheet.facts.mysqlLock.value ?? 'NONE'}`
  return { sql: `ALTER TABLE ${table(request)} ${action}, ALGORITHM=${algorithm}${lock}`, lock: 'metadata', blocks: request.sheet.facts.mysqlLock.value === 'SHARED' ? 'writes' : 'nothing', rewritesTable: algorithm === 'COPY', transaction: 'none' }
}
const back = (request: Request, action: string): Rollback => undo(`ALTER TABLE ${table(request)} ${action}`)
const index = (request: Request, suffix: string): string => quoteMysqlName(derivedName(need(request.input, 'table'), ...columnNames(request), suffix))
const listed = (request: Request): string => columnNames(request).map((name) => quoteMysqlName(name, 'columns')).join(', ')

const plans: Readonly<Record<string, (request: Request) => readonly Phase[]>> = {
  'add-column-not-null-constant-default': (request) => [phase('expand', 1, [alter(request, `ADD COLUMN ${column(request)} ${type(request)} NOT NULL DEFAULT ${constant(request)}`)], back(request, `DROP COLUMN ${column(request)}`), 'retry-lock')],
  'add-index': (request) => [phase('expand', 1, [alter(request, `ADD INDEX ${index(request, 'idx')} (${listed(request)})`)], back(request, `DROP INDEX ${index(request, 'idx')}`), 'retry-lock')],
  'add-nullable-column': (request) => [phase('expand', 1, [alter(request, `ADD COLUMN ${column(request)} ${type(request)} NULL`)], back(request, `DROP COLUMN ${column(request)}`), 'retry-lock')],
  'add-unique': (request) => [
    precheck(`SELECT count(*) AS n FROM (SELECT 1 FROM ${table(request)} WHERE ${columnNames(request).map((name) => `${quoteMysqlName(name)} IS NOT NULL`).join(' AND ')} GROUP BY ${listed(request)} HAVING count(*) > 1) AS d`),
    switchOver(1),
    phase('expand', 2, [alter(request, `ADD UNIQUE INDEX ${index(request, 'key')} (${listed(request)})`)], back(request, `DROP INDEX ${index(request, 'key')}`), 'fix-rows'),
  ],
  'drop-column': (request) => [switchOver(1), phase('contract', 2, [alter(request, `DROP COLUMN ${column(request)}`)], restoreOnly, 'forward-only')],
  'drop-index': (request) => [phase('contract', 1, [alter(request, `DROP INDEX ${quoteMysqlName(need(request.input, 'from'), 'from')}`)], rollForward, 'retry-lock')],
  'set-not-null': (request) => [
    precheck(`SELECT count(*) AS n FROM ${table(request)} WHERE ${column(request)} IS NULL`),
    phase('expand', 1, [alter(request, `MODIFY COLUMN ${column(request)} ${type(request)} NOT NULL`)], back(request, `MODIFY COLUMN ${column(request)} ${type(request)} NULL`), 'fix-rows'),
  ],
  'type-widen-metadata-only': (request) => [phase('expand', 1, [alter(request, `MODIFY COLUMN ${column(request)} ${type(request)}${request.input.nullable === false ? ' NOT NULL' : ' NULL'}`)], rollForward, 'retry-lock')],
}

/** Changes that can be planned for MySQL and MariaDB: those with a measured algorithm that keeps writes going. */
export const mysqlChanges: readonly string[] = Object.keys(plans)

/** Phases for MySQL or MariaDB. DDL there commits by itself, so every statement stands alone. */
export function planMysql(input: MigrationInput, engine: Engine, sheet: Sheet): readonly Phase[] {
  const plan = plans[sheet.id]
  if (plan === undefined) {
    throw new InputError(`Unexpected change ${JSON.stringify(sheet.id)} for ${engine}, expected one of ${mysqlChanges.join(', ')}. The sheet schema-changes/${sheet.id} says what is known; plan it by hand, with pt-online-schema-change or gh-ost where the table is copied.`)
  }
  return plan({ input, engine, sheet })
}
