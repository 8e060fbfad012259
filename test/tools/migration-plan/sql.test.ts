import { loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query'
import { beforeAll, expect, test, vi } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { readExpression } from '../../../src/tools/migration-plan/sql/expression.ts'
import { derivedName, quoteName, quoteText } from '../../../src/tools/migration-plan/sql/identifiers.ts'
import { isFreeWidening, mayLoseValues, readType } from '../../../src/tools/migration-plan/sql/types.ts'
import { makeTarget } from '../../../src/tools/migration-plan/target.ts'
import { hostileNames, requests } from './cases.ts'

vi.setConfig({ testTimeout: 60_000 })

beforeAll(() => loadModule())

interface Parsed { readonly stmts?: readonly { readonly stmt: Record<string, unknown> }[] }
const parsed = (sql: string): NonNullable<Parsed['stmts']> => (parseSync(sql) as Parsed).stmts ?? []

/** Every name in a parse tree under the keys that hold names of tables, columns and objects. */
function namesIn(tree: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(tree)) tree.forEach((item) => namesIn(item, found))
  else if (tree !== null && typeof tree === 'object') {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string' && ['relname', 'schemaname', 'colname', 'name', 'conname', 'newname', 'subname', 'idxname', 'sval', 'indexname', 'trigname', 'str'].includes(key)) found.add(value)
      else namesIn(value, found)
    }
  }
  return found
}

const allSql = (id: string, input: MigrationInput): { statements: string[], verify: string[] } => {
  const phases = (['online', 'plain'] as const).flatMap((form) => (changes[id] as (typeof changes)[string])[form](makeTarget(input, id, { gentle: true, watchReplicas: true, day: '20261122' })))
  return { statements: phases.flatMap((phase) => [...phase.statements.map(({ sql }) => sql), ...phase.rollback.statements]), verify: phases.flatMap(({ verify }) => (verify === null ? [] : [verify])) }
}

test('every change has a request to try, and every statement and query of it is one statement of PostgreSQL', () => {
  expect(Object.keys(requests).sort()).toEqual(Object.keys(changes).sort())
  for (const [id, input] of Object.entries(requests)) {
    const { statements, verify } = allSql(id, input)
    expect(statements.length, id).toBeGreaterThan(0)
    for (const sql of [...statements, ...verify]) expect(parsed(sql), sql).toHaveLength(1)
    for (const sql of verify) expect(Object.keys(parsed(sql)[0]?.stmt ?? {}), sql).toEqual(['SelectStmt'])
    for (const sql of statements.filter((text) => text.startsWith('CREATE FUNCTION'))) expect(() => parsePlPgSQLSync(sql), sql).not.toThrow()
  }
})

/** Fields that hold names only in these changes. */
const otherNames: Readonly<Record<string, (other: string, name: string) => MigrationInput>> = {
  'add-tenant-id': (other, name) => ({ references: `${asName(name)}(${asName(other)})`, from: `${asName(other)}(${asName(name)})` }),
  'change-collation': (other) => ({ to: other, from: other }),
  'enum-remove-value': (other, name) => ({ type: name, from: other, to: name }),
  'enum-to-text-check': (other) => ({ from: other }),
  'json-key-rename': (other, name) => ({ from: other, to: name }),
  'json-to-column': (other, name) => ({ from: name, to: other }),
  'merge-columns': (other) => ({ to: `${other}2` }),
  'merge-tables': (other, name) => ({ references: `${asName(other)}(${asName(name)})` }),
  'one-to-many-to-join-table': (other, name) => ({ to: `${other}2`, references: `${asName(other)}(${asName(name)})` }),
  'replace-index': (other) => ({ from: other, expression: `lower(${asName(other)})` }),
  'partition-existing-table': (_, name) => ({ keyColumn: name }),
  'soft-delete': (_, name) => ({ from: name }),
  'split-column': (_, name) => ({ from: name }),
  'split-table-move-columns': (other) => ({ to: `${other}2` }),
  'view-or-matview-change': (other) => ({ from: other, columns: [other] }),
}
/** In double quotes whatever it is: the form in which a person writes a name that is no word. */
const asName = (name: string): string => `"${name.replaceAll('"', '""')}"`

test('names arrive in the statement exactly as given, and never become another statement', () => {
  for (const [id, request] of Object.entries(requests)) {
    hostileNames.forEach((name, index) => {
      const other = hostileNames[(index + 7) % hostileNames.length] as string
      const renames = id.startsWith('rename')
      const named: MigrationInput = {
        ...request, schema: other, keyColumn: other,
        ...(request.table === undefined ? { type: name } : { table: name }),
        ...(request.column === undefined ? {} : { column: other }),
        ...(request.columns === undefined ? {} : { columns: request.columns.length === 1 ? [other] : [other, name] }),
        ...(otherNames[id]?.(other, name)),
        ...(renames ? { to: `${other}2`, ...(request.from === undefined ? {} : { from: other }) } : {}),
        ...(id === 'drop-index' || id === 'drop-foreign-key' ? { from: other } : {}),
        ...(id === 'backfill-only' || id === 'add-check' || id.endsWith('computed') ? { expression: id === 'add-check' ? `${quoteName(other)} <> ${quoteText(name)}` : quoteText(name) } : {}),
      }
      const { statements, verify } = allSql(id, named)
      for (const sql of [...statements, ...verify]) expect(parsed(sql), sql).toHaveLength(1)
      const kinds = statements.map((sql) => Object.keys(parsed(sql)[0]?.stmt ?? {})[0])
      expect(kinds).toEqual(allSql(id, request).statements.map((sql) => Object.keys(parsed(sql)[0]?.stmt ?? {})[0]))
      const first = namesIn(statements.filter((sql) => !sql.startsWith('DO') && !sql.startsWith('CREATE FUNCTION') && !sql.startsWith('DROP FUNCTION')).map(parsed))
      expect([...first], `${id} ${name}`).toEqual(expect.arrayContaining([name, other]))
    })
  }
})

