import { generatedFile, sha256 } from '../../core/file.ts'
import type { FileWithBody } from '../tool.ts'
import type { MigrationDecision } from './decide.ts'
import { formats } from './formats/formats.ts'
import type { FileRequest } from './formats/format.ts'
import { script, upStatements } from './formats/format.ts'
import { migrateMongo, migrateMongoConfig } from './formats/migrate-mongo.ts'
import { mysqlScript, otherChecks, shellScript } from './formats/other-databases.ts'
import { plainSql } from './formats/plain-sql.ts'
import { lockedCommand, needsRunner, programFor } from './jobs/jobs.ts'
import { registerDrizzle } from './jobs/register-drizzle.ts'
import { forget } from './records.ts'
import { renderRunbook, type Placed, type RunbookRequest } from './render-runbook.ts'
import type { ToolSheet } from './select-tool.ts'
import { stepsOf, type Step } from './steps.ts'

/** True when the files are in the tool's own format; for the others plain SQL is written, to be pasted into an empty migration. */
export const hasOwnFormat = (tool: string): boolean => formats[tool] !== undefined

const words = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join('_').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60) || 'change'

/** File name part of one step, from the change and its table: `rename_column_users_1_expand`. */
const stepName = (base: string, step: Step): string => `${base}_${step.name.replaceAll('-', '_')}`

/**
 * Stamps of a plan: seconds after 11 p.m. of `asOf`, so they follow what was made that day. Where they begin is worked out from what the plan is
 * for: tools that know a migration by its stamp would take a second plan of the day for the first.
 */
function stamps(asOf: string, about: string): (index: number) => string {
  const first = Number.parseInt(sha256(about).slice(0, 8), 16) % 3500
  return (index) => `${asOf.replaceAll('-', '')}23${String(Math.floor((first + index) / 60)).padStart(2, '0')}${String((first + index) % 60).padStart(2, '0')}`
}

const mysqlClient = 'mysql --defaults-file="$MYSQL_DEFAULTS_FILE" "$DATABASE_NAME" < FILE'
const direct = 'psql "$DIRECT_DATABASE_URL" -v ON_ERROR_STOP=1 -f FILE'

/** A step that no migration tool runs: a command line, or rows worked through in batches. Undefined for all others. */
function besideTool(step: Step, tool: string, stamp: string, name: string, database: string): FileWithBody | undefined {
  const [statement] = step.statements
  if (statement?.language === 'shell') return generatedFile(`db/scripts/${stamp}_${name}.sh`, `${step.phase}, release ${step.release}; read it first, it works on the database at once`, 'sh -n FILE', shellScript(step))
  if (step.phase !== 'backfill' || step.transactional || statement?.language !== undefined) return undefined
  const purpose = 'backfill; can be stopped and resumed'
  const { extension, run, text } = programFor(tool, database)
  const onMysql = database === 'mysql' || database === 'mariadb'
  // There a loop is a procedure, with its call and its removal.
  const batches = onMysql ? step.statements.find((one) => one.batches !== undefined)?.batches : step.statements.length === 1 ? statement?.batches : undefined
  if (batches === undefined && onMysql) return generatedFile(`db/backfills/${stamp}_${name}.sql`, purpose, mysqlClient, mysqlScript(step))
  if (batches === undefined) return generatedFile(`db/backfills/${stamp}_${name}.sql`, purpose, database === 'sqlserver' ? 'sqlcmd -b -i FILE' : direct, script(step.statements.map(({ sql }) => sql)))
  return generatedFile(`db/backfills/${stamp}_${name}.${extension}`, purpose, run, text({ name, batches }))
}

/** Tools that refuse a file whose stamp is before one that ran: in the meantime others have come. */
const inOrder = ['node-pg-migrate', 'flyway']
/** The stamp of the day, or the planned one while that is later: the first files of a plan may have a stamp of tonight. */
const later = (stamp: string): string => `$(printf '%s\\n' ${stamp} $(date -u +%Y%m%d%H%M%S) | sort -n | tail -n 1)`

/** Whether a step can simply be tried again and again: it takes a lock, and reads no table under it. */
const cheap = ({ transactional, statements }: Step): boolean => transactional && !statements.some(({ lock, rewritesTable }) => lock === 'SHARE UPDATE EXCLUSIVE' || lock === 'SHARE' || rewritesTable)

/** The command that moves a waiting file to its folder, with a stamp of the day where the tool asks for one. */
const moveTo = (tool: string, from: string, to: string, stamp: string): string => `mkdir -p ${to.slice(0, to.lastIndexOf('/'))} && mv ${from} ${inOrder.includes(tool) ? to.replace(stamp, later(stamp)) : to}`

/** What the plan is about, for its runbook. */
export type About = Pick<RunbookRequest, 'table' | 'rows' | 'rates'> & { readonly text: string }

/**
 * The files of a plan. Steps that may run now lie in the tool's folder; the others in `db/planned/release-N`, because a runner applies
 * whatever it finds. The same input gives the same files; `about` tells plans of one day apart.
 */
