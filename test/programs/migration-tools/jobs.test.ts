import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { requests } from '../../tools/migration-plan/cases.ts'
import { reset } from '../../tools/migration-plan/run-plan.ts'
import { freePort } from './free-port.ts'
import { hasPooler, startPooler, type Pooler } from './pooler.ts'
import { hasPython, python } from './python.ts'

const run = promisify(execFile)
const folder = postgresFolder()
const has = hasPython('psycopg2')
const modules = new URL('../../../node_modules', import.meta.url).pathname
const files = (tool: string, change: string, more: MigrationInput = {}) => migrationPlan.run({ database: 'postgresql', tool, change, stage: 'growth', rows: 5_000_000, ...requests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'normal' }).files

interface Ended { readonly code: number, readonly out: string }
const languages: readonly (readonly [string, string, boolean])[] = [['node', 'node-pg-migrate', true], ['python (python3, psycopg2)', 'alembic', has], ['psql', 'dbmate', true]]

describe.skipIf(folder === undefined)('programs beside the migrations (skipped where no PostgreSQL server is installed)', () => {
  let [pg, url, home]: [Postgres | undefined, string, string] = [undefined, '', '']
  beforeAll(async () => {
    const port = await freePort()
    pg = startPostgres(folder as string, { port })
    url = `postgres://ops@127.0.0.1:${port}/postgres`
    home = mkdtempSync(join(tmpdir(), 'ops-jobs-'))
    symlinkSync(modules, join(home, 'node_modules'))
  }, 120_000)
  afterAll(() => {
    pg?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const command = (file: string, address: string): readonly [string, readonly string[]] =>
    file.endsWith('.mjs') ? [process.execPath, [file]] : file.endsWith('.py') ? [python, [file]] : file.endsWith('.sh') ? ['sh', [file]] : [join(folder as string, 'psql'), ['-X', '-q', '-f', file, address]]
  const put = ({ path, body }: { readonly path: string, readonly body: string }): string => {
    const file = join(home, basename(path))
    writeFileSync(file, body)
    return file
  }
  const start = (file: string, words: readonly string[] = [], more: NodeJS.ProcessEnv = {}, address = url): { readonly ended: Promise<Ended>, readonly stop: (signal: NodeJS.Signals) => void } => {
    const [program, first] = command(file, address)
    const child = spawn(program, [...first, ...words], { cwd: home, env: { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DIRECT_DATABASE_URL: address, ...more } })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { out += text.toString() })
    return { ended: new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, out }))), stop: (signal) => { child.kill(signal) } }
  }
  const job = (tool: string, change: string): string => put(files(tool, change).find(({ path }) => path.startsWith('db/backfills/')) ?? { path: 'none', body: '' })
  const until = async (query: string, wanted: string): Promise<void> => {
    const deadline = Date.now() + 20_000
    const answer = (): string | undefined => {
      // The table may not be there yet.
      try { return pg?.run(query) } catch { return undefined }
    }
    while (answer() !== wanted) {
      if (Date.now() > deadline) throw new Error(`${query} is not ${wanted}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const untouched = "SELECT count(*) FROM users WHERE legacy IS DISTINCT FROM 'n/a'"

  describe.each(languages)('a backfill for %s', (_, tool, there) => {
    test.skipIf(!there)('fills every row, says so, and forgets how far it got', async () => {
      pg?.run(`${reset}; INSERT INTO users(name, email) SELECT 'n', 'e' || g FROM generate_series(1, 12000) g; ANALYZE users`)
      const { code, out } = await start(job(tool, 'backfill-only')).ended
      expect(out).toMatch(/done, 1\d{4} rows looked at/)
      expect(code).toBe(0)
      expect(pg?.run(untouched)).toBe('0')
      expect(pg?.run('SELECT count(*) FROM migration_progress')).toBe('0')
    })

    test.skipIf(!there)('stopped in the middle it has committed whole batches, and goes on after the last one', async () => {
      pg?.run(`${reset}; INSERT INTO users(name, email) SELECT 'n', 'e' || g FROM generate_series(1, 12000) g`)
      // The third batch meets a row that somebody holds.
      const holder = start(put({ path: 'hold.sql', body: 'BEGIN; SELECT 1 FROM users WHERE id = 11000 FOR UPDATE; SELECT pg_sleep(60);' }))
      await until("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()", '1')
      const first = start(job(tool, 'backfill-only'))
      await until('SELECT coalesce(max(last_key), $$0$$) FROM migration_progress', tool === 'dbmate' ? '9999' : '10000')
      first.stop('SIGINT')
      const stopped = await first.ended
      expect(stopped.code).not.toBe(0)
      holder.stop('SIGTERM')
      await holder.ended
      pg?.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()")
      const left = Number(pg?.run(untouched))
      expect(left).toBeGreaterThan(2500)
      expect(left).toBeLessThan(3100)
      // A row that was done, made different by hand: proof that nothing is looked at twice.
      pg?.run("UPDATE users SET legacy = 'seen' WHERE id = 5")
      const { code } = await start(job(tool, 'backfill-only')).ended
      expect(code).toBe(0)
      expect(pg?.run(untouched)).toBe('1')
    }, 60_000)

    test.skipIf(!there)('a table without rows is done at once', async () => {
      pg?.run(`${reset}; TRUNCATE users CASCADE`)
      expect((await start(job(tool, 'backfill-only')).ended).code).toBe(0)
    })

    test.skipIf(!there)('runs once at a time', async () => {
      pg?.run(reset)
      const file = job(tool, 'backfill-only')
      const lock = basename(file).replace(/^\d+_|\.\w+$/g, '')
      const holder = start(put({ path: 'hold.sql', body: `SELECT pg_advisory_lock(hashtextextended('${lock}', 0)); SELECT pg_sleep(60);` }))
      await until("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", '1')
      const { code, out } = await start(file).ended
      expect(out).toContain('running already')
      expect(code).not.toBe(0)
      pg?.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()")
      await holder.ended
    })
  })

  describe.each<[string, string, boolean]>([['node', 'typeorm', true], ['python (python3, psycopg2)', 'alembic', has], ['sh', 'dbmate', true]])('a runner for %s', (_, tool, there) => {
    const runner = (): string => put(files(tool, 'add-nullable-column').find(({ path }) => path.startsWith('db/migrate.')) ?? { path: 'none', body: '' })
    const step = (sql: string): readonly string[] => [join(folder as string, 'psql'), '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', sql]
    const withServer = () => ({ PGHOST: '127.0.0.1', PGPORT: new URL(url).port, PGUSER: 'ops', PGDATABASE: 'postgres' })
    const once = "DO $$ BEGIN IF to_regclass('made') IS NULL THEN PERFORM pg_sleep(0.5); CREATE TABLE made (); INSERT INTO log VALUES ('ran'); ELSE INSERT INTO log VALUES ('nothing to do'); END IF; END $$"

    test.skipIf(!there)('of two at once exactly one executes; the other waits and finds nothing to do', async () => {
      pg?.run('DROP TABLE IF EXISTS made, log; CREATE TABLE log (what text)')
      const file = runner()
      const ended = await Promise.all([start(file, step(once), withServer()).ended, start(file, step(once), withServer()).ended])
      expect(ended.map(({ code }) => code), ended.map(({ out }) => out).join()).toEqual([0, 0])
      expect(pg?.run('SELECT string_agg(what, $$,$$ ORDER BY what) FROM log')).toBe('nothing to do,ran')
      expect(pg?.run("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).toBe('0')
    })

    test.skipIf(!there)('without it both execute, or one fails', async () => {
      pg?.run('DROP TABLE IF EXISTS made, log; CREATE TABLE log (what text)')
      const [program, ...words] = step(once) as [string, ...string[]]
      const both = await Promise.allSettled([1, 2].map(() => run(program, words, { env: { ...process.env, ...withServer() } })))
      expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    })

    test.skipIf(!there)('the exit code is that of the command, and the lock is gone after a failure', async () => {
      expect((await start(runner(), ['sh', '-c', 'exit 3']).ended).code).toBe(3)
      expect(pg?.run("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).toBe('0')
    })

    test.skipIf(!there)('a busy table is tried again', async () => {
      pg?.run('DROP TABLE IF EXISTS busy; CREATE TABLE busy ()')
      const holder = start(put({ path: 'hold.sql', body: 'BEGIN; LOCK TABLE busy; SELECT pg_sleep(1.5); COMMIT;' }))
      await until("SELECT count(*) FROM pg_locks WHERE relation = 'busy'::regclass", '1')
      const { code, out } = await start(runner(), step("SET lock_timeout = '200ms'; ALTER TABLE busy ADD a int"), withServer()).ended
      await holder.ended
      expect(out).toContain('try 1 of')
      expect(code).toBe(0)
    })

    test.skipIf(!there)('the command gets the direct address', async () => {
      expect((await start(runner(), ['sh', '-c', 'echo "to $DATABASE_URL"']).ended).out).toContain(`to ${url}`)
    })

    test.skipIf(!there || !hasPooler)('a transaction pooler is refused (pgbouncer)', async () => {
      let pooler: Pooler | undefined
      try {
        pooler = await startPooler(new URL(url).port, 'transaction')
        pg?.run('DROP TABLE IF EXISTS made, log; CREATE TABLE log (what text)')
        const { code, out } = await start(runner(), step(once), withServer(), pooler.url).ended
        expect(out).toContain('transaction pooler')
        expect(code).not.toBe(0)
        expect(pg?.run('SELECT count(*) FROM log')).toBe('0')
      } finally {
        await pooler?.stop()
      }
    })
  })
})
