import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteChanges } from '../../../src/tools/migration-plan/databases/sqlite/planner.ts'
import { makeSqliteTarget } from '../../../src/tools/migration-plan/databases/sqlite/target.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { hostileNames } from '../../tools/migration-plan/cases.ts'

const hasSqlite = spawnSync('sqlite3', ['--version']).status === 0
const plan = (id: string, input: MigrationInput): readonly Phase[] => (sqliteChanges[id] as (typeof sqliteChanges)[string]).plan(makeSqliteTarget({ ...input, change: id }, '20261122'))

const requests: Readonly<Record<string, MigrationInput>> = {
  'add-check': { table: 'users', expression: 'age >= 0' },
  'add-column-not-null-constant-default': { table: 'users', column: 'credits', type: 'int', expression: '0' },
  'add-foreign-key': { table: 'orders', column: 'user_id', references: 'users(id)' },
  'add-index': { table: 'users', columns: ['email'] },
  'add-nullable-column': { table: 'users', column: 'nickname', type: 'text' },
  'add-unique': { table: 'users', columns: ['email'] },
  'backfill-only': { table: 'users', column: 'legacy', expression: "'n/a'" },
  'drop-column': { table: 'users', column: 'legacy' },
  'drop-index': { table: 'users', from: 'users_phone_idx' },
  'drop-table': { table: 'orders' },
  'rename-column': { table: 'users', from: 'name', to: 'full_name' },
  'rename-table': { table: 'orders', to: 'purchases' },
  'set-not-null': { table: 'users', column: 'age' },
  'type-change-rewrite': { table: 'users', column: 'age', from: 'int', type: 'text' },
}
const fixture = `
CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT, age INT, legacy TEXT, CHECK (length(name) > 0));
CREATE INDEX users_phone_idx ON users(phone);
CREATE TABLE orders(id INTEGER PRIMARY KEY, user_id INT, owner_id INT REFERENCES users(id));
CREATE TABLE log(what TEXT);
CREATE TRIGGER users_log AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.email); END;
CREATE VIEW adults AS SELECT id FROM users WHERE age > 17;
WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 1000) INSERT INTO users SELECT n, 'Name ' || n, 'u' || n || '@example.org', '555' || n, 20 + n % 50, NULL FROM s;
INSERT INTO orders SELECT id, id, id FROM users;
`