export function filesOf(decision: MigrationDecision, sheet: ToolSheet | undefined, subject: string | undefined, asOf: string, about: About): FileWithBody[] {
  if (decision.change === null || decision.phases.length === 0) return []
  const { tool, database } = decision
  const base = words(decision.change, subject)
  const format = formats[tool] ?? (database === 'mongodb' ? migrateMongo : plainSql)
  const stampOf = stamps(asOf, `${base} ${about.text}`)
  // Where numbers, models or the journal are the tool's own, a person or a script moves the file in.
  const moved = !hasOwnFormat(tool) || tool === 'drizzle-kit' || tool === 'django-migrations'
  const folder = moved ? 'db/migrations' : sheet?.facts.folder.value ?? 'migrations'
  const destination = tool === 'drizzle-kit' ? '; node db/add-to-drizzle.mjs FILE' : tool === 'django-migrations' ? '; then into migrations/ of the app' : moved ? `; paste into an empty ${sheet?.name ?? 'migration'} migration` : ''
  const apply = lockedCommand(tool, sheet, database) ?? 'apply it to a copy first'
  const files: FileWithBody[] = []
  const placed: Placed[] = []
  let previous: (NonNullable<FileRequest['previous']> & { readonly place: string }) | undefined
  // A tool that runs all its files in one transaction cannot take one step out of it, nor hold those behind it back.
  let left = 0
  stepsOf(decision.phases, database).forEach((step, index) => {
    const [stamp, name] = [stampOf(index), stepName(base, step)]
    const beside = besideTool(step, tool, stamp, name, database)
    if (beside !== undefined) {
      files.push(beside)
      placed.push({ phase: step.of, path: beside.path, move: undefined, apply: beside.verifyWith.replace('FILE', beside.path), again: false, recover: undefined, forget: undefined })
      return
    }
    if (database === 'postgresql' && sheet?.facts.nonTransactionalStep.value === 'impossible' && (!step.transactional || step.apart || left === step.release)) {
      left = step.release
      const statements = script(upStatements(step))
      const path = `db/outside/release-${step.release}/${stamp}_${name}.sql`
      placed.push({ phase: step.of, path, move: undefined, apply: direct.replace('FILE', path), again: cheap(step), recover: undefined, forget: undefined })
      files.push(generatedFile(path, `${step.phase}; not by ${sheet.name}, which runs all files in one transaction`, direct, `-- release ${step.release}, ${step.phase}\n${step.transactional ? `BEGIN;\n${statements}\nCOMMIT;` : statements}`))
      return
    }
    const place = step.now ? folder : `db/planned/release-${step.release}`
    // What lies in another folder waits for its turn, and by then something else may have come before it.
    const request = { step, stamp, name, previous: previous?.place === place ? previous : undefined }
    const path = `${place}/${format.path(request)}`
    const text = format.text(request)
    const holds = text.includes('SET-TO-') ? `; fill in ${[...new Set(text.match(/SET-TO-[A-Z-]+/g))].join(', ')}` : ''
    const purpose = step.now ? `${step.phase}, before the deploy of release ${step.release}${destination}` : `${step.phase}, release ${step.release}${moved ? destination : `; then into ${folder}`}`
    files.push(generatedFile(path, `${purpose}${holds}`, apply, text))
    // A folder with one file in it is the migration.
    const [file, to] = [path, `${folder}/${format.path(request)}`].map((at) => at.replace(/\/migration\.sql$/, '')) as [string, string]
    placed.push({
      phase: step.of, path, apply, again: cheap(step) && !needsRunner(sheet, database),
      move: step.now ? undefined : tool === 'drizzle-kit' ? `node db/add-to-drizzle.mjs ${path}` : moved ? `# paste ${path} into an empty migration` : moveTo(tool, file, to, stamp),
      forget: forget(tool, { stamp, name }),
      recover: tool === 'prisma-migrate' ? `npx prisma migrate resolve --rolled-back ${file.slice(file.lastIndexOf('/') + 1)}` : undefined,
    })
    const settings = format.settings?.(request)
    if (settings !== undefined) files.push(generatedFile(`${place}/${settings.path}`, 'settings of that file', apply, settings.text))
    previous = { stamp, name, place }
  })
  const fillIn = files.filter(({ body }) => body.includes('SET-TO-')).map(({ path, body }) => `${path}: ${[...new Set(body.match(/SET-TO-[A-Z-]+/g))].join(', ')}. It fails until that is done.`)
  return [...files, ...checksOf(decision, `db/checks/${asOf.replaceAll('-', '')}_${base}`, { ...about, placed, fillIn, outside: sheet?.facts.nonTransactionalStep.note }), ...helpersOf(decision, sheet, files)]
}

/** What a person checks on the way; a plan of one short migration says it in the answer. */
function checksOf(decision: MigrationDecision, path: string, about: Omit<RunbookRequest, 'decision'>): FileWithBody[] {
  if (decision.database !== 'postgresql') return decision.phases.some(({ verify }) => verify !== null) ? [otherChecks(decision, path)] : []
  if (decision.level === 'L0' || decision.level === 'L1') return []
  return [generatedFile(`${path}.md`, 'runbook: files, locks, time, checks, ways back', 'psql "$DIRECT_DATABASE_URL"', renderRunbook({ decision, ...about }))]
}

/** What a tool lacks: a lock, a place in the journal. Only where there are files for it to run. */
function helpersOf({ tool, database }: MigrationDecision, sheet: ToolSheet | undefined, files: readonly FileWithBody[]): FileWithBody[] {
  if (!files.some(({ path }) => !/^db\/(backfills|scripts|outside)\//.test(path))) return []
  const { runner, runnerPath, startRunner } = programFor(tool, database)
  return [
    ...(tool === 'migrate-mongo' ? [generatedFile('migrate-mongo-config.js', 'settings with the lock switched on', 'npx migrate-mongo status', migrateMongoConfig)] : []),
    ...(needsRunner(sheet, database) ? [generatedFile(runnerPath, 'runs the tool under a lock', startRunner, runner(sheet?.facts.applyCommand.value ?? ''))] : []),
    ...(tool === 'drizzle-kit' ? [generatedFile('db/add-to-drizzle.mjs', "gives a planned file its place in Drizzle's journal", 'node --check FILE', registerDrizzle)] : []),
  ]
}
