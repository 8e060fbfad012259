import type { Target } from '../target.ts'
import { constraintsUnproved } from './asks.ts'
import { quoteName } from './identifiers.ts'
import { alone, quick, type Statement } from './statement.ts'

/** Makes a column required without a scan under a strong lock: a check that is validated apart, then SET NOT NULL, which trusts it. */
export function requireColumn(target: Target, column: string, name: string): { readonly check: readonly Statement[], readonly strict: Statement, readonly finish: readonly Statement[], readonly withoutCheck: string, readonly dropCheck: string, readonly name: string, readonly unproved: string } {
  const constraint = quoteName(name)
  const withoutCheck = `DROP CONSTRAINT ${constraint}`
  const dropCheck = `ALTER TABLE ${target.table} ${withoutCheck}`
  const strict = quick(`ALTER TABLE ${target.table} ALTER COLUMN ${column} SET NOT NULL`)
  return {
    check: [
      alone(`ALTER TABLE ${target.table} ADD CONSTRAINT ${constraint} CHECK (${column} IS NOT NULL) NOT VALID`),
      alone(`ALTER TABLE ${target.table} VALIDATE CONSTRAINT ${constraint}`, 'SHARE UPDATE EXCLUSIVE'),
    ],
    strict,
    // Not in one ALTER TABLE with the line above: PostgreSQL would drop the check first and then scan the table for NULL.
    finish: [strict, quick(dropCheck)],
    withoutCheck,
    dropCheck,
    name: constraint,
    unproved: constraintsUnproved(target, name),
  }
}
