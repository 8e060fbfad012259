import { withDefaults } from '../../core/defaults.ts'
import { InputError } from '../../core/errors.ts'
import { blocks } from '../../core/markdown.ts'
import type { ProfileField } from '../../core/profile.ts'
import { Citations } from '../../knowledge/cite.ts'
import { defineTool, totalCost, type Section } from '../tool.ts'
import { assume, skip } from './advice.ts'
import { decide, settle, type MigrationDecision } from './decide.ts'
import { filesOf } from './files.ts'
import { flipsOf } from './flips.ts'
import { own, type MigrationInput } from './input.ts'
import { renderConflicts, roomFor } from './render-conflicts.ts'
import { renderPlan } from './render-plan.ts'
import { outcomeWords, renderBorder } from './render-flips.ts'
import { renderAdoption, renderCi, renderPlace, renderRejected, renderSeeds, renderStrategy, renderTool } from './render.ts'
import { withoutBatches } from './published.ts'
import { roomForFiles, shorten } from './shorten.ts'
import { ratesOf } from './durations.ts'
import { programFor } from './jobs/jobs.ts'
import { quoteTable } from './sql/identifiers.ts'
import { splitName } from './target.ts'
import { isTopic } from './changes.ts'
import { topicFiles } from './topic-files.ts'

const reads: readonly ProfileField[] = ['stage', 'stack', 'hosting', 'migrationTool', 'houseRules', 'decisions']

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
    const flips = flipsOf(input, decision, (changed) => {
      try {
        return settle(changed, knowledge, asOf).decision
      } catch (error) {
        // Another plan may need a field that this one does not: what it would be is not known, so it is no flip.
        if (error instanceof InputError) return decision
        throw error
      }
    }, outcomeWords)
    const sheet = knowledge['migration-tools'][tool.id]
    const changeSheet = decision.change === null ? undefined : knowledge['schema-changes'][decision.change]
    const citations = new Citations()
    const server = knowledge['online-ddl'][database.id]
    if (changeSheet !== undefined && server !== undefined && decision.phases.length > 0) citations.cite(server, server.facts.operations.source)
    else if (changeSheet !== undefined) citations.cite(changeSheet, changeSheet.facts.lock.source)
    const versions = knowledge.runtimes[database.id]
    if (versions !== undefined && outcome.conflicts.some(({ id }) => id.startsWith('database-end-of-life'))) citations.cite(versions, versions.facts.cycles.source)
    // Somebody who asks for one change gets that plan; the strategy is for the document, or for full detail.
    const onlyPlan = decision.phases.length > 0 && detail !== 'full'
    if (sheet !== undefined) for (const { source } of [sheet.facts.runnerLock, ...(onlyPlan ? [] : [sheet.facts.nonTransactionalStep])]) citations.cite(sheet, source)
    const files = decision.change !== null && isTopic(decision.change) ? topicFiles(decision, sheet, input, asOf) : filesOf(decision, sheet, input.table ?? input.type, asOf, {
      text: JSON.stringify([input.schema, input.column, input.columns, input.from, input.to, input.type, input.references]),
      table: input.table === undefined ? undefined : quoteTable(splitName(input.table, input.schema)), rows: input.rows ?? null, rates: ratesOf(knowledge, decision.change ?? ''),
    })
    // A runner is spoken of where its file is written.
    const runs = files.some(({ path }) => path === programFor(tool.id, database.id).runnerPath)
    const sections: Section[] = [
      { id: 'migration-tool', title: 'Migration tool', body: blocks(renderTool(tool, sheet, database, onlyPlan || detail === 'brief', runs), database.id !== 'none' && renderPlace(input)) },
      { id: 'migration-strategy', title: 'Migration strategy', body: onlyPlan ? '' : renderStrategy(input, database, sheet, detail) },
      { id: 'migration-plan', title: 'Migration plan', body: blocks(renderPlan(decision, detail, outcome.conflicts.length), renderBorder(input, outcome, flips)) },
      ...(decision.change === 'ci-integration' ? [{ id: 'migration-ci', title: 'Migrations in the pipeline', body: renderCi(tool, sheet, database) }] : []),
      ...(decision.change === 'adopt-tool' ? [{ id: 'migration-adoption', title: 'Adopting the tool', body: renderAdoption(tool, sheet, database) }] : []),
      { id: 'seeds', title: 'Seeds', body: database.id === 'none' || onlyPlan ? '' : renderSeeds(detail, decision.change === 'seeds' && ['postgresql', 'mysql', 'mariadb'].includes(database.id)) },
    ].filter(({ body }) => body !== '')
    const { assumptions, questions } = assume(input, outcome, flips)
    const conflicts = renderConflicts(outcome.conflicts, detail)
    return {
      decision: detail === 'full' ? withoutBatches(decision) : shorten(withoutBatches(decision), roomFor(conflicts) + roomForFiles(files.length)),
      conflicts,
      assumptions: [...defaults, ...assumptions],
      questions: questions.slice(0, 3),
      // A plan was asked for, not a tool.
      alternatives: (decision.phases.length > 0 ? [] : tool.alternatives).map((id) => ({ id, when: knowledge['migration-tools'][id]?.summary ?? '' })),
      rejected: renderRejected(tool, input),
      skipped: skip(input, outcome, flips),
      flips,
      cost: totalCost([]),
      files,
      sections,
      sources: citations.list(),
    }
  },
})
