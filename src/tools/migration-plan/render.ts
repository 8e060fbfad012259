import { hostingId } from '../../core/hosting.ts'
import { stageRank } from '../../core/profile.ts'
import { blocks, bullets, code, fence, plain, table } from '../../core/markdown.ts'
import type { Rejected } from '../../core/result.ts'
import type { Detail } from '../tool.ts'
import { adoptions } from './adopt/tools.ts'
import { isSchemaless, type Database } from './database.ts'
import { lockedCommand, needsRunner } from './jobs/jobs.ts'
import type { MigrationInput } from './input.ts'
import type { ToolReason } from './rules.ts'
import type { ToolChoice, ToolSheet, UnfitRule } from './select-tool.ts'

const reasons: Readonly<Record<ToolReason, string>> = {
  pinned: 'you decided so',
  'in-use': 'it is in use, and changing a tool that works buys nothing',
  'in-stack': 'it belongs to a library that is in the stack',
  'house-rule': 'a house rule names it',
  'default-for-stack': 'it suits the language and the database',
  'replaces-unfit': 'the tool in use cannot do this job',
  'no-database': 'no database is named',
}
const unfit: Readonly<Record<UnfitRule, string>> = {
  'end-of-life': 'no longer developed', 'test-double': 'stands in for a server in tests and migrates nothing', 'wrong-database': 'does not reach this database', 'moves-no-data': 'maps documents and moves none', 'forbidden-by-house-rule': 'a house rule forbids it',
}
type Lock = NonNullable<ToolSheet['facts']['runnerLock']['value']>
const locks: Readonly<Record<Lock, string>> = {
  'advisory-lock': 'It takes an advisory lock, so a second runner stops or waits.',
  'lock-row': 'It sets a lock row; after a crash somebody has to unlock it.',
  'database-lock': 'It takes a lock in the database, so a second runner waits.',
  optional: 'Its lock is off by default: switch it on.',
  none: 'It takes no lock of its own.',
}
type Outside = NonNullable<ToolSheet['facts']['nonTransactionalStep']['value']>
const outside: Readonly<Record<Outside, string>> = {
  'per-file': 'A step outside a transaction is marked in its file', 'per-statement': 'A step outside a transaction is marked at its statement', 'one-statement-file': 'A step outside a transaction is a file with that one statement',
  impossible: 'A step outside a transaction cannot be run by it: use psql for that one', 'not-needed': '',
}

/** Tools set aside, with the rule and the reason. */
export const renderRejected = (tool: ToolChoice, input: MigrationInput): Rejected[] => tool.rejected.map(({ id, rule }) => {
  const house = rule === 'forbidden-by-house-rule' ? input.houseRules?.forbid?.find((entry) => entry.id === id) : undefined
  return { id, rule, reason: house !== undefined && 'reason' in house && house.reason !== undefined ? `${unfit[rule]}: ${house.reason}` : unfit[rule] }
})

/** The tool, why, and what to know about running it; `short` for somebody who asked for one change, `runs` where a file runs it under a lock. */
export function renderTool(tool: ToolChoice, sheet: ToolSheet | undefined, database: Database, short: boolean, runs: boolean): string {
  if (database.foreign !== undefined) return `${code(database.foreign)} is in the stack, and no sheet here describes it: no tool, no SQL and no seeds are proposed. Take the migration tool that your team knows for it; what holds for any database stays: one runner at a time, before the new version starts, and a statement that changes a column in place never runs while two versions are live.`
  if (tool.reason === 'no-database') {
    return 'No database is named, so there is nothing to migrate yet. Name one in the stack, and the tool, the order in the pipeline and the seeds follow from it.'
  }
  if (sheet === undefined) return `Documents in ${database.id} carry their own shape: readers cope with old ones, and a script moves data when they no longer can.`
  const { runnerLock, nonTransactionalStep, applyCommand, down } = sheet.facts
  const step = nonTransactionalStep.value === null ? '' : outside[nonTransactionalStep.value]
  const command = runs ? lockedCommand(tool.id, sheet, database.id) : applyCommand.value
  const apply = command === null ? '' : `Apply with ${code(command)}${command === applyCommand.value ? '' : `, which runs ${code(applyCommand.value ?? '')} under a lock`}.`
  const locked = runs && needsRunner(sheet, database.id)
  const lock = runnerLock.value === null || sheet.facts.kind.value === 'schema-on-read' || (short && locked) ? '' : `${locks[runnerLock.value]}${runnerLock.value === 'none' && !locked ? ' Let the pipeline run one migration job at a time (a concurrency group that does not cancel).' : ''}`
  const chosen = `**${plain(sheet.name)}**: ${reasons[tool.reason]}.`
  if (short) return [chosen, apply, lock].filter((fact) => fact !== '').join(' ')
  const facts = [
    apply,
    lock,
    step === '' ? '' : `${step}${nonTransactionalStep.note === undefined ? '' : ` (${nonTransactionalStep.note})`}.`,
    down.value === false && sheet.facts.kind.value === 'migration-runner' ? 'It has no down migrations: production rolls forward.' : '',
  ].filter((fact) => fact !== '')
  return blocks(chosen, bullets(facts), tool.alternatives.length > 0 && `Alternatives: ${tool.alternatives.join(', ')}.`)
}

