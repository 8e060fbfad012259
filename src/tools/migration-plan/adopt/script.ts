import type { Adoption } from './tools.ts'

/** Tables of migration tools: no part of the schema that is compared. */
const bookkeeping = ['schema_migrations', 'ar_internal_metadata', 'pgmigrations', 'knex_migrations', 'knex_migrations_lock', 'migrations', 'alembic_version', 'flyway_schema_history', '__EFMigrationsHistory', '_prisma_migrations', 'migration_progress', '__drizzle_migrations']

/** Steps by which an existing PostgreSQL database comes under a tool: dump, mark, verify. `apply` is the command that applies migrations. */
export function adoptionScript(adoption: Adoption, stamp: string, apply: string): string {
  const path = adoption.path(stamp)
  const folder = path.slice(0, path.lastIndexOf('/'))
  const copies = adoption.text === undefined ? [`mkdir -p ${folder}`, ...(path.startsWith('db/planned/') || adoption.place === undefined ? [`cp db/baseline.sql ${path}`] : []), ...(adoption.place?.(path) ?? [])] : []
  return [
    '#!/bin/sh',
    '# An existing database comes under the migration tool: sh db/adopt.sh dump, then mark, then verify. Needs pg_dump and psql.',
    'set -eu', '',
    'schema() {',
    `  pg_dump --schema-only --no-owner --no-privileges ${bookkeeping.map((name) => `--exclude-table='*.${name === '__EFMigrationsHistory' ? '"__EFMigrationsHistory"' : name}*'`).join(' ')} --exclude-schema=drizzle "$1" |`,
    // What belongs to the session of a dump would stay with the tool's connection.
    "    sed -E '/^\\\\(un)?restrict /d; /^SET (statement_timeout|lock_timeout|idle|transaction_timeout|client_encoding|standard_conf|client_min|row_security|xmloption|default_)/d; /set_config\\(/d; /^CREATE SCHEMA public;/d; /^--/d; /^$/d'",
    '}', '',
    'case "${1:-}" in',
    'dump) # the schema of production becomes the first migration',
    '  schema "${DIRECT_DATABASE_URL:?the database that exists}" >db/baseline.sql', ...copies.map((line) => `  ${line}`), '  ;;',
    'mark) # in every database that exists: recorded, not run',
    '  : "${DIRECT_DATABASE_URL:?the database that exists}"', '  export DATABASE_URL="$DIRECT_DATABASE_URL"', ...adoption.mark(stamp).map((line) => `  ${line}`), '  ;;',
    'verify) # a database built from the files has the same schema',
    `  DIRECT_DATABASE_URL="\${EMPTY_DATABASE_URL:?an empty database}" DATABASE_URL="$EMPTY_DATABASE_URL" ${apply}`,
    '  schema "$EMPTY_DATABASE_URL" | diff db/baseline.sql - && echo "No difference."', '  ;;',
    '*) echo "sh db/adopt.sh dump|mark|verify" >&2; exit 2 ;;', 'esac',
  ].join('\n')
}
