import type { MigrationFormat } from './format.ts'
import { noWayBack } from './format.ts'

/** Each statement in a block of its own, so that names in it stay there. */
const body = (statements: readonly string[]): string[] => statements.flatMap((code) => (code.includes('\n') ? ['    {', ...code.split('\n').map((line) => `      ${line}`), '    }'] : [`    ${code}`]))

export const migrateMongo: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}-${name.replaceAll('_', '-')}.js`,
  text: ({ step }) => [
    'module.exports = {',
    '  async up(db, client) {', ...body(step.statements.map(({ sql }) => sql)), '  },',
    '  async down(db, client) {', ...(step.down === null ? [`    throw new Error('${noWayBack}')`] : body(step.down)), '  },',
    '}',
  ].join('\n'),
}

/** The lock is off unless it has a name and a time to live, which has to outlast the longest backfill. */
export const migrateMongoConfig = `module.exports = {
  mongodb: { url: process.env.MONGODB_URI, databaseName: process.env.MONGODB_DATABASE, options: {} },
  migrationsDir: 'migrations',
  migrationFileExtension: '.js',
  moduleSystem: 'commonjs',
  useFileHash: false,
  changelogCollectionName: 'changelog',
  lockCollectionName: 'changelog_lock',
  lockTtl: 24 * 60 * 60,
}
`