/** How files are told apart, by what the tool calls them. */
function naming(sheet: ToolSheet | undefined): string {
  const name = sheet?.facts.fileNaming.value ?? ''
  if (/^N{3,}/.test(name)) return `Numbers, as the tool makes them (${code(name.split(',')[0] ?? name)}): two branches can take the same one, so bring main in before a file is named.`
  if (name.startsWith('REVISION')) return 'Revision ids, as the tool makes them; two heads are merged before the release.'
  return 'Timestamps, as the tool makes them: numbers in sequence collide between branches.'
}

/** The six concerns, as short as the stage allows. */
export function renderStrategy(input: MigrationInput, database: Database, sheet: ToolSheet | undefined, detail: Detail): string {
  if (database.id === 'none') return ''
  if (isSchemaless(database.id)) return documentStrategy(detail)
  const early = stageRank(input.stage ?? 'mvp') <= stageRank('mvp')
  const hasDown = sheet?.facts.down.value === true
  const mysql = database.id === 'mysql' || database.id === 'mariadb'
  const rows: [string, string][] = [
    ['Versioning', `${naming(sheet)} A migration that ran anywhere is never edited.`],
    ['Rollback', `${hasDown ? 'Down migrations are for development and for the expand step.' : 'There are no down migrations.'} Production rolls forward; up to the contract step the old code still works, which is the real rollback. A dropped column comes back empty.`],
    ['CI integration', `Build an empty database from all files and run the tests on it.${early ? '' : ' Then apply the new files to the last release and run the tests of the previous version against the result: that finds renames and drops.'}`],
    ['Zero downtime', early ? 'Add first, remove a release later. Never rename or retype in place while two versions run.' : 'Expand, keep both shapes equal, backfill, verify, switch, let the old version drain, contract. Two or three releases; see the plan of each change.'],
    ['Seed data', 'Generated for local work, made up everywhere below production; see Seeds.'],
    ['Production', `Expand before the new code, contract after the old code is gone. One runner at a time migrates${database.id === 'sqlite' ? '; one writer at a time is let in, so keep each file short' : ', on the direct database URL'}.${mysql ? ' Each schema statement commits by itself: one a file.' : database.id === 'sqlite' ? '' : ' A lock timeout in every file.'}`],
  ]
  return blocks(table(['Concern', 'Rule'], detail === 'brief' ? rows.filter(([concern]) => ['Rollback', 'Zero downtime', 'Production'].includes(concern)) : rows), detail === 'full' && !early && timeline)
}

/** A change that both versions see, over its releases: the drawing behind the row on zero downtime. */
const timeline = fence('mermaid', ['flowchart LR', '  expand["Release 1: expand"] --> both["both shapes are written"] --> fill["backfill, verify"]', '  fill --> switch["Release 2: read the new shape"] --> drain["old version gone"] --> contract["Release 3: contract"]', '  switch -. "way back: the release before" .-> both'].join('\n'))

