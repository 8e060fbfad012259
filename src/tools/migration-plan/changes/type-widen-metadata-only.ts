import { InputError } from '../../../core/errors.ts'
import { quoteText } from '../sql/identifiers.ts'
import { phase, precheck, quick, rollForward } from '../sql/statement.ts'
import { changesZone, isFreeWidening } from '../sql/types.ts'
import type { Change } from './change.ts'

export const typeWidenMetadataOnly: Change = {
  id: 'type-widen-metadata-only',
  reach: 'catalogue',
  destructive: false,
  online: (target) => {
    const { table, column, fromType, type } = target
    const found = `SELECT (count(*) = 0)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(target.columnName)} AND`
    if (changesZone(fromType, type) && type.base === 'timestamptz' && (!target.hasTo || target.to === 'UTC')) {
      return [
        // Sessions that run in another zone have stored their own times.
        precheck("SELECT count(*) AS n FROM (SELECT unnest(setconfig) AS c FROM pg_db_role_setting UNION ALL SELECT 'TimeZone=' || reset_val FROM pg_settings WHERE name = 'TimeZone') AS s WHERE c ILIKE 'timezone=%' AND c !~* '=(utc|etc/utc|gmt|etc/gmt)$'"),
        // In UTC both types hold the same number, so no row is touched.
        phase('expand', 1, [quick("SET LOCAL TimeZone = 'UTC'", 'none'), quick(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type.sql}`)], rollForward, 'retry-lock', `${found} atttypid = 'timestamptz'::regtype`),
      ]
    }
    if (!isFreeWidening(target.fromType, target.type)) {
      throw new InputError(`Unexpected type ${target.type.sql} for a column of type ${target.fromType.sql}, expected a longer varchar, text for varchar, or numeric with more digits and the same scale. This change writes the table again: use type-change-rewrite.`)
    }
    return [
      phase('expand', 1, [quick(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} TYPE ${target.type.sql}`)], rollForward, 'retry-lock',
        `${found} replace(format_type(atttypid, atttypmod), 'character varying', 'varchar') = ${quoteText(target.type.sql.replaceAll(', ', ','))}`),
    ]
  },
  plain: (target) => typeWidenMetadataOnly.online(target),
}
