import { InputError } from '../../../core/errors.ts'

/** The SQL, unless it holds the words at which the tool cuts a file: no quote protects from that. Throws InputError. */
export function uncut(sql: string, mark: RegExp, tool: string): string {
  const found = mark.exec(sql)?.[0]
  if (found !== undefined) throw new InputError(`Unexpected ${JSON.stringify(found)} in a name or value: ${tool} cuts a migration there, whatever quotes stand around it. Expected a name or value without it.`)
  return sql
}
