import { beforeAll, describe, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { requests } from './cases.ts'

const files = (tool: string, change: string, more: MigrationInput = {}) => migrationPlan.run({ database: 'postgresql', tool, change, stage: 'growth', rows: 5_000_000, ...requests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const known = ['alembic', 'dbmate', 'django-migrations', 'drizzle-kit', 'ef-core', 'flyway', 'knex', 'laravel-migrations', 'node-pg-migrate', 'prisma-migrate', 'rails-migrations', 'typeorm']
const isMigration = ({ path }: { readonly path: string }): boolean => !/^db\/(backfills|checks|outside|scripts|migrate\.|add-to-)|\.conf$/.test(path)

beforeAll(() => { knowledge() })

describe('names', () => {
  test.each([
    ['prisma-migrate', /^(prisma\/migrations|db\/planned\/release-\d)\/2026112223\d{4}_add_unique_users_\d_\w+\/migration\.sql$/], ['knex', /\/2026112223\d{4}_add_unique_users_\d_\w+\.cjs$/], ['node-pg-migrate', /\/2026112223\d{4}000_add_unique_users_\d_\w+\.mjs$/],
    ['typeorm', /^(src\/migrations|db\/planned\/release-\d)\/1795\d{9}-AddUniqueUsers\d[A-Z][a-z]+\.ts$/], ['dbmate', /^(db\/migrations|db\/planned\/release-\d)\/2026112223\d{4}_\w+\.sql$/], ['flyway', /\/V2026112223\d{4}__add_unique_users_\d_\w+\.sql$/], ['rails-migrations', /^(db\/migrate|db\/planned\/release-\d)\/2026112223\d{4}_\w+\.rb$/],
    ['laravel-migrations', /^(database\/migrations|db\/planned\/release-\d)\/2026_11_22_23\d{4}_\w+\.php$/], ['ef-core', /^(Migrations|db\/planned\/release-\d)\/2026112223\d{4}_AddUniqueUsers\d[A-Z][a-z]+\.cs$/], ['alembic', /^(alembic\/versions|db\/planned\/release-\d)\/[0-9a-f]{12}_\w+\.py$/], ['django-migrations', /^(db\/migrations|db\/planned\/release-\d)\/2026112223\d{4}_\w+\.py$/],
  ])('%s: the name that the tool expects', (tool, shape) => {
    const paths = files(tool, 'add-unique').filter(isMigration).map(({ path }) => path)
    expect(paths.length).toBeGreaterThan(1)
    for (const path of paths) expect(path).toMatch(shape)
    expect([...paths].sort()).toEqual(tool === 'alembic' ? [...paths].sort() : paths)
  })

  test('a class is called as its file', () => {
    const [rails] = files('rails-migrations', 'add-index')
    expect(rails?.body).toContain('class AddIndexUsers1Expand <')
    const [typeorm] = files('typeorm', 'add-index')
    const [milliseconds] = /\d{13}/.exec(typeorm?.path ?? '') ?? []
    expect(typeorm?.body).toContain(`class AddIndexUsers1Expand${milliseconds} `)
  })

  test('two plans of one day are two versions, one plan asked twice is one', () => {
    const stamp = (column: string) => /\d{14}/.exec(files('dbmate', 'add-index', { columns: [column] })[0]?.path ?? '')?.[0]
    expect(stamp('email')).toBe(stamp('email'))
    expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map(stamp)).size).toBe(6)
  })
})

describe('transactions', () => {
  test.each([
    ['node-pg-migrate', /pgm\.noTransaction\(\)/], ['knex', /config = \{ transaction: false \}/], ['typeorm', /transaction = false/], ['dbmate', /migrate:up transaction:false/], ['alembic', /autocommit_block\(\)/], ['django-migrations', /atomic = False/],
    ['rails-migrations', /disable_ddl_transaction!/], ['laravel-migrations', /\$withinTransaction = false/], ['ef-core', /suppressTransaction: true/],
  ])('%s: an index is built outside one, alone, without a lock timeout', (tool, mark) => {
    const index = files(tool, 'add-index').find(({ body }) => body.includes('CREATE INDEX CONCURRENTLY'))
    expect(index?.body).toMatch(mark)
    expect(index?.body).not.toContain('lock_timeout')
    expect(files(tool, 'add-nullable-column')[0]?.body).not.toMatch(mark)
    expect(files(tool, 'add-nullable-column')[0]?.body).toContain('SET LOCAL lock_timeout')
  })

  test('flyway has its settings beside the file', () => {
    const all = files('flyway', 'add-index')
    const sql = all.find(({ body }) => body.includes('CONCURRENTLY'))
    expect(all.find(({ path }) => path === `${sql?.path}.conf`)?.body).toBe('executeInTransaction=false\n')
    expect(files('flyway', 'add-nullable-column').some(({ path }) => path.endsWith('.conf'))).toBe(false)
    expect(files('flyway', 'add-nullable-column', { column: '${x}' }).find(({ path }) => path.endsWith('.conf'))?.body).toBe('placeholderReplacement=false\n')
  })

  test.each([['node-pg-migrate', 'pgm.noTransaction()'], ['knex', 'knex.transaction('], ['alembic', 'autocommit_block()']])('%s puts pending files into one transaction: a scan leaves it, so that no lock of the file before is held', (tool, mark) => {
    const scan = files(tool, 'add-check').find(({ body }) => body.includes('VALIDATE CONSTRAINT'))
    expect(scan?.body).toContain(mark)
  })

  test('Drizzle gets nothing that its one transaction would break: from the first such step on, the release runs outside', () => {
    const paths = files('drizzle-kit', 'add-unique').map(({ path }) => path)
    expect(paths.filter((path) => path.startsWith('db/outside/release-')).length).toBeGreaterThan(1)
    expect(paths.some((path) => path.startsWith('db/migrations/'))).toBe(false)
    const rename = files('drizzle-kit', 'rename-column', { nullable: true }).map(({ path }) => path)
    expect(rename.some((path) => path.startsWith('db/migrations/'))).toBe(true)
    expect(rename).toContain('db/add-to-drizzle.mjs')
  })
})

describe('what a file promises', () => {
  test('every migration says in its first lines which deploy it goes with', () => {
    for (const tool of known) for (const file of files(tool, 'rename-column').filter(isMigration)) expect(file.body.split('\n').slice(0, 2).join(), file.path).toMatch(/release \d, (expand|verify|contract)/)
  })

  test('there is no way back that is none', () => {
    for (const tool of ['node-pg-migrate', 'knex', 'typeorm', 'dbmate', 'alembic', 'rails-migrations', 'laravel-migrations', 'ef-core']) {
      const dropped = files(tool, 'drop-column').filter(isMigration).find(({ body }) => /DROP COLUMN/.test(body))
      expect(dropped?.body, tool).toContain('no way back')
    }
    expect(files('django-migrations', 'drop-column').find(({ body }) => /DROP COLUMN/.test(body))?.body).not.toContain('reverse_sql')
  })

  test('a backfill is a job in the language of the tool, never a migration', () => {
    const extensions: Readonly<Record<string, string>> = { alembic: 'py', 'django-migrations': 'py', dbmate: 'sql', 'ef-core': 'sql', flyway: 'sql', 'rails-migrations': 'sql', 'laravel-migrations': 'sql' }
    for (const tool of known) {
      const all = files(tool, 'rename-column')
      expect(all.filter(({ path }) => path.startsWith('db/backfills/')).map(({ path }) => path.split('.').at(-1)), tool).toEqual([extensions[tool] ?? 'mjs'])
      for (const { path, body } of all.filter(isMigration)) expect(body, path).not.toContain('LOOP')
    }
  })

  test('tools without a lock get a runner, the others none', () => {
    const runner = (tool: string) => files(tool, 'add-nullable-column').map(({ path }) => path).find((path) => path.startsWith('db/migrate.'))
    expect(known.map((tool) => [tool, runner(tool)])).toEqual([
      ['alembic', 'db/migrate.py'], ['dbmate', 'db/migrate.sh'], ['django-migrations', 'db/migrate.py'], ['drizzle-kit', 'db/migrate.mjs'], ['ef-core', undefined], ['flyway', undefined], ['knex', undefined], ['laravel-migrations', undefined],
      ['node-pg-migrate', undefined], ['prisma-migrate', undefined], ['rails-migrations', undefined], ['typeorm', 'db/migrate.mjs'],
    ])
  })

  test('the answer holds no programs for the files', () => {
    const { decision } = migrationPlan.run({ database: 'postgresql', change: 'rename-column', stage: 'growth', ...requests['rename-column'] }, { knowledge: knowledge(), asOf, detail: 'full' })
    expect(decision.phases.flatMap(({ statements }) => statements).every((statement) => !('batches' in statement))).toBe(true)
  })
})

test.each([['dbmate', 'x\n-- migrate:down\ny'], ['drizzle-kit', 'a--> statement-breakpoint b']])('%s cuts a file inside any quote: such a name is refused', (tool, name) => {
  expect(() => files(tool, 'add-nullable-column', { column: name })).toThrow(InputError)
  expect(files(tool === 'dbmate' ? 'drizzle-kit' : 'dbmate', 'add-nullable-column', { column: name }).length).toBeGreaterThan(0)
})

describe('what a file says to the linter and to its reader', () => {
  test.each<[string, MigrationInput, string]>([
    ['drop-column', {}, '-- No running version names the column any more.\n-- squawk-ignore-file ban-drop-column'],
    ['add-index', { stage: 'mvp', rows: 100 }, '-- The table is small or stands still, and the lock timeout bounds the wait.\n-- squawk-ignore-file require-concurrent-index-creation'],
    ['one-to-many-to-join-table', {}, '-- The table is made in this file: no row to scan, nobody to block.'],
  ])('%s, %j', (change, more, words) => expect(files('prisma-migrate', change, more).filter(isMigration).map(({ body }) => body).join('\n')).toContain(words))

  test('a file that the linter takes says nothing, and neither does one for another database', () => {
    expect(files('prisma-migrate', 'add-nullable-column').filter(isMigration)[0]?.body).not.toContain('squawk')
    expect(files('knex', 'drop-column', { database: 'mysql' }).map(({ body }) => body).join()).not.toContain('squawk')
  })
})
