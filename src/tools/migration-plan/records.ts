import type { FileRequest } from './formats/format.ts'
import { className } from './formats/format.ts'

type Named = Pick<FileRequest, 'stamp' | 'name'>
const ending = (table: string, column: string) => ({ name }: Named): string => `DELETE FROM ${table} WHERE ${column} ~ '${name}(\\.\\w+)?$'`
const stamped = ({ stamp }: Named): string => `DELETE FROM schema_migrations WHERE version = '${stamp}'`

/**
 * SQL after which a tool takes a file for one that it never ran, by tool. A way back that a person runs tells the tool nothing: without this it
 * answers that there is nothing to do. A file that waited has a stamp of its day, so it is found by its name where the tool keeps that.
 */
const forgets: Readonly<Record<string, (file: Named) => string>> = {
  dbmate: stamped,
  'rails-migrations': stamped,
  'django-migrations': ending('django_migrations', 'name'),
  'drizzle-kit': () => 'DELETE FROM drizzle.__drizzle_migrations WHERE id = (SELECT max(id) FROM drizzle.__drizzle_migrations)',
  'ef-core': ({ name }) => `DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%_${className(name)}'`,
  flyway: ending('flyway_schema_history', 'script'),
  knex: ending('knex_migrations', 'name'),
  'laravel-migrations': ending('migrations', 'migration'),
  'node-pg-migrate': ending('pgmigrations', 'name'),
  'prisma-migrate': ending('_prisma_migrations', 'migration_name'),
  typeorm: ({ name }) => `DELETE FROM migrations WHERE name ~ '^${className(name)}\\d+$'`,
}

/** What makes a tool forget one file; undefined where the tool's own command has to do it. */
export const forget = (tool: string, file: Named): string | undefined => forgets[tool]?.(file)
