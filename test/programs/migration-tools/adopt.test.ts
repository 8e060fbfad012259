import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { fixture } from '../../tools/migration-plan/cases.ts'
import { freePort } from './free-port.ts'
import { fetchTools } from './installed.ts'
import { makeProject, prismaEnv, projects, put } from './projects.ts'

const folder = postgresFolder()
const ready = folder !== undefined && fetchTools()
const files = (change: string, input: MigrationInput) => migrationPlan.run({ database: 'postgresql', change, stage: 'growth', ...input }, { knowledge: knowledge(), asOf, detail: 'normal' }).files
/** What a dump that is only cut by words would lose, and what a tool that replaces parameters would change. */
const awkward = `
CREATE TABLE migrations_audit(id serial PRIMARY KEY, note text DEFAULT '100 % :sure ? {{x}} $1 \\: ');
COMMENT ON TABLE migrations_audit IS E'first line\\n--\\n-- a line that looks like a comment\\n\\nSET statement_timeout = 0;';
CREATE FUNCTION set_tenant(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
-- a comment, and a line without anything

SET default_statistics_target = 100;
  PERFORM set_config('app.tenant', t, true), '{"a": 1}'::jsonb ? 'a', 5 % 2;
END $$;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users USING (tenant_id::text = current_setting('app.tenant', true) OR email LIKE '%?%');
CREATE FUNCTION later() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.tickets';
`
const content = ['users', 'profiles', 'orders', 'tickets', 'invoices', 'invoice_lines', 'events', 'tenants'].map((name) => `SELECT '${name}', md5(string_agg(t::text, ',' ORDER BY t::text)) FROM (SELECT * FROM ${name}) t;`).join('\n')

