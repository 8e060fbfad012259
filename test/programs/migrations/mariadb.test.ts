import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mysqlChanges } from '../../../src/tools/migration-plan/databases/mysql/planner.ts'
import { makeMysqlTarget } from '../../../src/tools/migration-plan/databases/mysql/target.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { knowledge } from '../../support/knowledge.ts'
import { hasMariaDb, startMariaDb, type MariaDb } from '../../support/mariadb.ts'
import { hostileNames } from '../../tools/migration-plan/cases.ts'
import { mysqlFixture, mysqlRequests } from '../../tools/migration-plan/mysql-cases.ts'
import { mysqlMixed, mysqlWriters, nameOrders, type Mixed } from '../../tools/migration-plan/mysql-writers.ts'

const operations = knowledge()['online-ddl'].mariadb?.facts.operations.value ?? []
/** The table that a tool leaves behind is there only where the tool was. */
const withoutLeftovers = (phases: readonly Phase[]): readonly Phase[] => phases.filter(({ statements }) => !statements.some(({ sql }) => /^DROP TABLE .*_(old|del)`$/.test(sql)))
const plan = (id: string, form: 'online' | 'plain', input: MigrationInput): readonly Phase[] =>
  withoutLeftovers((mysqlChanges[id] as (typeof mysqlChanges)[string])[form](makeMysqlTarget({ ...input, change: id }, 'mariadb', operations, { copiesOnline: false, gentle: false, day: '20261122' })))
const sqlOf = (phases: readonly Phase[]): readonly string[] => phases.flatMap(({ statements }) => statements.filter(({ language }) => language === undefined).map(({ sql }) => sql))
// What a command line copied is asked where it is run, in the test of pt-online-schema-change.
const byShell = ({ statements }: Phase): boolean => statements.some(({ language }) => language === 'shell')
const ask = (phase: Phase): readonly string[] => (phase.verify === null || byShell(phase) ? [] : [`SELECT IF(n = 0, 'asked', concat('NOT ZERO: ', n)) FROM (${phase.verify}) AS asked`])
const apply = (phases: readonly Phase[], asks = true): readonly string[] => phases.flatMap((phase) => [...sqlOf([phase]), ...(asks ? ask(phase) : [])])
const reversible = (phases: readonly Phase[]): readonly Phase[] => {
  const end = phases.findIndex(({ rollback }) => rollback.kind === 'roll-forward' || rollback.kind === 'restore')
  return end === -1 ? phases : phases.slice(0, end)
}
/** The order of columns and the next number of a key may differ after a way back, nothing else. */
const shape = (text: string): string => text.replace(/ AUTO_INCREMENT=\d+/g, '')

describe.skipIf(!hasMariaDb)('on a real MariaDB server (skipped where mariadbd is not installed)', () => {
  let maria: MariaDb
  beforeAll(async () => { maria = await startMariaDb() }, 60_000)
  afterAll(async () => { await maria?.stop() })
  const fingerprint = ['SHOW CREATE TABLE users', 'SHOW CREATE TABLE orders', 'SHOW TRIGGERS', "SHOW PROCEDURE STATUS WHERE Db = 'shop'", 'SHOW FULL TABLES']

  test.each(Object.keys(mysqlChanges).flatMap((id) => (['online', 'plain'] as const).map((form) => ({ id, form }))))('$id, $form: runs, verifies, rolls back to the same SHOW CREATE TABLE, runs to the end', ({ id, form }) => {
    const phases = plan(id, form, mysqlRequests[id] ?? {})
    const there = reversible(phases)
    const [before, forward, after, again] = maria.run(
      ...mysqlFixture, ...fingerprint, "SELECT '===='", ...apply(there), "SELECT '===='", ...[...there].reverse().flatMap(({ rollback }) => rollback.statements.filter((sql) => !sql.startsWith('pt-') && (sqlOf(there).length > 0 || !sql.startsWith('ALTER')))),
      ...fingerprint, "SELECT '===='", ...apply(phases),
    ).split(/====\n?/) as [string, string, string, string]
    expect(before.split('\n').length).toBeGreaterThan(2)
    expect(shape(after.trim())).toBe(shape(before.trim()))
    expect(`${forward}${again}`).not.toContain('NOT ZERO')
    expect(phases.flatMap(({ statements, verify }) => [...statements, verify]).length).toBeGreaterThan(0)
  })

  /** Acknowledged writes that the last schema does not hold, after a plan that was begun, undone and made again while every version wrote. */
  const lost = (id: string, mixed: Mixed, phases: readonly Phase[]): readonly string[] => {
    const ledger = new Map<string, number>()
    const there = reversible(phases)
    const back = [...there].reverse().flatMap(({ rollback }) => rollback.statements.filter((sql) => !sql.startsWith('pt-')))
    const [before, , after, forward, found] = maria.run(
      ...mysqlFixture, ...nameOrders, ...fingerprint, "SELECT '===='", ...mysqlWriters(there, mixed, new Map(), ask), "SELECT '===='", ...back, ...fingerprint, "SELECT '===='",
      ...mysqlFixture, ...nameOrders, ...mysqlWriters(phases, mixed, ledger, ask), "SELECT '===='", mixed.final,
    ).split(/====\n?/) as [string, string, string, string, string]
    if (ledger.size < 6) throw new Error(`Only ${ledger.size} rows written for ${id}: that proves nothing`)
    expect(shape(after.trim())).toBe(shape(before.trim()))
    const held = new Map(found.trim().split('\n').map((line) => line.split('\t') as [string, string]))
    return [...forward.includes('NOT ZERO') ? [forward] : [], ...[...ledger].filter(([key, value]) => held.get(key) !== String(value)).map(([key, value]) => `${key} = ${value}, found ${held.get(key)}`)]
  }
  // What a tool copies is made here by the server; the tool itself runs in a test of its own.
  const liveForm = (id: string): readonly Phase[] => (plan(id, 'online', mysqlRequests[id] ?? {}).some(byShell) ? plan(id, 'plain', mysqlRequests[id] ?? {}) : plan(id, 'online', mysqlRequests[id] ?? {}))

  test('there are versions of an application for every change', () => {
    expect(Object.keys(mysqlMixed)).toEqual(Object.keys(mysqlChanges).sort())
    expect(Object.keys(mysqlMixed).length).toBeGreaterThanOrEqual(28)
  })

  test.each(Object.keys(mysqlMixed))('%s: begun, undone to the same schema and made again while versions write, it loses nothing acknowledged', (id) => {
    expect(lost(id, mysqlMixed[id] as Mixed, liveForm(id))).toEqual([])
  })

  test.each(['rename-column', 'type-change-rewrite', 'add-column-not-null-computed'])('%s: the same writers notice a plan without its triggers', (id) => {
    const careless = liveForm(id).map((phase) => ({ ...phase, statements: phase.statements.filter(({ sql }) => !/^(CREATE|DROP) TRIGGER/.test(sql)) }))
    let noticed: readonly string[] = []
    try {
      noticed = lost(id, mysqlMixed[id] as Mixed, careless)
    } catch (error) {
      noticed = [String(error)]
    }
    expect(noticed.length).toBeGreaterThan(0)
  })

  test('rename-table is deployed only when rights on the table by name are there by the new one too', () => {
    const phases = plan('rename-table', 'online', mysqlRequests['rename-table'] ?? {})
    const before = phases.findIndex(({ phase }) => phase === 'switch')
    const grant = (table: string): string => `GRANT SELECT, INSERT ON shop.${table} TO clerk@localhost`
    const deploy = ask(phases[before] as Phase)
    const said = maria.run(...mysqlFixture, 'CREATE OR REPLACE USER clerk@localhost', grant('orders'), ...apply(phases.slice(0, before)), "SELECT '===='", ...deploy, "SELECT '===='", grant('purchases'), ...deploy, ...apply(phases.slice(before)), 'DROP USER clerk@localhost')
    const [made, refused, granted] = said.split(/\n?====\n/)
    expect([made, refused]).toEqual(['asked', 'NOT ZERO: 2'])
    expect(granted).toBe('asked\nasked\nasked')
  })

  test('names that break unquoted SQL reach the server unharmed', () => {
    const names = hostileNames.filter((name) => !name.endsWith(' '))
    expect(names.length).toBeGreaterThan(10)
    const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``
    for (const [at, name] of names.entries()) {
      const [column, to] = [names[(at + 1) % names.length] as string, names[(at + 5) % names.length] as string]
      const said = maria.run(
        'DROP DATABASE IF EXISTS shop', 'CREATE DATABASE shop CHARACTER SET utf8mb4', 'USE shop', `CREATE TABLE ${quoted(name)}(pk int PRIMARY KEY, ${quoted(column)} varchar(20) NOT NULL)`, `INSERT INTO ${quoted(name)} SELECT seq, concat('v', seq) FROM seq_1_to_20`,
        ...apply(plan('rename-column', 'online', { table: name, from: column, to, type: 'varchar(20)', nullable: false, keyColumn: 'pk' })), `SELECT count(*) FROM ${quoted(name)} WHERE ${quoted(to)} LIKE 'v%'`,
      )
      expect(said, name).not.toContain('NOT ZERO')
      expect(said.split('\n').at(-1), name).toBe('20')
    }
  })

  test('behind an open transaction an instant change gives up after its time and can be tried again', async () => {
    maria.run(...mysqlFixture)
    const holder = maria.hold('USE shop', 'START TRANSACTION', 'SELECT count(*) FROM users')
    await holder.ready
    const [first] = plan('add-nullable-column', 'online', mysqlRequests['add-nullable-column'] ?? {})[0]?.statements ?? []
    expect(maria.refusal('USE shop', 'SET SESSION lock_wait_timeout = 1', first?.sql ?? '')).toContain('ERROR 1205')
    await holder.end()
    expect(maria.refusal('USE shop', 'SET SESSION lock_wait_timeout = 1', first?.sql ?? '')).toBeUndefined()
  })

  // What each operation of the sheet is, on a table that has all it needs.
  const actions: Readonly<Record<string, string>> = {
    'add-column': 'ADD COLUMN c text NULL', 'add-column-default': 'ADD COLUMN c int NOT NULL DEFAULT 0', 'add-column-in-the-middle': 'ADD COLUMN c int AFTER id', 'add-column-computed-default': 'ADD COLUMN c char(36) DEFAULT (uuid())',
    'add-stored-column': 'ADD COLUMN c int AS (n + 1) STORED', 'add-virtual-column': 'ADD COLUMN c int AS (n + 1) VIRTUAL', 'drop-column': 'DROP COLUMN wide', 'rename-column': 'RENAME COLUMN name TO full_name', 'change-type': 'MODIFY COLUMN n bigint',
    'change-key-type': 'MODIFY COLUMN id bigint AUTO_INCREMENT', 'extend-varchar': 'MODIFY COLUMN name varchar(60)', 'extend-varchar-past-255-bytes': 'MODIFY COLUMN name varchar(100)', 'narrow-type': 'MODIFY COLUMN wide varchar(50)',
    'append-enum-value': "MODIFY COLUMN e enum('a','b','c')", 'change-enum-values': "MODIFY COLUMN e enum('a','z','b')", 'set-default': 'ALTER COLUMN n SET DEFAULT 5', 'set-not-null': 'MODIFY COLUMN n int NOT NULL', 'drop-not-null': 'MODIFY COLUMN nn int NULL DEFAULT 1',
    'add-index': 'ADD INDEX i (name)', 'add-unique-index': 'ADD UNIQUE INDEX i (name)', 'drop-index': 'DROP INDEX k_n', 'rename-index': 'RENAME INDEX k_n TO k_m', 'hide-index': 'ALTER INDEX k_n IGNORED', 'add-foreign-key': 'ADD CONSTRAINT fk1 FOREIGN KEY (pid) REFERENCES p (id)',
    'drop-foreign-key': 'DROP FOREIGN KEY fk0', 'add-check': 'ADD CONSTRAINT ck1 CHECK (n >= 0)', 'drop-check': 'DROP CONSTRAINT ck0', 'change-charset': 'MODIFY COLUMN m3 varchar(20) CHARACTER SET utf8mb4', 'change-collation': 'CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci',
    'change-primary-key': 'DROP PRIMARY KEY, ADD PRIMARY KEY (id, n3)', 'add-fulltext-index': 'ADD FULLTEXT INDEX ft (txt)', 'set-auto-increment': 'AUTO_INCREMENT = 10000',
  }
  const table = [
    'DROP DATABASE IF EXISTS grid', 'CREATE DATABASE grid CHARACTER SET utf8mb4', 'USE grid', 'CREATE TABLE p(id int AUTO_INCREMENT PRIMARY KEY)', 'INSERT INTO p SELECT seq FROM seq_1_to_100',
    "CREATE TABLE t(id int AUTO_INCREMENT PRIMARY KEY, name varchar(50), wide varchar(200), n int, n3 int NOT NULL DEFAULT 1, e enum('a','b'), pid int, m3 varchar(20) CHARACTER SET utf8mb3, nn int NOT NULL DEFAULT 1, txt text, KEY k_n (n), CONSTRAINT fk0 FOREIGN KEY (nn) REFERENCES p (id), CONSTRAINT ck0 CHECK (n > -5))",
    "INSERT INTO t(name, wide, n, e, pid, m3, txt) SELECT concat('n', seq), 'l', seq, 'a', 1 + seq % 100, 'm', 'x' FROM seq_1_to_300",
  ]
  const cheaper = { INSTANT: undefined, NOCOPY: 'INSTANT', INPLACE: 'NOCOPY', COPY: 'INPLACE' } as const

  test('the sheet names an action of this test for every operation but two', () => {
    expect(operations.map(({ id }) => id).filter((id) => !(id in actions)).sort()).toEqual(['add-foreign-key-unchecked', 'partition-table'])
    expect(operations.length).toBeGreaterThan(30)
  })

  test.each(operations.filter(({ id }) => id in actions))('$id: the server takes $algorithm with $lock, and refuses what is cheaper', ({ id, algorithm, lock }) => {
    const asked = (how: string, held: string): string | undefined => maria.refusal(...table, ...(id === 'change-primary-key' ? ['ALTER TABLE t DROP FOREIGN KEY fk0'] : []), `ALTER TABLE t ${actions[id]}, ALGORITHM=${how}, LOCK=${held}`)
    expect(asked(algorithm, lock)).toBeUndefined()
    if (cheaper[algorithm] !== undefined) expect(asked(cheaper[algorithm], 'DEFAULT')).toMatch(/ERROR 184[5-7]/)
    if (lock !== 'NONE') expect(asked(algorithm, 'NONE')).toMatch(/ERROR 184[5-7]/)
  })
})

test.runIf(!hasMariaDb)('says that no MariaDB server is installed', () => {
  process.stderr.write('migration_plan: no MariaDB server found, the tests on a real server are skipped. Install the package mariadb-server to run them.\n')
})
