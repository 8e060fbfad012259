import { table } from '../../../core/table.ts'
import { alembicBaseline, djangoBaseline, knexBaseline, laravelBaseline, nodePgMigrateBaseline, railsBaseline, typeormBaseline } from './baselines.ts'

/** How a tool takes over a database that exists: its first migration loads the dump of the schema, and is recorded without being run. */
export interface Adoption {
  /** The first migration, from the stamp; in a tool that runs SQL it is the dump itself, and `text` is undefined. */
  readonly path: (stamp: string) => string
  readonly text?: (stamp: string) => string
  /** Shell lines that make the file when it is more than the dump. */
  readonly place?: (path: string) => readonly string[]
  /** Shell lines that give the tool the address in DATABASE_URL when it wants another form of it. */
  readonly address?: readonly string[]
  /** Shell lines that record the first migration, and no other, where it is not recorded yet. */
  readonly mark: (stamp: string) => readonly string[]
  /** Tables that the tool makes beside the first migration, as patterns of pg_dump. */
  readonly excludes?: readonly string[]
  /** What the script's first lines say that it needs. */
  readonly needs?: readonly string[]
  /** What comes next where the tool also keeps a model of the schema. Said inside double quotes of a shell. */
  readonly models?: string
}

const sql = (...statements: readonly string[]): string => `sql ${statements.map((text) => `-c "${text}"`).join(' ')}`
/** A row of a tool's table, once. */
const record = (into: string, columns: string, values: string, found: string): string => `INSERT INTO ${into} (${columns}) SELECT ${values} WHERE NOT EXISTS (SELECT FROM ${into} WHERE ${found})`
const milliseconds = (stamp: string): string => `${Date.UTC(Number(stamp.slice(0, 4)), Number(stamp.slice(4, 6)) - 1, Number(stamp.slice(6, 8)))}`
const laravelName = (stamp: string): string => `${stamp.slice(0, 4)}_${stamp.slice(4, 6)}_${stamp.slice(6, 8)}_000000_baseline`
const versions = (stamp: string): readonly string[] => [sql('CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY)', record('schema_migrations', 'version', `'${stamp}'`, `version = '${stamp}'`))]

