import { table } from '../../../core/table.ts'
import { alembic } from './alembic.ts'
import { dbmate } from './dbmate.ts'
import { django } from './django.ts'
import { drizzle } from './drizzle.ts'
import { efCore } from './ef-core.ts'
import { flyway } from './flyway.ts'
import type { MigrationFormat } from './format.ts'
import { knex } from './knex.ts'
import { laravel } from './laravel.ts'
import { migrateMongo } from './migrate-mongo.ts'
import { nodePgMigrate } from './node-pg-migrate.ts'
import { prisma } from './prisma.ts'
import { rails } from './rails.ts'
import { typeorm } from './typeorm.ts'

/** The formats of the tools, by sheet id. For a tool without one plain SQL is written, to be pasted into an empty migration. */
export const formats: Readonly<Record<string, MigrationFormat | undefined>> = table({
  alembic, dbmate, 'django-migrations': django, 'drizzle-kit': drizzle, 'ef-core': efCore, flyway, knex, 'laravel-migrations': laravel, 'migrate-mongo': migrateMongo,
  'node-pg-migrate': nodePgMigrate, 'prisma-migrate': prisma, 'rails-migrations': rails, typeorm,
})
