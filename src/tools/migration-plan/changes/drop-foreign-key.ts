import { quoteName, quoteText } from '../sql/identifiers.ts'
import { alone, phase, rollForward, undo } from '../sql/statement.ts'
import type { Change } from './change.ts'

export const dropForeignKey: Change = {
  id: 'drop-foreign-key',
  reach: 'catalogue',
  destructive: false,
  online: (target) => {
    const name = quoteName(target.from, 'from')
    const again = target.hasColumns && target.hasReferences
      ? undo(`ALTER TABLE ${target.table} ADD CONSTRAINT ${name} FOREIGN KEY (${target.column}) REFERENCES ${target.references.table} (${target.references.column}) NOT VALID`, `ALTER TABLE ${target.table} VALIDATE CONSTRAINT ${name}`)
      : rollForward
    return [
      phase('contract', 1, [alone(`ALTER TABLE ${target.table} DROP CONSTRAINT ${name}`)], again, 'retry-lock',
        `SELECT count(*) AS n FROM pg_constraint WHERE conrelid = ${target.asRegclass} AND conname = ${quoteText(target.from)}`),
    ]
  },
  plain: (target) => dropForeignKey.online(target),
}