export const adoptions: Readonly<Record<string, Adoption | undefined>> = table<Record<string, Adoption>>({
  'prisma-migrate': {
    path: (stamp) => `prisma/migrations/${stamp}_baseline/migration.sql`,
    place: (path) => [`mkdir -p ${path.slice(0, path.lastIndexOf('/'))}`, `cp db/baseline.sql ${path}`, `echo 'provider = "postgresql"' >prisma/migrations/migration_lock.toml`],
    // It refuses to record one twice.
    mark: (stamp) => [
      `if [ "$(sql -c "SELECT to_regclass('_prisma_migrations') IS NULL")" = t ] || [ "$(sql -c "SELECT count(*) FROM _prisma_migrations WHERE migration_name = '${stamp}_baseline'")" = 0 ]; then`,
      `  npx prisma migrate resolve --applied ${stamp}_baseline`, 'fi',
    ],
    models: "The models: npx prisma db pull.",
  },
  'drizzle-kit': {
    path: () => 'drizzle/0000_baseline.sql',
    // Its snapshot tells the tool what exists; without one the next migration would make every table again.
    place: (path) => [
      `if [ ! -f ${path} ]; then`,
      "  [ ! -f drizzle/meta/_journal.json ] || { echo 'drizzle/ holds migrations already.' >&2; exit 1; }", '  npx drizzle-kit pull',
      `  tag=$(sed -n 's/.*"tag": "\\(.*\\)".*/\\1/p' drizzle/meta/_journal.json)`,
      '  sed "s/\\"$tag\\"/\\"0000_baseline\\"/" drizzle/meta/_journal.json >"$work/journal.json"', '  cp "$work/journal.json" drizzle/meta/_journal.json', '  rm "drizzle/$tag.sql"', 'fi',
      `cp db/baseline.sql ${path}`,
    ],
    mark: () => [
      'hash=$(sha256sum drizzle/0000_baseline.sql | cut -c1-64)', `when=$(node -p "JSON.parse(require('fs').readFileSync('drizzle/meta/_journal.json')).entries[0].when")`,
      sql('CREATE SCHEMA IF NOT EXISTS drizzle', 'CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)', record('drizzle.__drizzle_migrations', 'hash, created_at', "'$hash', $when", 'created_at >= $when')),
    ],
    models: 'The models are in drizzle/schema.ts: read what npx drizzle-kit generate would still change.',
  },
  knex: {
    path: (stamp) => `migrations/${stamp}_baseline.cjs`, text: () => knexBaseline,
    mark: (stamp) => ['npx knex migrate:list', sql(record('knex_migrations', 'name, batch, migration_time', `'${stamp}_baseline.cjs', 1, now()`, `name = '${stamp}_baseline.cjs'`))],
  },
  typeorm: {
    path: (stamp) => `src/migrations/${milliseconds(stamp)}-Baseline.ts`, text: (stamp) => typeormBaseline(`Baseline${milliseconds(stamp)}`),
    mark: (stamp) => [sql('CREATE TABLE IF NOT EXISTS migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)', record('migrations', 'timestamp, name', `${milliseconds(stamp)}, 'Baseline${milliseconds(stamp)}'`, `name = 'Baseline${milliseconds(stamp)}'`))],
  },
  'node-pg-migrate': {
    path: (stamp) => `migrations/${stamp}000_baseline.mjs`, text: () => nodePgMigrateBaseline,
    mark: (stamp) => [sql('CREATE TABLE IF NOT EXISTS pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)', record('pgmigrations', 'name, run_on', `'${stamp}000_baseline', now()`, `name = '${stamp}000_baseline'`))],
  },
  dbmate: {
    path: (stamp) => `db/migrations/${stamp}_baseline.sql`,
    place: (path) => ['mkdir -p db/migrations', `{ echo '-- migrate:up'; cat db/baseline.sql; echo '-- migrate:down'; echo "DO 'BEGIN RAISE EXCEPTION ''This is where it began.''; END';"; } >${path}`],
    mark: versions,
  },
  alembic: {
    path: () => 'alembic/versions/000000000000_baseline.py', text: () => alembicBaseline,
    // A database that is further on stays where it is.
    mark: () => ['[ -n "$(alembic current 2>/dev/null)" ] || alembic stamp 000000000000'],
  },
  'django-migrations': {
    path: () => 'db/baseline/0001_baseline.py', text: () => djangoBaseline,
    needs: ['APP is the app that takes the tables, with its folder APP/migrations. Tables that Django brings itself are left to Django.'],
    place: (path) => ['mkdir -p "${APP:?the app that takes the tables}/migrations"', 'touch "$APP/migrations/__init__.py"', `cp ${path} "$APP/migrations/0001_baseline.py"`],
    mark: () => ['python manage.py showmigrations "${APP:?the app that takes the tables}" | grep -q "\\[X\\] 0001_baseline" || python manage.py migrate --fake "$APP" 0001_baseline'],
    excludes: ['*.(auth|django)_(group|group_permissions|permission|user|user_groups|user_user_permissions|admin_log|content_type|session|site)', '*.(auth|django)_(group|group_permissions|permission|user|user_groups|user_user_permissions|admin_log|content_type|site)_id_seq'],
    models: 'The models: python manage.py inspectdb, then makemigrations.',
  },
  flyway: {
    path: (stamp) => `src/main/resources/db/migration/V${stamp}__baseline.sql`,
    address: [String.raw`FLYWAY_URL=$(printf %s "$DATABASE_URL" | sed -E 's#^postgres(ql)?://(([^:@/]*)(:([^@/]*))?@)?([^?]*)[?]?(.*)$#jdbc:postgresql://\6?user=\3\&password=\5\&\7#')`, 'export FLYWAY_URL'],
    mark: (stamp) => [`flyway baseline -baselineVersion=${stamp}`],
  },
  'rails-migrations': { path: (stamp) => `db/migrate/${stamp}_baseline.rb`, text: () => railsBaseline, mark: versions, models: 'Set config.active_record.schema_format = :sql, or db/schema.rb forgets functions and triggers.' },
  'laravel-migrations': {
    path: (stamp) => `database/migrations/${laravelName(stamp)}.php`, text: () => laravelBaseline,
    mark: (stamp) => [sql('CREATE TABLE IF NOT EXISTS migrations (id serial PRIMARY KEY, migration varchar(255) NOT NULL, batch int NOT NULL)', record('migrations', 'migration, batch', `'${laravelName(stamp)}', 1`, `migration = '${laravelName(stamp)}'`))],
  },
})
