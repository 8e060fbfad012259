import { withDefaults } from '../../core/defaults.ts'
import { blocks } from '../../core/markdown.ts'
import { findFlips, type Probe } from '../../core/flips.ts'
import type { ProfileField } from '../../core/profile.ts'
import { stageRank } from '../../core/profile.ts'
import type { Assumption, Flip, Question, Skipped } from '../../core/result.ts'
import { Citations } from '../../knowledge/cite.ts'
import { defineTool, totalCost, type Section } from '../tool.ts'
import { decide, type MigrationDecision, type Outcome } from './decide.ts'
import { filesOf } from './files.ts'
import { own, type MigrationInput } from './input.ts'
import { circumstances } from './level.ts'
import { renderConflicts } from './render-conflicts.ts'
import { renderPlan } from './render-plan.ts'
import { renderAdoption, renderCi, renderPlace, renderRejected, renderSeeds, renderStrategy, renderTool } from './render.ts'
import { withoutBatches } from './published.ts'
import { shorten } from './shorten.ts'
import { ratesOf } from './durations.ts'
import { quoteTable } from './sql/identifiers.ts'
import { splitName } from './target.ts'
import { isTopic } from './changes.ts'
import { topicFiles } from './topic-files.ts'
import { assumedEarlyRows, hugeTableRows, hugeWritesPerSecond, smallTableRows } from './rules.ts'

const reads: readonly ProfileField[] = ['stage', 'stack', 'hosting', 'migrationTool', 'houseRules', 'decisions']

const probes: readonly Probe<MigrationInput>[] = [
  { change: `rows: ${smallTableRows + 1}`, set: { rows: smallTableRows + 1 } },
  { change: 'rows: 500', set: { rows: 500 } },
  { change: `rows: ${hugeTableRows + 1}`, set: { rows: hugeTableRows + 1 } },
  { change: `writesPerSecond: ${hugeWritesPerSecond + 1}`, set: { writesPerSecond: hugeWritesPerSecond + 1 } },
  { change: 'downtimeTolerance: window', set: { downtimeTolerance: 'window' } },
  { change: 'deployStyle: rolling, downtimeTolerance: none', set: { deployStyle: 'rolling', downtimeTolerance: 'none' } },
  { change: 'stage: growth', set: { stage: 'growth' } },
]
const flipKey = ({ tool, level, deploysNeeded }: MigrationDecision): string => (level === null ? tool : `${level}, ${deploysNeeded === 1 ? '1 deploy' : `${deploysNeeded} deploys`}`)
/** The first change that leads to an outcome is enough. */
const distinct = (flips: readonly Flip[]): Flip[] => flips.filter(({ outcome }, index) => flips.findIndex((other) => other.outcome === outcome) === index)

function assume(input: MigrationInput, { database, decision, hasBackfill }: Outcome): { assumptions: Assumption[], questions: Question[] } {
  const assumptions: Assumption[] = []
  const questions: Question[] = []
  if (!database.stated) {
    assumptions.push({ field: 'database', assumed: database.id, changes: 'tool, statements and locks' })
    questions.push({ field: 'database', question: 'Which database holds the data, and in which version?', changes: 'the tool and every statement' })
  }
  if (decision.phases.length === 0) return { assumptions, questions }
  const { rows, deployStyle, downtimeTolerance } = circumstances(input)
  if (input.rows === undefined) {
    assumptions.push({ field: 'rows', assumed: rows === null ? `unknown, treated as more than ${smallTableRows}` : `${assumedEarlyRows}`, changes: 'whether one short statement is enough' })
    if (decision.level === 'L1' || decision.level === 'L2') questions.push({ field: 'rows', question: 'How many rows has the table?', changes: `above ${smallTableRows} the change is made in steps that never hold a strong lock` })
  }
  if (input.deployStyle === undefined) assumptions.push({ field: 'deployStyle', assumed: deployStyle, changes: 'whether two versions run side by side' })
  if (input.downtimeTolerance === undefined) assumptions.push({ field: 'downtimeTolerance', assumed: downtimeTolerance, changes: 'whether a window will do' })
  const copies = ['rename-column', 'type-change-rewrite', 'drop-column', 'enum-to-text-check', 'type-convert-text-to-typed', 'split-column', 'split-table-move-columns', 'one-to-many-to-join-table', 'encrypt-column'].includes(decision.change ?? '') && decision.level !== 'L0'
  if (copies && input.nullable === undefined) {
    assumptions.push({ field: 'nullable', assumed: 'true', changes: 'whether NOT NULL moves along; the first query tells' })
    questions.push({ field: 'nullable', question: 'Is the column NOT NULL?', changes: 'adds or leaves out the steps that carry NOT NULL over' })
  }
  if (hasBackfill && input.keyColumn === undefined) assumptions.push({ field: 'keyColumn', assumed: 'id', changes: 'the backfill' })
  const names = [input.table, input.column, input.to, ...(input.columns ?? [])].filter((name) => name !== undefined && /[A-Z]/.test(name))
  if (names.length > 0) assumptions.push({ field: 'table', assumed: 'capital letters are part of the names', changes: 'unquoted names in PostgreSQL are lower case' })
  return { assumptions, questions }
}

