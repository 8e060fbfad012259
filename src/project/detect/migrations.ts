import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

/** Files that only one migration tool writes. A dependency says `use`; a configuration file is a statement. */
const tools: readonly (readonly [path: RegExp, tool: string, stack: string | null])[] = [
  [/(^|\/)prisma\/schema\.prisma$|(^|\/)schema\.prisma$/, 'prisma', 'prisma'], [/(^|\/)drizzle\.config\.(ts|js|mjs|cjs|json)$/, 'drizzle-kit', 'drizzle'], [/(^|\/)knexfile\.(ts|js|mjs|cjs)$/, 'knex', 'knex'], [/(^|\/)(ormconfig\.(json|js|ts)|data-source\.ts)$/, 'typeorm', 'typeorm'],
  [/(^|\/)alembic\.ini$/, 'alembic', 'alembic'], [/(^|\/)manage\.py$/, 'django-migrations', 'django'], [/(^|\/)(flyway\.(conf|toml)|db\/migration\/V\d[^/]*__[^/]*\.sql)$/, 'flyway', 'flyway'], [/(^|\/)db\/changelog\/[^/]+\.(xml|ya?ml|sql)$|(^|\/)liquibase\.properties$/, 'liquibase', null],
  [/(^|\/)migrate-mongo-config\.(js|ts|mjs|cjs)$/, 'migrate-mongo', null], [/(^|\/)db\/migrate\/\d{14}_[^/]+\.rb$/, 'rails', 'rails'], [/(^|\/)database\/migrations\/\d{4}_\d\d_\d\d_\d+_[^/]+\.php$/, 'laravel', 'laravel'], [/(^|\/)atlas\.hcl$/, 'atlas', null], [/(^|\/)Migrations\/[^/]*ModelSnapshot\.cs$/, 'ef-core', 'ef-core'], [/(^|\/)migrations\/\d+_[^/]+\.up\.sql$/, 'golang-migrate', null], [/(^|\/)supabase\/migrations\/\d+_[^/]+\.sql$/, 'supabase', 'postgresql'],
]
const providers: Readonly<Record<string, string>> = { postgresql: 'postgresql', postgres: 'postgresql', cockroachdb: 'postgresql', mysql: 'mysql', sqlite: 'sqlite', sqlserver: 'sqlserver', mongodb: 'mongodb', turso: 'sqlite' }

/** Migration tools by the files they keep, and the database that a Prisma or Drizzle configuration names. */
export const detectMigrations: Detector = (files, found) => {
  for (const [pattern, tool, stack] of tools) {
    const file = files.paths.find((path) => pattern.test(path))
    if (file === undefined) continue
    // Many projects have a file called data-source.ts; the tool's own package has to be there as well.
    found.add('migrationTool', tool, file, 1, tool === 'typeorm' ? 'hint' : 'statement')
    if (stack !== null && tool !== 'typeorm') found.add('stack', stack, file, 1)
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
