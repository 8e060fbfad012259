import type { File } from './projects.ts'

/** `outside` is the second one, outside a transaction. */
type Place = 'first' | 'second' | 'outside'
const number = { first: 0, second: 1, outside: 1 } as const
const year = { first: '2026', second: '2027', outside: '2027' } as const
const time = { first: '1767225600000', second: '1798761600000', outside: '1798761600000' } as const
const title = { first: 'First', second: 'Second', outside: 'Second' } as const
const statements = (sql: string): string => JSON.stringify(sql.split(/(?<=;) /))

/** Migrations as a team writes them by hand, in the format of each tool. */
const formats: Readonly<Record<string, (place: Place, sql: string) => readonly File[]>> = {
  dbmate: (place, sql) => [{ path: `db/migrations/${year[place]}0101000000_${place}.sql`, body: `-- migrate:up\n${sql}\n-- migrate:down\n` }],
  'node-pg-migrate': (place, sql) => [{ path: `migrations/${year[place]}0101000000000_${place}.mjs`, body: `export const up = (pgm) => { pgm.sql(\`${sql}\`) }\nexport const down = false\n` }],
  knex: (place, sql) => [{ path: `migrations/${year[place]}0101000000_${place}.cjs`, body: `exports.up = (knex) => knex.raw(\`${sql}\`)\nexports.down = async () => {}\n${place === 'outside' ? 'exports.config = { transaction: false }\n' : ''}` }],
  typeorm: (place, sql) => [{ path: `src/migrations/${time[place]}-${title[place]}.ts`, body: `export class ${title[place]}${time[place]} {\n  name = '${title[place]}${time[place]}'\n  async up(queryRunner) { await queryRunner.query(\`${sql}\`) }\n  async down() {}\n}\n` }],
  'prisma-migrate': (place, sql) => [{ path: `prisma/migrations/${year[place]}0101000000_${place}/migration.sql`, body: `${sql}\n` }],
  'drizzle-kit': (place, sql) => [
    { path: `drizzle/000${number[place]}_${place}.sql`, body: sql },
    { path: 'drizzle/meta/_journal.json', body: JSON.stringify({ version: '7', dialect: 'postgresql', entries: (['first', 'second'] as const).slice(0, number[place] + 1).map((one) => ({ idx: number[one], version: '7', when: Number(time[one]), tag: `000${number[one]}_${one}`, breakpoints: true })) }) },
  ],
  alembic: (place, sql) => [{ path: `alembic/versions/${place}_by_hand.py`, body: `from alembic import op\n\nrevision = "${place}"\ndown_revision = ${place === 'first' ? 'None' : '"first"'}\n\n\ndef upgrade():\n    op.execute("""${sql}""")\n\n\ndef downgrade():\n    pass\n` }],
  'django-migrations': (place, sql) => [{ path: `shop/migrations/000${number[place] + 1}_${place}.py`, body: `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${place === 'first' ? '' : '("shop", "0001_first")'}]\n    operations = [migrations.RunSQL(${statements(sql)})]\n` }],
  'rails-migrations': (place, sql) => [{ path: `db/migrate/${year[place]}0101000000_${place}.rb`, body: `class ${title[place]} < ActiveRecord::Migration[ActiveRecord::Migration.current_version]\n  def up\n    execute(<<~'SQL')\n      ${sql}\n    SQL\n  end\nend\n` }],
  'laravel-migrations': (place, sql) => [{ path: `database/migrations/${year[place]}_01_01_000000_${place}.php`, body: `<?php\nreturn new class extends Illuminate\\Database\\Migrations\\Migration {\n    public function up(): void { Illuminate\\Support\\Facades\\DB::unprepared(<<<'SQL'\n${sql}\nSQL); }\n};\n` }],
}
export const byHand = (tool: string, place: Place, sql: string): readonly File[] => formats[tool]?.(place, sql) ?? []
