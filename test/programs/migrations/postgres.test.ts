import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { quoteName } from '../../../src/tools/migration-plan/sql/identifiers.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { hostileNames, requests } from '../../tools/migration-plan/cases.ts'
import { apply, ask, plan, reset, thereAndBack } from '../../tools/migration-plan/run-plan.ts'

vi.setConfig({ testTimeout: 60_000 })

const folder = postgresFolder()
describe.skipIf(folder === undefined)('on a real PostgreSQL server (skipped where none is installed)', () => {
  let pg: Postgres
  beforeAll(() => { pg = startPostgres(folder as string) }, 60_000)
  afterAll(() => pg?.stop())

  test.each(Object.keys(changes).flatMap((id) => (['online', 'plain'] as const).map((form) => ({ id, form }))))('$id, $form: runs, verifies, rolls back to the same schema, runs to the end', ({ id, form }) => {
    const [before, after] = pg.run(thereAndBack(id, plan(id, form))).split('====\n')
    expect(before?.trim().split('\n').length).toBeGreaterThan(10)
    expect(after?.trim()).toBe(before?.trim())
  })

  /** Applies a plan while writers of the old and new version work between its phases; `old` stops before contract, `fresh` starts after expand. */
  const withWriters = (phases: readonly Phase[], old: (round: number) => string, fresh: (round: number) => string): string => {
    let [expanded, round] = [false, 0]
    return phases.flatMap((phase) => {
      if (phase.phase === 'contract') return [apply(phase), ask(phase)]
      const before = old(++round)
      expanded ||= phase.phase === 'expand'
      return [before, apply(phase), old(++round), ...(expanded ? [fresh(++round)] : []), ask(phase)]
    }).join('\n')
  }

  test('a column is renamed while both versions write: no row and no value is lost', () => {
    const phases = plan('rename-column', 'online', requests['rename-column'] ?? {})
    pg.run(reset + withWriters(phases,
      (round) => `INSERT INTO users(name, email) VALUES ('old ${round}', 'x'); UPDATE users SET name = 'old changed ${round}' WHERE id = ${round};`,
      (round) => `INSERT INTO users(full_name, email) VALUES ('new ${round}', 'x'); UPDATE users SET full_name = 'new changed ${round}' WHERE id = ${100 + round};`))
    const inserted = Number(pg.run("SELECT count(*) FROM users WHERE email = 'x' AND full_name ~ '^(old|new) [0-9]+$'"))
    expect(inserted).toBe(Number(pg.run('SELECT count(*) - 1000 FROM users')))
    expect(inserted).toBeGreaterThan(10)
    expect(Number(pg.run("SELECT count(*) FROM users WHERE full_name ~ 'changed'"))).toBe(inserted)
    expect(pg.run('SELECT count(*) FROM users WHERE full_name IS NULL')).toBe('0')
  })

  test('the same writers find out a plan without the trigger: rows written after the backfill are lost', () => {
    const careless = plan('rename-column', 'online', { ...requests['rename-column'], nullable: false }).map((phase) =>
      ({ ...phase, statements: phase.statements.filter(({ sql }) => !/TRIGGER|FUNCTION/.test(sql)) }))
    const writers = withWriters(careless.filter(({ phase }) => phase !== 'verify'), (round) => `INSERT INTO users(name, email) VALUES ('old ${round}', 'x');`, () => '')
    expect(() => pg.run(reset + writers)).toThrow(/division by zero/)
  })

  test('a default on the renamed column moves into the trigger, so the two columns stay equal', () => {
    pg.run(`${reset} ALTER TABLE users ALTER COLUMN legacy SET DEFAULT 'free'; UPDATE users SET legacy = 'free'; ALTER TABLE users ALTER COLUMN legacy SET NOT NULL;`)
    const phases = plan('rename-column', 'online', { table: 'users', from: 'legacy', to: 'plan', type: 'text', nullable: false, expression: "'free'" })
    pg.run(withWriters(phases, () => "INSERT INTO users(name, email) VALUES ('a', 'default');", () => "INSERT INTO users(name, email, plan) VALUES ('a', 'sent', 'trial'); INSERT INTO users(name, email) VALUES ('a', 'default');"))
    expect(pg.run("SELECT email || plan FROM users WHERE email IN ('default', 'sent') GROUP BY 1 ORDER BY 1")).toBe('defaultfree\nsenttrial')
    expect(pg.run("INSERT INTO users(name, email) VALUES ('a', 'b') RETURNING plan")).toBe('free')
  })

  test('a type changes while both versions write', () => {
    pg.run(reset + withWriters(plan('type-change-rewrite', 'online', requests['type-change-rewrite'] ?? {}),
      (round) => `INSERT INTO users(name, email, age) VALUES ('o', 'x', ${round}); UPDATE users SET age = ${round} WHERE id = ${round};`,
      (round) => `INSERT INTO users(name, email, age) VALUES ('n', 'y', ${round});`))
    expect(pg.run("SELECT count(*) FROM users WHERE email IN ('x', 'y') AND age IS NULL")).toBe('0')
    expect(pg.run("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'age'")).toBe('bigint')
  })

  test('the old table name keeps working through the view, for a role that owns nothing', () => {
    pg.run(reset)
    pg.run("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'Web App') THEN CREATE ROLE \"Web App\"; END IF; END $$; GRANT USAGE ON SCHEMA public TO \"Web App\"; GRANT SELECT, INSERT ON orders TO \"Web App\";")
    const phases = plan('rename-table', 'online', requests['rename-table'] ?? {})
    pg.run(withWriters(phases, () => 'SET ROLE "Web App"; INSERT INTO orders(user_id) VALUES (7); RESET ROLE;', () => 'SET ROLE "Web App"; INSERT INTO purchases(user_id) VALUES (7); RESET ROLE;'))
    expect(Number(pg.run('SELECT count(*) FROM purchases'))).toBe(1006)
  })

  test('times without a zone keep their moment, whatever zone the writer is in; in UTC no row is touched', () => {
    const table = "DROP TABLE IF EXISTS seen; CREATE TABLE seen(id int PRIMARY KEY, at timestamp NOT NULL); INSERT INTO seen SELECT g, timestamp '2026-07-01 12:00' FROM generate_series(1, 100) g;"
    const input = { table: 'seen', column: 'at', from: 'timestamp', type: 'timestamptz', nullable: false }
    for (const form of ['online', 'plain'] as const) {
      pg.run(`SET TimeZone = 'Asia/Tokyo'; ${table} ${plan('type-change-rewrite', form, { ...input, to: 'Europe/Paris' }).flatMap((phase) => [apply(phase), "INSERT INTO seen SELECT max(id) + 1, '2026-07-01 12:00' FROM seen WHERE (SELECT atttypid FROM pg_attribute WHERE attrelid = 'seen'::regclass AND attname = 'at') = 'timestamp'::regtype HAVING count(*) > 0;", ask(phase)]).join('\n')}`)
      expect(pg.run("SET TimeZone = 'UTC'; SELECT DISTINCT at FROM seen")).toBe('2026-07-01 10:00:00+00')
    }
    const file = "SELECT pg_relation_filenode('seen')"
    const [before, after] = pg.run([table, `${file};`, ...plan('type-widen-metadata-only', 'online', { ...input, to: 'UTC' }).map(apply as (phase: Phase) => string), `${file};`].join('\n')).split('\n')
    expect(after).toBe(before)
    expect(pg.run("SET TimeZone = 'UTC'; SELECT DISTINCT at FROM seen")).toBe('2026-07-01 12:00:00+00')
    expect(() => pg.run(`${table} ${ask(plan('type-change-rewrite', 'online', { ...input, to: 'Mars/Olympus' })[0] as Phase)}`)).toThrow(/division by zero/)
  })

  test('a plan stops when the column has an index, a default or a key that a copy would lack', () => {
    pg.run(reset)
    const question = (from: string): string => plan('rename-column', 'online', { table: 'users', from, to: 'fresh', type: 'text' })[0]?.verify ?? ''
    expect(Number(pg.run(question('phone')))).toBe(1)
    expect(Number(pg.run(question('name')))).toBe(1)
    expect(Number(pg.run(question('id')))).toBeGreaterThan(1)
    expect(pg.run(question('missing'))).toBe('')
    expect(pg.run(question('age'))).toBe('0')
    pg.run('CREATE VIEW ages AS SELECT age FROM users')
    expect(Number(pg.run(question('age')))).toBeGreaterThan(0)
  })

  test('a backfill stopped half-way goes on, and walks keys of any kind', () => {
    pg.run("DROP TABLE IF EXISTS words; CREATE TABLE words(\"key\" text PRIMARY KEY, \"from_key\" text); INSERT INTO words SELECT md5(g::text), NULL FROM generate_series(1, 12000) g; UPDATE words SET from_key = 'done' WHERE key < '8'; ")
    const phases = plan('backfill-only', 'online', { table: 'words', column: 'from_key', expression: "'done'", keyColumn: 'key' })
    const all = phases.flatMap((phase) => [apply(phase), ask(phase)]).join('\n')
    pg.run(`${all}\nTRUNCATE words;\n${all}`)
  })

  test('every word that this server reads as something else is quoted', () => {
    const words = pg.run("SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'").split('\n')
    expect(words.length).toBeGreaterThan(100)
    expect(words.filter((word) => quoteName(word) !== `"${word}"`)).toEqual([])
    expect(['users', 'order_id', 'Users', 'a-b', '1st'].map((name) => quoteName(name))).toEqual(['users', 'order_id', '"Users"', '"a-b"', '"1st"'])
  })

  test('names that break unquoted SQL reach the server unharmed', () => {
    expect(hostileNames.length).toBeGreaterThan(10)
    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
    hostileNames.forEach((name, index) => {
      const column = hostileNames[(index + 1) % hostileNames.length] as string
      const table = `DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE ${quoted(name)}(id int PRIMARY KEY, ${quoted(column)} text NOT NULL); INSERT INTO ${quoted(name)} SELECT g, 'v' || g FROM generate_series(1, 20) g;`
      const to = hostileNames[(index + 5) % hostileNames.length] as string
      pg.run([table, ...plan('rename-column', 'online', { schema: 'public', table: name, from: column, to, type: 'text', nullable: false }).flatMap((phase) => [apply(phase), ask(phase)])].join('\n'))
      expect(pg.run(`SELECT count(*) FROM ${quoted(name)} WHERE ${quoted(to)} LIKE 'v%'`)).toBe('20')
    })
  })
})

test.runIf(folder === undefined)('says that no PostgreSQL server is installed', () => {
  process.stderr.write('migration_plan: no PostgreSQL server found, the tests on a real server are skipped. Install the package postgresql to run them.\n')
})
