import { InputError } from '../../../core/errors.ts'
import type { MigrationInput } from '../input.ts'

type TextField = 'table' | 'column' | 'from' | 'to' | 'type' | 'references' | 'expression'

/** A field that the change cannot do without. Throws InputError that names it. */
export function need(input: MigrationInput, field: TextField): string {
  const value = field === 'column' ? input.column ?? input.columns?.[0] : input[field]
  if (value === undefined) throw new InputError(`Missing ${field}, expected for ${input.change}. Add ${field} and run again.`)
  return value
}

/** The columns of an index or key. */
export const needColumns = (input: MigrationInput): readonly string[] => input.columns ?? [need(input, 'column')]

/** The old name of a rename: `from`, or `column`. Throws InputError when both are given and differ. */
export function needOldName(input: MigrationInput): string {
  if (input.from !== undefined && input.column !== undefined && input.from !== input.column) {
    throw new InputError(`Unexpected column ${JSON.stringify(input.column)} beside from ${JSON.stringify(input.from)}, expected the same old name in both. Leave one out and run again.`)
  }
  return input.from ?? need(input, 'column')
}

/** `table(column)` taken apart; unusual names may stand in double quotes. */
export function needReference(input: MigrationInput): { readonly table: string, readonly column: string } {
  const text = need(input, 'references')
  const part = '("(?:[^"]|"")+"|[^".()\\s]+)'
  const match = new RegExp(`^\\s*${part}\\s*\\(\\s*${part}\\s*\\)\\s*$`).exec(text)
  if (match === null) throw new InputError(`Unexpected references ${JSON.stringify(text)}, expected table(column), unusual names in double quotes.`)
  const plain = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)
  return { table: plain(match[1] as string), column: plain(match[2] as string) }
}
