import type { SheetOf } from '../../knowledge/collections.ts'
import type { Change, Reach } from './changes/change.ts'
import { releasesOf, type DatabasePlan } from './databases/planner.ts'
import type { MigrationInput } from './input.ts'
import { standsStill, type Circumstances } from './level.ts'
import { hotWritesPerSecond, hugeTableRows, hugeWritesPerSecond, smallTableRows } from './rules.ts'
import { switchOver, type Phase } from './sql/statement.ts'

type ChangeSheet = SheetOf<'schema-changes'>

/** True for a change that running code can see, on whichever database. */
export const seenByCode = (change: Change | undefined, sheet: ChangeSheet | undefined): boolean => (change === undefined ? sheet?.facts.level.value === 'L3' : change.reach === 'shape')

/** The sheet with the rate of an UPDATE of every row, where a change writes rows and nobody measured it by itself. */
export function withRowRate(sheet: ChangeSheet, reach: Reach, update: ChangeSheet | undefined): ChangeSheet {
  const { naiveMsPerMillionRows } = sheet.facts
  const rate = update?.facts.naiveMsPerMillionRows.value ?? null
  return naiveMsPerMillionRows.value !== null || rate === null || (reach !== 'rows' && reach !== 'shape') ? sheet : { ...sheet, facts: { ...sheet.facts, naiveMsPerMillionRows: { ...naiveMsPerMillionRows, value: rate } } }
}

type Planned = Omit<DatabasePlan, 'level'> & { readonly level: DatabasePlan['level'] | null }

/** A plan that only removes something waits for the release that no longer uses it, as long as old code may run beside it. */
export function besideOldCode<Plan extends Planned>(plan: Plan, change: string | undefined, found: Circumstances): Plan {
  if (!['drop-column', 'drop-table'].includes(change ?? '') || standsStill(found) || plan.phases.some(({ phase }) => phase === 'switch')) return plan
  const before = plan.phases.filter(({ phase }) => phase === 'verify')
  const after = plan.phases.filter(({ phase }) => phase !== 'verify').map((phase): Phase => ({ ...phase, release: phase.release + 1 }))
  const phases = [...before, switchOver(1, 'stop-using'), ...after]
  return { ...plan, level: 'L3', phases, deploysNeeded: releasesOf(phases) }
}

/** A loop, or a program that copies the table: work that can be slowed down. */
const canBeThrottled = (phases: readonly Phase[]): boolean => phases.some(({ phase, statements }) => phase === 'backfill' || statements.some(({ language }) => language === 'shell'))

/** True when a plan is called throttled and holds nothing that could be: then it is the plan of a smaller table. */
export const claimsThrottle = ({ level, phases }: Planned): boolean => level === 'L4' && !canBeThrottled(phases)

/** The input as it would be just below the borders of a huge table. */
export const calm = (input: MigrationInput): MigrationInput => ({
  ...input,
  ...(input.rows === undefined ? {} : { rows: Math.min(input.rows, hugeTableRows) }),
  ...(input.writesPerSecond === undefined ? {} : { writesPerSecond: Math.min(input.writesPerSecond, hugeWritesPerSecond) }),
})

/** Where nobody measured: one step on a small table is over at once. */
export function overAtOnce<Plan extends Planned>(input: MigrationInput, { rows }: Circumstances, plan: Plan): Plan {
  const small = plan.level === 'L2' && plan.naiveBlockMs === null && rows !== null && rows <= smallTableRows && plan.deploysNeeded <= 1
  return small && (input.writesPerSecond ?? 0) < hotWritesPerSecond && plan.phases.every(({ phase }) => phase === 'verify' || phase === 'expand') ? { ...plan, level: 'L1' } : plan
}
