import { belongsTo, script, upStatements, type FileRequest } from './format.ts'
import { lintNotes } from './lint.ts'

/** A step as a script of SQL, with a first line that says which deploy it goes with. A comment adds no statement. */
export const sqlFile = (request: FileRequest): string => [belongsTo(request), ...lintNotes(request.step)].map((line) => `-- ${line}\n`).join('') + script(upStatements(request.step))
