import { sha256 } from '../../../core/file.ts'
import { apartStatements, belongsTo, downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { lintNotes } from './lint.ts'

const revision = (stamp: string, name: string): string => sha256(`${stamp}_${name}`).slice(0, 12)
/** SQL as a Python string. JSON strings are Python strings as long as nothing outside ASCII is escaped in another way, which JSON does not. */
const python = (sql: string): string => `text(${JSON.stringify(sql.replaceAll(':', '\\:'))})`
/** All pending files share a transaction unless env.py says otherwise; this block commits what is open and leaves it. */
const calls = (statements: readonly string[], transactional: boolean): string[] => {
  if (statements.length === 0) return ['    pass']
  if (transactional) return statements.map((sql) => `    op.execute(${python(sql)})`)
  return ['    with op.get_context().autocommit_block():', ...statements.map((sql) => `        op.execute(${python(sql)})`)]
}

export const alembic: MigrationFormat = {
  path: ({ stamp, name }) => `${revision(stamp, name)}_${name}.py`,
  text: (request) => {
    const { step, stamp, name, previous } = request
    const down = downStatements(step)
    return [
      `"""${name} (${belongsTo(request)})"""`, ...lintNotes(step).map((line) => `# ${line}`), 'from alembic import op', 'from sqlalchemy import text', '',
      `revision = "${revision(stamp, name)}"`,
      previous === undefined ? 'down_revision = "SET-TO-CURRENT-HEAD"  # the id that `alembic heads` prints' : `down_revision = "${revision(previous.stamp, previous.name)}"`,
      'branch_labels = None', 'depends_on = None', '', '',
      'def upgrade():', ...(step.apart && step.transactional ? calls(apartStatements(step), false) : calls(upStatements(step), step.transactional)), '', '',
      'def downgrade():', ...(down === undefined ? [`    raise RuntimeError("${noWayBack}")`] : calls(down, step.transactional)),
    ].join('\n')
  },
}
