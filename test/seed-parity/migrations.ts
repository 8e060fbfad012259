import { decides, decisionMatches, generates, known, neverDecides, reports, retired, sheetSays, warns, type Row } from './proof.ts'

const node = { stack: ['nodejs', 'postgresql'], stage: 'growth' }
const change = { ...node, database: 'postgresql 17', table: 'users', rows: 5_000_000, deployStyle: 'rolling' }

export const migrations: Readonly<Record<string, readonly Row[]>> = {
  'migration-tool': [
    {
      id: 'node-postgresql', says: 'Prisma Migrate; else Knex, TypeORM or Drizzle Kit',
      now: { because: 'Prisma where its client is used; without one a plain runner that takes a lock, because two runners of Drizzle or TypeORM both executed a migration' },
      proof: [
        decides('migration_plan', { stack: ['typescript', 'postgresql', 'prisma'] }, 'tool', 'prisma-migrate'),
        decides('migration_plan', { stack: ['typescript', 'postgresql', 'drizzle'] }, 'tool', 'drizzle-kit'),
        decides('migration_plan', { stack: ['typescript', 'postgresql', 'knex'] }, 'tool', 'knex'),
        known('migration-tools', 'prisma-migrate', 'knex', 'typeorm', 'drizzle-kit', 'node-pg-migrate'),
        sheetSays('migration-tools', 'drizzle-kit', 'twoRunners', /both/),
      ],
    },
    {
      id: 'node-mongodb', says: 'Mongoose; else migrate-mongo',
      now: { because: 'a schema in code changes no stored document: data migrations need a runner with its lock on' },
      proof: [decides('migration_plan', { stack: ['nodejs', 'mongodb'] }, 'tool', 'migrate-mongo'), known('migration-tools', 'mongoose')],
    },
    {
      id: 'python-postgresql', says: 'Alembic; else Django migrations or SQLAlchemy-migrate',
      now: { because: 'SQLAlchemy-migrate is no longer maintained' },
      proof: [
        decides('migration_plan', { stack: ['python', 'fastapi', 'sqlalchemy', 'postgresql'] }, 'tool', 'alembic'),
        decides('migration_plan', { stack: ['django', 'postgresql'] }, 'tool', 'django-migrations'),
        retired('migration-tools', 'sqlalchemy-migrate'),
      ],
    },
    {
      id: 'python-mongodb', says: 'nothing formal; mongomock in tests',
      now: { because: 'documents need migrating too; mongomock is a test double' },
      proof: [decides('migration_plan', { stack: ['python', 'mongodb'] }, 'tool', 'versioned-scripts', 'migrate-mongo'), sheetSays('migration-tools', 'mongomock', 'kind', /test-double/), neverDecides('migration_plan', { stack: ['python', 'mongodb'] }, 'tool', 'mongomock')],
    },
  ],
  'migration-concern': [
    {
      id: 'versioning', says: 'consecutive numbers; an applied migration is never edited',
      now: { because: 'consecutive numbers collide between branches: tools use the time' },
      proof: [reports('migration_plan', node, /never (edit|change)/i), sheetSays('migration-tools', 'prisma-migrate', 'fileNaming', /YYYYMMDD/)],
    },
    {
      id: 'rollback', says: 'each has an up and a down, tried before a deploy',
      now: { because: 'two of the tools have no down, a down of a drop restores nothing; production rolls forward' },
      proof: [sheetSays('migration-tools', 'prisma-migrate', 'down', /false/), sheetSays('migration-tools', 'drizzle-kit', 'down', /false/), reports('migration_plan', node, /forward/i)],
    },
    {
      id: 'ci', says: 'applied in CI before the tests, in staging before production',
      now: 'same',
      proof: [reports('migration_plan', { ...node, change: 'ci-integration' }, /test/i), sheetSays('schema-changes', 'ci-integration', 'body', /empty database/)],
    },
    {
      id: 'zero-downtime', says: 'add, backfill, require, remove',
      now: { because: 'lacks the sync of old and new code, the switch and the drain' },
      proof: [decisionMatches('migration_plan', { ...change, change: 'rename-column', from: 'fullname', to: 'display_name', type: 'text' }, 'phases', /expand.*backfill.*(verify|switch).*contract/s)],
    },
    {
      id: 'seeds', says: 'factories locally, a masked part of production in staging',
      now: { because: 'masked data is still personal data: synthetic first, masking inside the boundary of production, refused in production' },
      proof: [reports('migration_plan', { ...node, change: 'seeds' }, /refuse|production/i), sheetSays('schema-changes', 'seeds', 'body', /factories/, /refuses/)],
    },
    {
      id: 'production', says: 'migrate before new code; advisory locks against two at once',
      now: { because: 'true for expand only, contract follows the drain; advisory locks do not hold through transaction pooling' },
      proof: [warns('migration_plan', { ...change, pooler: 'transaction' }, /pool/), decisionMatches('migration_plan', { ...change, change: 'drop-column', column: 'nickname' }, 'phases', /contract/)],
    },
  ],
  'change-pattern': [
    {
      id: 'add-nullable-column', says: 'safe, without a pause',
      now: { because: 'blocks everything behind it while any transaction is open: lock time-out and retry' },
      proof: [generates('migration_plan', { ...change, change: 'add-nullable-column', column: 'phone', type: 'text' }, /migrations\//, /lock_timeout/), decisionMatches('migration_plan', { ...change, change: 'add-nullable-column', column: 'phone', type: 'text' }, 'phases', /retry-lock/)],
    },
    {
      id: 'rename-column', says: 'add and backfill, then drop: two steps',
      now: { because: 'run against a server it lost 1,483 to 2,154 acknowledged writes; three releases with two-way sync lost none' },
      proof: [
        decides('migration_plan', { ...change, change: 'rename-column', from: 'fullname', to: 'display_name', type: 'text' }, 'change', 'rename-column'),
        decisionMatches('migration_plan', { ...change, change: 'rename-column', from: 'fullname', to: 'display_name', type: 'text' }, 'phases', /TRIGGER/i),
        decisionMatches('migration_plan', { ...change, change: 'rename-column', from: 'fullname', to: 'display_name', type: 'text' }, 'deploysNeeded', /^3$/),
      ],
    },
    {
      id: 'add-index', says: 'concurrently on PostgreSQL',
      now: 'same',
      proof: [decisionMatches('migration_plan', { ...change, change: 'add-index', column: 'email' }, 'phases', /CREATE INDEX CONCURRENTLY/)],
    },
    {
      id: 'change-type', says: 'new column, move the data, drop the old one',
      now: { because: 'needs the same sync as a rename; widening is metadata only and needs none of it' },
      proof: [
        decisionMatches('migration_plan', { ...change, change: 'type-change-rewrite', column: 'amount', from: 'integer', type: 'bigint' }, 'phases', /TRIGGER/i),
        decisionMatches('migration_plan', { ...change, change: 'type-widen-metadata-only', column: 'name', from: 'varchar(50)', type: 'varchar(100)' }, 'deploysNeeded', /^1$/),
      ],
    },
  ],
}
