import { blocks, bullets, code, fence, plain } from '../../core/markdown.ts'
import type { MigrationDecision } from './decide.ts'
import { durationOf, type Rates } from './durations.ts'
import { applications, blocking, failures, title } from './render-plan.ts'
import { before, connections, displace, listed, naming, publishedIn, replicas, sizeOf, usage, vacuuming, waiting } from './runbook-queries.ts'
import { durationWords, notesOf, stopsOf } from './runbook-words.ts'
import { lockRetries } from './rules.ts'
import type { Phase } from './sql/statement.ts'

/** A file of a step and what a person does with it. */
export interface Placed {
  readonly phase: Phase
  readonly path: string
  /** Moves a file that waits for its turn to where the tool finds it; undefined when it is there. */
  readonly move: string | undefined
  readonly apply: string
  /** Whether another try can do no harm: nothing was changed when the lock was not given. */
  readonly again: boolean
  /** What a tool needs before it tries a failed file again. */
  readonly recover: string | undefined
  /** SQL after which the tool takes the file for one that never ran; undefined when no tool keeps a record of it. */
  readonly forget: string | undefined
}

/** What the runbook is about. */
export interface RunbookRequest {
  readonly decision: MigrationDecision
  readonly placed: readonly Placed[]
  /** Quoted; undefined for a change of a type. */
  readonly table: string | undefined
  /** Null when nobody said. */
  readonly rows: number | null
  readonly rates: Rates
  /** Places in the files that only the project knows. */
  readonly fillIn: readonly string[]
  /** What the tool needs for a statement outside a transaction; undefined when nothing. */
  readonly outside: string | undefined
}

const name = '(?:"(?:[^"]|"")+"|[^\\s,."]+)'
/** The table or view that a statement takes away from whoever names it. */
const removed = new RegExp(`^(?:DROP (?:TABLE|VIEW|MATERIALIZED VIEW)|ALTER TABLE(?= .* RENAME TO .*_dropped_)) (${name}(?:\\.${name})?)`)

const sql = (text: string): string => fence('sql', `${text};`)
/** The same command up to thirty times while it did not get its lock; any other error ends it at once. */
const until = (command: string, recover: string | undefined): string =>
  `(n=0; until said=$(${command} 2>&1); do printf '%s\\n' "$said"; case $said in *'lock timeout'*|*'ock wait timeout'*|*55P03*|*deadlock*) ;; *) exit 1 ;; esac; ${recover === undefined ? '' : `${recover}; `}n=$((n+1)); test $n -lt ${lockRetries} || exit 1; sleep $((1 + n % 2)); done; printf '%s\\n' "$said")`

function commands(files: readonly Placed[]): string {
  return files.map(({ move, apply, again, recover }) => [...(move === undefined ? [] : [move]), again ? until(apply, recover) : apply].join('\n')).join('\n')
}

function locks({ phase, plainForm, rows, rates }: { readonly phase: Phase, readonly plainForm: boolean, readonly rows: number | null, readonly rates: Rates }): string[] {
  const seen = phase.statements.filter(({ lock }) => lock !== 'none').map((statement) => {
    const { lock, blocks: stops, rewritesTable } = statement
    const shown = statement.sql.split('\n')[0] ?? ''
    return `${code(shown.length > 90 ? `${shown.slice(0, 90)} …` : shown)}: lock ${lock}, blocks ${blocking[stops]}, ${rewritesTable ? 'writes every row again' : 'no rewrite'}; ${durationWords(durationOf(statement, rates, plainForm), rows)}.`
  })
  return [...new Set(seen)]
}

function undo({ decision: { tool }, placed }: RunbookRequest, phase: Phase, released: boolean): string {
  if (phase.rollback.kind === 'restore') return 'Way back: a restore only. Note the time before you start: that is the point to restore to.'
  if (phase.rollback.kind === 'roll-forward') return 'Way back: none that is worth trusting. Go forward with a new migration.'
  if (phase.rollback.statements.length === 0) return ''
  const own = placed.filter((file) => file.phase === phase && !file.path.startsWith('db/backfills/'))
  // Alembic keeps one revision and no list: only its own command goes back in both.
  if (tool === 'alembic' && own.length > 0) return `Way back${released ? ' (deploy the version before first)' : ''}, while nothing newer is applied; the files hold the SQL:\n\n${fence('sh', own.map(() => 'alembic downgrade -1').join('\n'))}`
  const forgotten = placed.filter((file) => file.phase === phase).flatMap(({ forget }) => (forget === undefined ? [] : [forget]))
  return blocks(
    `Way back${released ? ' (deploy the version before first)' : ''}:`,
    fence('sql', phase.rollback.statements.map((text) => `${text};`).join('\n')),
    forgotten.length > 0 && blocks('Way back, second half: the tool still takes the files for applied. After this it does not:', fence('sql', [...new Set(forgotten)].map((text) => `${text};`).join('\n'))),
  )
}

