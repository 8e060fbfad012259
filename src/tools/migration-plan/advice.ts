import { isPublished } from '../../core/environments.ts'
import { plain } from '../../core/markdown.ts'
import { stageRank } from '../../core/profile.ts'
import type { Assumption, Flip, Question, Skipped } from '../../core/result.ts'
import type { Outcome } from './decide.ts'
import type { MigrationInput } from './input.ts'
import { circumstances } from './level.ts'
import { changed, isShort, wayOf } from './render-flips.ts'

const about = (flips: readonly Flip[], field: string): Flip | undefined => flips.find(({ change }) => change.startsWith(`${field}:`))
/** Changes after which a column stands in for another, so that NOT NULL has to move along. */
const copies = ['rename-column', 'type-change-rewrite', 'drop-column', 'enum-to-text-check', 'type-convert-text-to-typed', 'split-column', 'split-table-move-columns', 'one-to-many-to-join-table', 'encrypt-column']
const early = (input: MigrationInput): boolean => stageRank(input.stage ?? 'mvp') <= stageRank('mvp')

/** What was taken for granted and, of that, what is worth asking. What changes nothing is not mentioned. */
export function assume(input: MigrationInput, { database, tool, decision, hasBackfill, mustStandStill }: Outcome, flips: readonly Flip[]): { assumptions: Assumption[], questions: Question[] } {
  const assumptions: Assumption[] = []
  const questions: Question[] = []
  if (!database.stated && !isPublished(input)) {
    assumptions.push({ field: 'database', assumed: database.id, changes: 'tool, statements and locks' })
    questions.push({ field: 'database', question: 'Which database holds the data, and in which version?', changes: 'the tool and every statement' })
  }
  if (tool.unlisted.length > 0) assumptions.push({ field: 'migrationTool', assumed: tool.id, changes: `${tool.unlisted.join(', ')} in the stack has migrations of its own: where they are in use, keep them and take the SQL of the plan` })
  if (tool.besides.length > 0) assumptions.push({ field: 'migrationTool', assumed: tool.id, changes: `${tool.besides.join(', ')} could migrate too: one tool for one schema` })
  if (decision.phases.length === 0) return { assumptions, questions }
  const { rows, deployStyle, downtimeTolerance } = circumstances(input)
  const size = about(flips, 'rows')
  if (input.rows === undefined && size !== undefined) {
    assumptions.push({ field: 'rows', assumed: rows === null ? 'unknown, taken as large' : `${rows}`, changes: `${size.change}: ${changed(size, decision)}` })
    if (rows === null || Number(size.change.slice(6)) <= rows * 50) questions.push({ field: 'rows', question: 'How many rows has the table?', changes: `${size.change}: ${changed(size, decision)}` })
  }
  const stop = about(flips, 'deployStyle')
  const wait = about(flips, 'downtimeTolerance')
  if (mustStandStill) assumptions.push({ field: 'deployStyle', assumed: 'the application stands still for this change', changes: 'a version that uses the old shape fails from the first statement on: stop it before' })
  else if (input.deployStyle === undefined && deployStyle === 'recreate') assumptions.push({ field: 'deployStyle', assumed: 'recreate: uploaded files replace each other', changes: 'rolling: two versions run side by side' })
  else if (input.deployStyle === undefined && stop !== undefined) assumptions.push({ field: 'deployStyle', assumed: deployStyle, changes: `${stop.change.replace(/^deployStyle: /, '')}: ${changed(stop, decision)}` })
  if (input.downtimeTolerance === undefined && wait !== undefined) assumptions.push({ field: 'downtimeTolerance', assumed: downtimeTolerance, changes: `${wait.change.replace(/^downtimeTolerance: /, '')}: ${changed(wait, decision)}` })
  const easier = [stop, wait].find((flip) => flip !== undefined && isShort(flip))
  if (decision.deploysNeeded > 1 && easier !== undefined && (input.deployStyle === undefined || input.downtimeTolerance === undefined)) {
    questions.push({ field: easier === stop ? 'deployStyle' : 'downtimeTolerance', question: 'May the application stop for this change?', changes: `${easier.change}: ${changed(easier, decision)}` })
  }
  if (copies.includes(decision.change ?? '') && decision.level !== 'L0' && input.nullable === undefined) {
    assumptions.push({ field: 'nullable', assumed: 'true', changes: 'whether NOT NULL moves along; the first query tells' })
    questions.push({ field: 'nullable', question: 'Is the column NOT NULL?', changes: 'adds or leaves out the steps that carry NOT NULL over' })
  }
  if (hasBackfill && input.keyColumn === undefined) assumptions.push({ field: 'keyColumn', assumed: 'id', changes: 'backfill' })
  const names = [input.table, input.column, input.to, ...(input.columns ?? [])].filter((name) => name !== undefined && /[A-Z]/.test(name))
  if (names.length > 0 && database.id === 'postgresql') assumptions.push({ field: 'table', assumed: 'capital letters are part of the names', changes: 'unquoted names in PostgreSQL are lower case' })
  return { assumptions, questions }
}

/** What is left out, and the number at which it is due. */
export function skip(input: MigrationInput, { decision, database, tool }: Outcome, flips: readonly Flip[]): Skipped[] {
  if (database.foreign !== undefined) return [{ item: `migrations of ${plain(database.foreign)}`, why: 'no sheet here describes this database', addWhen: 'now, by hand: with the tool that your team knows for it' }]
  if (database.id === 'none') return [{ item: 'migrations', why: 'no database is named', addWhen: 'the first table or collection is created' }]
  const larger = decision.level === 'L0' || decision.level === 'L1' ? flips.filter((flip) => /^(rows|writesPerSecond|deployStyle):/.test(flip.change) && !isShort(flip)) : []
  const due = new Map<string, string[]>()
  for (const { change, outcome } of larger) due.set(wayOf(outcome), [...(due.get(wayOf(outcome)) ?? []), change])
  return [
    ...(tool.id === 'mongoose' ? [{ item: 'migrate-mongo', why: 'readers cope with documents that lack a new field', addWhen: 'a field is renamed, retyped or required, or an index is built' }] : []),
    ...(early(input) ? [{ item: 'the previous version tested against the new schema', why: 'a failed request hurts few people yet', addWhen: 'real users notice one: from the early stage on' }] : []),
    ...[...due].map(([item, changes]) => ({ item, why: 'one short migration does it here', addWhen: changes.join(', or ') })),
  ]
}
