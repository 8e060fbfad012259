import { generatedFile } from '../../core/file.ts'
import type { FileWithBody } from '../tool.ts'
import type { MigrationDecision } from './decide.ts'
import { alembic } from './formats/alembic.ts'
import { dbmate } from './formats/dbmate.ts'
import { flyway } from './formats/flyway.ts'
import type { MigrationFormat } from './formats/format.ts'
import { script } from './formats/format.ts'
import { knex } from './formats/knex.ts'
import { migrateMongo, migrateMongoConfig } from './formats/migrate-mongo.ts'
import { mysqlScript, otherChecks, shellScript } from './formats/other-databases.ts'
import { nodePgMigrate } from './formats/node-pg-migrate.ts'
import { plainSql } from './formats/plain-sql.ts'
import { prisma } from './formats/prisma.ts'
import type { ToolSheet } from './select-tool.ts'
import { stepsOf, type Step } from './steps.ts'

const formats: Readonly<Record<string, MigrationFormat>> = { alembic, dbmate, flyway, knex, 'migrate-mongo': migrateMongo, 'node-pg-migrate': nodePgMigrate, 'prisma-migrate': prisma }

/** True when the files are in the tool's own format; for the others plain SQL is written, to be pasted into an empty migration. */
export const hasOwnFormat = (tool: string): boolean => tool in formats

const words = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join('_').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60) || 'change'

/** File name part of one step, from the change and its table: `rename_column_users_1_expand`. */
const stepName = (base: string, step: Step): string => `${base}_${step.name.replaceAll('-', '_')}`

/**
 * The files of a plan. Steps that may run now lie in the tool's folder; the others in `db/planned/release-N`, because a runner applies
 * whatever it finds. Stamps count up from midnight of `asOf`, so the same input gives the same files.
 */
export function filesOf(decision: MigrationDecision, sheet: ToolSheet | undefined, subject: string | undefined, asOf: string): FileWithBody[] {
  if (decision.change === null || decision.phases.length === 0) return []
  const base = words(decision.change, subject)
  const day = asOf.replaceAll('-', '')
  const format = formats[decision.tool] ?? (decision.database === 'mongodb' ? migrateMongo : plainSql)
  const folder = hasOwnFormat(decision.tool) ? sheet?.facts.folder.value ?? 'migrations' : 'db/migrations'
  const server = decision.database === 'postgresql'
  const files: FileWithBody[] = []
  let previous: { stamp: string, name: string } | undefined
  stepsOf(decision.phases, decision.database).forEach((step, index) => {
    const [stamp, name] = [`${day}${String(index + 1).padStart(6, '0')}`, stepName(base, step)]
    if (step.statements[0]?.language === 'shell') {
      files.push(generatedFile(`db/scripts/${stamp}_${name}.sh`, `${step.phase}, release ${step.release}; read it first, it works on the database at once`, 'sh -n FILE', shellScript(step)))
      return
    }
    if (step.phase === 'backfill' && !step.transactional && (decision.database === 'mysql' || decision.database === 'mariadb')) {
      files.push(generatedFile(`db/backfills/${stamp}_${name}.sql`, 'backfill in batches; can be stopped and resumed', 'mysql --defaults-file="$MYSQL_DEFAULTS_FILE" "$DATABASE_NAME" < FILE', mysqlScript(step)))
      return
    }
    if (step.phase === 'backfill' && !step.transactional && step.statements[0]?.language === undefined) {
      files.push(generatedFile(`db/backfills/${stamp}_${name}.sql`, 'backfill in batches; can be stopped and resumed', 'psql "$DIRECT_DATABASE_URL" -f FILE', script(step.statements.map(({ sql }) => sql))))
      return
    }
    const request = { step, stamp, name, previous }
    const place = step.now ? folder : `db/planned/release-${step.release}`
    const purpose = step.now ? `${step.phase}, before the deploy of release ${step.release}` : `${step.phase}, release ${step.release}; then into ${folder}`
    files.push(generatedFile(`${place}/${format.path(request)}`, hasOwnFormat(decision.tool) ? purpose : `${purpose}; paste into an empty ${sheet?.name ?? 'migration'} migration`, sheet?.facts.applyCommand.value ?? 'apply it to a copy first', format.text(request)))
    previous = { stamp, name }
  })
  const questions = decision.phases.flatMap(({ phase, release, verify }) => (verify === null ? [] : [`-- release ${release}, ${phase}`, `${verify};`]))
  if (server && questions.length > 0) files.push(generatedFile(`db/checks/${day}_${base}.sql`, 'each query must return 0 before the next phase', 'psql "$DATABASE_URL" -At -f FILE', questions.join('\n')))
  if (decision.tool === 'migrate-mongo') files.push(generatedFile('migrate-mongo-config.js', 'settings with the lock switched on', 'npx migrate-mongo status', migrateMongoConfig))
  if (!server && questions.length > 0) files.push(otherChecks(decision, `db/checks/${day}_${base}`))
  return files
}
