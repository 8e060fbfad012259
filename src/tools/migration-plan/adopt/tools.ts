import { table } from '../../../core/table.ts'

/** How a tool takes over a database that exists: its first migration loads the dump of the schema, and is recorded without being run. */
export interface Adoption {
  /** The first migration, from the stamp; in a tool that runs SQL it is the dump itself, and `text` is undefined. */
  readonly path: (stamp: string) => string
  readonly text?: (stamp: string) => string
  /** Shell lines that make the file when it is more than the dump. */
  readonly place?: (path: string) => readonly string[]
  /** Shell lines that record it where the schema exists. */
  readonly mark: (stamp: string) => readonly string[]
}

const psql = (...statements: readonly string[]): string => `psql -X -q -v ON_ERROR_STOP=1 "$DIRECT_DATABASE_URL" ${statements.map((sql) => `-c "${sql.replaceAll('"', '\\"')}"`).join(' ')}`
const milliseconds = (stamp: string): string => `${Date.UTC(Number(stamp.slice(0, 4)), Number(stamp.slice(4, 6)) - 1, Number(stamp.slice(6, 8)))}`

export const adoptions: Readonly<Record<string, Adoption | undefined>> = table<Record<string, Adoption>>({
  'prisma-migrate': { path: (stamp) => `prisma/migrations/${stamp}_baseline/migration.sql`, mark: (stamp) => [`npx prisma migrate resolve --applied ${stamp}_baseline`] },
  'drizzle-kit': {
    path: () => 'db/planned/baseline.sql',
    place: (path) => [`node db/add-to-drizzle.mjs ${path}`],
    mark: () => [
      'file=$(ls drizzle/*_baseline.sql)', 'hash=$(sha256sum "$file" | cut -c1-64)', `when=$(node -p "JSON.parse(require('fs').readFileSync('drizzle/meta/_journal.json')).entries[0].when")`,
      psql('CREATE SCHEMA IF NOT EXISTS drizzle', 'CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)', "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('$hash', $when)"),
    ],
  },
  knex: {
    path: (stamp) => `migrations/${stamp}_baseline.cjs`,
    text: () => "const { readFileSync } = require('node:fs')\n\nexports.up = (knex) => knex.raw(readFileSync('db/baseline.sql', 'utf8').replaceAll('?', '\\\\?'))\n\nexports.down = async () => {\n  throw new Error('This is where it began.')\n}",
    mark: (stamp) => ['npx knex migrate:list', psql(`INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('${stamp}_baseline.cjs', 1, now())`)],
  },
  typeorm: {
    path: (stamp) => `src/migrations/${milliseconds(stamp)}-Baseline.ts`,
    text: (stamp) => `import { readFileSync } from 'node:fs'\nimport type { MigrationInterface, QueryRunner } from 'typeorm'\n\nexport class Baseline${milliseconds(stamp)} implements MigrationInterface {\n  name = 'Baseline${milliseconds(stamp)}'\n\n  async up(queryRunner: QueryRunner): Promise<void> {\n    await queryRunner.query(readFileSync('db/baseline.sql', 'utf8'))\n  }\n\n  async down(): Promise<void> {\n    throw new Error('This is where it began.')\n  }\n}`,
    mark: () => ['npx typeorm migration:run -d src/data-source.ts --fake'],
  },
  'node-pg-migrate': {
    path: (stamp) => `migrations/${stamp}000_baseline.mjs`,
    text: () => "import { readFileSync } from 'node:fs'\n\nexport const up = (pgm) => pgm.sql(readFileSync('db/baseline.sql', 'utf8'))\n\nexport const down = false",
    mark: () => ['npx node-pg-migrate up --fake'],
  },
  dbmate: {
    path: (stamp) => `db/migrations/${stamp}_baseline.sql`,
    place: (path) => [`{ echo '-- migrate:up'; cat db/baseline.sql; echo '-- migrate:down'; } >${path}`],
    mark: (stamp) => [psql('CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY)', `INSERT INTO schema_migrations (version) VALUES ('${stamp}')`)],
  },
  alembic: {
    path: () => 'alembic/versions/000000000000_baseline.py',
    text: () => '"""baseline"""\nfrom pathlib import Path\n\nfrom alembic import op\n\nrevision = "000000000000"\ndown_revision = None\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    connection = op.get_bind()\n    connection.exec_driver_sql(Path("db/baseline.sql").read_text().replace("%", "%%"))\n\n\ndef downgrade():\n    raise RuntimeError("This is where it began.")',
    mark: () => ['alembic stamp 000000000000'],
  },
  flyway: { path: (stamp) => `src/main/resources/db/migration/V${stamp}__baseline.sql`, mark: (stamp) => [`flyway baseline -baselineVersion=${stamp}`] },
  'rails-migrations': {
    path: (stamp) => `db/migrate/${stamp}_baseline.rb`,
    text: () => "class Baseline < ActiveRecord::Migration[ActiveRecord::Migration.current_version]\n  def up\n    sql = File.read('db/baseline.sql')\n    respond_to?(:safety_assured) ? safety_assured { execute(sql) } : execute(sql)\n  end\n\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\nend",
    mark: (stamp) => [psql('CREATE TABLE IF NOT EXISTS schema_migrations (version varchar PRIMARY KEY)', `INSERT INTO schema_migrations (version) VALUES ('${stamp}')`)],
  },
  'laravel-migrations': {
    path: (stamp) => `database/migrations/${stamp.slice(0, 4)}_${stamp.slice(4, 6)}_${stamp.slice(6, 8)}_000000_baseline.php`,
    text: () => "<?php\n\nuse Illuminate\\Database\\Migrations\\Migration;\nuse Illuminate\\Support\\Facades\\DB;\n\nreturn new class extends Migration\n{\n    public function up(): void\n    {\n        DB::unprepared(file_get_contents(base_path('db/baseline.sql')));\n    }\n};",
    mark: (stamp) => ['php artisan migrate:install', psql(`INSERT INTO migrations (migration, batch) VALUES ('${stamp.slice(0, 4)}_${stamp.slice(4, 6)}_${stamp.slice(6, 8)}_000000_baseline', 1)`)],
  },
})
