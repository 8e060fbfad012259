import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { fixture } from '../../tools/migration-plan/cases.ts'
import { freePort } from './free-port.ts'
import { cache, fetchTools } from './installed.ts'
import { hasPython, python } from './python.ts'

const folder = postgresFolder()
const has = hasPython('psycopg2')
const hasTools = folder !== undefined && fetchTools()
const files = (change: string, input: MigrationInput) => migrationPlan.run({ database: 'postgresql', change, stage: 'growth', ...input }, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const empty = fixture.split('\n').filter((line) => !line.startsWith('INSERT') && !/^ {2}(SELECT|FROM)/.test(line)).join('\n')

describe.skipIf(folder === undefined)('programs of a topic (skipped where no PostgreSQL server is installed)', () => {
  let [pg, address, home]: [Postgres | undefined, string, string] = [undefined, '', '']
  beforeAll(async () => {
    const port = await freePort()
    pg = startPostgres(folder as string, { port })
    address = `postgres://ops@127.0.0.1:${port}`
    home = mkdtempSync(join(tmpdir(), 'ops-topics-'))
    symlinkSync(hasTools ? join(cache, 'node_modules') : new URL('../../../node_modules', import.meta.url).pathname, join(home, 'node_modules'))
  }, 300_000)
  afterAll(() => {
    pg?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  let count = 0
  /** A new database; its address. */
  const database = (sql = '', name = `db${++count}`): string => {
    pg?.run(`CREATE DATABASE "${name}"`)
    pg?.run(`\\connect "${name}"\n${sql}`)
    return `${address}/${name}`
  }
  const ask = (url: string, sql: string): string => (pg?.run(`\\connect "${new URL(url).pathname.slice(1)}"\n${sql}`) ?? '')
  const project = (list: readonly { readonly path: string, readonly body: string }[]): string => {
    const root = mkdtempSync(join(home, 'p-'))
    for (const { path, body } of list) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), body)
    }
    return root
  }
  const run = (root: string, words: readonly [string, ...string[]], env: NodeJS.ProcessEnv = {}): { readonly code: number, readonly out: string } => {
    const [program, ...rest] = words
    const { PATH, HOME } = process.env
    const done = spawnSync(program, rest, { cwd: root, encoding: 'utf8', env: { HOME, PATH: `${folder}:${join(root, 'bin')}:${PATH}`, ...env } })
    return { code: done.status ?? -1, out: `${done.stdout}${done.stderr}` }
  }
  /** Every row of every table, in an order of its own. */
  const rows = (url: string): string => ['users', 'profiles', 'orders', 'tickets', 'invoices', 'invoice_lines', 'events', 'tenants'].map((table) => ask(url, `SELECT t::text FROM ${table} t ORDER BY 1`)).join('\n')
  const ways: readonly (readonly [string, string, (file: string, url: string) => readonly [string, ...string[]], boolean])[] = [
    ['node', 'node-pg-migrate', (file) => [process.execPath, file], true], ['python (python3, psycopg2)', 'alembic', (file) => [python, file], has], ['psql', 'dbmate', (file, url) => ['psql', '-X', '-q', '-f', file, url], true],
  ]

  describe.each(ways)('seeds for %s', (_, tool, command, there) => {
    const seed = () => files('seeds', { tool }).find(({ path }) => /seeds\/seed\./.test(path)) ?? { path: '', body: '' }
    test.skipIf(!there)('fill every table; a second run gives the same rows, and puts back what was changed', () => {
      const [file, url] = [seed(), database(empty)]
      const root = project([file])
      const first = run(root, command(file.path, url), { DATABASE_URL: url })
      expect(first.code, first.out).toBe(0)
      const once = rows(url)
      expect(once.split('\n').length).toBe(8 * 50)
      ask(url, "UPDATE users SET name = 'by hand' WHERE id = 3; DELETE FROM events WHERE id = 4")
      expect(run(root, command(file.path, url), { DATABASE_URL: url }).code).toBe(0)
      expect(rows(url)).toBe(once)
      // Keys given out later do not meet those of the seeds.
      expect(ask(url, "INSERT INTO tickets(note) VALUES ('next') RETURNING id")).toBe('51')
    })

    test.skipIf(!there)('refuse what looks like production', () => {
      const file = seed()
      const root = project([file])
      const url = database(empty)
      const named = database(empty, `shop_prod_${tool}`)
      for (const [target, env] of [[url, { NODE_ENV: 'production' }], [url, { RAILS_ENV: 'production' }], [named, {}]] as const) {
        const { code, out } = run(root, command(file.path, target), { DATABASE_URL: target, ...env })
        expect(out).toContain('Refused')
        expect(code).not.toBe(0)
        expect(ask(target, 'SELECT count(*) FROM users')).toBe('0')
      }
      const far = 'postgres://ops@db.example.com/shop'
      if (tool !== 'dbmate') expect(run(root, command(file.path, far), { DATABASE_URL: far }).out).toContain('db.example.com is not this machine')
    })

    test.skipIf(!there)('a column takes what its factory says', () => {
      const file = seed()
      const body = file.body.replace("// 'users.name'", "'users.name'").replace('# "users.name"', '"users.name"').replace("\\set factories '{}'", `\\set factories '{"users.name": "''Ada '' || n"}'`)
      const [root, url] = [project([{ ...file, body }]), database(empty)]
      expect(run(root, command(file.path, url), { DATABASE_URL: url }).code).toBe(0)
      expect(ask(url, 'SELECT name FROM users WHERE id = 7')).toBe('Ada 7')
    })
  })

  test('all three write the same rows', () => {
    const written = ways.filter(([, , , there]) => there).map(([, tool, command]) => {
      const file = files('seeds', { tool }).find(({ path }) => /seeds\/seed\./.test(path)) ?? { path: '', body: '' }
      const url = database(empty)
      run(project([file]), command(file.path, url), { DATABASE_URL: url })
      return rows(url)
    })
    expect(new Set(written).size).toBe(1)
  })

  test('a masked part of production has every row it refers to, and nothing readable', () => {
    const file = files('seeds', { tool: 'dbmate' }).find(({ path }) => path.endsWith('masked-subset.sql')) ?? { path: '', body: '' }
    const url = database(fixture)
    const root = project([{ ...file, body: file.body.replace('\\set rows 1000', '\\set rows 20') }])
    const done = run(root, ['psql', '-X', '-q', '-f', file.path, url])
    expect(done.code, done.out).toBe(0)
    expect(Number(ask(url, 'SELECT count(*) FROM masked.users'))).toBeGreaterThan(20)
    expect(Number(ask(url, 'SELECT count(*) FROM masked.users'))).toBeLessThan(120)
    expect(ask(url, 'SELECT count(*) FROM masked.orders o LEFT JOIN masked.users u ON u.id = o.owner_id WHERE u.id IS NULL AND o.owner_id IS NOT NULL')).toBe('0')
    expect(ask(url, "SELECT count(*) FROM masked.users m JOIN public.users u USING (id) WHERE m.name = u.name OR m.email = u.email OR m.phone = u.phone OR m.born = u.born OR m.prefs::text = u.prefs::text")).toBe('0')
    expect(files('seeds', { tool: 'dbmate', stage: 'mvp' }).some(({ path }) => path.endsWith('masked-subset.sql'))).toBe(false)
  })
})
