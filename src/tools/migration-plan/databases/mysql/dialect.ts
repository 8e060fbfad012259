import { table } from '../../../../core/table.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { quoteName, quoteText } from './names.ts'

const casts: Readonly<Record<string, string>> = table({ text: 'CHAR', integer: 'SIGNED', bigint: 'SIGNED', smallint: 'SIGNED', numeric: 'DECIMAL(38,10)', date: 'DATE', timestamp: 'DATETIME(6)' })
const same = (...words: readonly string[]): Record<string, string> => Object.fromEntries(words.map((word) => [word, word]))

/** Expressions of MySQL and MariaDB. There `||` means OR and length counts bytes, so both are printed as what was meant. */
export const mysqlDialect: Dialect = {
  quoteName,
  quoteText,
  functions: table({
    ...same('abs', 'ceil', 'char_length', 'coalesce', 'floor', 'greatest', 'least', 'left', 'lower', 'ltrim', 'mod', 'now', 'nullif', 'replace', 'right', 'round', 'rtrim', 'substr', 'trim', 'upper', 'concat', 'uuid'),
    length: 'char_length', btrim: 'trim',
  }),
  cast: (value, type) => (casts[type] === undefined ? undefined : `CAST(${value} AS ${casts[type]})`),
  join: (left, right) => `CONCAT(${left}, ${right})`,
  constant: (word) => word,
}
