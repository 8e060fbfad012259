import { InputError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { changes, isTopic, topics } from './changes.ts'
import { findConflicts, isDestructive, type FoundConflict } from './conflicts.ts'
import { readDatabase, type Database } from './database.ts'
import type { MigrationInput } from './input.ts'
import { circumstances, levelOf, naiveBlockMs } from './level.ts'
import { planners } from './databases/planners.ts'
import type { Level } from './rules.ts'
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
}

function planFor(input: MigrationInput, id: string, database: Database, knowledge: Knowledge, asOf: string): Pick<MigrationDecision, 'level' | 'deploysNeeded' | 'naiveBlockMs' | 'phases'> {
  const sheets = knowledge['schema-changes']
  const sheet = sheets[id]
  const supported = Object.keys(changes)
  if (sheet === undefined) throw new InputError(`Unexpected change ${JSON.stringify(id)}, expected one of ${[...supported, ...topics].join(', ')}.${didYouMean(id, Object.keys(sheets))}`)
  if (database.id !== 'postgresql') {
    const planner = planners[database.id]
    if (planner?.changes.includes(id) !== true) throw new InputError(`Unexpected change ${JSON.stringify(id)} for ${database.id}, expected ${planner === undefined ? 'no change: leave it out to get the strategy' : `one of ${planner.changes.join(', ')}`}.${didYouMean(id, planner?.changes ?? [])}`)
    return planner.plan({ input, change: id, database, sheet, knowledge, asOf })
  }
  const change = changes[id]
  if (change === undefined) throw new InputError(`Unexpected change ${JSON.stringify(id)}, expected one that can be planned as SQL: ${supported.join(', ')}. The sheet schema-changes/${id} describes the steps; write them by hand.`)
  const { level, form } = levelOf(input, change.reach, sheet)
  const target = makeTarget(input, id, { gentle: level === 'L4', watchReplicas: (input.replicas ?? 0) > 0, day: asOf.replaceAll('-', ''), serverMajor: database.version === undefined ? undefined : Number.parseInt(database.version, 10) })
  const deploys = form === 'online' ? sheet.facts.deploys.value ?? 1 : change.reach === 'rows' ? 0 : 1
  return { level, deploysNeeded: deploys, naiveBlockMs: naiveBlockMs(circumstances(input).rows, sheet), phases: form === 'online' ? change.online(target) : change.plain(target) }
}

/** The decision for one input. Pure; throws InputError for what cannot be planned. */
export function decide(input: MigrationInput, knowledge: Knowledge, asOf: string): Outcome {
  const database = readDatabase(input)
  const tool = selectTool(input, database, knowledge['migration-tools'])
  const id = input.change?.trim().toLowerCase().replace(/[\s_]+/g, '-')
  const strategyOnly = { level: null, deploysNeeded: 0, naiveBlockMs: null, phases: [] }
  const plan = id === undefined || isTopic(id) ? strategyOnly : planFor(input, id, database, knowledge, asOf)
  const change = id === undefined || plan.level === null ? undefined : { id, destructive: isDestructive(changes[id], id), level: plan.level, phases: plan.phases }
  return {
    decision: { tool: tool.id, database: database.id, change: id ?? null, ...plan },
    database,
    tool,
    conflicts: findConflicts({ input, database, tool, knowledge, asOf, change }),
    hasBackfill: plan.phases.some(({ phase, statements }) => phase === 'backfill' && statements.some(({ transaction }) => transaction === 'none')),
  }
}
