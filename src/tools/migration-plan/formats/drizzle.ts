import { uncut } from './cut.ts'
import { belongsTo, upStatements, type MigrationFormat } from './format.ts'
import { lintNotes } from './lint.ts'

/**
 * SQL to be registered in the journal by a script: number and time of an entry depend on the entries before it, and the migrator passes
 * over a file whose time is before that of the last one applied.
 */
export const drizzle: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.sql`,
  text: (request) => `${[belongsTo(request), ...lintNotes(request.step)].map((line) => `-- ${line}\n`).join('')}${upStatements(request.step).map((sql) => `${uncut(sql, /--> statement-breakpoint/, 'Drizzle')};`).join('\n--> statement-breakpoint\n')}`,
}
