import { quoteName, quoteText } from './identifiers.ts'

/** How a database writes what an expression is made of. */
export interface Dialect {
  readonly quoteName: (name: string, field: string) => string
  readonly quoteText: (text: string) => string
  /** Functions that may be called, with their name there; undefined for those of PostgreSQL. */
  readonly functions: Readonly<Record<string, string>> | undefined
  /** A cast; undefined when there is none for the type. */
  readonly cast: (value: string, type: string) => string | undefined
  readonly join: (left: string, right: string) => string
  /** TRUE, FALSE, NULL, CURRENT_DATE or CURRENT_TIMESTAMP. */
  readonly constant: (word: string) => string
}

export const postgresDialect: Dialect = {
  quoteName,
  quoteText,
  functions: undefined,
  cast: (value, type) => `(${value})::${type}`,
  join: (left, right) => `(${left} || ${right})`,
  constant: (word) => word,
}