function skip(input: MigrationInput, { decision, database }: Outcome): Skipped[] {
  if (database.id === 'none') return [{ item: 'migrations', why: 'no database is named', addWhen: 'the first table or collection is created' }]
  const early = stageRank(input.stage ?? 'mvp') <= stageRank('mvp')
  return [
    ...(early ? [{ item: 'the previous version tested against the new schema', why: 'a failed request during a deploy hurts few users', addWhen: 'somebody would notice one' }] : []),
    ...(decision.level === 'L0' || decision.level === 'L1' ? [{ item: 'expand and contract over several releases', why: 'one short statement does it here', addWhen: `the table passes ${smallTableRows} rows, or two versions run side by side` }] : []),
  ]
}

export const migrationPlan = defineTool<typeof own, MigrationDecision>({
  name: 'migration_plan',
  title: 'Plan a database migration',
  description: 'Use when a live database schema must change (add, rename, retype, drop, index, key, backfill), or a migration tool, strategy or seeds are to be chosen. Gives phases with SQL, locks, checks, rollback, and files.',
  reads,
  own,
  run: (given, { knowledge, asOf, detail }) => {
    const { filled, assumptions: defaults } = withDefaults(given, ['stage'])
    const input: MigrationInput = { ...filled }
    const outcome = decide(input, knowledge, asOf)
    const { decision, tool, database } = outcome
    const sheet = knowledge['migration-tools'][tool.id]
    const changeSheet = decision.change === null ? undefined : knowledge['schema-changes'][decision.change]
    const citations = new Citations()
    const server = knowledge['online-ddl'][database.id]
    if (changeSheet !== undefined && server !== undefined && decision.phases.length > 0) citations.cite(server, server.facts.operations.source)
    else if (changeSheet !== undefined) citations.cite(changeSheet, changeSheet.facts.lock.source)
    // Somebody who asks for one change gets that plan; the strategy is for the document, or for full detail.
    const onlyPlan = decision.phases.length > 0 && detail !== 'full'
    if (sheet !== undefined) for (const { source } of [sheet.facts.runnerLock, ...(onlyPlan ? [] : [sheet.facts.nonTransactionalStep])]) citations.cite(sheet, source)
    const sections: Section[] = [
      { id: 'migration-tool', title: 'Migration tool', body: blocks(renderTool(tool, sheet, database, onlyPlan), database.id !== 'none' && renderPlace(input)) },
      { id: 'migration-strategy', title: 'Migration strategy', body: onlyPlan ? '' : renderStrategy(input, database, sheet, detail) },
      { id: 'migration-plan', title: 'Migration plan', body: renderPlan(decision, detail, outcome.conflicts.length) },
      ...(decision.change === 'ci-integration' ? [{ id: 'migration-ci', title: 'Migrations in the pipeline', body: renderCi(tool, sheet, database) }] : []),
      ...(decision.change === 'adopt-tool' ? [{ id: 'migration-adoption', title: 'Adopting the tool', body: renderAdoption(tool, sheet, database) }] : []),
      { id: 'seeds', title: 'Seeds', body: database.id === 'none' || onlyPlan ? '' : renderSeeds(detail, decision.change === 'seeds' && database.id === 'postgresql') },
    ].filter(({ body }) => body !== '')
    const { assumptions, questions } = assume(input, outcome)
    return {
      decision: detail === 'full' ? withoutBatches(decision) : shorten(withoutBatches(decision)),
      conflicts: renderConflicts(outcome.conflicts),
      assumptions: [...defaults, ...assumptions],
      questions: questions.slice(0, 3),
      // A plan was asked for, not a tool.
      alternatives: (decision.phases.length > 0 ? [] : tool.alternatives).map((id) => ({ id, when: knowledge['migration-tools'][id]?.summary ?? '' })),
      rejected: renderRejected(tool, input),
      skipped: skip(input, outcome),
      flips: distinct(findFlips(input, probes, (changed) => decide(changed, knowledge, asOf).decision, flipKey)),
      cost: totalCost([]),
      files: decision.change !== null && isTopic(decision.change) ? topicFiles(decision, sheet, input, asOf) : filesOf(decision, sheet, input.table ?? input.type, asOf, {
        text: JSON.stringify([input.schema, input.column, input.columns, input.from, input.to, input.type, input.references]),
        table: input.table === undefined ? undefined : quoteTable(splitName(input.table, input.schema)), rows: input.rows ?? null, rates: ratesOf(knowledge, decision.change ?? ''),
      }),
      sections,
      sources: citations.list(),
    }
  },
})
