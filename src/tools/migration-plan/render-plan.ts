import { blocks, bullets, code, fence, plain, table } from '../../core/markdown.ts'
import type { Detail } from '../tool.ts'
import type { MigrationDecision } from './decide.ts'
import { lockRetries, type ApplicationId, type FailureId, type Level } from './rules.ts'
import { howToRun, mustKnow } from './render-databases.ts'
import type { Blocks, Phase, Statement } from './sql/statement.ts'

const levels: Readonly<Record<Level, string>> = {
  L0: 'One short migration: the application stands still for it, or nobody uses the table yet.',
  L1: 'One migration on the live table; it is over before anybody notices, provided it does not wait for a lock.',
  L2: 'The table is read or indexed while the application keeps writing, so the strong lock is never held for long.',
  L3: 'Running code sees this change. Old and new code must both work until the old one is gone, whatever the size of the table.',
  L4: 'Too many rows or writes to do in passing: a throttled job works through them and can be stopped.',
}
export const failures: Readonly<Record<FailureId, string>> = {
  'retry-lock': `Lock not available: try again up to ${lockRetries} times, one to two seconds apart. Nothing was changed.`,
  'drop-invalid-index': 'A failed build leaves an invalid index: run the rollback, then build again. Do not use IF NOT EXISTS.',
  'fix-rows': 'Rows break the rule: list them with the verify query, mend them, run the step again.',
  'resume-backfill': 'Start it again; rows already done are skipped.',
  'wait-for-old-version': 'Do not go on while the old version runs, or while the verify query is not 0.',
  'forward-only': 'Stop before it if anything is unclear: from here only a restore brings the data back.',
  'before-the-bound': 'Rows at or above the bound are refused from here: finish before the first one comes, or run the rollback.',
  'stop-and-ask': 'Not 0: the plan does not fit this table as it is. Settle what the query found, then plan again.',
}
const actions: Readonly<Record<Phase['phase'], string>> = {
  expand: 'Add the new beside the old', backfill: 'Fill old rows in batches', verify: 'Check', switch: 'Deploy the code; drain the old version', contract: 'Finish: make it strict, remove the old',
}
/** What the application does, in one line. */
export const applications: Readonly<Record<ApplicationId, string>> = {
  'use-new-column': 'reads and writes only the new columns',
  'cast-to-new-type': 'keeps the name and casts to the new type where it reads and writes it: right before and after the swap', 'read-as-new-type': 'keeps the name and casts to the new type where it reads it: right before and after the swap',
  'use-new-name': 'uses the new name', 'stop-using': 'no longer names it', 'handle-refusal': 'handles a refused row', 'accept-null': 'copes with NULL',
  'accept-new-value': 'copes with the new value', 'send-the-value': 'sends the value itself', 'accept-bigint': 'takes keys beyond 2,147,483,647 (a text in JavaScript) and casts a key it selects to bigint', 'stop-writing-value': 'reads the value but writes it no more',
  'forget-value': 'no longer knows the value', 'write-within-limit': 'writes only what fits', 'write-both': 'writes plain and encrypted, reads plain', 'read-new-only': 'reads and writes only the encrypted column',
  'filter-deleted': 'passes over deleted rows in every query, and marks none yet', 'mark-deleted': 'marks rows instead of deleting them', 'encrypt-old-rows': 'its job encrypts the rows that the query counts',
  'send-tenant': 'sends the tenant, and sets app.tenant_id in each transaction', 'use-new-table': 'uses the new table, with an upsert', 'use-join-table': 'uses the join table', 'use-column': 'uses the column and leaves the key in the document alone',
  'write-both-fields': 'writes both shapes and reads the old one', 'read-new-field': 'reads the new shape and still writes both', 'accept-new-type': 'copes with the new type', 'expect-expiry': 'copes with documents that go by themselves',
  'use-new-key': 'uses the new key, and removes both names when it removes it', 'sort-by-collation': 'names the collation where it sorts or compares',
}
export const blocking: Readonly<Record<Blocks, string>> = { nothing: 'nothing', writes: 'writes', 'reads-and-writes': 'reads and writes', rows: 'the rows of a batch' }

/** What a phase blocks at worst. Ties go to the first. */
const worst = (phase: Phase): string => {
  const order: readonly Blocks[] = ['reads-and-writes', 'writes', 'rows', 'nothing']
  const found = order.find((blocks) => phase.statements.some((statement) => statement.blocks === blocks))
  const short = found === undefined || order.indexOf(found) === 3 ? '' : phase.statements.some(({ rewritesTable }) => rewritesTable) ? ' for the whole rewrite' : phase.statements.every(({ transaction }) => transaction !== 'none') && found !== 'nothing' ? ', for milliseconds' : ''
  return found === undefined ? 'nothing' : `${blocking[found]}${short}`
}
const undoWords: Readonly<Record<Phase['rollback']['kind'], string>> = { sql: 'yes', nothing: 'nothing to undo', 'roll-forward': 'roll forward', restore: 'restore only' }

export function title(phase: Phase): string {
  if (phase.phase === 'verify' && phase.statements.length === 0) return 'Ask before anything changes'
  const all = phase.statements.map(({ sql }) => sql).join(' ')
  if (phase.application === undefined && phase.phase === 'expand' && /^CREATE TABLE \S+_keys AS .*DROP CONSTRAINT/s.test(all)) return 'Drop its foreign keys; they are written down for the way back'
  if (phase.application === undefined && phase.phase === 'expand' && / RENAME TO \S*_dropped_\d+/.test(all)) return 'Put it aside under another name'
  if (phase.application === undefined && phase.phase === 'backfill' && phase.rollback.kind === 'restore') return 'Remove the old from rows in batches'
  if (phase.application === undefined && phase.phase === 'expand' && !/\b(ADD|CREATE)\b/.test(all)) return 'Change it'
  if (phase.application === undefined && phase.phase === 'contract' && !/\b(SET|ADD|RENAME|POLICY)\b/.test(all)) return 'Remove the old'
  return phase.application === undefined ? actions[phase.phase] : `Application ${applications[phase.application]}${phase.phase === 'switch' ? '; drain the old version' : ''}`
}

