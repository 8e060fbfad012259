import { describe, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { answer } from '../../../src/tools/answer.ts'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { settle } from '../../../src/tools/migration-plan/decide.ts'
import { outcomeWords } from '../../../src/tools/migration-plan/render-flips.ts'
import { readDatabase } from '../../../src/tools/migration-plan/database.ts'
import { selectTool } from '../../../src/tools/migration-plan/select-tool.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { acceptedBy, listedBy, parseStrict } from '../../../src/tools/parse.ts'
import type { DecidingTool } from '../../../src/tools/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { requests } from './cases.ts'

const run = (input: MigrationInput, detail: 'brief' | 'normal' | 'full' = 'normal') => migrationPlan.run(input, { knowledge: knowledge(), asOf, detail })
const node = ['TypeScript', 'PostgreSQL 17']

describe('the tool', () => {
  test.each<[string, MigrationInput, string, string]>([
    ['a Prisma project keeps Prisma', { stack: ['Next.js', 'Prisma', 'Postgres'] }, 'prisma-migrate', 'in-stack'],
    ['Node on PostgreSQL without an ORM', { stack: node }, 'node-pg-migrate', 'default-for-stack'],
    ['Node on MySQL', { stack: ['express', 'MySQL 8.4'] }, 'knex', 'default-for-stack'],
    ['Drizzle stays', { stack: ['typescript', 'drizzle', 'postgres'] }, 'drizzle-kit', 'in-stack'],
    ['TypeORM stays', { stack: ['nestjs', 'typeorm', 'postgres'] }, 'typeorm', 'in-stack'],
    ['Knex stays', { stack: ['express', 'knex', 'postgres'] }, 'knex', 'in-stack'],
    ['Python with SQLAlchemy', { stack: ['fastapi', 'sqlalchemy', 'postgres'] }, 'alembic', 'in-stack'],
    ['Python without a word about it', { stack: ['python', 'postgres'] }, 'alembic', 'default-for-stack'],
    ['Django brings its own', { stack: ['Django', 'postgres'] }, 'django-migrations', 'in-stack'],
    ['Spring', { stack: ['Spring Boot', 'postgres'] }, 'flyway', 'default-for-stack'],
    ['.NET on SQL Server', { stack: ['ASP.NET', 'mssql'] }, 'ef-core', 'default-for-stack'],
    ['Rails', { stack: ['rails', 'postgres'] }, 'rails-migrations', 'in-stack'],
    ['Laravel', { stack: ['laravel', 'mariadb'] }, 'laravel-migrations', 'in-stack'],
    ['Go', { stack: ['go', 'postgres'] }, 'dbmate', 'default-for-stack'],
    ['Go with a program for Windows beside it', { stack: ['postgresql', 'go', 'react', 'typescript', 'csharp'] }, 'dbmate', 'default-for-stack'],
    ['an MVP with Mongoose reads old documents', { stack: ['typescript', 'mongoose'], stage: 'mvp' }, 'mongoose', 'in-stack'],
    ['a growing product with Mongoose moves data', { stack: ['typescript', 'mongoose'], stage: 'growth' }, 'migrate-mongo', 'default-for-stack'],
    ['Python on MongoDB still has data to move', { stack: ['python', 'mongodb'] }, 'versioned-scripts', 'default-for-stack'],
    ['a tool in use stays', { stack: ['Next.js', 'Prisma', 'Postgres'], migrationTool: 'flyway' }, 'flyway', 'in-use'],
    ['a dead tool is replaced by its heir', { stack: ['python', 'postgres'], migrationTool: 'SQLAlchemy-migrate' }, 'alembic', 'replaces-unfit'],
    ['a test double is no tool', { stack: ['python', 'mongodb'], tool: 'mongomock' }, 'versioned-scripts', 'replaces-unfit'],
    ['a tool that cannot reach the database', { stack: ['typescript', 'mysql'], tool: 'node-pg-migrate' }, 'knex', 'replaces-unfit'],
    ['a pin stays', { stack: node, decisions: { migrationTool: 'knex' } }, 'knex', 'pinned'],
    ['a pin stays even when it is dead', { stack: ['python', 'postgres'], decisions: { migrationTool: 'sqlalchemy-migrate' } }, 'sqlalchemy-migrate', 'pinned'],
    ['a house rule requires', { stack: node, houseRules: { require: [{ id: 'flyway', reason: 'auditors' }] } }, 'flyway', 'house-rule'],
    ['a house rule forbids', { stack: ['Next.js', 'Prisma', 'Postgres'], houseRules: { forbid: [{ id: 'prisma-migrate', reason: 'incident' }] } }, 'node-pg-migrate', 'default-for-stack'],
    ['no database', { stack: ['Next.js'] }, 'none', 'no-database'],
    ['the pinned word none means nobody chose', { stack: node, decisions: { migrationTool: 'none' } }, 'node-pg-migrate', 'default-for-stack'],
  ])('%s', (_, input, tool, reason) => {
    const draft = run(input)
    expect(draft.decision.tool).toBe(tool)
    expect(selectTool(input, readDatabase(input), knowledge()['migration-tools']).reason).toBe(reason)
    expect(draft.decision).toMatchObject({ change: null, level: null, phases: [], deploysNeeded: 0 })
    expect(draft.files).toEqual([])
  })

  test('a database that no plan is for is named, and never taken for another one', () => {
    for (const stack of [['java', 'oracle'], ['go', 'Oracle 19c', 'redis'], ['python', 'snowflake']]) {
      const draft = run({ stack })
      expect(draft.decision).toMatchObject({ tool: 'none', phases: [] })
      expect(draft.assumptions.map(({ field }) => field)).not.toContain('database')
      expect(draft.skipped.map(({ addWhen }) => addWhen).join()).toContain('by hand')
      expect(() => run({ stack, change: 'add-index', table: 'orders', column: 'created_at' })).toThrow(/expected one of postgresql/)
    }
    expect(run({ stack: ['python', 'snowflake', 'postgresql'] }).decision.tool).toBe('alembic')
    expect(run({ stack: ['go', 'redis'] }).assumptions.map(({ field }) => field)).toContain('database')
  })

  test('what was set aside is named with its rule', () => {
    expect(run({ stack: ['python', 'postgres'] }).rejected).toContainEqual(expect.objectContaining({ id: 'sqlalchemy-migrate', rule: 'end-of-life' }))
    expect(run({ stack: ['python', 'mongodb'] }).rejected).toContainEqual(expect.objectContaining({ id: 'mongomock', rule: 'test-double' }))
    expect(run({ stack: ['Next.js', 'Prisma', 'Postgres'], houseRules: { forbid: [{ id: 'prisma-migrate', reason: 'incident' }] } }).rejected[0]).toMatchObject({ rule: 'forbidden-by-house-rule', reason: expect.stringContaining('incident') })
  })

  test('without a database that is said and asked', () => {
    const draft = run({ stack: ['Next.js'] })
    expect(draft.assumptions.map(({ field }) => field)).toContain('database')
    expect(draft.questions.map(({ field }) => field)).toEqual(['database'])
    expect(draft.skipped.map(({ item }) => item)).toEqual(['migrations'])
  })
})

describe('the level and the releases', () => {
  const rename = { stack: node, change: 'rename-column', ...requests['rename-column'] }
  const index = { stack: node, change: 'add-index', ...requests['add-index'] }
  test.each<[string, MigrationInput, string, number]>([
    ['500 rows at an MVP, recreated at each deploy: one short migration', { ...rename, stage: 'mvp', rows: 500, deployStyle: 'recreate' }, 'L0', 1],
    ['500 rows at an MVP in a window: one short migration', { ...rename, stage: 'mvp', rows: 500, downtimeTolerance: 'window' }, 'L0', 1],
    ['the same 500 rows under rolling deploys: code sees the change', { ...rename, stage: 'mvp', rows: 500, deployStyle: 'rolling' }, 'L3', 3],
    ['no downtime at all: a recreate deploy changes nothing', { ...rename, rows: 500, deployStyle: 'recreate', downtimeTolerance: 'none' }, 'L3', 3],
    ['a huge table: throttled', { ...rename, rows: 200_000_000 }, 'L4', 3],
    ['a hot table: throttled', { ...rename, rows: 1000, writesPerSecond: 5000 }, 'L4', 3],
    ['a small index is built at once', { ...index, stage: 'growth', rows: 20_000 }, 'L1', 1],
    ['a small but hot table is not', { ...index, stage: 'growth', rows: 20_000, writesPerSecond: 200 }, 'L2', 1],
    ['an unknown size at growth is taken as large', { ...index, stage: 'growth' }, 'L2', 1],
    ['an unknown size at an MVP is taken as small', { ...index, stage: 'mvp' }, 'L1', 1],
    ['a nullable column touches no row, however many there are', { stack: node, change: 'add-nullable-column', ...requests['add-nullable-column'], rows: 900_000_000 }, 'L1', 1],
    ['a rewrite of two million rows fits a window', { stack: node, change: 'type-change-rewrite', ...requests['type-change-rewrite'], rows: 2_000_000, downtimeTolerance: 'window' }, 'L0', 1],
    ['a rewrite of two million rows takes longer than seconds', { stack: node, change: 'type-change-rewrite', ...requests['type-change-rewrite'], rows: 2_000_000, downtimeTolerance: 'seconds', deployStyle: 'recreate' }, 'L3', 3],
    ['dropping a column takes two releases', { stack: node, change: 'drop-column', ...requests['drop-column'], rows: 10 }, 'L3', 2],
    ['a large backfill deploys nothing', { stack: node, change: 'backfill-only', ...requests['backfill-only'], rows: 5_000_000 }, 'L2', 0],
    ['an index on MySQL keeps writes going', { stack: ['express', 'mysql 8.4'], stage: 'growth', change: 'add-index', ...requests['add-index'] }, 'L2', 1],
  ])('%s', (_, input, level, deploysNeeded) => {
    expect(run(input).decision).toMatchObject({ level, deploysNeeded })
  })

  test('releases never go back, and the last one is the number of deploys on the sheet', () => {
    for (const [id, change] of Object.entries(changes)) {
      const draft = run({ stack: node, change: id, ...requests[id], rows: 5_000_000, stage: 'growth' })
      const releases = draft.decision.phases.map(({ release }) => release)
      expect([...releases].sort(), id).toEqual(releases)
      const sheet = knowledge()['schema-changes'][id]
      expect(sheet?.facts.databases.value, id).toContain('postgresql')
      expect(Math.max(...releases), id).toBe(Math.max(1, sheet?.facts.deploys.value ?? 0))
      expect(change.id).toBe(id)
    }
  })

  test('nothing is removed before the old version has drained', () => {
    for (const id of Object.keys(changes).filter((one) => changes[one]?.reach === 'shape')) {
      const names = run({ stack: node, change: id, ...requests[id], stage: 'growth' }).decision.phases.map(({ phase }) => phase)
      expect(names.indexOf('switch'), id).toBeGreaterThanOrEqual(0)
      if (names.includes('contract')) expect(names.indexOf('contract'), id).toBeGreaterThan(names.indexOf('switch'))
      // Nothing is removed: then what refuses the old version's rows waits for its end.
      else expect(names.indexOf('expand'), id).toBeGreaterThan(names.indexOf('switch'))
    }
  })

  test('the thresholds that would change the answer are named', () => {
    const flips = run({ ...index, stage: 'growth', rows: 20_000 }).flips
    expect(flips).toContainEqual({ change: 'rows: 160001', outcome: 'steps beside running queries, 1 deploy' })
    expect(run({ ...rename, stage: 'growth', rows: 500 }).flips).toEqual([{ change: 'deployStyle: recreate', outcome: 'one short migration, 1 deploy' }])
  })

  test('each flip is true: its input leads to its outcome, and the row before a border does not', () => {
    let borders = 0
    for (const change of Object.keys(changes)) for (const more of [{ rows: 20_000 }, { rows: 3_000_000 }, { rows: 60_000_000, writesPerSecond: 300 }, { downtimeTolerance: 'seconds', rows: 1_000_000 }, {}] as readonly MigrationInput[]) {
      const input: MigrationInput = { stack: node, change, ...requests[change], stage: 'growth', ...more }
      const now = outcomeWords(settle(input, knowledge(), asOf).decision)
      for (const { change: said, outcome } of run(input).flips) {
        const set = Object.fromEntries(said.split(', ').map((part) => part.split(': ')).map(([field, value]) => [field, /^\d+$/.test(value ?? '') ? Number(value) : value]))
        const after = (fields: object): string => outcomeWords(settle({ ...input, ...fields }, knowledge(), asOf).decision)
        expect(after(set), `${change}, ${said}`).toBe(outcome)
        expect(outcome).not.toBe(now)
        const rows: unknown = set['rows']
        if (typeof rows !== 'number' || more.rows === undefined) continue
        borders += 1
        expect(after({ rows: rows > more.rows ? rows - 1 : rows + 1 }), `${change}, beside ${said}`).toBe(now)
        expect(rows, `${change}: near`).toBeGreaterThanOrEqual(more.rows / 50)
        expect(rows, `${change}: near`).toBeLessThanOrEqual(more.rows * 50 + 1)
      }
    }
    expect(borders).toBeGreaterThan(30)
  })

  test('500 rows at an MVP: one short migration, and hardly anything to read', () => {
    for (const change of ['add-nullable-column', 'add-index', 'set-not-null', 'add-check', 'add-foreign-key', 'add-column-volatile-default']) {
      const draft = run({ stack: node, change, ...requests[change], stage: 'mvp', rows: 500 })
      expect(draft.decision.deploysNeeded, change).toBe(1)
      expect(['L0', 'L1'], change).toContain(draft.decision.level)
      expect(draft.decision.phases.flatMap(({ statements }) => statements).length, change).toBeLessThanOrEqual(2)
      expect([draft.flips, draft.questions, draft.assumptions.filter(({ field }) => field !== 'stage')], change).toEqual([[], [], []])
      expect(draft.sections.map(({ body }) => body).join('\n').length, change).toBeLessThan(1500)
    }
  })

  test('indexes and locks: strong locks are never held for a scan on a large table', () => {
    for (const id of Object.keys(changes)) {
      for (const { sql, lock, rewritesTable } of run({ stack: node, change: id, ...requests[id], rows: 5_000_000, stage: 'growth' }).decision.phases.flatMap(({ statements }) => statements)) {
        expect(rewritesTable, sql).toBe(false)
        if (/VALIDATE|INDEX CONCURRENTLY/.test(sql)) expect(lock, sql).toBe('SHARE UPDATE EXCLUSIVE')
        if (/ADD CONSTRAINT/.test(sql) && !/USING INDEX/.test(sql) && !/attach partition/i.test(sql)) expect(sql).toMatch(/NOT VALID/)
      }
    }
  })
})

describe('contradictions', () => {
  const drop = { stack: node, change: 'drop-column', ...requests['drop-column'] }
  test.each<[string, MigrationInput, string]>([
    ['a drop in the same release', { ...drop, constraints: ['must ship in a single release'] }, 'same-release-drop'],
    ['an instant rollback of a drop', { ...drop, constraints: ['instant rollback'] }, 'instant-rollback-destructive'],
    ['a down migration for a drop', { ...drop, constraints: ['every migration needs a down'] }, 'down-for-drop'],
    ['migrations through a transaction pooler', { ...drop, pooler: 'transaction' }, 'transaction-pooler'],
    ['a concurrent index under Drizzle', { stack: ['typescript', 'drizzle', 'postgres'], stage: 'growth', change: 'add-index', ...requests['add-index'] }, 'no-concurrent-index'],
    ['a version without support', { ...drop, database: 'postgresql', databaseVersion: '14.2' }, 'database-end-of-life'],
    ['a MySQL version without support', { stack: ['mysql 8.0'], stage: 'growth' }, 'database-end-of-life'],
    ['production rows in staging under HIPAA', { stack: node, compliance: ['hipaa'], constraints: ['staging uses a copy of production data'] }, 'production-rows-in-staging'],
    ['a key that runs out', { ...drop, maxId: 2_000_000_000 }, 'key-nearly-full'],
    ['unique with duplicates', { stack: node, change: 'add-unique', ...requests['add-unique'], constraints: ['we have duplicates'] }, 'duplicates-with-unique'],
    ['transactional DDL on MySQL', { stack: ['mysql 8.4'], constraints: ['migrations are transactional'] }, 'no-transactional-ddl'],
    ['recreate without downtime', { ...drop, deployStyle: 'recreate', downtimeTolerance: 'none' }, 'recreate-is-downtime'],
    ['schema changes at start', { stack: ['typeorm', 'postgres', 'typescript'], constraints: ['we keep synchronize: true'] }, 'synchronize-on'],
    ['a pinned tool that is dead', { stack: ['python', 'postgres'], decisions: { migrationTool: 'sqlalchemy-migrate' } }, 'tool-unfit'],
    ['a long way for a free change', { stack: node, change: 'type-change-rewrite', table: 'users', column: 'phone', from: 'varchar(20)', type: 'text' }, 'needless-rewrite'],
    ['a type that may not hold the values', { stack: node, change: 'type-change-rewrite', table: 'users', column: 'age', from: 'bigint', type: 'int' }, 'may-lose-values'],
    ['keys of others that would run out first', { stack: node, change: 'pk-int-to-bigint', table: 'users', inboundForeignKeys: 3 }, 'referring-keys'],
    ['row security before its policies', { stack: node, change: 'add-tenant-id', ...requests['add-tenant-id'], constraints: ['enable RLS first, policies follow'] }, 'policies-after-security'],
    ['a concurrent index on a hypertable', { database: 'timescaledb', change: 'add-index', ...requests['add-index'], stage: 'growth' }, 'hypertable'],
    ['partitions of a hypertable', { stack: ['timescale'], change: 'partition-existing-table', ...requests['partition-existing-table'] }, 'hypertable'],
    ['a rewrite for times that are in UTC', { stack: node, change: 'type-change-rewrite', table: 'users', column: 'seen', from: 'timestamp', type: 'timestamptz', to: 'UTC' }, 'needless-rewrite'],
    ['a table that others refer to', { stack: node, change: 'drop-table', table: 'users', inboundForeignKeys: 2 }, 'referenced-table'],
  ])('%s', (_, input, id) => {
    const found = run(input).conflicts
    expect(found.map((conflict) => conflict.id)).toContain(id)
    expect(found.every(({ inputs, problem, resolution }) => inputs.length > 0 && problem !== '' && resolution !== '')).toBe(true)
  })

  test.each<[string, MigrationInput]>([
    ['a current version', { stack: ['postgresql 17'] }], ['an ordinary rename', { stack: node, change: 'rename-column', ...requests['rename-column'] }], ['a small index under Drizzle', { stack: ['typescript', 'drizzle', 'postgres'], stage: 'mvp', change: 'add-index', ...requests['add-index'] }],
    ['a column on TimescaleDB', { stack: ['timescaledb'], change: 'add-nullable-column', ...requests['add-nullable-column'] }], ['policies beside row security', { stack: node, change: 'add-tenant-id', ...requests['add-tenant-id'], constraints: ['row security with a policy for each tenant'] }],
    ['made-up data under GDPR', { stack: node, compliance: ['gdpr'], constraints: ['staging uses synthetic data'] }],
  ])('none for %s', (_, input) => {
    expect(run(input).conflicts).toEqual([])
  })
})

describe('bad input', () => {
  test.each<[string, MigrationInput, RegExp]>([
    ['an unknown change', { stack: node, change: 'add-indx', table: 'users' }, /add-indx.*expected one of.*Did you mean add-index/],
    ['a topic of another database', { stack: node, change: 'mongo-add-field', table: 'users' }, /mongo-add-field.*expected one that can be planned.*rename-column/],
    ['a SQL change on MongoDB', { stack: ['mongodb'], change: 'enum-add-value', ...requests['enum-add-value'] }, /enum-add-value.*for mongodb.*expected one of .*mongo-add-index/],
    ['a change on a database without a plan', { database: 'dynamodb', change: 'add-index', ...requests['add-index'] }, /add-index.*for dynamodb.*leave it out/],
    ['a change that SQLite has no plan for', { stack: ['sqlite'], change: 'enum-add-value', ...requests['enum-add-value'] }, /enum-add-value.*for sqlite.*expected one of .*add-index/],
    ['a change that SQL Server has no plan for', { stack: ['mssql'], change: 'enum-add-value', ...requests['enum-add-value'] }, /enum-add-value.*for sqlserver.*expected one of .*add-index/],
    ['a change that MySQL has no plan for', { stack: ['mysql'], change: 'json-to-column', table: 'users' }, /json-to-column.*for mysql.*expected one of .*add-index/],
    ['an unsupported database', { database: 'cassandra' }, /cassandra.*expected one of postgresql/],
    ['an unknown tool', { stack: node, tool: 'prisma-migrat' }, /prisma-migrat.*Did you mean prisma-migrate/],
    ['a missing table', { stack: node, change: 'add-index', columns: ['a'] }, /Missing table.*add-index/],
    ['a missing type', { stack: node, change: 'add-nullable-column', table: 'a', column: 'b' }, /Missing type/],
    ['a type that is none', { stack: node, change: 'add-nullable-column', table: 'a', column: 'b', type: 'text; drop' }, /Unexpected type/],
    ['a widening that rewrites', { stack: node, change: 'type-widen-metadata-only', table: 'a', column: 'b', from: 'int', type: 'bigint' }, /use type-change-rewrite/],
    ['a default that reads a column', { stack: node, change: 'add-column-not-null-constant-default', table: 'a', column: 'b', type: 'int', expression: 'age' }, /add-column-not-null-computed/],
    ['a backfill that doubles', { stack: node, change: 'backfill-only', table: 'a', column: 'b', expression: 'b * 2', rows: 10 }, /same value when run twice/],
    ['a reference without a column', { stack: node, change: 'add-foreign-key', table: 'a', column: 'b', references: 'users' }, /table\(column\)/],
    ['a name that is too long', { stack: node, change: 'add-nullable-column', table: 'x'.repeat(70), column: 'b', type: 'text' }, /70 bytes/],
    ['two old names', { stack: node, change: 'rename-column', table: 'a', column: 'b', from: 'c', to: 'd', type: 'text' }, /same old name/],
  ])('%s is answered in one sentence', (_, input, message) => {
    expect(() => run(input)).toThrow(InputError)
    expect(() => run(input)).toThrow(message)
  })

  test('line breaks and control characters do not pass the schema', () => {
    const accepted = acceptedBy(migrationPlan as unknown as DecidingTool)
    for (const table of ['a\nb', 'a\0b', 'a\u2028b', '']) expect(() => parseStrict(accepted, { table }, 'migration_plan'), JSON.stringify(table)).toThrow(InputError)
    expect(parseStrict(accepted, { change: 'add-index' }, 'migration_plan')).toMatchObject({ change: 'add-index' })
    expect(Object.keys(listedBy(migrationPlan as unknown as DecidingTool).shape)).toContain('downtimeTolerance')
  })
})

describe('the answer', () => {
  test('names from users end no fence, table or list', () => {
    const draft = run({ stack: node, change: 'add-index', table: '```\n# x'.replace('\n', ' '), columns: ['`|`'], rows: 10 }, 'full')
    const body = draft.sections.find(({ id }) => id === 'migration-plan')?.body ?? ''
    expect(body).toContain('CREATE INDEX')
    expect(body.split('\n').filter((text) => text.startsWith('```')).length % 2).toBe(0)
    expect(body).not.toMatch(/^# x/m)
  })

  test('sections: a strategy without a change, a plan with one', () => {
    expect(run({ stack: node }).sections.map(({ id }) => id)).toEqual(['migration-tool', 'migration-strategy', 'seeds'])
    expect(run({ stack: node, change: 'add-index', ...requests['add-index'] }).sections.map(({ id }) => id)).toEqual(['migration-tool', 'migration-plan'])
    expect(run({ stack: node, change: 'add-index', ...requests['add-index'] }, 'full').sections.map(({ id }) => id)).toEqual(['migration-tool', 'migration-strategy', 'migration-plan', 'seeds'])
    expect(run({ stack: node, change: 'seeds' }).sections.map(({ id }) => id)).toContain('seeds')
    expect(run({ stack: node, change: 'ci-integration' }).sections.map(({ id }) => id)).toContain('migration-ci')
    expect(run({ stack: node, change: 'adopt-tool' }).sections.map(({ id }) => id)).toContain('migration-adoption')
  })

  test('the six concerns of a strategy are all there, in about half a page when brief', () => {
    const body = run({ stack: node, stage: 'growth' }).sections.find(({ id }) => id === 'migration-strategy')?.body ?? ''
    for (const concern of ['Versioning', 'Rollback', 'CI integration', 'Zero downtime', 'Seed data', 'Production']) expect(body).toContain(concern)
    expect(answer(run({ stack: node }, 'brief'), false).report.length).toBeLessThan(1800)
  })

  test('results stay within what a model should read, and the description within its limit', () => {
    for (const [id, request] of Object.entries(requests)) {
      expect(JSON.stringify(answer(run({ stack: node, change: id, ...request, stage: 'growth' }), false)).length, id).toBeLessThanOrEqual(9200)
    }
    expect(JSON.stringify(answer(run({ stack: node, stage: 'growth' }), false)).length).toBeLessThan(5000)
    expect(migrationPlan.description.length).toBeLessThanOrEqual(300)
  })

  test('sources are those of the facts used', () => {
    const ids = run({ stack: node, change: 'add-index', ...requests['add-index'] }).sources.map(({ id }) => id)
    expect(ids).toEqual(['add-index/docs', 'node-pg-migrate/run'])
  })
})

describe('files', () => {
  const files = (tool: string, change: string, more: MigrationInput = {}) => run({ stack: node, tool, change, ...requests[change], stage: 'growth', ...more }).files
  test('only what may run with this release lies where the runner looks', () => {
    const paths = files('prisma-migrate', 'rename-column').map(({ path }) => path)
    expect(paths.filter((path) => path.startsWith('prisma/migrations/'))).toEqual([expect.stringMatching(/^prisma\/migrations\/2026112223\d{4}_rename_column_users_1_expand\/migration\.sql$/)])
    expect(paths.filter((path) => path.startsWith('db/planned/release-3/'))).toHaveLength(1)
    expect(paths.filter((path) => path.startsWith('db/backfills/'))).toHaveLength(1)
    expect(files('knex', 'drop-column').every(({ path }) => !path.startsWith('migrations/'))).toBe(true)
  })

  test('a statement outside a transaction is alone in its file, without a lock timeout', () => {
    const file = files('prisma-migrate', 'add-index')[0]
    const statements = (file?.body ?? '').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('--'))
    expect(statements).toHaveLength(1)
    expect(statements[0]).toMatch(/^CREATE INDEX CONCURRENTLY/)
    expect(files('knex', 'add-index')[0]?.body).toContain('transaction: false')
    expect(files('node-pg-migrate', 'add-index')[0]?.body).toContain('pgm.noTransaction()')
    expect(files('alembic', 'add-index')[0]?.body).toContain('autocommit_block()')
    expect(files('dbmate', 'add-index')[0]?.body).toContain('transaction:false')
  })

  test('every short migration starts with a lock timeout', () => {
    for (const change of ['rename-column', 'add-nullable-column', 'drop-column', 'set-not-null']) {
      const found = files('prisma-migrate', change).filter(({ path }) => path.endsWith('migration.sql'))
      expect(found.length).toBeGreaterThan(0)
      for (const { body } of found) expect(body).toMatch(/^-- release \d, \w+\n(?:--.*\n)*SET LOCAL lock_timeout = '\d+ms';/)
    }
  })

  test('the same input gives the same bytes, and paths stay inside the project', () => {
    expect(files('knex', 'rename-column')).toEqual(files('knex', 'rename-column'))
    const paths = run({ stack: node, tool: 'knex', change: 'add-nullable-column', table: '../../etc/passwd', column: 'x', type: 'text' }).files.map(({ path }) => path)
    expect(paths.length).toBeGreaterThan(0)
    for (const path of paths) expect(path).toMatch(/^[a-zA-Z0-9_./-]+$/)
    expect(paths.join()).not.toContain('..')
  })
})
