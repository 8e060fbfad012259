import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { hasMariaDb, startMariaDb, type MariaDb } from '../../support/mariadb.ts'
import { mysqlFixture, mysqlRequests } from '../../tools/migration-plan/mysql-cases.ts'
import { freePort } from '../migration-tools/free-port.ts'
import { mysqlModules } from '../migration-tools/mysql-client.ts'
import { hasPython, python } from '../migration-tools/python.ts'

const modules = hasMariaDb ? mysqlModules() : undefined
const hasPymysql = hasPython('pymysql')
const files = (tool: string, change: string, more: MigrationInput = {}) => migrationPlan.run({ database: 'mariadb 10.11', tool, change, stage: 'growth', rows: 5_000_000, ...mysqlRequests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const languages: readonly (readonly [string, string, boolean])[] = [['node (mysql2)', 'typeorm', modules !== undefined], ['python (python3, PyMySQL)', 'alembic', hasPymysql], ['the client mariadb', 'dbmate', true]]
interface Ended { readonly code: number, readonly out: string }

describe.skipIf(!hasMariaDb)('programs beside the migrations of MariaDB (skipped where mariadbd is not installed)', () => {
  let [maria, url, home]: [MariaDb | undefined, string, string] = [undefined, '', '']
  const db = (): MariaDb => maria as MariaDb
  beforeAll(async () => {
    const port = await freePort()
    maria = await startMariaDb({ port, more: ['--server-id=1', '--log-bin'] })
    url = `mysql://ops:p%40ss@127.0.0.1:${port}/shop`
    home = mkdtempSync(join(tmpdir(), 'ops-mysql-jobs-'))
    if (modules !== undefined) symlinkSync(modules, join(home, 'node_modules'))
    db().run("CREATE USER ops@'%' IDENTIFIED BY 'p@ss'", "GRANT ALL ON *.* TO ops@'%'", ...mysqlFixture)
    writeFileSync(join(home, 'my.cnf'), `[client]\nhost=127.0.0.1\nport=${port}\nuser=ops\npassword=p@ss\n`)
  }, 120_000)
  afterAll(async () => {
    await maria?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const put = ({ path, body }: { readonly path: string, readonly body: string }): string => {
    const file = join(home, basename(path))
    writeFileSync(file, body)
    return file
  }
  const start = (file: string, words: readonly string[] = [], more: NodeJS.ProcessEnv = {}): { readonly ended: Promise<Ended>, readonly stop: (signal: NodeJS.Signals) => void, readonly said: (words: RegExp) => Promise<void> } => {
    const [program, first] = file.endsWith('.mjs') ? [process.execPath, [file]] : file.endsWith('.py') ? [python, [file]] : file.endsWith('.sh') ? ['sh', [file]] : ['sh', ['-c', `exec mariadb --defaults-file="$MYSQL_DEFAULTS_FILE" "$DATABASE_NAME" < "${file}"`]]
    const child = spawn(program, [...first, ...words], { cwd: home, env: { ...process.env, DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none', DIRECT_DATABASE_URL: url, MYSQL_DEFAULTS_FILE: join(home, 'my.cnf'), DATABASE_NAME: 'shop', ...more } })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { out += text.toString() })
    return { ended: new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, out }))), stop: (signal) => { child.kill(signal) }, said: (words) => new Promise((resolve) => { for (const stream of [child.stdout, child.stderr]) stream.on('data', () => { if (words.test(out)) resolve() }) }) }
  }
  const job = (tool: string, change: string, more: MigrationInput = {}): string => put(files(tool, change, more).find(({ path }) => path.startsWith('db/backfills/')) ?? { path: 'none', body: '' })
  const until = async (query: string, wanted: RegExp): Promise<void> => {
    const deadline = Date.now() + 20_000
    // The table may not be there yet.
    const answer = (): string => { try { return db().run('USE shop', query) } catch { return '' } }
    while (!wanted.test(answer())) {
      if (Date.now() > deadline) throw new Error(`${query} is not ${wanted}: ${answer()}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const untouched = "SELECT count(*) FROM users WHERE NOT (legacy <=> 'n/a')"
  const filled = (count: number): readonly string[] => [...mysqlFixture, 'TRUNCATE orders', `INSERT INTO users(id, name, email) SELECT 1000 + seq, 'n', concat('e', seq) FROM seq_1_to_${count}`]

  describe.each(languages)('a backfill for %s', (_, tool, there) => {
    test.skipIf(!there)('fills every row, says so, and forgets how far it got', async () => {
      db().run(...filled(12_000))
      const { code, out } = await start(job(tool, 'backfill-only')).ended
      expect(out).toMatch(/done, 1\d{4} rows looked at/)
      expect(code).toBe(0)
      expect(db().run('USE shop', untouched, 'SELECT count(*) FROM migration_progress', 'SELECT count(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()')).toBe('0\n0\n0')
    })

    test.skipIf(!there)('stopped in the middle it has committed whole batches, and goes on after the last one', async () => {
      db().run(...filled(12_000))
      // The third batch meets a row that somebody holds.
      const holder = db().hold('USE shop', 'START TRANSACTION', 'SELECT id FROM users WHERE id = 11000 FOR UPDATE')
      await holder.ready
      const first = start(job(tool, 'backfill-only'))
      await until('SELECT COALESCE(max(last_key), 0) FROM migration_progress', /^(9999|10000)$/).catch(async (error: unknown) => { await holder.end(); throw error })
      first.stop('SIGINT')
      expect((await first.ended).code).not.toBe(0)
      await holder.end()
      const left = Number(db().run('USE shop', untouched))
      expect(left).toBeGreaterThan(2500)
      expect(left).toBeLessThan(3100)
      // A row that was done, made different by hand: proof that nothing is looked at twice.
      db().run('USE shop', "UPDATE users SET legacy = 'seen' WHERE id = 5")
      const { code, out } = await start(job(tool, 'backfill-only')).ended
      expect(code, out).toBe(0)
      expect(db().run('USE shop', untouched)).toBe('1')
    }, 60_000)

    test.skipIf(!there)('a table without rows is done at once, and a key of text is walked in its own order', async () => {
      db().run(...mysqlFixture, 'TRUNCATE orders', 'DELETE FROM users')
      expect((await start(job(tool, 'backfill-only')).ended).code).toBe(0)
      db().run('USE shop', 'DROP TABLE orders', 'ALTER TABLE users MODIFY id varchar(40) COLLATE utf8mb4_unicode_ci', "INSERT INTO users(id, name, email) SELECT concat(IF(seq % 2, 'Key?', 'kEy%'), seq), 'n', seq FROM seq_1_to_7000")
      const { code, out } = await start(job(tool, 'backfill-only')).ended
      expect(code, out).toBe(0)
      expect(db().run('USE shop', untouched)).toBe('0')
    })

    test.skipIf(!there)('runs once at a time', async () => {
      db().run(...mysqlFixture)
      const file = job(tool, 'backfill-only')
      const name = basename(file).replace(/^\d+_|\.\w+$/g, '')
      const holder = db().hold('USE shop', `DO GET_LOCK(SHA1(CONCAT(DATABASE(), ' ${name}')), 0)`)
      await holder.ready
      const { code, out } = await start(file).ended
      await holder.end()
      expect(out).toContain('running already')
      expect(code).not.toBe(0)
    })
  })

  describe.each(languages)('a runner for %s', (_, tool, there) => {
    const runner = (): string => put(files(tool, 'add-nullable-column').find(({ path }) => path.startsWith('db/migrate.')) ?? { path: 'none', body: '' })
    const step = (sql: string): readonly string[] => ['mariadb', `--defaults-file=${join(home, 'my.cnf')}`, 'shop', '-e', sql]
    const once = "SELECT count(*) INTO @n FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'made'; DO SLEEP(0.5); SET @q = IF(@n = 0, 'CREATE TABLE made (a int)', 'DO 0'); EXECUTE IMMEDIATE @q; INSERT INTO log VALUES (IF(@n = 0, 'ran', 'nothing to do'))"

    test.skipIf(!there)('of two at once exactly one executes; the other waits and finds nothing to do', async () => {
      db().run('USE shop', 'DROP TABLE IF EXISTS made, log', 'CREATE TABLE log (what text)')
      const file = runner()
      const ended = await Promise.all([start(file, step(once)).ended, start(file, step(once)).ended])
      expect(ended.map(({ code }) => code), ended.map(({ out }) => out).join()).toEqual([0, 0])
      expect(db().run('USE shop', 'SELECT what FROM log ORDER BY 1')).toBe('nothing to do\nran')
    })

    test.skipIf(!there)('the exit code is that of the command, its words come through, and the lock is gone after a failure', async () => {
      const { code, out } = await start(runner(), ['sh', '-c', 'echo "it\'s said"; exit 3']).ended
      expect(code).toBe(3)
      expect(out).toContain("it's said")
      expect(db().run('USE shop', "SELECT IS_FREE_LOCK(SHA1(CONCAT('migrations of ', DATABASE())))")).toBe('1')
    })

    test.skipIf(!there)('who does not get the lock in time runs nothing', async () => {
      const holder = db().hold('USE shop', "DO GET_LOCK(SHA1(CONCAT('migrations of ', DATABASE())), 0)")
      await holder.ready
      const { code, out } = await start(runner(), ['sh', '-c', 'echo ran'], { MIGRATION_LOCK_WAIT_SECONDS: '1' }).ended
      await holder.end()
      expect(code).not.toBe(0)
      expect(out).toContain('Nothing was run')
      expect(out).not.toMatch(/^ran$/m)
    })

    test.skipIf(!there)('a busy table is tried again', async () => {
      db().run('USE shop', 'DROP TABLE IF EXISTS busy', 'CREATE TABLE busy (a int)')
      const holder = db().hold('USE shop', 'START TRANSACTION', 'SELECT * FROM busy')
      await holder.ready
      const runs = start(runner(), step('SET SESSION lock_wait_timeout = 1; ALTER TABLE busy ADD b int'))
      await until("SELECT count(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE '%metadata lock%'", /^1$/)
      await until("SELECT count(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE '%metadata lock%'", /^0$/)
      await holder.end()
      const { code, out } = await runs.ended
      expect(out).toContain('try 1 of')
      expect(code).toBe(0)
    })
  })

  describe.each(languages)('seeds for %s', (_, tool, there) => {
    const seed = (): string => put(files(tool, 'seeds').find(({ path }) => path.startsWith('db/seeds/')) ?? { path: 'none', body: '' })
    const shop = [
      'DROP DATABASE IF EXISTS shop', 'CREATE DATABASE shop CHARACTER SET utf8mb4', 'USE shop', 'CREATE TABLE tenants(id int AUTO_INCREMENT PRIMARY KEY, name varchar(50) NOT NULL)',
      "CREATE TABLE users(id int AUTO_INCREMENT PRIMARY KEY, tenant_id int NOT NULL, `odd \`\`name` varchar(30) NOT NULL, email varchar(100) NOT NULL UNIQUE, age tinyint, manager_id int, plan enum('free','pro, max','it''s') NOT NULL, prefs json, ref char(36) NOT NULL, at datetime(6) NOT NULL DEFAULT now(6), code char(6) NOT NULL, pic blob, full varchar(60) GENERATED ALWAYS AS (concat(email, '!')) STORED, uid uuid NOT NULL, latest_order bigint, CONSTRAINT users_tenant FOREIGN KEY (tenant_id) REFERENCES tenants(id), FOREIGN KEY (manager_id) REFERENCES users(id))",
      'CREATE TABLE profiles(user_id int PRIMARY KEY, bio text, FOREIGN KEY (user_id) REFERENCES users(id))', 'CREATE TABLE orders(id bigint AUTO_INCREMENT PRIMARY KEY, user_id int NOT NULL, FOREIGN KEY (user_id) REFERENCES users(id))', 'ALTER TABLE users ADD FOREIGN KEY (latest_order) REFERENCES orders(id)',
      'CREATE TABLE `lines`(order_id bigint, line int, PRIMARY KEY (order_id, line), FOREIGN KEY (order_id) REFERENCES orders(id))', 'CREATE TABLE notes(id int PRIMARY KEY, order_id bigint, line int, FOREIGN KEY (order_id, line) REFERENCES `lines`(order_id, line))',
    ]
    const rows = (): string => db().run('USE shop', 'CHECKSUM TABLE tenants, users, profiles, orders, `lines`, notes', 'SHOW TABLES', 'SELECT count(*) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()')
    const here = { DATABASE_URL: url, SEED_HOST: '' }

    test.skipIf(!there)('fill every table, parents first; a second run gives the same rows, puts back what was changed and leaves nothing behind', async () => {
      db().run(...shop)
      const file = seed()
      const first = await start(file, [], { ...here, DATABASE_URL: url }).ended
      expect(first.code, first.out).toBe(0)
      const once = rows()
      expect(db().run('USE shop', 'SELECT count(*) FROM users', 'SELECT count(DISTINCT tenant_id) > 10 FROM users', 'SELECT count(*) FROM notes WHERE order_id IS NOT NULL')).toBe('50\n1\n50')
      db().run('USE shop', "UPDATE users SET code = 'hand' WHERE id = 3", 'DELETE FROM notes WHERE id = 4')
      expect(rows()).not.toBe(once)
      const again = await start(file, [], { ...here, DATABASE_URL: url, SEED_ROWS: '50' }).ended
      expect(again.code, again.out).toBe(0)
      expect(rows()).toBe(once)
      expect(once.split('\n').length).toBe(6 + 6 + 1)
    })

    test.skipIf(!there).each<[string, NodeJS.ProcessEnv]>([['the environment', { APP_ENV: 'Production' }], ['another host', tool === 'dbmate' ? { PATH: 'other' } : { DATABASE_URL: 'mysql://a:b@db.example.com/shop' }]])('refuse by %s', async (what, more) => {
      // A host that calls itself otherwise, for the client.
      if (more.PATH === 'other') {
        writeFileSync(join(home, 'hostname'), '#!/bin/sh\necho elsewhere\n', { mode: 0o755 })
        more = { PATH: `${home}:${process.env.PATH}` }
      }
      db().run(...shop)
      const { code, out } = await start(seed(), [], { ...here, DATABASE_URL: url, ...more }).ended
      rmSync(join(home, 'hostname'), { force: true })
      expect(code, what).not.toBe(0)
      expect(out).toContain('Refused')
      expect(db().run('USE shop', 'SELECT count(*) FROM users')).toBe('0')
    })

    test.skipIf(!there)('refuse a database that is called production, and a required column of a type that is not known', async () => {
      db().run(...shop, 'DROP DATABASE IF EXISTS shop_prod', 'CREATE DATABASE shop_prod')
      const prod = await start(seed(), [], { ...here, DATABASE_URL: `${url}_prod`, DATABASE_NAME: 'shop_prod' }).ended
      expect(prod.out).toContain('looks like production')
      expect(prod.code).not.toBe(0)
      db().run('USE shop', 'ALTER TABLE tenants ADD place point NOT NULL')
      const odd = await start(seed(), [], { ...here, DATABASE_URL: url }).ended
      expect(odd.out).toContain('No value for tenants.place')
      expect(odd.code).not.toBe(0)
    })
  })

  describe('with a replica', () => {
    let [replica, address]: [MariaDb | undefined, string] = [undefined, '']
    beforeAll(async () => {
      const port = await freePort()
      replica = await startMariaDb({ port, more: ['--server-id=2'] })
      address = `mysql://ops:p%40ss@127.0.0.1:${port}/mysql`
      db().run('RESET MASTER')
      replica.run("CREATE USER ops@'%' IDENTIFIED BY 'p@ss'", "GRANT ALL ON *.* TO ops@'%'", `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${new URL(url).port}, MASTER_USER = 'ops', MASTER_PASSWORD = 'p@ss', MASTER_CONNECT_RETRY = 1`, 'START SLAVE')
    }, 120_000)
    afterAll(async () => { await replica?.stop() })

    for (const [language, tool, there] of languages.slice(0, 2)) test.skipIf(!there)(`${language} waits for one that does not follow, and goes on when it does`, async () => {
      db().run(...filled(12_000))
      replica?.run('STOP SLAVE SQL_THREAD')
      const running = start(job(tool, 'backfill-only'), [], { REPLICA_DATABASE_URLS: address })
      await running.said(/waiting, \d+ queries run, the slowest replica is (Infinity|inf) s behind/)
      expect(db().run('USE shop', untouched)).toBe('13000')
      replica?.run('START SLAVE SQL_THREAD')
      expect((await running.ended).code).toBe(0)
      expect(db().run('USE shop', untouched)).toBe('0')
    })
  })

  test('a tool with a lock of its own gets no runner', () => {
    expect(files('knex', 'add-nullable-column').filter(({ path }) => path.startsWith('db/migrate.'))).toEqual([])
  })
})

test('the lint of the pipeline stops a new ALTER TABLE that names no algorithm, and no other', () => {
  const root = mkdtempSync(join(tmpdir(), 'ops-mysql-lint-'))
  const sh = (...words: readonly [string, ...string[]]): SpawnSyncReturns<string> => spawnSync(words[0], words.slice(1), { cwd: root, encoding: 'utf8', env: { ...process.env, LAST_RELEASE: 'v1' } })
  try {
    const script = migrationPlan.run({ database: 'mysql 8.4', tool: 'dbmate', change: 'ci-integration', stage: 'growth' }, { knowledge: knowledge(), asOf, detail: 'normal' }).files.find(({ path }) => path === 'db/check-migrations.sh')
    mkdirSync(join(root, 'db/migrations'), { recursive: true })
    writeFileSync(join(root, 'check.sh'), script?.body ?? '')
    writeFileSync(join(root, 'db/migrations/1_old.sql'), 'ALTER TABLE a ADD b int;\n')
    const git = (...words: readonly string[]): void => { expect(sh('git', '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words).status).toBe(0) }
    git('init', '-q')
    git('add', '.')
    git('commit', '-q', '-m', 'one')
    git('tag', 'v1')
    const added = (text: string): number | null => {
      writeFileSync(join(root, 'db/migrations/2_new.sql'), text)
      git('add', '.')
      git('commit', '-q', '-m', 'two', '--allow-empty')
      return sh('sh', 'check.sh', 'lint').status
    }
    expect(added('ALTER TABLE `a` ADD c int, ALGORITHM=INSTANT;\n')).toBe(0)
    expect(added('ALTER TABLE `a` ADD c int;\n')).toBe(1)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
