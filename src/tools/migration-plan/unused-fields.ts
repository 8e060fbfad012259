import { InputError } from '../../core/errors.ts'
import type { MigrationInput } from './input.ts'

/** A value that a plan would leave out without a word is refused with what to do instead. Throws InputError. */
export function refuseUnused({ expression }: MigrationInput, change: string): void {
  if (change !== 'set-not-null' || expression === undefined) return
  throw new InputError(`Unexpected expression ${JSON.stringify(expression)} for set-not-null, expected none: it fills no rows. Run backfill-only with that expression first, then set-not-null.`)
}
