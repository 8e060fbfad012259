import { InputError } from '../../../core/errors.ts'
import { sha256 } from '../../../core/file.ts'
import { isPlainName } from './keywords.ts'

/** Bytes PostgreSQL keeps of a name; it cuts longer ones without a word. MySQL allows 64 characters, so this holds there too. */
const maxBytes = 63
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8')

/** A table with its schema, where one was given. */
export interface TableName { readonly schema: string | undefined, readonly table: string }

/** Throws InputError when `name` is empty or too long. */
function checkName(name: string, field: string): void {
  if (name === '' || name.includes('\0')) throw new InputError(`Unexpected ${field} ${JSON.stringify(name)}, expected a name. Correct it and run again.`)
  if (bytes(name) > maxBytes) throw new InputError(`Unexpected ${field} ${JSON.stringify(`${name.slice(0, 40)}…`)} of ${bytes(name)} bytes, expected at most ${maxBytes}: PostgreSQL would cut it without a word.`)
}

/** `name` as a PostgreSQL identifier, in quotes unless it means the same without. `field` names the input in errors. Throws InputError when it is empty or too long. */
export const quoteName = (name: string, field = 'name'): string => {
  checkName(name, field)
  return isPlainName(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** `name` as a quoted MySQL identifier. Throws as `quoteName`. */
export const quoteMysqlName = (name: string, field = 'name'): string => {
  checkName(name, field)
  return `\`${name.replaceAll('`', '``')}\``
}

/** Text as a PostgreSQL string constant; backslashes keep their meaning whatever `standard_conforming_strings` says. */
export const quoteText = (text: string): string =>
  text.includes('\\') ? `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${text.replaceAll("'", "''")}'`

/** A table, with its schema when there is one, quoted. */
export const quoteTable = ({ schema, table }: TableName): string =>
  schema === undefined ? quoteName(table, 'table') : `${quoteName(schema, 'schema')}.${quoteName(table, 'table')}`

/** A name in the schema of `table`, quoted: for functions, indexes and renamed tables. */
export const quoteBeside = ({ schema }: TableName, name: string): string => quoteTable({ schema, table: name })

function cut(text: string, limit: number): string {
  let kept = ''
  for (const character of text) {
    if (bytes(kept + character) > limit) break
    kept += character
  }
  return kept
}

/** `parts` joined by `_`, unquoted. A name over the limit is cut and gets eight hex digits of its hash, so two long names stay apart. */
export function derivedName(...parts: readonly string[]): string {
  const whole = parts.join('_')
  if (bytes(whole) <= maxBytes) return whole
  const suffix = `_${sha256(whole).slice(0, 8)}_${parts[parts.length - 1]}`
  return `${cut(whole, maxBytes - bytes(suffix))}${suffix}`
}

/** A body between dollar quotes whose tag does not occur in it. */
export function dollarQuote(body: string, tag: string): string {
  let unique = tag
  while (body.includes(`$${unique}$`)) unique += '_'
  return `$${unique}$\n${body}\n$${unique}$`
}
