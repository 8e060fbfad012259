/** First migrations that load the dump of the schema, for tools whose migrations are programs. None has a way back: it would drop everything. */
const began = 'This is where it began.'

export const knexBaseline = `const { readFileSync } = require('node:fs')
const { join } = require('node:path')

// A question mark would be a parameter.
exports.up = (knex) => knex.raw(readFileSync(join(__dirname, '../db/baseline.sql'), 'utf8').replaceAll('?', '\\\\?'))

exports.down = async () => {
  throw new Error('${began}')
}`

export const typeormBaseline = (name: string): string => `import { readFileSync } from 'node:fs'
import type { MigrationInterface, QueryRunner } from 'typeorm'

export class ${name} implements MigrationInterface {
  name = '${name}'

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(readFileSync('db/baseline.sql', 'utf8'))
  }

  async down(): Promise<void> {
    throw new Error('${began}')
  }
}`

export const nodePgMigrateBaseline = `import { readFileSync } from 'node:fs'

export const up = (pgm) => pgm.sql(readFileSync(new URL('../db/baseline.sql', import.meta.url), 'utf8'))

export const down = false`

export const alembicBaseline = `"""baseline"""
from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "000000000000"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    # A colon would be a parameter.
    op.execute(text(Path("db/baseline.sql").read_text(encoding="utf-8").replace(":", "\\\\:")))


def downgrade():
    raise RuntimeError("${began}")`

export const djangoBaseline = `from pathlib import Path

from django.db import migrations

BASELINE = Path(__file__).resolve().parents[2] / "db" / "baseline.sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        # By the cursor itself: RunSQL would want the text when the file is loaded.
        migrations.RunPython(lambda apps, editor: editor.connection.cursor().execute(BASELINE.read_text(encoding="utf-8"))),
    ]`

export const railsBaseline = `class Baseline < ActiveRecord::Migration[ActiveRecord::Migration.current_version]
  def up
    sql = File.read(File.expand_path('../baseline.sql', __dir__), encoding: 'UTF-8')
    respond_to?(:safety_assured) ? safety_assured { execute(sql) } : execute(sql)
  end

  def down
    raise ActiveRecord::IrreversibleMigration, '${began}'
  end
end`

export const laravelBaseline = `<?php

use Illuminate\\Database\\Migrations\\Migration;
use Illuminate\\Support\\Facades\\DB;

return new class extends Migration
{
    public function up(): void
    {
        DB::unprepared(file_get_contents(base_path('db/baseline.sql')));
    }

    public function down(): void
    {
        throw new RuntimeException('${began}');
    }
};`