describe.skipIf(!hasSqlite)('on a real SQLite (skipped where the program sqlite3 is not installed)', () => {
  let folder: string
  const file = (): string => join(folder, 'app.db')
  const sql = (...statements: readonly string[]): string => {
    const done = spawnSync('sqlite3', ['-bail', file()], { input: `${statements.join(';\n')};\n`, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${done.stderr}\nin: ${statements.join(';\n')}`)
    return done.stdout.trim()
  }
  const shell = (script: string): void => {
    const done = spawnSync('sh', ['-eu'], { input: script, cwd: folder, env: { ...process.env, DATABASE_FILE: file() }, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${done.stderr}\nin: ${script}`)
  }
  /** Runs what stands together in one transaction, as every migration tool does. */
  const apply = (phases: readonly Phase[]): void => {
    for (const { statements, verify } of phases) {
      const together = statements.filter(({ language }) => language === undefined)
      if (together.length > 0) sql('BEGIN IMMEDIATE', ...together.map((one) => one.sql), 'COMMIT')
      for (const one of statements) if (one.language === 'shell') shell(one.sql)
      if (verify !== null) expect(sql(verify), verify).toBe('0')
    }
  }
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'ops-sqlite-')) })
  afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

  test('there is a request for every change', () => {
    expect(Object.keys(requests).sort()).toEqual(Object.keys(sqliteChanges).sort())
  })

  test.each(Object.keys(requests))('%s: runs, verifies, and goes back to the same schema where there is a way back', (id) => {
    sql(fixture)
    if (id === 'drop-column' || id === 'type-change-rewrite') sql('DROP VIEW adults')
    const before = sql("SELECT sql FROM sqlite_schema ORDER BY name")
    const phases = plan(id, requests[id] ?? {})
    apply(phases)
    expect(sql('SELECT count(*) FROM users', 'PRAGMA integrity_check', 'PRAGMA foreign_key_check')).toBe('1000\nok')
    const undo = [...phases].reverse().flatMap(({ rollback }) => rollback.statements)
    if (phases.every(({ rollback }) => rollback.kind === 'sql' || rollback.kind === 'nothing')) {
      if (undo.length > 0) sql(...undo)
      // SQLite puts quotes around a name that it changes.
      expect(sql('SELECT sql FROM sqlite_schema ORDER BY name').replaceAll('"', '')).toBe(before.replaceAll('"', ''))
    }
  })

  test.each<[string, string, string]>([
    ['add-check', "INSERT INTO users(name, email, age) VALUES ('a', 'b', -1)", 'CHECK'],
    ['set-not-null', "INSERT INTO users(name, email) VALUES ('a', 'b')", 'CHECK'],
    ['add-foreign-key', 'PRAGMA foreign_keys = ON; INSERT INTO orders(user_id) VALUES (99999)', 'FOREIGN KEY'],
  ])('%s by a rebuild: the rule holds, and rows, indexes, triggers, views and keys that refer to the table stay', (id, refused, message) => {
    sql(fixture)
    const kept = (): string => sql("SELECT type, name FROM sqlite_schema ORDER BY name", "SELECT * FROM pragma_foreign_key_list('orders') WHERE \"from\" = 'owner_id'", 'SELECT count(*) FROM adults')
    const before = kept().replace(/^\d+\|/gm, '')
    apply(plan(id, requests[id] ?? {}))
    expect(kept().replace(/^\d+\|/gm, '').replace(/^\d\|users/gm, '0|users')).toBe(before.replace(/^\d\|users/gm, '0|users'))
    expect(() => sql(refused)).toThrow(message)
    sql("INSERT INTO users(name, email, age) VALUES ('new', 'logged@example.org', 30)")
    expect(sql("SELECT count(*) FROM log WHERE what = 'logged@example.org'")).toBe('1')
  })

  test('a rebuild over rows that break the rule changes nothing', () => {
    sql(fixture, 'UPDATE users SET age = NULL WHERE id = 7')
    const before = sql('SELECT sql FROM sqlite_schema ORDER BY name')
    expect(() => apply(plan('set-not-null', requests['set-not-null'] ?? {}).filter(({ statements }) => statements.length > 0))).toThrow('CHECK')
    expect(sql('SELECT sql FROM sqlite_schema ORDER BY name', 'SELECT count(*) FROM users')).toBe(`${before}\n1000`)
  })

  const online = (id: string, input: MigrationInput): readonly Phase[] => (sqliteChanges[id] as (typeof sqliteChanges)[string]).online?.(makeSqliteTarget({ ...input, change: id }, '20261122')) ?? []
  /** Applies a plan while versions write around each of its transactions; every acknowledged value is noted. */
  const lost = (phases: readonly Phase[], versions: readonly ((id: number, value: number, fresh: boolean) => string)[], final: string, pragma = ''): readonly string[] => {
    const ledger = new Map<number, number>()
    let [current, next] = [0, 0]
    const burst = (version: number): void => {
      const write = versions[Math.min(version, versions.length - 1)] as (typeof versions)[number]
      const [id, n] = [2000 + ++next, next * 4]
      sql(pragma === '' ? 'SELECT 1' : pragma, write(id, n, true), write(next, n + 1, false), ...(next > 1 ? [write(id - 1, n + 2, false)] : []), write(id, n + 3, false))
      ledger.set(id, n + 3).set(next, n + 1)
      if (next > 1) ledger.set(id - 1, n + 2)
    }
    for (const one of phases) {
      burst(current)
      if (one.phase === 'switch') {
        burst(current + 1)
        burst(current)
        current += 1
      }
      apply([one])
      burst(current)
    }
    if (ledger.size < 10) throw new Error('Too few rows written')
    const held = new Map(sql(final).split('\n').map((line) => line.split('|').map(Number) as [number, number]))
    return [...ledger].filter(([id, value]) => held.get(id) !== value).map(([id, value]) => `${id} = ${value}, found ${held.get(id)}`)
  }
  const named = (...columns: readonly string[]) => (id: number, value: number, fresh: boolean): string => (fresh
    ? `INSERT INTO users(id, email, ${columns.join(', ')}) VALUES (${id}, 'x'${`, '${value}'`.repeat(columns.length)})`
    : `UPDATE users SET ${columns.map((column) => `${column} = '${value}'`).join(', ')} WHERE id = ${id}`)
  const aged = (id: number, value: number, fresh: boolean): string => (fresh ? `INSERT INTO users(id, name, email, age) VALUES (${id}, 'n', 'x', ${value})` : `UPDATE users SET age = ${value} WHERE id = ${id}`)
  const optional = fixture.replace('name TEXT NOT NULL', 'name TEXT').replace(', CHECK (length(name) > 0)', '')
  const strict = fixture.replace(', CHECK (length(name) > 0)', '')
  const rename: MigrationInput = { table: 'users', from: 'name', to: 'full_name', type: 'text' }

  test.each(['', 'PRAGMA recursive_triggers = ON'])('a column is renamed while an old and a new version write: nothing acknowledged is lost %s', (pragma) => {
    sql(optional)
    expect(lost(online('rename-column', rename), [named('name'), named('full_name')], 'SELECT id, full_name FROM users', pragma)).toEqual([])
    expect(sql("SELECT count(*) FROM pragma_table_info('users') WHERE name = 'name'", "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")).toBe('0\n1')
  })

  test('a required column is renamed over a version that writes both, and stays required', () => {
    sql(strict)
    expect(lost(online('rename-column', { ...rename, nullable: false }), [named('name'), named('name', 'full_name'), named('full_name')], 'SELECT id, full_name FROM users')).toEqual([])
    expect(() => sql("INSERT INTO users(email) VALUES ('x')")).toThrow('CHECK')
    expect(sql("SELECT count(*) FROM pragma_table_info('users') WHERE name = 'name'")).toBe('0')
  })

  test('a type changes under its own name while versions write, and every value has the new type', () => {
    sql(fixture.replace(/^CREATE VIEW.*$/m, ''))
    expect(lost(online('type-change-rewrite', requests['type-change-rewrite'] ?? {}), [aged], 'SELECT id, age FROM users')).toEqual([])
    expect(sql("SELECT group_concat(DISTINCT typeof(age)) FROM users")).toBe('text')
  })

  test('the same writers notice a plan without its triggers', () => {
    sql(optional)
    const careless = online('rename-column', rename).map((one) => ({ ...one, verify: null, statements: one.statements.filter(({ sql: text }) => !text.includes('TRIGGER')) }))
    expect(lost(careless, [named('name'), named('full_name')], 'SELECT id, full_name FROM users').length).toBeGreaterThan(0)
  })

  test.each(['rename-column', 'type-change-rewrite'])('%s: what was begun goes back to the same schema', (id) => {
    sql(optional)
    const before = sql('SELECT sql FROM sqlite_schema ORDER BY name')
    const begun = online(id, id === 'rename-column' ? rename : requests[id] ?? {}).slice(0, -2)
    apply(begun.filter(({ phase }) => phase !== 'switch'))
    expect(sql('SELECT sql FROM sqlite_schema ORDER BY name')).not.toBe(before)
    sql(...[...begun].reverse().flatMap(({ rollback }) => rollback.statements))
    expect(sql('SELECT sql FROM sqlite_schema ORDER BY name')).toBe(before)
  })

  test('a large backfill is made in batches and ends', () => {
    sql(fixture)
    const phases = plan('backfill-only', { ...requests['backfill-only'], rows: 5_000_000 })
    expect(phases[0]?.statements[0]?.language).toBe('shell')
    apply(phases)
    expect(sql("SELECT count(*) FROM users WHERE legacy = 'n/a'")).toBe('1000')
  })

  test('names that break unquoted SQL reach the file unharmed', () => {
    expect(hostileNames.length).toBeGreaterThan(10)
    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
    hostileNames.forEach((name, index) => {
      const [column, to] = [hostileNames[(index + 1) % hostileNames.length] as string, hostileNames[(index + 5) % hostileNames.length] as string]
      rmSync(file(), { force: true })
      sql(`CREATE TABLE ${quoted(name)}(pk INTEGER PRIMARY KEY, ${quoted(column)} TEXT)`, `INSERT INTO ${quoted(name)}(${quoted(column)}) VALUES ('v')`)
      apply(plan('set-not-null', { table: name, column }))
      apply(plan('rename-column', { table: name, from: column, to }))
      apply(plan('add-unique', { table: name, columns: [to] }))
      expect(sql(`SELECT ${quoted(to)} FROM ${quoted(name)}`)).toBe('v')
    })
  })
})
