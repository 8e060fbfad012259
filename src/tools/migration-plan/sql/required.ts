import type { Target } from '../target.ts'
import { quoteName } from './identifiers.ts'
import { alone, quick, type Statement } from './statement.ts'

/** Makes a column required without a scan under a strong lock: a check that is validated apart, then SET NOT NULL, which trusts it. */
export function requireColumn(target: Target, column: string, name: string): { readonly check: readonly Statement[], readonly finish: readonly Statement[], readonly dropCheck: string } {
  const constraint = quoteName(name)
  const dropCheck = `ALTER TABLE ${target.table} DROP CONSTRAINT ${constraint}`
  return {
    check: [
      alone(`ALTER TABLE ${target.table} ADD CONSTRAINT ${constraint} CHECK (${column} IS NOT NULL) NOT VALID`),
      alone(`ALTER TABLE ${target.table} VALIDATE CONSTRAINT ${constraint}`, 'SHARE UPDATE EXCLUSIVE'),
    ],
    finish: [quick(`ALTER TABLE ${target.table} ALTER COLUMN ${column} SET NOT NULL`), quick(dropCheck)],
    dropCheck,
  }
}
