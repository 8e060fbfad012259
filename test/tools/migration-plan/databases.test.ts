import { describe, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { planners } from '../../../src/tools/migration-plan/databases/planners.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { largestResults } from '../../support/tokens.ts'
import { requests } from './cases.ts'
import { mysqlRequests } from './mysql-cases.ts'

const run = (input: MigrationInput) => migrationPlan.run({ stage: 'growth', ...input }, { knowledge: knowledge(), asOf, detail: 'normal' })
const statements = (input: MigrationInput): readonly string[] => run(input).decision.phases.flatMap((phase) => phase.statements.map(({ sql }) => sql))
const big: MigrationInput = { rows: 5_000_000 }
const mongoRequest: MigrationInput = { table: 'users', column: 'name', columns: ['email'], from: 'name', to: 'fullName', type: 'string', expression: '3600', references: 'parts(ownerId)' }
const requestFor = (database: string, change: string): MigrationInput => (database === 'mongodb' ? mongoRequest : { type: 'varchar(40)', ...requests[change], ...(database === 'mysql' || database === 'mariadb' ? mysqlRequests[change] : {}) })

describe('MySQL and MariaDB', () => {
  test.each<[string, MigrationInput, string, string, RegExp]>([
    ['a small table is copied at once', { database: 'mysql 8.4', rows: 20_000, change: 'pk-int-to-bigint' }, 'L1', 'sql', /ALGORITHM=COPY, LOCK=SHARED$/],
    ['a large one by pt-online-schema-change', { database: 'mysql 8.4', ...big, change: 'pk-int-to-bigint' }, 'L4', 'shell', /^pt-online-schema-change .*--execute D="\$DATABASE_NAME",t=orders$/],
    ['without foreign keys by gh-ost', { database: 'mysql 8.4', ...big, inboundForeignKeys: 0, change: 'pk-int-to-bigint' }, 'L4', 'shell', /^gh-ost .*--execute$/],
    ['never by gh-ost on MariaDB', { database: 'mariadb 10.11', ...big, inboundForeignKeys: 0, change: 'pk-int-to-bigint' }, 'L4', 'shell', /^pt-online-schema-change/],
    ['by the server itself from MariaDB 11.2', { database: 'mariadb 11.8', ...big, change: 'pk-int-to-bigint' }, 'L2', 'sql', /ALGORITHM=COPY, LOCK=NONE$/],
    ['at once in a window', { database: 'mysql 8.4', ...big, downtimeTolerance: 'window', deployStyle: 'recreate', change: 'type-narrow' }, 'L0', 'sql', /ALGORITHM=COPY, LOCK=SHARED$/],
    ['a new column is instant, and MySQL takes no LOCK beside it', { database: 'mysql 8.4', ...big, change: 'add-nullable-column' }, 'L1', 'sql', /ALGORITHM=INSTANT$/],
    ['MariaDB does', { database: 'mariadb 10.11', ...big, change: 'add-nullable-column' }, 'L1', 'sql', /ALGORITHM=INSTANT, LOCK=NONE$/],
    ['an index is built in place', { database: 'mysql 8.4', ...big, change: 'add-index' }, 'L2', 'sql', /ALGORITHM=INPLACE, LOCK=NONE$/],
  ])('%s', (_, input, level, language, last) => {
    const { decision } = run({ ...mysqlRequests[input.change as string], ...input })
    const all = decision.phases.flatMap((phase) => phase.statements)
    expect(decision.level).toBe(level)
    // After a copy by a tool the old table goes.
    const change = all.filter(({ sql }) => !sql.startsWith('DROP TABLE')).at(-1)
    expect(change?.language ?? 'sql').toBe(language)
    expect(change?.sql).toMatch(last)
  })

  test.each<[string, string, string, RegExp]>([
    ['mysql 8.4', 'drop-column', 'INSTANT', /INSTANT \(MySQL 8\.0\.29 or later\)/], ['mysql 8.0', 'drop-column', 'INSTANT', /INSTANT/], ['mysql 8.0.20', 'drop-column', 'INPLACE, LOCK=NONE', /step 2 is INPLACE and writes every row again/i],
    ['mariadb 10.11', 'drop-column', 'INSTANT, LOCK=NONE', /MariaDB 10\.4 or later/], ['mysql', 'change-column-default', 'INSTANT', /8\.0\.12 or later/], ['mariadb', 'add-index', 'NOCOPY, LOCK=NONE', /Replicas .*lag/],
  ])('%s, %s: what the server of that version does', (database, change, algorithm, words) => {
    const draft = run({ database, change, ...mysqlRequests[change], ...big })
    expect(draft.decision.phases.flatMap((phase) => phase.statements.map(({ sql }) => sql)).filter((sql) => sql.startsWith('ALTER TABLE') && sql.endsWith(`ALGORITHM=${algorithm}`)).length).toBeGreaterThan(0)
    expect(draft.sections.map(({ body }) => body).join()).toMatch(words)
  })

  test('a copy by a tool says what the application meets, leaves the old table, and drops it later by hand', () => {
    const draft = run({ database: 'mariadb 10.11', change: 'type-narrow', ...mysqlRequests['type-narrow'], ...big })
    expect(draft.sections.map(({ body }) => body).join()).toContain('1213')
    expect(draft.decision.phases.find(({ phase }) => phase === 'expand')).toMatchObject({ statements: [{ sql: expect.stringMatching(/--no-drop-old-table.*--max-lag/) as string }], rollback: { statements: [expect.stringMatching(/^pt-online-schema-change.*VARCHAR\(50\)/) as string] } })
    expect(draft.files.filter(({ body }) => body.includes('DROP TABLE')).map(({ path }) => path.startsWith('db/planned/'))).toEqual([true])
  })

  test('gh-ost starts on the primary only where there is no replica', () => {
    const command = (replicas: number | undefined): string => run({ database: 'mysql 8.4', change: 'pk-int-to-bigint', ...mysqlRequests['pk-int-to-bigint'], ...big, inboundForeignKeys: 0, ...(replicas === undefined ? {} : { replicas }) }).decision.phases.map(({ statements }) => statements[0]?.sql).join()
    expect(command(0)).toContain('--allow-on-master')
    expect(command(2)).not.toContain('--allow-on-master')
  })

  test('every ALTER TABLE names its algorithm', () => {
    let seen = 0
    for (const database of ['mysql 8.4', 'mariadb 10.11']) for (const [change, request] of Object.entries(mysqlRequests)) for (const sql of statements({ database, ...request, change, ...big })) {
      if (!sql.startsWith('ALTER TABLE')) continue
      seen += 1
      expect(sql).toMatch(/, ALGORITHM=(INSTANT|NOCOPY|INPLACE|COPY)(, LOCK=\w+)?$/)
      if (database.startsWith('mysql')) expect(sql).not.toContain('NOCOPY')
    }
    expect(seen).toBeGreaterThan(50)
  })

  test('each file begins with a lock timeout, and holds one statement unless they share a session or may be repeated', () => {
    const files = run({ database: 'mysql', tool: 'dbmate', change: 'rename-column', ...mysqlRequests['rename-column'], ...big }).files.filter(({ path }) => path.includes('/release-') || path.startsWith('db/migrations'))
    expect(files.length).toBeGreaterThan(4)
    for (const { body } of files) {
      expect(body).toContain('SET SESSION lock_wait_timeout = 1;')
      expect(body.split('-- migrate:down')[0]?.split(';\n').filter((line) => /^(ALTER|CREATE|DROP|RENAME)/.test(line) && !/TRIGGER IF/.test(line)).length).toBeLessThanOrEqual(1)
    }
    const swap = run({ database: 'mysql', tool: 'flyway', change: 'type-change-rewrite', ...mysqlRequests['type-change-rewrite'], ...big }).files.find(({ body }) => body.includes('LOCK TABLES'))?.body ?? ''
    expect(swap.split(';\n').map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['LOCK', 'ALTER', 'DROP']))
  })

  test.each<[string, MigrationInput, RegExp]>([
    ['a tool is given only plain names', { database: 'mysql', change: 'pk-int-to-bigint', table: 'a,b', ...big }, /letters, digits/],
    ['a widening that is a copy', { database: 'mysql', change: 'type-widen-metadata-only', table: 'a', column: 'b', from: 'varchar(50)', type: 'varchar(100)' }, /63 characters.*type-change-rewrite/],
    ['an enum without its values', { database: 'mysql', change: 'enum-add-value', table: 'a', column: 'b', type: 'text' }, /enum\('new'/],
    ['a name that ends in a space', { database: 'mysql', change: 'add-nullable-column', table: 'a ', column: 'b', type: 'text' }, /space at its end/],
    ['text that is none', { database: 'mysql', change: 'add-nullable-column', table: 'a', column: 'b', type: "enum('a'); DROP TABLE x" }, /column type/],
  ])('refused in one sentence: %s', (_, input, message) => {
    expect(() => run(input)).toThrow(InputError)
    expect(() => run(input)).toThrow(message)
  })
})

describe('SQL Server, as read', () => {
  const index = (databaseVersion: string): string => statements({ database: 'sqlserver', databaseVersion, change: 'add-index', ...requests['add-index'] }).join()
  test('an index waits behind everybody else only from 2022 on', () => {
    expect(index('2019')).toMatch(/WITH \(ONLINE = ON\)$/)
    expect(index('2022')).toContain('WAIT_AT_LOW_PRIORITY')
  })

  test('a constraint holds for new rows first and is trusted after the check', () => {
    expect(statements({ database: 'sqlserver', change: 'add-check', ...requests['add-check'] }).map((sql) => /WITH NOCHECK ADD|WITH CHECK CHECK/.exec(sql)?.[0])).toEqual(['WITH NOCHECK ADD', 'WITH CHECK CHECK'])
  })

  test('names and texts are quoted for T-SQL', () => {
    expect(statements({ database: 'sqlserver', change: 'rename-column', table: "a]b'c", from: "d]'", to: "e'f", type: 'text', rows: 10, deployStyle: 'recreate', downtimeTolerance: 'window' })).toEqual(["EXEC sp_rename N'[dbo].[a]]b''c].[d]]'']', N'e''f', 'COLUMN'"])
  })

  const beside = (change: string, more: MigrationInput = {}): readonly string[] => statements({ database: 'sqlserver 2022', change, ...requests[change], ...more })
  test.each<[string, MigrationInput]>([
    ['rename-column', { table: "a]b'c", from: "d]'", to: "e'f", type: 'varchar(40)', nullable: false }], ['rename-column', { table: 'users', from: 'name', to: 'full_name', type: 'text', nullable: true }], ['type-change-rewrite', { table: 'users', column: 'age', from: 'int', type: 'bigint' }],
  ])('%s while versions run: a second column, a trigger, batches, and a swap in one transaction, %j', (change, input) => {
    const draft = run({ database: 'sqlserver 2022', change, ...input })
    expect(draft.decision).toMatchObject({ level: 'L3', deploysNeeded: 3 })
    expect(draft.decision.phases.filter(({ statements: all }) => all.length > 0).map(({ phase, release }) => [phase, release])).toEqual([['expand', 1], ['backfill', 1], ['contract', 3]])
    const all = beside(change, input)
    expect(all.filter((sql) => sql.startsWith('EXEC (N\'CREATE TRIGGER')).length).toBe(1)
    expect(draft.files.find(({ path }) => path.startsWith('db/backfills/'))?.body).toContain('UPDATE TOP (4000)')
    expect(draft.files.find(({ path }) => path.startsWith('db/backfills/'))?.verifyWith).toContain('sqlcmd')
  })

  test('where the application stands still the name changes at once, and code that has it is asked for before a column goes', () => {
    expect(beside('rename-column', { type: 'text', rows: 10, deployStyle: 'recreate', downtimeTolerance: 'window' })).toEqual([expect.stringContaining('sp_rename') as string])
    expect(run({ database: 'sqlserver', change: 'drop-column', ...requests['drop-column'] }).decision.phases.some(({ verify }) => verify?.includes('sql_modules'))).toBe(true)
  })

  test('the report says that nothing was run', () => {
    expect(run({ database: 'sqlserver', change: 'add-index', ...requests['add-index'] }).sections.map(({ body }) => body).join()).toContain('not run on a server')
  })
})

describe('every database', () => {
  const all = Object.entries(planners).flatMap(([database, planner]) => (planner?.changes ?? []).map((change) => ({ database, change })))
  test('has changes that have sheets', () => {
    expect(all.length).toBeGreaterThan(80)
    for (const { change } of all) expect(knowledge()['schema-changes'], change).toHaveProperty(change)
  })

  test.each(all)('$database, $change: plans, cites what it used and writes files', ({ database, change }) => {
    const draft = run({ database, change, ...requestFor(database, change), ...(database === 'mongodb' && change === 'mongo-schema-validator' ? { column: undefined } : {}) })
    expect(draft.decision.phases.length).toBeGreaterThan(0)
    expect(draft.files.length).toBeGreaterThan(0)
    for (const { path } of draft.files) expect(path).toMatch(/^[A-Za-z0-9_./-]+$/)
    const releases = draft.decision.phases.map(({ release }) => release)
    expect([...releases].sort()).toEqual(releases)
    if (database !== 'mongodb') expect(draft.sources.map(({ id }) => id).join()).toContain(`${database}/`)
  })

  test('a result at normal detail takes at most 2,500 tokens', { timeout: 60_000 }, async () => {
    const cases = all.flatMap(({ database, change }) => [{ stage: 'growth', ...big }, { stage: 'mvp' }].map((more) => ({ args: { database, change, ...requestFor(database, change), ...more } as MigrationInput })))
    const [largest] = await largestResults('migration_plan', cases)
    expect(largest?.tokens, JSON.stringify(largest)).toBeLessThanOrEqual(2500)
  })
})
