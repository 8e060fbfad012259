import { belongsTo, downStatements, refuseDown, script, upStatements, type MigrationFormat } from './format.ts'
import { lintNotes } from './lint.ts'

/** Text outside a transaction is still sent as one query, so only a single statement leaves it. */
export const dbmate: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.sql`,
  text: (request) => {
    const { step } = request
    const mark = step.transactional ? '' : ' transaction:false'
    return [
      `-- migrate:up${mark}`, `-- ${belongsTo(request)}`, ...lintNotes(step).map((line) => `-- ${line}`), script(upStatements(step)), '',
      `-- migrate:down${mark}`, step.down === null ? refuseDown(step) : script(downStatements(step) ?? []),
    ].join('\n')
  },
}
