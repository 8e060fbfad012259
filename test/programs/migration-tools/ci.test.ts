import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { requests } from '../../tools/migration-plan/cases.ts'
import { byHand } from './by-hand.ts'
import { freePort } from './free-port.ts'
import { fetchTools } from './installed.ts'
import { makeProject, prismaEnv, projects, put, type File } from './projects.ts'

const folder = postgresFolder()
const ready = folder !== undefined && fetchTools()
const files = (change: string, input: MigrationInput) => migrationPlan.run({ database: 'postgresql', change, stage: 'growth', rows: 5_000_000, ...requests[change], ...input }, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const isMigration = ({ path }: File): boolean => !/^db\/(backfills|checks|outside|scripts|migrate\.|add-to-)|\.conf$/.test(path)

/** Tools whose SQL the linter gets to read. */
const linted = ['dbmate', 'node-pg-migrate', 'knex', 'typeorm', 'prisma-migrate', 'alembic', 'django-migrations']
const previous: Readonly<Record<string, string>> = { alembic: 'first', 'django-migrations': '0001_first' }
const schema = "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text NOT NULL);"

describe.skipIf(!ready)('checks for the pipeline on a repository with a history (skipped without a PostgreSQL server, or where npm cannot be reached)', () => {
  let [pg, address, home]: [Postgres | undefined, string, string] = [undefined, '', '']
  beforeAll(async () => {
    const port = await freePort()
    pg = startPostgres(folder as string, { port })
    address = `postgres://ops@127.0.0.1:${port}`
    home = mkdtempSync(join(tmpdir(), 'ops-ci-'))
  }, 300_000)
  afterAll(() => {
    pg?.stop()
    if (home !== '') rmSync(home, { recursive: true, force: true })
  })

  let count = 0
  const database = (): string => {
    pg?.run(`CREATE DATABASE "ci${++count}"`)
    return `${address}/ci${count}`
  }
  const run = (root: string, words: readonly [string, ...string[]], env: NodeJS.ProcessEnv = {}): { readonly code: number, readonly out: string } => {
    const { PATH, HOME } = process.env
    const [program, ...rest] = words
    const done = spawnSync(program, rest, { cwd: root, encoding: 'utf8', env: { HOME, PATH: `${folder}:${join(root, 'bin')}:${PATH}`, TMPDIR: home, ...prismaEnv, ...env } })
    return { code: done.status ?? -1, out: `${done.stdout}${done.stderr}` }
  }
  const git = (root: string, ...words: readonly string[]): void => {
    const done = run(root, ['git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...words])
    expect(done.code, done.out).toBe(0)
  }
  const commit = (root: string, message: string): void => {
    git(root, 'add', '.')
    git(root, 'commit', '-qm', message)
  }
  /** A repository with one release. Its tests write and read as the application does. */
  const repository = (tool: string): string => {
    const root = makeProject(home, tool, [...files('ci-integration', { tool }), ...byHand(tool, 'first', schema), { path: '.gitignore', body: 'node_modules\n' }, { path: 'old.sh', body: "psql -X -q -v ON_ERROR_STOP=1 -c \"INSERT INTO users(name, email) VALUES ('old', 'e'); SELECT name FROM users\" \"$DATABASE_URL\"\n" }])
    git(root, 'init', '-q')
    commit(root, 'one')
    git(root, 'tag', 'v1.0.0')
    return root
  }
  const check = (root: string, word: string, env: NodeJS.ProcessEnv = {}) => run(root, ['sh', 'db/check-migrations.sh', word], { DATABASE_URL: database(), TEST_COMMAND: 'sh old.sh', ...env })
  const words = ['zero', 'upgrade', 'old-code', 'lint', 'contract']
  const move = (tool: string, plan: readonly File[]): readonly File[] => plan.map((file) => projects[tool]?.move?.(file, previous[tool] ?? '') ?? file)
  const added = (tool: string, change: string): readonly File[] => move(tool, files(change, { tool }).filter((file) => isMigration(file) && !file.path.includes('planned/')))
  const missing = (tool: string): string | undefined => projects[tool]?.missing
  const title = (tool: string): readonly [string, string] => [missing(tool) === undefined ? tool : `${tool} (skipped without ${missing(tool)})`, tool]

  describe.each(['dbmate', 'node-pg-migrate', 'alembic'].map(title))('%s', (_, tool) => {
    test.skipIf(missing(tool) !== undefined)('a good change is green everywhere', () => {
      const root = repository(tool)
      put(root, added(tool, 'add-nullable-column'))
      commit(root, 'two')
      for (const word of words) {
        const { code, out } = check(root, word)
        expect(code, `${word}: ${out}`).toBe(0)
      }
      expect(run(root, ['git', 'worktree', 'list']).out.trim().split('\n')).toHaveLength(1)
    }, 120_000)

    test.skipIf(missing(tool) !== undefined || tool === 'alembic')('SQL that does not run is red', () => {
      const root = repository(tool)
      const [file] = added(tool, 'add-nullable-column')
      put(root, [{ path: file?.path ?? '', body: file?.body.replace('ALTER TABLE users ADD', 'ALTER TABLE no_such ADD') ?? '' }])
      commit(root, 'two')
      for (const word of ['zero', 'upgrade', 'old-code']) expect(check(root, word).code, word).not.toBe(0)
    }, 120_000)

    test.skipIf(missing(tool) !== undefined || tool === 'alembic')('a migration that was released and is edited, or goes, is red', () => {
      const root = repository(tool)
      const { path = '', body = '' } = byHand(tool, 'first', schema)[0] ?? {}
      put(root, [{ path, body: body.replace('email text NOT NULL', 'email text') }])
      commit(root, 'two')
      const edited = check(root, 'lint')
      expect(edited.code).not.toBe(0)
      expect(edited.out).toContain(path)
      rmSync(join(root, path))
      commit(root, 'three')
      expect(check(root, 'lint').out).toContain(path)
    }, 120_000)

    test.skipIf(missing(tool) !== undefined)('a drop that old code still reads is red, and waits for somebody who approves it', () => {
      const root = repository(tool)
      const drop = move(tool, files('drop-column', { tool, table: 'users', column: 'name' }).filter(isMigration)).at(-1)
      const folderOf = byHand(tool, 'first', '')[0]?.path.replace(/\/[^/]+$/, '') ?? ''
      put(root, [{ path: `${folderOf}/${drop?.path.split('/').at(-1)}`, body: drop?.body.replace(/down_revision = "\w+"/, 'down_revision = "first"') ?? '' }])
      commit(root, 'two')
      expect(check(root, 'upgrade')).toMatchObject({ code: 0 })
      const old = check(root, 'old-code')
      expect(old.code).not.toBe(0)
      expect(old.out).toContain('column "name"')
      expect(check(root, 'contract').code).not.toBe(0)
      expect(check(root, 'contract', { CONTRACT_APPROVED: 'yes' })).toMatchObject({ code: 0 })
    }, 120_000)
  })

  describe.each(linted.map(title))('%s', (_, tool) => test.skipIf(missing(tool) !== undefined)('the linter reads new files, takes ours, and refuses what locks', () => {
    const root = repository(tool)
    for (const change of ['add-index', 'add-check', 'add-nullable-column']) put(root, added(tool, change).map((file) => (tool === 'django-migrations' ? file : { ...file, body: file.body.replace(/down_revision = "SET-TO-CURRENT-HEAD".*/, 'down_revision = "first"') })))
    commit(root, 'two')
    const good = check(root, 'lint')
    expect(good.code, good.out).toBe(0)
    expect(good.out).toContain('Found 0 issues')
    put(root, byHand(tool, 'second', 'CREATE INDEX users_name_idx ON users (name);').map((file) => ({ ...file, path: file.path.replace('second', 'third') })))
    commit(root, 'three')
    const refused = check(root, 'lint')
    expect(refused.code, refused.out).not.toBe(0)
    expect(refused.out).toContain('require-concurrent-index-creation')
  }, 120_000))

  test.each([['knex', 'exports.up = (knex) => knex.schema.alterTable(\'users\', () => {})\nexports.down = async () => {}\n', 'cjs'], ['node-pg-migrate', 'export const up = (pgm) => { pgm.addColumn(\'users\', {}) }\n', 'mjs']])('%s: a file whose SQL no linter can read is red, by name', (tool, body, extension) => {
    const root = repository(tool)
    put(root, [{ path: `migrations/20270101000000_built.${extension}`, body }])
    commit(root, 'two')
    const { code, out } = check(root, 'lint')
    expect(code).not.toBe(0)
    expect(out).toContain('builds its SQL in code')
  })

  test('a last release that does not exist is red, not a list of nothing', () => {
    const root = repository('dbmate')
    for (const word of ['lint', 'contract', 'upgrade']) expect(check(root, word, { LAST_RELEASE: 'v9.9.9' }).code, word).not.toBe(0)
  })

  test.skipIf(spawnSync('shellcheck', ['--version']).status !== 0)('every script reads well (shellcheck)', () => {
    for (const tool of [...linted, 'ef-core', 'flyway', 'drizzle-kit', 'rails-migrations', 'laravel-migrations']) {
      for (const change of ['ci-integration', 'adopt-tool']) {
        for (const { path, body } of files(change, { tool }).filter((file) => file.path.endsWith('.sh'))) {
          const file = join(home, 'read.sh')
          writeFileSync(file, body)
          // What a command line is made of is handed to sh -c, which reads its quotes.
          const done = spawnSync('shellcheck', ['-S', 'warning', '-e', 'SC2089,SC2090', file], { encoding: 'utf8' })
          expect(done.stdout, `${tool} ${path}`).toBe('')
        }
      }
    }
  }, 120_000)
})
