import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Phase, Statement } from '../../../src/tools/migration-plan/sql/statement.ts'
import { proof as addIndex } from '../../proof/cases/add-index.ts'
import { proof as addNullableColumn } from '../../proof/cases/add-nullable-column.ts'
import { proof as renameColumn } from '../../proof/cases/rename-column.ts'
import { proof as setNotNull } from '../../proof/cases/set-not-null.ts'
import { proof as typeChange } from '../../proof/cases/type-change-rewrite.ts'
import type { ProofCase } from '../../proof/case.ts'
import { judge, type ProblemId } from '../../proof/judge.ts'
import type { Carelessness } from '../../proof/migrate.ts'
import { measurePlan, planOf, type Measured, type Setting } from '../../proof/run.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'

vi.setConfig({ maxConcurrency: 3 })

const folder = postgresFolder()
const rows = 20_000
const openMs = 5000

/** One mistake in a plan, and what the proof must say of it. */
interface Mistake { readonly name: string, readonly proof: ProofCase, readonly spoil?: (phases: readonly Phase[]) => readonly Phase[], readonly careless?: Carelessness, readonly problem: ProblemId }

const eachStatement = (change: (statement: Statement) => Statement | undefined) => (phases: readonly Phase[]): readonly Phase[] =>
  phases.map((phase) => ({ ...phase, statements: phase.statements.map(change).filter((statement) => statement !== undefined) }))
const without = (shape: RegExp) => eachStatement((statement) => (shape.test(statement.sql) ? undefined : statement))
/** Turns every statement that `shape` finds into what `by` makes of it, and fails when it finds none: a mistake that is not made proves nothing. */
const replaced = (shape: RegExp, by: string) => (phases: readonly Phase[]): readonly Phase[] => {
  expect(phases.some(({ statements }) => statements.some(({ sql }) => shape.test(sql)))).toBe(true)
  return eachStatement((statement) => ({ ...statement, sql: statement.sql.replace(shape, by) }))(phases)
}
const trigger = /TRIGGER|FUNCTION/

/** Makes the trigger when the old rows are filled already. */
function triggerLate(phases: readonly Phase[]): readonly Phase[] {
  const late = phases.flatMap(({ statements }) => statements).filter(({ sql }) => /^CREATE (TRIGGER|FUNCTION)/.test(sql))
  expect(late.length).toBe(2)
  return without(/^CREATE (TRIGGER|FUNCTION)/)(phases).flatMap((phase) => (phase.phase === 'backfill' ? [phase, { ...phase, phase: 'expand' as const, statements: late, verify: null }] : [phase]))
}

/** The rename of a column that may be NULL: nothing but a question finds rows that were not filled. */
const lenient: ProofCase = { ...renameColumn, input: { ...renameColumn.input, nullable: true }, setup: 'ALTER TABLE accounts ALTER COLUMN name DROP NOT NULL;' }

const mistakes: readonly Mistake[] = [
  { name: 'the trigger is left out', proof: renameColumn, spoil: without(trigger), problem: 'plan-stopped' },
  { name: 'the trigger is left out and nobody asks', proof: lenient, spoil: without(trigger), careless: { questions: false }, problem: 'plan-loses-writes' },
  { name: 'the trigger comes after the backfill', proof: renameColumn, spoil: triggerLate, problem: 'plan-stopped' },
  { name: 'the backfill ends half-way and nobody asks', proof: lenient, spoil: replaced(/ORDER BY 1 DESC LIMIT 1/, 'ORDER BY 1 LIMIT 1 OFFSET 9999'), careless: { questions: false }, problem: 'plan-reads-wrong' },
  { name: 'the old version still runs at contract', proof: renameColumn, careless: { drain: false }, problem: 'plan-fails-queries' },
  { name: 'SET NOT NULL without a validated check', proof: setNotNull, spoil: without(/CONSTRAINT/), problem: 'plan-stopped' },
  { name: 'SET NOT NULL without a validated check and nobody asks', proof: setNotNull, spoil: without(/CONSTRAINT/), careless: { questions: false }, problem: 'plan-works-under-lock' },
  { name: 'an index in a transaction, without CONCURRENTLY', proof: addIndex, spoil: (phases) => eachStatement((one) => ({ ...one, transaction: 'together' }))(replaced(/CONCURRENTLY /, '')(phases)), problem: 'plan-works-under-lock' },
  { name: 'an index without CONCURRENTLY behind a writer', proof: addIndex, spoil: replaced(/CONCURRENTLY /, ''), problem: 'naive-harmless' },
  { name: 'no lock time-out behind a long reader', proof: addNullableColumn, careless: { lockTimeout: false }, problem: 'naive-harmless' },
  { name: 'a column that changes its type under prepared statements', proof: { ...typeChange, versions: [typeChange.versions[0], typeChange.versions[0]] }, problem: 'plan-fails-queries' },
]

/** A naive way whose only harm is that it blocks as long as the other transaction is open. */
const blocks = (ours: Measured): Measured => ({ ...ours, way: 'naive', failed: 0, lost: 0, wrongReads: 0, longestMs: openMs })

describe.skipIf(folder === undefined)('a plan with a mistake fails the proof (skipped where no PostgreSQL server is installed)', () => {
  let pg: Postgres
  let setting: Setting
  beforeAll(() => {
    knowledge()
    pg = startPostgres(folder as string)
    setting = { socket: pg.socket, user: 'ops', rows, openMs }
  }, 60_000)
  afterAll(() => pg?.stop())

  test.concurrent.each(mistakes.map((mistake, index) => ({ ...mistake, index })))('$name: $problem', async ({ proof, spoil, careless, problem, index }) => {
    const phases = planOf(proof, knowledge(), asOf)
    const ours = await measurePlan(proof, spoil?.(phases) ?? phases, { ...setting, database: `mistake_${index}` }, careless)
    expect(ours.stopped !== undefined).toBe(problem === 'plan-stopped')
    expect(judge(blocks(ours), ours, rows), JSON.stringify(ours)).toContain(problem)
  })
})
