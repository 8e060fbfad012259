import { expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

knowledge()
const choose = (input: MigrationInput) => migrationPlan.run(input, { knowledge: knowledge(), asOf, detail: 'normal' })

/** Answers of somebody who has run such systems, written before the tool was asked. */
test.each<[string, MigrationInput, string]>([
  ['Go behind React', { stack: ['go', 'postgres', 'react'] }, 'dbmate'],
  ['React named first, Go behind it', { stack: ['React', 'TypeScript', 'Go', 'PostgreSQL 17'] }, 'dbmate'],
  ['a Unity game with a Go server', { stack: ['unity', 'go', 'redis', 'postgresql'] }, 'dbmate'],
  ['a Unity game with ASP.NET', { stack: ['unity', 'asp.net', 'postgresql'] }, 'ef-core'],
  ['a Unity game, server unknown', { stack: ['unity', 'postgresql'] }, 'dbmate'],
  ['Flutter and Python', { stack: ['flutter', 'fastapi', 'postgres'] }, 'alembic'],
  ['Flutter on a hosted PostgreSQL', { stack: ['flutter', 'supabase'] }, 'dbmate'],
  ['Swift and Kotlin apps before Rails', { stack: ['swift', 'kotlin', 'rails', 'postgres'] }, 'rails-migrations'],
  ['React Native before Django', { stack: ['react native', 'django', 'postgres'] }, 'django-migrations'],
  ['React Native before Node', { stack: ['expo', 'express', 'postgres'] }, 'node-pg-migrate'],
  ['Angular before Spring', { stack: ['angular', 'spring boot', 'postgres'] }, 'flyway'],
  ['Angular before .NET on SQL Server', { stack: ['angular', 'c#', 'mssql'] }, 'ef-core'],
  ['Vue before Laravel', { stack: ['vue', 'laravel', 'mysql'] }, 'laravel-migrations'],
  ['Vue before plain PHP', { stack: ['vue', 'php', 'mysql'] }, 'dbmate'],
  ['Next.js before FastAPI', { stack: ['nextjs', 'fastapi', 'postgres'] }, 'alembic'],
  ['Next.js alone', { stack: ['nextjs', 'postgres'] }, 'node-pg-migrate'],
  ['Next.js with a Python script beside it', { stack: ['nextjs', 'python', 'postgres'] }, 'node-pg-migrate'],
  ['Next.js and Prisma before a Go service', { stack: ['nextjs', 'prisma', 'go', 'postgres'] }, 'prisma-migrate'],
  ['Node and Go in one product', { stack: ['node', 'go', 'postgres'] }, 'node-pg-migrate'],
  ['React and Node', { stack: ['react', 'node', 'postgres'] }, 'node-pg-migrate'],
  ['React and MySQL, nothing else said', { stack: ['react', 'mysql'] }, 'knex'],
  ['SvelteKit and Drizzle on SQLite', { stack: ['sveltekit', 'drizzle', 'turso'] }, 'drizzle-kit'],
  ['Hono on SQLite', { stack: ['hono', 'sqlite'] }, 'knex'],
  ['NestJS and TypeORM', { stack: ['nestjs', 'typeorm', 'mysql'] }, 'typeorm'],
  ['Kysely writes queries, not migrations', { stack: ['hono', 'kysely', 'postgres'] }, 'node-pg-migrate'],
  ['Rust before React', { stack: ['rust', 'react', 'postgres'] }, 'dbmate'],
  ['Phoenix', { stack: ['phoenix', 'postgres'] }, 'dbmate'],
  ['Scala', { stack: ['scala', 'postgres'] }, 'flyway'],
  ['Kotlin on the server', { stack: ['ktor', 'postgres'] }, 'flyway'],
  ['Java and Hibernate on MariaDB', { stack: ['java', 'hibernate', 'mariadb'] }, 'flyway'],
  ['Go on SQL Server', { stack: ['go', 'mssql'] }, 'flyway'],
  ['Flask and SQLAlchemy', { stack: ['flask', 'sqlalchemy', 'sqlite'] }, 'alembic'],
  ['Django on MySQL', { stack: ['django', 'mysql'] }, 'django-migrations'],
  ['a mature product with Mongoose', { stack: ['react', 'express', 'mongoose'], stage: 'production' }, 'migrate-mongo'],
  ['Go on MongoDB behind React', { stack: ['go', 'react', 'mongodb'], stage: 'growth' }, 'versioned-scripts'],
  ['Drizzle in use stays, although it builds no index without blocking', { stack: ['typescript', 'postgres'], tool: 'drizzle', change: 'add-index', table: 'users', columns: ['email'] }, 'drizzle-kit'],
  ['TypeORM in use stays, although it takes no lock', { stack: ['go', 'react', 'postgres'], migrationTool: 'typeorm' }, 'typeorm'],
  ['Flyway in use stays in a Django project', { stack: ['django', 'postgres'], migrationTool: 'flyway' }, 'flyway'],
  ['Mongoose moves nothing, and a field is to be renamed', { stack: ['mongoose'], stage: 'mvp', change: 'mongo-rename-field', table: 'users', from: 'name', to: 'fullName' }, 'migrate-mongo'],
  ['Mongoose named as the tool of a product that grows', { stack: ['typescript', 'mongodb'], migrationTool: 'mongoose', stage: 'growth' }, 'migrate-mongo'],
  ['React Native on a hosted PostgreSQL', { stack: ['expo', 'supabase'] }, 'dbmate'],
  ['a dead tool goes to its heir', { stack: ['flask', 'postgres'], migrationTool: 'sqlalchemy-migrate' }, 'alembic'],
  ['Prisma cannot reach DynamoDB; there is no tool', { stack: ['nextjs', 'dynamodb'] }, 'none'],
])('%s', (_, input, tool) => {
  expect(choose(input).decision.tool).toBe(tool)
})

test('what only the client is written in suggests no alternative', () => {
  expect(choose({ stack: ['go', 'react', 'postgres'] }).alternatives.map(({ id }) => id)).not.toContain('knex')
  expect(choose({ stack: ['unity', 'go', 'postgres'] }).alternatives.map(({ id }) => id)).not.toContain('ef-core')
})

test.each([['sequelize', 'node-pg-migrate'], ['liquibase', 'flyway'], ['goose', 'dbmate']])('%s in the stack has migrations that no sheet describes: that is said, not passed over', (word, tool) => {
  const { decision, assumptions } = choose({ stack: [{ sequelize: 'typescript', liquibase: 'java' }[word] ?? 'go', word, 'postgres'] })
  expect(decision.tool).toBe(tool)
  expect(assumptions.find(({ field }) => field === 'migrationTool')?.changes).toContain(word)
})

test('two libraries with migrations: one is taken, the other named', () => {
  expect(choose({ stack: ['prisma', 'knex', 'postgres'] }).assumptions).toContainEqual(expect.objectContaining({ field: 'migrationTool', assumed: 'prisma-migrate', changes: expect.stringContaining('knex') }))
  expect(choose({ stack: ['django', 'postgres'] }).assumptions.map(({ field }) => field)).not.toContain('migrationTool')
})

test('a tool without a sheet is refused with the list, and may stay', () => {
  for (const tool of ['sequelize', 'Umzug', 'golang-migrate']) {
    expect(() => choose({ stack: ['typescript', 'postgres'], tool }), tool).toThrow(InputError)
    expect(() => choose({ stack: ['typescript', 'postgres'], tool }), tool).toThrow(/expected one of alembic.*leave tool out/)
  }
})

test('what maps documents and moves none is set aside with that reason', () => {
  expect(choose({ stack: ['mongoose'], stage: 'growth' }).rejected).toContainEqual(expect.objectContaining({ id: 'mongoose', rule: 'moves-no-data' }))
})

test('a plan whose neighbour needs one more field is answered all the same', () => {
  const draft = migrationPlan.run({ database: 'postgresql', change: 'rename-column', table: 'people', column: 'name', to: 'full_name', downtimeTolerance: 'window' }, { knowledge: knowledge(), asOf, detail: 'normal' })
  expect(draft.decision.level).toBe('L0')
})

test.each(['gh-ost', 'pt-online-schema-change'])('%s is no migration tool, and the refusal says where it belongs', (tool) => {
  expect(() => migrationPlan.run({ database: 'mysql', tool }, { knowledge: knowledge(), asOf, detail: 'normal' })).toThrow(/leave tool out and name it/)
})
