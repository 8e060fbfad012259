import type { Adoption } from './tools.ts'

/** Tables of migration tools, and the sequences of their keys: no part of the schema that is compared. */
const bookkeeping = [
  '_prisma_migrations', '__diesel_schema_migrations', 'alembic_version', 'ar_internal_metadata', 'django_migrations', 'django_migrations_id_seq', 'flyway_schema_history', 'knex_migrations', 'knex_migrations_id_seq',
  'knex_migrations_lock', 'knex_migrations_lock_index_seq', 'migration_progress', 'migrations', 'migrations_id_seq', 'pgmigrations', 'pgmigrations_id_seq', 'schema_migrations',
]

/**
 * Steps by which an existing PostgreSQL database comes under a tool: dump, mark, verify. Each can be run again. `apply` is the command that
 * applies migrations, `variables` are the names under which the tool reads its address.
 */
export function adoptionScript(adoption: Adoption, stamp: string, apply: string, variables: readonly string[]): string {
  const path = adoption.path(stamp)
  const place = adoption.place ?? (adoption.text === undefined ? (file: string) => [`mkdir -p ${file.slice(0, file.lastIndexOf('/'))}`, `cp db/baseline.sql ${file}`] : () => [])
  const names = [...new Set(['DATABASE_URL', 'DIRECT_DATABASE_URL', ...variables])]
  const exclude = [`*.(${bookkeeping.join('|')})`, '*."__EFMigrationsHistory"', ...(adoption.excludes ?? [])].map((pattern) => `--exclude-table='${pattern}'`).join(' ')
  return [
    '#!/bin/sh',
    '# An existing database comes under the migration tool: sh db/adopt.sh dump, then mark, then verify. Needs pg_dump and psql.',
    ...(adoption.needs ?? []).map((line) => `# ${line}`),
    'set -eu',
    'work=$(mktemp -d)',
    `trap 'rm -rf "$work"' EXIT`, '',
    'sql() { psql -X -q -At -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }',
    '# Whatever name the tool reads its address by, this is the database that it works on.',
    `point_at() { export ${names.map((name) => `${name}="$1"`).join(' ')}; }`,
    '# A dump without what belongs to its own session, and without what migration tools note for themselves.',
    'schema() {',
    `  pg_dump --schema-only --no-owner --no-privileges --no-tablespaces --exclude-schema=drizzle ${exclude} --file="$work/dump.sql" "$1"`,
    String.raw`  sed -E -e '/^\\(un)?restrict [A-Za-z0-9]+$/d' -e '/^CREATE SCHEMA public;$/d' -e '1,/^SET row_security = /{/^SET check_function_bodies/!d;}' "$work/dump.sql"`,
    '}', '',
    'case "${1:-}" in',
    'dump) # the schema of production becomes the first migration',
    '  point_at "${DIRECT_DATABASE_URL:?the database that exists}"',
    '  schema "$DATABASE_URL" >"$work/baseline.sql"',
    '  cp "$work/baseline.sql" db/baseline.sql', ...place(path).map((line) => `  ${line}`), '  ;;',
    'mark) # in every database that exists: recorded, not run',
    '  point_at "${DIRECT_DATABASE_URL:?the database that exists}"', ...(adoption.address ?? []).map((line) => `  ${line}`), ...adoption.mark(stamp).map((line) => `  ${line}`), '  ;;',
    'verify) # a database built from the files has the same schema',
    '  point_at "${EMPTY_DATABASE_URL:?an empty database}"', ...(adoption.address ?? []).map((line) => `  ${line}`),
    `  tables=$(sql -c "SELECT count(*) FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')")`,
    `  [ "$tables" -eq 0 ] || { echo "EMPTY_DATABASE_URL leads to a database with $tables tables. Nothing was run." >&2; exit 1; }`,
    `  ${apply}`,
    '  schema "$DATABASE_URL" >"$work/built.sql"',
    '  diff db/baseline.sql "$work/built.sql"', `  echo "No difference.${adoption.models === undefined ? '' : ` ${adoption.models}`}"`, '  ;;',
    '*) echo "sh db/adopt.sh dump|mark|verify" >&2; exit 2 ;;', 'esac',
  ].join('\n')
}