function overview(decision: MigrationDecision): string {
  const rows = decision.phases.map((phase, index) => [`${index + 1}. ${title(phase)}`, `${phase.release}`, worst(phase), undoWords[phase.rollback.kind]])
  return table(['Step', 'Release', 'Blocks', 'Undo'], rows)
}

/** Name of a language for a fence; SQL unless all of it is something else. */
const languageOf = (statements: readonly Statement[]): string => ({ shell: 'sh', javascript: 'js', sql: 'sql' })[statements.every(({ language }) => language !== undefined) ? statements[0]?.language ?? 'sql' : 'sql']

/** One phase with its SQL. Fences are longer than any in the SQL, so names cannot end them. */
function step(phase: Phase, index: number): string {
  const separate = phase.statements.some(({ transaction }) => transaction !== 'together')
  const sql = phase.statements.map((statement) => `${statement.sql};${statement.transaction === 'none' && statement.language === undefined ? ' -- alone, outside a transaction' : ''}`).join('\n')
  return blocks(
    `**${index + 1}. ${plain(title(phase))}** (release ${phase.release})`,
    sql !== '' && fence(languageOf(phase.statements), sql),
    separate && phase.statements.length > 1 && 'Each statement has a transaction of its own.',
    phase.verify !== null && `Must return 0: ${code(phase.verify)}`,
    phase.rollback.statements.length > 0 && `Undo:\n\n${fence('sql', phase.rollback.statements.map((text) => `${text};`).join('\n'))}`,
    failures[phase.onFailure],
  )
}

function flow(decision: MigrationDecision): string {
  const nodes = decision.phases.map((phase, index) => `  p${index}["${phase.phase}, release ${phase.release}"]`)
  const edges = decision.phases.slice(1).map((_, index) => `  p${index} --> p${index + 1}`)
  return fence('mermaid', ['flowchart LR', ...nodes, ...edges].join('\n'))
}

/**
 * The plan as Markdown. `normal` leaves the SQL to the decision and the files, so that it is not said twice; beside conflicts, which
 * have to be settled first, it leaves the steps of a long plan there too.
 */
export function renderPlan(decision: MigrationDecision, detail: Detail, conflicts: number): string {
  const { level, change, naiveBlockMs, deploysNeeded } = decision
  if (change === null || level === null) return ''
  const full = detail === 'full'
  const crowded = !full && conflicts > 0 && decision.phases.length > 4
  const estimate = !crowded && naiveBlockMs !== null && naiveBlockMs >= 1000 ? `Done in one obvious statement it would block about ${Math.round(naiveBlockMs / 1000)} s (rows times the measured rate of a small machine; measure your own).` : ''
  // The table says already that the old version has to drain.
  const reasons = [...new Set(decision.phases.map(({ onFailure }) => onFailure))].filter((id) => id !== 'wait-for-old-version').map((id) => failures[id])
  return blocks(
    `${code(change)}, level ${level}, ${deploysNeeded === 1 ? '1 deploy' : `${deploysNeeded} deploys`}. ${levels[level]} ${estimate}`.trim(),
    full && decision.phases.length > 2 && flow(decision),
    !crowded && overview(decision),
    full ? decision.phases.map((phase, index) => step(phase, index)).join('\n\n') : detail === 'normal' && shortSql(decision),
    crowded ? mustKnow(decision) : howToRun(decision),
    detail !== 'brief' && !full && decision.phases.length <= 4 && blocks('When a step fails:', bullets(reasons)),
  )
}

/** Statements a reader takes in at a glance; a plan with loops or trigger bodies is read in the decision and the files. */
function shortSql(decision: MigrationDecision): string {
  const statements = decision.phases.flatMap((phase, index) => phase.statements.map(({ sql, language }) => (language === undefined ? `${sql}; -- ${index + 1}` : sql)))
  const short = statements.length <= 6 && !statements.some((sql) => sql.includes('\n'))
  // One migration has no runbook: its checks and its way back stand here.
  const single = decision.database === 'postgresql' && (decision.level === 'L0' || decision.level === 'L1')
  const [first, later] = [(phase: Phase): boolean => phase.statements.length === 0, (phase: Phase): boolean => phase.statements.length > 0]
  const checks = (when: (phase: Phase) => boolean): string[] => (single ? decision.phases.flatMap((phase, index) => (when(phase) ? checkLines(phase, index) : [])) : [])
  const lines = [...checks(first), ...(short ? statements : []), ...checks(later)]
  return blocks(!short && 'The SQL of every phase is in the files.', lines.length > 0 && fence(languageOf(decision.phases.flatMap((phase) => phase.statements)), lines.join('\n')))
}

function checkLines(phase: Phase, index: number): string[] {
  const back = phase.rollback.statements.map((text) => (text.includes('\n') ? `-- ${text.slice(0, text.indexOf('\n'))} … whole at full detail` : `${text};`))
  return [
    ...(phase.verify === null ? [] : [`-- ${index + 1}, ${phase.statements.length === 0 ? 'before it' : 'afterwards'}: must return 0`, `${phase.verify};`]),
    ...(back.length === 0 ? [] : [`-- ${index + 1}, way back`, ...back]),
  ]
}
