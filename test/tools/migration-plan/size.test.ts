import { beforeAll, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { knowledge } from '../../support/knowledge.ts'
import { exampleFolders, largestResults, listingTokens } from '../../support/tokens.ts'
import { requests } from './cases.ts'

beforeAll(() => { knowledge() }, 60_000)

const stacks = [['typescript', 'postgresql'], ['nextjs', 'prisma', 'postgresql'], ['python', 'sqlalchemy', 'postgresql'], ['java', 'flyway', 'postgresql']]
const circumstances: readonly MigrationInput[] = [
  { stage: 'mvp' }, { stage: 'mvp', nullable: false }, { stage: 'growth', pooler: 'transaction' }, { stage: 'growth', nullable: false },
  { stage: 'production', nullable: false, replicas: 2, rows: 200_000_000, constraints: ['drop in the same release', 'rollback must be instant'] },
]

test('the listing takes at most 560 tokens', () => {
  expect(listingTokens('migration_plan')).toBeLessThanOrEqual(560)
})

test('a result at normal detail takes at most 2,500 tokens, for every change and example', { timeout: 60_000 }, async () => {
  const changes = Object.entries(requests).map(([change, request]) => ({ ...request, change }))
  const cases = changes.flatMap((request) => circumstances.flatMap((more) => stacks.map((stack) => ({ args: { ...request, stack, ...more } }))))
  expect(exampleFolders.length).toBeGreaterThan(5)
  const inExamples = exampleFolders.flatMap((root) => [{ args: {}, root }, ...changes.map((args) => ({ args, root }))])
  const [largest] = await largestResults('migration_plan', [...cases, ...inExamples])
  expect(largest?.tokens, JSON.stringify(largest)).toBeLessThanOrEqual(2500)
})