describe.skipIf(!ready)('a database that exists comes under a tool (skipped without a PostgreSQL server, or where npm cannot be reached)', () => {
  let [pg, address, home]: [Postgres | undefined, string, string] = [undefined, '', '']
  beforeAll(async () => {
    const port = await freePort()
    pg = startPostgres(folder as string, { port })
    address = `postgres://ops@127.0.0.1:${port}`
    home = mkdtempSync(join(tmpdir(), 'ops-adopt-'))
  }, 300_000)
  afterAll(() => {
    pg?.stop()
    if (home !== '') rmSync(home, { recursive: true, force: true })
  })

  let count = 0
  const database = (sql = ''): string => {
    const name = `db${++count}`
    pg?.run(`CREATE DATABASE "${name}"`)
    pg?.run(`\\connect "${name}"\n${sql}`)
    return `${address}/${name}`
  }
  const ask = (url: string, sql: string): string => pg?.run(`\\connect "${new URL(url).pathname.slice(1)}"\n${sql}`) ?? ''
  const run = (root: string, words: readonly string[], env: NodeJS.ProcessEnv): { readonly code: number, readonly out: string } => {
    const [program = 'none', ...rest] = words
    const { PATH, HOME } = process.env
    const done = spawnSync(program === 'sh' ? 'sh' : join(root, program.includes('/') ? program : `bin/${program}`), rest, { cwd: root, encoding: 'utf8', env: { HOME, PATH: `${folder}:${join(root, 'bin')}:${PATH}`, ...prismaEnv, APP: 'shop', ...env } })
    return { code: done.status ?? -1, out: `${done.stdout}${done.stderr}` }
  }
  const to = (url: string): NodeJS.ProcessEnv => ({ DATABASE_URL: url, DIRECT_DATABASE_URL: url, DB_URL: url })

  describe.each(Object.entries(projects).map(([id, project]) => [`${id}${project.missing === undefined ? '' : ` (skipped without ${project.missing})`}`, id, project] as const))('%s', (_, tool, project) => {
    test.skipIf(project.missing !== undefined)('dumped, marked, built again from the files to the same schema; the next migration applies to both, and no row changes', () => {
      const root = makeProject(home, tool, files('adopt-tool', { tool }))
      const [existing, fresh] = [database(fixture + awkward), database()]
      const before = ask(existing, content)
      const good = (words: readonly string[], env: NodeJS.ProcessEnv): string => {
        const { code, out } = run(root, words, env)
        expect(code, `${words.join(' ')}: ${out}`).toBe(0)
        return out
      }
      // Each step twice: a team does this in several environments, and more than once.
      for (const word of ['dump', 'dump', 'mark', 'mark']) good(['sh', 'db/adopt.sh', word], { DIRECT_DATABASE_URL: existing })
      expect(good(['sh', 'db/adopt.sh', 'verify'], { DIRECT_DATABASE_URL: existing, EMPTY_DATABASE_URL: fresh })).toContain('No difference.')
      expect(readFileSync(join(root, 'db/baseline.sql'), 'utf8')).toContain('migrations_audit')
      expect(ask(fresh, `SELECT obj_description('migrations_audit'::regclass)`)).toBe(ask(existing, `SELECT obj_description('migrations_audit'::regclass)`))
      expect(ask(fresh, `SELECT prosrc FROM pg_proc WHERE proname = 'set_tenant'`)).toBe(ask(existing, `SELECT prosrc FROM pg_proc WHERE proname = 'set_tenant'`))
      // Nothing is left to do, and doing it changes nothing.
      const clean = (): void => {
        if (project.status !== undefined) expect(good(project.status.command, to(existing))).toMatch(project.status.clean)
      }
      clean()
      good(project.apply, to(existing))
      expect(ask(existing, content)).toBe(before)
      // The next one is for both.
      const plan = files('add-nullable-column', { tool, rows: 5_000_000, table: 'users', column: 'nickname', type: 'text' }).filter(({ path }) => !/^db\/(backfills|checks|migrate\.)/.test(path))
      const moved = plan.map((file) => (project.move === undefined ? file : project.move(file, tool === 'alembic' ? '000000000000' : '0001_baseline')))
      expect(moved.length).toBeGreaterThan(0)
      put(root, moved)
      if (tool === 'drizzle-kit') {
        const done = spawnSync(process.execPath, ['db/add-to-drizzle.mjs', ...moved.filter(({ path }) => path.endsWith('.sql')).map(({ path }) => path)], { cwd: root, encoding: 'utf8' })
        expect(done.status, done.stderr).toBe(0)
      }
      if (project.status !== undefined) {
        const pending = run(root, project.status.command, to(existing))
        expect(pending.code !== 0 || !project.status.clean.test(pending.out), pending.out).toBe(true)
      }
      // Marking again in an environment that was forgotten must not mark what came later.
      good(['sh', 'db/adopt.sh', 'mark'], { DIRECT_DATABASE_URL: existing })
      for (const url of [existing, fresh]) good(project.apply, to(url))
      for (const url of [existing, fresh]) expect(ask(url, "SELECT count(*) FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'nickname'")).toBe('1')
      clean()
      ask(existing, 'ALTER TABLE users DROP COLUMN nickname')
      expect(ask(existing, content)).toBe(before)
    }, 120_000)
  })

  test('a schema that drifted is found; a database that is not empty is not touched; a dump that fails leaves the last one', () => {
    const root = makeProject(home, 'dbmate', files('adopt-tool', { tool: 'dbmate' }))
    const [existing, fresh] = [database(fixture), database()]
    expect(run(root, ['sh', 'db/adopt.sh', 'dump'], { DIRECT_DATABASE_URL: existing }).code).toBe(0)
    const dump = readFileSync(join(root, 'db/baseline.sql'), 'utf8')
    expect(run(root, ['sh', 'db/adopt.sh', 'dump'], { DIRECT_DATABASE_URL: `${address}/nowhere` }).code).not.toBe(0)
    expect(readFileSync(join(root, 'db/baseline.sql'), 'utf8')).toBe(dump)
    expect(run(root, ['sh', 'db/adopt.sh', 'verify'], { EMPTY_DATABASE_URL: existing })).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was run') as string })
    expect(ask(existing, "SELECT to_regclass('schema_migrations') IS NULL")).toBe('t')
    writeFileSync(join(root, 'db/baseline.sql'), `${dump}CREATE TABLE public.by_hand (id int);\n`)
    const drifted = run(root, ['sh', 'db/adopt.sh', 'verify'], { EMPTY_DATABASE_URL: fresh })
    expect(drifted.code).not.toBe(0)
    expect(drifted.out).toContain('by_hand')
  })

  test('Flyway gets its address in the form that it reads', () => {
    const root = makeProject(home, 'flyway', files('adopt-tool', { tool: 'flyway' }))
    const { body = '' } = files('adopt-tool', { tool: 'flyway' }).find(({ path }) => path === 'db/adopt.sh') ?? {}
    writeFileSync(join(root, 'bin/flyway'), '#!/bin/sh\necho "$FLYWAY_URL $*"\n', { mode: 0o755 })
    expect(body).toContain('flyway baseline')
    const said = (url: string): string => run(root, ['sh', 'db/adopt.sh', 'mark'], { DIRECT_DATABASE_URL: url }).out.trim()
    expect(said('postgres://app:s%40cret@db.example.com:5433/shop?sslmode=require')).toBe('jdbc:postgresql://db.example.com:5433/shop?user=app&password=s%40cret&sslmode=require baseline -baselineVersion=20261122000000')
    expect(said('postgresql://ops@127.0.0.1:5432/shop')).toBe('jdbc:postgresql://127.0.0.1:5432/shop?user=ops&password=& baseline -baselineVersion=20261122000000')
  })
})
