import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

type Field = 'migrationTool' | 'existing'

const configs = (name: string): readonly string[] => ['ts', 'js', 'mjs', 'cjs', 'json'].map((end) => `${name}.${end}`)

/** Files that only one migration tool writes: names to look among, and the whole path. Tools without a sheet are named as existing: no plan can be made for them, but they are there. */
const tools: readonly (readonly [names: readonly string[], path: RegExp, field: Field, tool: string, stack: string | null])[] = [
  [['schema.prisma'], /(^|\/)schema\.prisma$/, 'migrationTool', 'prisma-migrate', 'prisma'],
  [configs('drizzle.config'), /(^|\/)drizzle\.config\.(ts|js|mjs|cjs|json)$/, 'migrationTool', 'drizzle-kit', 'drizzle'],
  [configs('knexfile'), /(^|\/)knexfile\.(ts|js|mjs|cjs)$/, 'migrationTool', 'knex', 'knex'],
  [configs('ormconfig'), /(^|\/)ormconfig\.(json|js|ts)$/, 'migrationTool', 'typeorm', 'typeorm'],
  [['alembic.ini'], /(^|\/)alembic\.ini$/, 'migrationTool', 'alembic', 'alembic'],
  [['manage.py'], /(^|\/)manage\.py$/, 'migrationTool', 'django-migrations', 'django'],
  [['flyway.conf', 'flyway.toml', '*.sql'], /(^|\/)(flyway\.(conf|toml)|db\/migration\/V\d[^/]*__[^/]*\.sql)$/, 'migrationTool', 'flyway', 'flyway'],
  [configs('migrate-mongo-config'), /(^|\/)migrate-mongo-config\.(js|ts|mjs|cjs)$/, 'migrationTool', 'migrate-mongo', 'mongodb'],
  [['*.rb'], /(^|\/)db\/migrate\/\d{14}_[^/]+\.rb$/, 'migrationTool', 'rails-migrations', 'rails'],
  [['*.php'], /(^|\/)database\/migrations\/\d{4}_\d\d_\d\d_\d+_[^/]+\.php$/, 'migrationTool', 'laravel-migrations', 'laravel'],
  [['*.cs'], /(^|\/)Migrations\/[^/]*ModelSnapshot\.cs$/, 'migrationTool', 'ef-core', 'ef-core'],
  [['*.xml', '*.yaml', '*.yml', '*.sql', 'liquibase.properties'], /(^|\/)db\/changelog\/[^/]+\.(xml|ya?ml|sql)$|(^|\/)liquibase\.properties$/, 'existing', 'liquibase', null],
  [['atlas.hcl'], /(^|\/)atlas\.hcl$/, 'existing', 'atlas', null],
  [['*.sql'], /(^|\/)supabase\/migrations\/\d+_[^/]+\.sql$/, 'existing', 'supabase', 'postgresql'],
]
const providers: Readonly<Record<string, string>> = { postgresql: 'postgresql', postgres: 'postgresql', cockroachdb: 'postgresql', mysql: 'mysql', sqlite: 'sqlite', sqlserver: 'sqlserver', mongodb: 'mongodb', turso: 'sqlite' }

/** Migration tools by the files they keep, and the database that a Prisma or Drizzle configuration names. */
export const detectMigrations: Detector = (files, found) => {
  for (const [names, pattern, field, tool, stack] of tools) {
    const file = files.named(...names).find((path) => pattern.test(path))
    if (file === undefined) continue
    found.add(field, tool, file, 1, 'statement')
    if (stack !== null) found.add('stack', stack, file, 1)
  }
  for (const file of files.named('schema.prisma', /^drizzle\.config\./)) {
    const text = files.text(file) ?? ''
    const pattern = /(?:provider|dialect)\s*[=:]\s*["'](\w+)["']/g
    for (const match of text.matchAll(pattern)) {
      const database = Object.hasOwn(providers, match[1] ?? '') ? providers[match[1] ?? ''] : undefined
      if (database !== undefined) found.add('stack', database, file, text.slice(0, match.index).split('\n').length, 'statement')
    }
  }
  for (const file of files.named('alembic.ini')) {
    const text = files.text(file) ?? ''
    const scheme = /^sqlalchemy\.url\s*=\s*(postgresql|mysql|sqlite|mssql)/m.exec(text)?.[1]
    if (scheme !== undefined) found.add('stack', scheme === 'mssql' ? 'sqlserver' : scheme, file, lineOf(text, /^sqlalchemy\.url/m))
  }
}
