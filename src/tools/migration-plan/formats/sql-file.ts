import { belongsTo, script, upStatements, type FileRequest } from './format.ts'

/** A step as a script of SQL, with a first line that says which deploy it goes with. A comment adds no statement. */
export const sqlFile = (request: FileRequest): string => `-- ${belongsTo(request)}\n${script(upStatements(request.step))}`
