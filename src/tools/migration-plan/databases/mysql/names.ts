import { InputError } from '../../../../core/errors.ts'

const maxCharacters = 64

/** `name` as an identifier in backticks. Throws InputError for what MySQL or MariaDB cannot hold. */
export function quoteName(name: string, field = 'name'): string {
  if (name === '' || name.includes('\0')) throw new InputError(`Unexpected ${field} ${JSON.stringify(name)}, expected a name. Correct it and run again.`)
  if ([...name].length > maxCharacters) throw new InputError(`Unexpected ${field} of ${[...name].length} characters, expected at most ${maxCharacters}.`)
  if (name.endsWith(' ') || /[\u{10000}-\u{10ffff}]/u.test(name)) throw new InputError(`Unexpected ${field} ${JSON.stringify(name)}, expected a name without a space at its end and without characters beyond U+FFFF: MySQL and MariaDB refuse them.`)
  return `\`${name.replaceAll('`', '``')}\``
}

/** Text as a string constant that means the same under every sql_mode: with a backslash in it, as hexadecimal digits. */
export const quoteText = (text: string): string =>
  text.includes('\\') ? `CONVERT(0x${Buffer.from(text, 'utf8').toString('hex')} USING utf8mb4)` : `'${text.replaceAll("'", "''")}'`

/** A table, with its schema (which is a database there) when there is one. */
export const quoteTable = (schema: string | undefined, table: string): string => `${schema === undefined ? '' : `${quoteName(schema, 'schema')}.`}${quoteName(table, 'table')}`
