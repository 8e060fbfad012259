import { InputError } from '../../../core/errors.ts'
import { quoteText } from '../sql/identifiers.ts'
import { phase, quick, rollForward } from '../sql/statement.ts'
import { isFreeWidening } from '../sql/types.ts'
import type { Change } from './change.ts'

export const typeWidenMetadataOnly: Change = {
  id: 'type-widen-metadata-only',
  reach: 'catalogue',
  destructive: false,
  online: (target) => {
    if (!isFreeWidening(target.fromType, target.type)) {
      throw new InputError(`Unexpected type ${target.type.sql} for a column of type ${target.fromType.sql}, expected a longer varchar, text for varchar, or numeric with more digits and the same scale. This change writes the table again: use type-change-rewrite.`)
    }
    return [
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} TYPE ${target.type.sql}`)], rollForward, 'retry-lock',
        `SELECT (count(*) = 0)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(target.columnName)} AND replace(format_type(atttypid, atttypmod), 'character varying', 'varchar') = ${quoteText(target.type.sql.replaceAll(', ', ','))}`),
    ]
  },
  plain: (target) => typeWidenMetadataOnly.online(target),
}
