import type { Target } from '../target.ts'
import { dollarQuote, quoteText } from './identifiers.ts'
import { quick } from './statement.ts'
import type { Sync } from './sync.ts'

/** A cast to the type of the target that gives NULL for a text that is no value of the type: one bad row must not stop the application or the backfill. */
export function safeCast(target: Target): { readonly helper: Sync, readonly call: (value: string) => string } {
  const fn = target.beside(target.named(target.columnName, 'cast'))
  const body = ['BEGIN', `  RETURN $1::${target.type.sql};`, 'EXCEPTION WHEN data_exception THEN RETURN NULL;', 'END'].join('\n')
  return {
    helper: {
      create: [quick(`CREATE FUNCTION ${fn}(text) RETURNS ${target.type.sql} STABLE STRICT LANGUAGE plpgsql AS ${dollarQuote(body, 'fn')}`, 'none')],
      drop: [quick(`DROP FUNCTION ${fn}(text)`, 'none')],
      missing: `SELECT (to_regprocedure(${quoteText(`${fn}(text)`)}) IS NULL)::int AS n`,
      left: `SELECT (to_regprocedure(${quoteText(`${fn}(text)`)}) IS NOT NULL)::int AS n`,
    },
    call: (value) => `${fn}((${value})::text)`,
  }
}