function step(request: RunbookRequest, phase: Phase, index: number): string {
  const { table, placed, decision } = request
  const files = placed.filter((file) => file.phase === phase)
  const asks = phase.verify !== null && phase.statements.length === 0 && phase.phase === 'verify' ? listed(phase.verify, table) : undefined
  const texts = phase.statements.map(({ sql: text }) => text)
  const gone = texts.map((text) => removed.exec(text)?.[1]).find((name) => name !== undefined)
  const column = texts.map((text) => /DROP COLUMN ("(?:[^"]|"")+"|[^\s,]+)/.exec(text)?.[1]).find((name) => name !== undefined)?.replace(/^"|"$/g, '').replaceAll('""', '"')
  const analyze = phase.phase === 'backfill' && phase.statements.length > 0 && table !== undefined
  return blocks(
    `### ${index + 1}. ${plain(title(phase))} (release ${phase.release})`,
    phase.application !== undefined && `Deploy code that ${applications[phase.application]}. The code before and this one run side by side until it is out.`,
    files.length > 0 && `Files: ${files.map(({ path }) => code(path)).join(', ')}.\n\n${fence('sh', commands(files))}`,
    bullets(locks({ phase, plainForm: decision.level === 'L0' || decision.level === 'L1', rows: request.rows, rates: request.rates })),
    phase.phase === 'switch' && blocks('Old version gone? Its instances, workers, schedules and consoles are at zero, and no connection is older than the end of the deploy (behind a pooler: let application_name carry the release and look for the old one):', sql(connections)),
    gone !== undefined && blocks('Still in use? Ask twice, an hour apart, and wait out your rarest job:', sql(usage(gone))),
    column !== undefined && blocks('Does anything still name it? Look in code, reports and, with the extension pg_stat_statements, in the queries since its last reset; wait out your rarest job:', sql(naming(column))),
    phase.verify !== null && blocks(`Must return 0${phase.phase === 'switch' ? ', before and after the deploy' : ''}:`, sql(phase.verify)),
    asks !== undefined && blocks('Not 0? This lists it:', sql(asks)),
    analyze && blocks('Afterwards, so that plans know the new values:', sql(`ANALYZE ${table}`)),
    undo(request, phase, decision.phases.slice(0, index).some((earlier) => earlier.phase === 'switch')),
    bullets([...stopsOf(phase), failures[phase.onFailure]]),
  )
}

/** Everything the person needs who runs the plan on production, in the order in which they need it. */
export function renderRunbook(request: RunbookRequest): string {
  const { decision, table, fillIn, outside } = request
  const statements = decision.phases.flatMap((phase) => phase.statements)
  const writes = statements.some(({ batches, rewritesTable }) => batches !== undefined || rewritesTable)
  const triggers = statements.some(({ sql: text }) => text.startsWith('CREATE TRIGGER'))
  const general = [
    ...(triggers ? ['Writers with session_replication_role = replica and subscriptions of logical replication pass triggers by: there must be none on this table during the plan.'] : []),
    ...(statements.some(({ sql: text }) => /(ADD|DROP|RENAME) COLUMN|ALTER COLUMN .* TYPE/.test(text)) ? ['A prepared SELECT * fails once in each connection when columns change (0A000): name the columns, or let the driver try again.'] : []),
    ...(outside !== undefined && statements.some(({ transaction, batches }) => transaction === 'none' && batches === undefined) ? [`Outside a transaction: ${outside}.`] : []),
  ]
  return blocks(
    `# Runbook: ${plain(decision.change ?? '')}${table === undefined ? '' : ` on ${plain(table)}`}`,
    `Level ${decision.level}, ${decision.deploysNeeded} ${decision.deploysNeeded === 1 ? 'release' : 'releases'}. Rehearse it on a copy of production first; use the direct address, not a pooler.`,
    fillIn.length > 0 && `## Fill in\n\n${bullets(fillIn)}`,
    '## Before you start',
    ...before.map(([words, query]) => blocks(words, sql(query))),
    table !== undefined && blocks(`Size.${writes ? ' Have the disk free for the table and its indexes once more: every row is written again, and the old ones stay until vacuum.' : statements.some(({ sql: text }) => /CREATE .*INDEX/.test(text)) ? ' Have the disk free for the new index and the sort that builds it.' : ''}`, sql(sizeOf(table))),
    table !== undefined && blocks('Published? Then the subscriber has to know new columns and tables first.', sql(publishedIn(table))),
    writes && blocks('Replicas. When may_see_lag is false the job cannot wait for them: it says so and only pauses longer; GRANT pg_monitor to the role. A replica without a row here nobody waits for: watch it yourself.', sql(replicas)),
    '## Steps',
    ...decision.phases.map((phase, index) => step(request, phase, index)),
    blocks('## While a step runs', 'Who waits for whom. End the step, not the application: pg_cancel_backend(pid).', sql(waiting)),
    table !== undefined && blocks('No lock after thirty tries? Look for a vacuum; after a backfill there is one.', sql(vacuuming(table)), 'An autovacuum gives way only to whoever waits for longer than a second, and a step waits less. This waits without making a query wait; then run the step at once. One that is to prevent wraparound does not give way: let it end.', decision.change !== 'view-or-matview-change' && sql(displace(table))),
    (notesOf(decision.change ?? '').length > 0 || general.length > 0) && `## Know this\n\n${bullets([...notesOf(decision.change ?? ''), ...general])}`,
  )
}
