import { beforeAll, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import type { MigrationDecision } from '../../../src/tools/migration-plan/decide.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
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

test('an MVP with few rows and a moment of standstill gets one file, its check and its way back in the answer; what only a restore brings back waits', () => {
  const single: string[] = []
  for (const [change, request] of Object.entries(requests)) {
    const { files, decision, sections } = migrationPlan.run({ stage: 'mvp', rows: 500, deployStyle: 'recreate', database: 'postgresql', tool: 'prisma-migrate', ...request, change }, { knowledge: knowledge(), asOf, detail: 'normal' })
    expect(files.filter(({ path }) => path.startsWith('db/checks')), change).toEqual([])
    if (files.length === 1) single.push(change)
    const [now, later] = [files.filter(({ path }) => !path.startsWith('db/')), files.filter(({ path }) => path.startsWith('db/planned/'))]
    const { phases } = decision as MigrationDecision
    const last = phases[phases.length - 1]
    if (last?.rollback.kind === 'restore' && last.statements.length > 0 && files.length > 1 && last.phase === 'contract') expect([now.length > 0, later.length], change).toEqual([true, 1])
    const report = sections.map(({ body }) => body).join('\n')
    for (const { verify, rollback } of phases) for (const text of [verify, ...rollback.statements]) if (text !== null && !/\n|…/.test(text)) expect(report, `${change}: ${text}`).toContain(text)
  }
  expect(single.length).toBeGreaterThan(30)
})

test('a result at normal detail takes at most 2,500 tokens, for every change and example', { timeout: 120_000 }, async () => {
  const changes = Object.entries(requests).map(([change, request]) => ({ ...request, change }))
  const cases = changes.flatMap((request) => circumstances.flatMap((more) => stacks.map((stack) => ({ args: { ...request, stack, ...more } }))))
  expect(exampleFolders.length).toBeGreaterThan(5)
  const inExamples = exampleFolders.flatMap((root) => [{ args: {}, root }, ...changes.map((args) => ({ args, root }))])
  const [largest] = await largestResults('migration_plan', [...cases, ...inExamples])
  expect(largest?.tokens, JSON.stringify(largest)).toBeLessThanOrEqual(2500)
})