test('a name that PostgreSQL would cut is refused, and derived names are shortened without colliding', () => {
  expect(() => quoteName('x'.repeat(64), 'column')).toThrow(InputError)
  expect(() => quoteName('ü'.repeat(32), 'column')).toThrow(/64 bytes/)
  expect(() => quoteName('', 'column')).toThrow(InputError)
  const [a, b] = [derivedName('t'.repeat(60), 'a'.repeat(40), 'idx'), derivedName('t'.repeat(60), `${'a'.repeat(39)}b`, 'idx')]
  expect(Buffer.byteLength(a)).toBeLessThanOrEqual(63)
  expect(a).toMatch(/_[0-9a-f]{8}_idx$/)
  expect(a).not.toBe(b)
  expect(Buffer.byteLength(derivedName('表'.repeat(21), 'x', 'idx'))).toBeLessThanOrEqual(63)
  expect(derivedName('users', 'email', 'idx')).toBe('users_email_idx')
})

test('text constants survive quotes and backslashes', () => {
  for (const text of ["it's", 'a\\b', "\\'; DROP TABLE x; --", "E'x'"]) expect([...namesIn(parsed(`SELECT ${quoteText(text)}`))]).toContain(text)
})

test.each([
  ['int', 'integer'], ['character varying(40)', 'varchar(40)'], ['VARCHAR (40)', 'varchar(40)'], ['numeric(10,2)', 'numeric(10, 2)'], ['timestamp with time zone', 'timestamptz'], ['text[]', 'text[]'], ['"Order Status"', '"Order Status"'], ['double precision', 'double precision'],
])('type %s is read as %s', (text, sql) => {
  expect(readType(text, 'type').sql).toBe(sql)
  expect(parsed(`ALTER TABLE t ALTER COLUMN c TYPE ${sql}`)).toHaveLength(1)
})

test.each(['text; DROP TABLE x', 'bigin', 'text DEFAULT now()', 'varchar(1,2)', 'numeric(1,2,3)', '', 'int--', 'text(5)', '"a"b"'])('type %j is refused', (text) => {
  expect(() => readType(text, 'type')).toThrow(InputError)
})

test.each([
  ['varchar(20)', 'varchar(40)', true], ['varchar(40)', 'varchar(20)', false], ['varchar(20)', 'text', true], ['text', 'varchar(20)', false], ['numeric(10,2)', 'numeric(12,2)', true], ['numeric(10,2)', 'numeric(12,4)', false],
  ['int', 'bigint', false], ['varchar', 'varchar(9)', false], ['timestamp', 'timestamptz', false], ['numeric', 'numeric(10,2)', false],
] as const)('%s to %s is free: %s', (from, to, free) => {
  expect(isFreeWidening(readType(from, 'from'), readType(to, 'type'))).toBe(free)
})

test('only conversions that cannot fail count as safe', () => {
  const may = (from: string, to: string) => mayLoseValues(readType(from, 'from'), readType(to, 'type'))
  expect([may('bigint', 'int'), may('text', 'date'), may('varchar(40)', 'varchar(20)'), may('double precision', 'integer')]).toEqual([true, true, true, true])
  expect([may('int', 'bigint'), may('date', 'text'), may('varchar(20)', 'varchar(40)'), may('integer', 'text')]).toEqual([false, false, false, false])
})

test.each([
  ['age >= 0 and age < 200', ['age']], ["status in ('a', 'b') or not (\"Weird Name\" is null)", ['Weird Name', 'status']], ["lower(trim(email)) || '@x'", ['email']], ['-1', []], ['price * 100 / 2 - 1', ['price']], ['created between now() and now()', ['created']], ["coalesce(nick, 'x''y')::text like 'a%'", ['nick']],
] as const)('expression %s is read and printed for a row', (source, columns) => {
  const read = readExpression(source)
  expect(read.columns).toEqual(columns)
  expect(parsed(`SELECT ${read.print('t.')} FROM t`)).toHaveLength(1)
})

test.each(["1); DROP TABLE users; --", 'pg_sleep(10)', '(select 1)', 'a; b', "'open", 'a = ', 'case when a then b end', 'a::regclass', '/* x */ 1', 'a is b', '$$x$$', 'random()', `${'('.repeat(40)}1${')'.repeat(40)}`])('expression %j is refused', (source) => {
  expect(() => readExpression(source)).toThrow(InputError)
})