const documentStrategy = (detail: Detail): string => table(['Concern', 'Rule'], [
  ['Versioning', 'Documents carry a schemaVersion; readers accept the last one and the current one.'],
  ['Zero downtime', 'A new field needs no migration: readers supply the default. Renamed or retyped fields are written under both names, copied in batches, then read under the new one, then unset.'],
  ...(detail === 'brief' ? [] : [
    ['Rollback', 'Readers go back to the old field, which is still written; unset it last.'],
    ['CI integration', 'Run every script twice on a filled test database: the second run must change nothing.'],
    ['Seed data', 'Generated, never copied; see Seeds.'],
    ['Production', 'One job runs scripts and builds indexes; no instance does so at start.'],
  ]),
])

/** Seeds for local work, staging and reference data. */
export const renderSeeds = (detail: Detail, own = false): string => bullets([
  'Local: factories with a fixed seed; inserting again changes nothing (upsert by key).',
  'Shared environments: made-up data of a realistic size, never production rows; masked ones are still personal data.',
  ...(detail === 'brief' ? [] : ['Reference data (countries, plans, roles) is part of the migrations.', 'Every seed script refuses to run when the environment, the host or the database name says production.']),
  ...(own ? ['The script reads the tables and fills them parents first; give a column a factory where a check wants something else. SEED_ROWS makes it larger for load tests.'] : []),
])

/** Where migrations run, step by step: lines for the pipeline, where the files hold the script they call. */
export function renderCi(tool: ToolChoice, sheet: ToolSheet | undefined, database: Database): string {
  const apply = lockedCommand(tool.id, sheet, database.id)
  const script = database.id !== 'none' && apply !== null && tool.id !== 'versioned-scripts'
  const line = (word: string, otherwise: string): string => (script ? code(`sh db/check-migrations.sh ${word}`) : otherwise)
  return bullets([
    `Pull request, beside lint: ${line('lint', 'lint the new files')} reads only what is new${script ? `; ${code('sh db/check-migrations.sh contract')} stops a removal that nobody approved` : ''}.`,
    `Pull request, job with an empty database: ${line('zero', 'apply all files')}, then the tests.`,
    `Pull request, job with a second one: ${line('upgrade', 'apply the files of the last release, then the new ones')}; ${line('old-code', 'then the tests of the last release')} runs the tests of the last release on the new schema and finds renames and drops${script ? ' (set TEST_COMMAND)' : ''}.`,
    `Release, before the new code: ${apply === null ? 'the scripts' : code(apply)} in one job; a concurrency group that does not cancel, the direct address (DIRECT_DATABASE_URL), no second migrator in start-up code.`,
    'Files in db/planned/release-N enter the migrations folder in that release; contract steps wait for an approval of the environment, after the old version is gone.',
    'Every day: compare the schema of production with the files, and report the difference.',
  ])
}

/** How an existing database comes under the tool. */
export function renderAdoption(tool: ToolChoice, sheet: ToolSheet | undefined, database: Database): string {
  const script = database.id === 'postgresql' && adoptions[tool.id] !== undefined
  const baseline = sheet?.facts.baseline.value
  return bullets([
    script ? `${code('sh db/adopt.sh dump')}: the schema of production, without data, becomes the first migration.` : 'Dump the schema of production without data; it becomes the first migration.',
    script ? `${code('sh db/adopt.sh mark')}: recorded as applied in every database that exists, without running it.` : baseline == null ? 'Record that migration as applied in every existing database, without running it.' : `Mark it as applied where the schema exists: ${code(baseline)}.`,
    script ? `${code('sh db/adopt.sh verify')}: an empty database built from the files has the same schema, to the line.` : 'Build an empty database from the files and compare its schema with production: no difference.',
    'Take the right to change the schema away from the application and from people; switch off whatever changes it at start.',
  ])
}

/** Where the migration runs on hosting that a team looks after itself; empty where the platform or the pipeline has a place for it. */
export const renderPlace = (input: MigrationInput): string => (hostingId(input.hosting) === 'virtual-server'
  ? 'On your server the deploy script runs it in a one-off container of the new image, after a backup and before the service is replaced; the old version still answers while it runs.' : '')
