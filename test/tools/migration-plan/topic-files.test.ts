import { expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { largestResults } from '../../support/tokens.ts'

const paths = (change: string, input: MigrationInput): readonly string[] => migrationPlan.run({ database: 'postgresql', change, stage: 'growth', ...input }, { knowledge: knowledge(), asOf, detail: 'normal' }).files.map(({ path }) => path)

test.each<[string, MigrationInput, readonly string[]]>([
  ['seeds', { tool: 'knex', stage: 'mvp' }, ['db/seeds/seed.mjs']],
  ['seeds', { tool: 'knex' }, ['db/seeds/seed.mjs', 'db/seeds/masked-subset.sql']],
  ['seeds', { tool: 'alembic', stage: 'mvp' }, ['db/seeds/seed.py']],
  ['seeds', { tool: 'flyway', stage: 'mvp' }, ['db/seeds/seed.sql']],
  ['seeds', { database: 'mysql', tool: 'knex' }, ['db/seeds/seed.mjs']],
  ['seeds', { database: 'mariadb', tool: 'alembic' }, ['db/seeds/seed.py']],
  ['seeds', { database: 'mysql', tool: 'flyway' }, ['db/seeds/seed.sh']],
  // What is said there is advice.
  ['seeds', { database: 'sqlite', tool: 'knex' }, []],
  ['adopt-tool', { database: 'mysql', tool: 'knex' }, []],
  ['ci-integration', { tool: 'prisma-migrate' }, ['db/check-migrations.sh']],
  ['ci-integration', { tool: 'typeorm' }, ['db/check-migrations.sh', 'db/migrate.mjs']],
  ['ci-integration', { database: 'mongodb', tool: 'migrate-mongo' }, ['db/check-migrations.sh']],
  ['ci-integration', { database: 'mariadb', tool: 'typeorm' }, ['db/check-migrations.sh', 'db/migrate.mjs']],
  ['adopt-tool', { tool: 'dbmate' }, ['db/adopt.sh', 'db/migrate.sh']],
  ['adopt-tool', { tool: 'node-pg-migrate' }, ['migrations/20261122000000000_baseline.mjs', 'db/adopt.sh']],
  ['adopt-tool', { tool: 'drizzle-kit' }, ['db/adopt.sh', 'db/migrate.mjs']],
  ['adopt-tool', { tool: 'laravel-migrations' }, ['database/migrations/2026_11_22_000000_baseline.php', 'db/adopt.sh']],
])('%s, %j', (change, input, expected) => {
  expect(paths(change, input)).toEqual(expected)
})

test('the report names the script only where there is one', () => {
  const body = (change: string, input: MigrationInput): string => migrationPlan.run({ change, stage: 'growth', ...input }, { knowledge: knowledge(), asOf, detail: 'normal' }).sections.map((section) => section.body).join()
  expect(body('ci-integration', { database: 'postgresql', tool: 'alembic' })).toContain('db/check-migrations.sh old-code')
  expect(body('ci-integration', { database: 'mysql', tool: 'knex' })).toContain('db/check-migrations.sh old-code')
  expect(body('adopt-tool', { database: 'postgresql', tool: 'ef-core' })).not.toContain('adopt.sh')
})

test('a topic takes at most 2,500 tokens', async () => {
  const tools = Object.keys(knowledge()['migration-tools']).filter((tool) => knowledge()['migration-tools'][tool]?.facts.databases.value?.includes('postgresql'))
  expect(tools.length).toBeGreaterThan(10)
  const [largest] = await largestResults('migration_plan', ['seeds', 'ci-integration', 'adopt-tool'].flatMap((change) => tools.map((tool) => ({ args: { database: 'postgresql', change, tool, stage: 'production' } }))))
  expect(largest?.tokens, JSON.stringify(largest)).toBeLessThanOrEqual(2500)
})
