import { uncut } from './cut.ts'
import { belongsTo, downStatements, refuseDown, script, upStatements, type MigrationFormat } from './format.ts'
import { lintNotes } from './lint.ts'

/** Text outside a transaction is still sent as one query, so only a single statement leaves it. */
export const dbmate: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.sql`,
  text: (request) => {
    const { step } = request
    const mark = step.transactional ? '' : ' transaction:false'
    const whole = (sql: string): string => uncut(sql, /^--\s*migrate:/m, 'dbmate')
    return [
      `-- migrate:up${mark}`, `-- ${belongsTo(request)}`, ...lintNotes(step).map((line) => `-- ${line}`), whole(script(upStatements(step))), '',
      `-- migrate:down${mark}`, step.down === null ? refuseDown(step) : whole(script(downStatements(step) ?? [])),
    ].join('\n')
  },
}
