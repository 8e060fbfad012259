import { InputError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { besideOldCode, calm, claimsThrottle, overAtOnce, seenByCode, withRowRate } from './honest-level.ts'
import { changeId, changeWords } from './change-names.ts'
import { changes, isTopic, topics } from './changes.ts'
import { findConflicts, isDestructive, type FoundConflict } from './conflicts.ts'
import { readDatabase, type Database } from './database.ts'
import type { MigrationInput } from './input.ts'
import { circumstances, levelOf, naiveBlockMs, rowRate, standsStill } from './level.ts'
import { planners } from './databases/planners.ts'
import type { Level } from './rules.ts'
import { refuseUnused } from './unused-fields.ts'
import { refuseSameNames } from './same-names.ts'
import { selectTool, type ToolChoice } from './select-tool.ts'
import type { Phase } from './sql/statement.ts'
import { makeTarget } from './target.ts'

export interface MigrationDecision {
  /** Sheet id, or `none`. */
  readonly tool: string
  readonly database: string
  /** Null when only a strategy was asked for. */
  readonly change: string | null
  readonly level: Level | null
  readonly deploysNeeded: number
  /** Estimate of what the single obvious statement would block, milliseconds; null when unknown. */
  readonly naiveBlockMs: number | null
  readonly phases: readonly Phase[]
}

export interface Outcome {
  readonly decision: MigrationDecision
  readonly database: Database
  readonly tool: ToolChoice
  readonly conflicts: readonly FoundConflict[]
  /** True when a backfill loop is planned, so the key column matters. */
  readonly hasBackfill: boolean
  /** True when the plan needs the application stopped although nobody said that it may be: there is no way beside running old code. */
  readonly mustStandStill: boolean
  /** Milliseconds the single statement takes for each million rows; null when unknown, or when it reads none. */
  readonly rowRate: number | null
}

type Plan = Pick<MigrationDecision, 'level' | 'deploysNeeded' | 'naiveBlockMs' | 'phases'>

function planFor(input: MigrationInput, id: string, database: Database, knowledge: Knowledge, asOf: string): Plan {
  const sheets = knowledge['schema-changes']
  const sheet = sheets[id]
  const supported = Object.keys(changes)
  if (sheet === undefined) throw new InputError(`Unexpected change ${JSON.stringify(id)}, expected one of ${[...supported, ...topics].join(', ')}.${didYouMean(id, [...Object.keys(sheets), ...changeWords])}`)
  refuseSameNames(input, id)
  refuseUnused(input, id)
  if (database.id !== 'postgresql') {
    const planner = planners[database.id]
    if (planner?.changes.includes(id) !== true) throw new InputError(`Unexpected change ${JSON.stringify(id)} for ${database.id}, expected ${planner === undefined ? 'no change: leave it out to get the strategy' : `one of ${planner.changes.join(', ')}`}.${didYouMean(id, planner?.changes ?? [])}`)
    return planner.plan({ input: { ...input, change: id }, change: id, database, sheet, knowledge, asOf })
  }
  const change = changes[id]
  if (change === undefined) throw new InputError(`Unexpected change ${JSON.stringify(id)}, expected one that can be planned as SQL: ${supported.join(', ')}. The sheet schema-changes/${id} describes the steps; write them by hand.`)
  const { level, form } = levelOf(input, change.reach, withRowRate(sheet, change.reach, sheets['backfill-only']))
  const target = makeTarget(input, id, { gentle: level === 'L4', watchReplicas: (input.replicas ?? 0) > 0, day: asOf.replaceAll('-', ''), serverMajor: database.version === undefined ? undefined : Number.parseInt(database.version, 10) })
  const deploys = form === 'online' ? sheet.facts.deploys.value ?? 1 : change.reach === 'rows' ? 0 : 1
  return { level, deploysNeeded: deploys, naiveBlockMs: naiveBlockMs(circumstances(input).rows, sheet), phases: form === 'online' ? change.online(target) : change.plain(target) }
}

type Settled = Omit<Outcome, 'conflicts'>

/** The decision without a look for contradictions, for those who try many inputs. Pure; throws InputError for what cannot be planned. */
export function settle(input: MigrationInput, knowledge: Knowledge, asOf: string): Settled {
  const database = readDatabase(input)
  const tool = selectTool(input, database, knowledge['migration-tools'])
  const id = input.change === undefined ? undefined : changeId(input.change, database.id, input.nullable)
  const strategyOnly: Plan = { level: null, deploysNeeded: 0, naiveBlockMs: null, phases: [] }
  const first = id === undefined || isTopic(id) ? strategyOnly : planFor(input, id, database, knowledge, asOf)
  const planned = id !== undefined && claimsThrottle(first) ? { ...planFor(calm(input), id, database, knowledge, asOf), naiveBlockMs: first.naiveBlockMs } : first
  const sheet = id === undefined ? undefined : knowledge['schema-changes'][id]
  const found = circumstances(input)
  const plan = planned.level === null ? planned : overAtOnce(input, found, besideOldCode(planned, id, found))
  return {
    decision: { tool: tool.id, database: database.id, change: id ?? null, ...plan },
    database,
    tool,
    hasBackfill: plan.phases.some(({ phase, statements }) => phase === 'backfill' && statements.some(({ transaction }) => transaction === 'none')),
    mustStandStill: plan.level === 'L0' && seenByCode(id === undefined ? undefined : changes[id], sheet) && !standsStill(found),
    rowRate: sheet === undefined || database.id !== 'postgresql' ? null : rowRate(sheet),
  }
}

/** The decision for one input, with what contradicts itself in it. Pure; throws InputError for what cannot be planned. */
export function decide(input: MigrationInput, knowledge: Knowledge, asOf: string): Outcome {
  const settled = settle(input, knowledge, asOf)
  const { decision: { change: id, level, phases }, database, tool } = settled
  const change = id === null || level === null ? undefined : { id, destructive: isDestructive(changes[id], id), level, phases }
  return { ...settled, conflicts: findConflicts({ input, database, tool, knowledge, asOf, change }) }
}
