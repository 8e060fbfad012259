import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { hostileNames, requests } from '../../tools/migration-plan/cases.ts'
import { appRole, apply, ask, plan, reset } from '../../tools/migration-plan/run-plan.ts'

vi.setConfig({ testTimeout: 60_000 })

const folder = postgresFolder()

describe.skipIf(folder === undefined)('what a plan leaves behind (skipped where no PostgreSQL is installed)', () => {
  let pg: Postgres
  beforeAll(() => { pg = startPostgres(folder as string) }, 60_000)
  afterAll(() => pg?.stop())

  const whole = (phases: readonly Phase[]): string => phases.flatMap((phase) => [apply(phase), ask(phase), '']).join('\n')
  /** The number a plan's first query returns: 0 lets it begin. */
  const inTheWay = (id: string, input: MigrationInput): number => Number(pg.run(`SELECT n FROM (${plan(id, 'online', input)[0]?.verify}) AS asked`))

  test('a key goes on where its sequence stands, also when the last rows are gone, and beyond the old limit', () => {
    pg.run(`${reset} DELETE FROM tickets WHERE id > 15; ${whole(plan('pk-int-to-bigint', 'online', { table: 'tickets' }))}`)
    expect(pg.run("INSERT INTO tickets(note) VALUES ('a') RETURNING id")).toBe('21')
    pg.run("SELECT setval(pg_get_serial_sequence('tickets', 'id'), 3000000000)")
    expect(pg.run("INSERT INTO tickets(note) VALUES ('b') RETURNING id, pg_typeof(id)")).toBe('3000000001|bigint')
    expect(pg.run("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'tickets'::regclass AND contype = 'p'")).toBe('tickets_pkey|PRIMARY KEY (id)')
  })

  test('foreign keys to a widened key hold, with their actions, and identity keeps its kind and step', () => {
    pg.run(`${reset} ${whole(plan('pk-int-to-bigint', 'online', { table: 'invoices' }))}`)
    expect(pg.run("SELECT pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE confrelid = 'invoices'::regclass ORDER BY 1")).toBe('FOREIGN KEY (invoice_id) REFERENCES invoices(id) ON DELETE CASCADE|t\nFOREIGN KEY (parent_id) REFERENCES invoices(id)|t')
    expect(() => pg.run('INSERT INTO invoice_lines(invoice_id) VALUES (-1)')).toThrow(/foreign key/)
    expect(pg.run("INSERT INTO invoices(note) VALUES ('x') RETURNING id")).toBe('600')
    expect(() => pg.run("INSERT INTO invoices(id, note) VALUES (1, 'x')")).toThrow(/GENERATED ALWAYS/)
  })

  test('a key that is part of more than a key stops the plan', () => {
    pg.run(reset)
    const key = (table: string): number => inTheWay('pk-int-to-bigint', { table })
    expect(key('invoices')).toBe(0)
    expect(key('events')).toBe(1)
    pg.run('CREATE INDEX ON invoices(id, note)')
    expect(key('invoices')).toBe(1)
    pg.run('CREATE VIEW all_tickets AS SELECT id FROM tickets')
    expect(key('tickets')).toBeGreaterThan(0)
  })

  test('an identity takes over from a serial where that stands; a sequence that two columns share stops the plan', () => {
    pg.run(`${reset} DELETE FROM tickets WHERE id > 3; ${whole(plan('serial-to-identity', 'online'))}`)
    expect(pg.run("INSERT INTO tickets(note) VALUES ('x') RETURNING id")).toBe('21')
    pg.run(`${reset} CREATE TABLE other(id int DEFAULT nextval('tickets_id_seq'))`)
    expect(inTheWay('serial-to-identity', { table: 'tickets' })).toBe(1)
  })

  test('row security shows a tenant its rows and nothing to one who names none', () => {
    pg.run(`${reset} ${whole(plan('add-tenant-id', 'online'))} DO $$ BEGIN CREATE ROLE app; EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT USAGE ON SCHEMA public TO app; GRANT SELECT, INSERT ON orders TO app;`)
    const seen = pg.run("SET ROLE app; BEGIN; SET LOCAL app.tenant_id = '3'; SELECT count(*), min(tenant_id), max(tenant_id) FROM orders; COMMIT;")
    expect(seen).toMatch(/^[1-9]\d*\|3\|3$/)
    expect(() => pg.run('SET ROLE app; SELECT count(*) FROM orders')).toThrow(/app\.tenant_id/)
    expect(() => pg.run("SET ROLE app; SET app.tenant_id = '3'; INSERT INTO orders(id, tenant_id) VALUES (-1, 4)")).toThrow(/row-level security/)
    const [policy, security] = ['CREATE POLICY', 'ENABLE ROW LEVEL SECURITY'].map((words) => plan('add-tenant-id', 'online').flatMap(({ statements }) => statements).findIndex(({ sql }) => sql.includes(words)))
    expect(policy).toBeLessThan(security as number)
  })

  test('a partitioned table keeps keys, indexes, checks, foreign keys and rights, and its rows lie where they lay', () => {
    pg.run(`${reset} DO $$ BEGIN CREATE ROLE app; EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT SELECT ON events TO app;`)
    const file = pg.run("SELECT pg_relation_filenode('events')")
    pg.run(whole(plan('partition-existing-table', 'online')))
    expect(pg.run("SELECT pg_relation_filenode('events_legacy')")).toBe(file)
    expect(pg.run("INSERT INTO events(at) VALUES ('2026-12-31'), ('2027-01-15'), ('2031-01-01') RETURNING tableoid::regclass, id")).toBe('events_legacy|1001\nevents_p1|1002\nevents_rest|1003')
    expect(() => pg.run("INSERT INTO events(at, kind) VALUES ('2027-01-02', '')")).toThrow(/check/)
    expect(() => pg.run("INSERT INTO events(at, user_id) VALUES ('2027-01-02', -1)")).toThrow(/foreign key/)
    expect(pg.run("SELECT has_table_privilege('app', 'events', 'SELECT'), (SELECT count(*) FROM pg_index WHERE indrelid = 'events_p1'::regclass), (SELECT bool_and(indisvalid) FROM pg_index WHERE indrelid = 'events'::regclass)")).toBe('t|2|t')
    pg.run(`${reset} ALTER TABLE events ADD COLUMN parent bigint REFERENCES events(id)`)
    expect(inTheWay('partition-existing-table', { table: 'events', column: 'at', from: "'2027-01-01'", to: "'2027-02-01'" })).toBe(1)
  })

  test('a deleted row no longer holds its unique key', () => {
    pg.run(`${reset} ${whole(plan('soft-delete', 'online'))} UPDATE users SET deleted_at = now() WHERE id = 1;`)
    pg.run("INSERT INTO users(name, email) VALUES ('again', 'u1@example.org')")
    expect(() => pg.run("INSERT INTO users(name, email) VALUES ('again', 'u2@example.org')")).toThrow(/duplicate key/)
  })

  test('a value that is the default of its column stops its removal; once removed it is refused', () => {
    pg.run(reset)
    expect(inTheWay('enum-remove-value', { table: 'orders', column: 'status', type: 'status', from: 'new', to: 'paid' })).toBe(1)
    pg.run(whole(plan('enum-remove-value', 'online')))
    expect(() => pg.run("UPDATE orders SET status = 'paid' WHERE id = 1")).toThrow(/check/)
  })

  test('text that is no value of the type is counted, stays, and stops nobody', () => {
    pg.run(`${reset} UPDATE users SET born = '2024-02-31' WHERE id = 7;`)
    const phases = plan('type-convert-text-to-typed', 'online')
    const [before, rest] = [phases.slice(0, 2), phases.slice(2)]
    pg.run(`${whole(before)} INSERT INTO users(name, email, born) VALUES ('n', 'bad', 'unknown'); ${rest[0] === undefined ? '' : apply(rest[0])}`)
    expect(pg.run(rest[0]?.verify ?? '')).toBe('2')
    pg.run(`UPDATE users SET born = NULL WHERE id = 7 OR email = 'bad'; ${whole(rest)}`)
    expect(pg.run("SELECT pg_typeof(born), count(born) FROM users GROUP BY 1")).toBe('date|999')
  })

  test('a split keeps every text whole, whatever it holds', () => {
    const texts = ['Ada', 'Ada King Lovelace', ' lead', 'trail ', 'two  spaces', '']
    pg.run(`${reset} ${texts.map((text, index) => `UPDATE users SET name = '${text}' WHERE id = ${index + 1};`).join(' ')}`)
    const phases = plan('split-column', 'online')
    pg.run(whole(phases.filter(({ phase }) => phase !== 'contract')))
    expect(pg.run("SELECT first_name || '/' || coalesce(last_name, '-') FROM users WHERE id <= 6 ORDER BY id")).toBe('Ada/-\nAda/King Lovelace\n/lead\ntrail/\ntwo/ spaces\n/-')
    pg.run(whole(phases.filter(({ phase }) => phase === 'contract')))
  })

  test('a table that is put aside stops no delete elsewhere, and gets its foreign keys back', () => {
    const phases = plan('drop-table', 'online', { table: 'events' })
    const end = phases.findIndex(({ phase }) => phase === 'switch')
    pg.run(`${reset} ${whole(phases.slice(0, end))} DELETE FROM profiles WHERE user_id = 7; DELETE FROM orders WHERE owner_id = 7; DELETE FROM users WHERE id = 7;`)
    const back = (): string => pg.run(phases.slice(0, end).reverse().flatMap(({ rollback }) => rollback.statements).map((sql) => `${sql};`).join('\n'))
    expect(back).toThrow(/violates foreign key/)
    pg.run(`${reset} ${whole(phases.slice(0, end))}`)
    back()
    expect(pg.run("SELECT conname, convalidated FROM pg_constraint WHERE contype = 'f' AND conrelid = 'events'::regclass")).toBe('events_user_id_fkey|t')
    pg.run(whole(phases))
  })

  test('an identity keeps name, step and rights of the sequence before it', () => {
    pg.run(`${reset} ${appRole} ALTER SEQUENCE tickets_id_seq INCREMENT BY 50; GRANT SELECT ON SEQUENCE tickets_id_seq TO app; ${whole(plan('serial-to-identity', 'online'))}`)
    expect(pg.run("SET ROLE app; SELECT nextval('tickets_id_seq'), last_value FROM tickets_id_seq; INSERT INTO tickets(note) VALUES ('x') RETURNING id")).toBe('70|70\n120')
  })

  test('a column that takes the place of another gets its comment, its rights and its statistics target', () => {
    pg.run(`${reset} ${appRole} COMMENT ON COLUMN users.name IS 'it''s "100%"'; ALTER TABLE users ALTER COLUMN name SET STATISTICS 500; REVOKE ALL ON users FROM app; GRANT SELECT (id, name) ON users TO app; ${whole(plan('rename-column', 'online'))}`)
    expect(pg.run("SELECT col_description('users'::regclass, attnum), attstattarget, has_column_privilege('app', 'users', 'full_name', 'SELECT'), has_column_privilege('app', 'users', 'full_name', 'UPDATE') FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'full_name'")).toBe('it\'s "100%"|500|t|f')
  })

  test('a column with an index of several columns, a partial one or a view is not dropped without a word', () => {
    for (const [more, found] of [['', 0], ['CREATE INDEX ON users(legacy, email)', 1], ["CREATE INDEX ON users(email) WHERE legacy = 'x'", 1], ['CREATE INDEX ON users(legacy)', 0], ['CREATE VIEW old AS SELECT legacy FROM users', 1], ['ALTER TABLE users ADD UNIQUE (legacy, id)', 1]] as const) {
      pg.run(`${reset} ${more}`)
      expect(inTheWay('drop-column', { table: 'users', column: 'legacy', nullable: true }) > 0, more).toBe(found > 0)
    }
  })

  test.each(['partition-existing-table', 'one-to-many-to-join-table', 'rename-table', 'split-table-move-columns', 'view-or-matview-change'])('%s: what is new belongs to whom the old belonged', (id) => {
    pg.run(`${reset} DO $$ BEGIN CREATE ROLE keeper; EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT CREATE, USAGE ON SCHEMA public TO keeper; DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'm') LOOP EXECUTE format('ALTER TABLE %s OWNER TO keeper', t); END LOOP; END $$;`)
    pg.run(whole(plan(id, 'online')))
    expect(pg.run("SELECT count(*), string_agg(relname, ' ') FILTER (WHERE pg_get_userbyid(relowner) <> 'keeper') FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')")).toMatch(/^\d\d\|$/)
  })

  test('every query that a runbook asks before and while it is run is answered, and its commands are shell', () => {
    let asked = 0
    for (const [change, request] of Object.entries(requests)) {
      const book = migrationPlan.run({ database: 'postgresql', tool: 'node-pg-migrate', stage: 'growth', rows: 200_000_000, replicas: 1, change, ...request }, { knowledge: knowledge(), asOf, detail: 'normal' }).files.find(({ path }) => path.endsWith('.md'))?.body
      if (book === undefined) continue
      const fences = (language: string, from: string): string[] => [...from.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\\n\`\`\``, 'g'))].map((match) => match[1] as string)
      const [start = '', steps = ''] = book.split('## Steps')
      const queries = [...fences('sql', start), ...fences('sql', steps).filter((sql) => /^SELECT (t\.\*|a\.attname|application_name|pid|seq_scan)/.test(sql) && !/_next|_new/.test(sql))]
      expect(queries.length, change).toBeGreaterThan(5)
      pg.run(`${reset} ${queries.filter((sql) => !/t\.\*.*(?:${'full_name|first_name|contact'})/.test(sql)).join('\n')}`)
      for (const commands of fences('sh', steps)) expect(spawnSync('sh', ['-n'], { input: commands }).status, commands).toBe(0)
      asked += 1
    }
    expect(asked).toBeGreaterThan(25)
  })

  test('names that break unquoted SQL reach the server unharmed, in every change that writes functions', () => {
    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
    expect(hostileNames.length).toBeGreaterThan(10)
    hostileNames.forEach((name, index) => {
      const [a, b, c, d] = [3, 5, 8, 11].map((step) => hostileNames[(index + step) % hostileNames.length] as string) as [string, string, string, string]
      const table = `CREATE TABLE ${quoted(name)}(${quoted(a)} int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, ${quoted(b)} text, ${quoted(c)} jsonb, ${quoted(d)} int); INSERT INTO ${quoted(name)}(${quoted(b)}, ${quoted(c)}) SELECT 'v w' || g, jsonb_build_object('k', g) FROM generate_series(1, 5) g;`
      const of = { schema: 'public', table: name, keyColumn: a }
      const inputs: Readonly<Record<string, MigrationInput>> = {
        'pk-int-to-bigint': of,
        'split-column': { ...of, from: b, columns: ['one', a === 'two' ? 'three' : 'two'] },
        'split-table-move-columns': { ...of, columns: [b, d], to: `${c}'$fn$"` },
        'json-key-rename': { ...of, column: c, from: 'k', to: `${a}'\\` },
        'json-to-column': { ...of, column: `${d}.x`, type: 'int', from: c, to: 'k' },
        'type-convert-text-to-typed': { ...of, column: b, type: 'text' },
        'serial-to-identity': of,
      }
      const script = Object.entries(inputs).map(([id, input]) => {
        const rows = id === 'serial-to-identity' ? table.replace('int GENERATED BY DEFAULT AS IDENTITY', 'serial') : table
        return `SET client_min_messages = warning; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; ${rows}\n${whole(plan(id, 'online', input))}\nSELECT count(*) FROM ${quoted(name)};`
      })
      expect(pg.run(script.join('\n')).split('\n')).toEqual(script.map(() => '5'))
    })
  })
})
