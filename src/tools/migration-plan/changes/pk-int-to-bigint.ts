import { columnUnlike, rowsWhere, indexUnusable } from '../sql/asks.ts'
import { backfill } from '../sql/backfill.ts'
import { derivedName, dollarQuote, quoteName, quoteText } from '../sql/identifiers.ts'
import { nothingToUndo, outside, phase, precheck, quick, rollForward, switchOver, undo, type Phase } from '../sql/statement.ts'
import { rowTrigger } from '../sql/sync.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const keyNameOf = (target: Target): string => (target.hasColumn ? target.columnName : target.keyName)

/**
 * Counts what stands in the way, 0 when nothing does: the key is not an integer key of one column, or something besides the key itself, its default and
 * the foreign keys to it hangs on the column: another index, a view, a check, a foreign key out.
 */
const movable = (target: Target): Phase => precheck([
  `SELECT 1 - count(*) + coalesce(sum((SELECT count(*) FROM pg_depend d LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid`,
  "WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = k.conrelid AND d.refobjsubid = k.conkey[1] AND d.classid <> 'pg_attrdef'::regclass AND d.deptype NOT IN ('i', 'I')",
  "AND c.contype IS DISTINCT FROM 'p' AND c.contype IS DISTINCT FROM 'n' AND NOT (c.contype IS NOT DISTINCT FROM 'f' AND c.confrelid = k.conrelid)",
  "AND NOT EXISTS (SELECT 1 FROM pg_sequence WHERE d.classid = 'pg_class'::regclass AND seqrelid = d.objid))), 0)",
  `AS n FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum] WHERE k.contype = 'p' AND k.conrelid = ${target.asRegclass} AND a.attname = ${quoteText(keyNameOf(target))} AND a.atttypid = 'integer'::regtype`,
].join(' '))

/** Takes the new column for the old one in a moment: foreign keys to it off, primary key and sequence handed over, foreign keys on again without a scan. */
function swap(target: Target, old: string, fresh: string, index: string): string {
  const { table } = target
  const alter = `ALTER TABLE ${table}`
  const run = (sql: string, ...values: readonly string[]): string => `  EXECUTE format(${quoteText(sql)}${values.map((value) => `, ${value}`).join('')});`
  const keep = (sql: string): string => sql.replaceAll('%', '%%')
  const body = [
    'DECLARE',
    `  pk name := (SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = ${target.asRegclass});`,
    `  kind "char" := (SELECT attidentity FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(keyNameOf(target))});`,
    `  fill text := (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = ${target.asRegclass} AND attname = ${quoteText(keyNameOf(target))});`,
    `  seq regclass := pg_get_serial_sequence(${quoteText(table)}, ${quoteText(keyNameOf(target))});`,
    '  s record;',
    '  fk record;',
    `  fks text[] := '{}';`,
    'BEGIN',
    '  SELECT coalesce(pg_sequence_last_value(seq) + seqincrement, seqstart) AS next, seqincrement AS step INTO s FROM pg_sequence WHERE seqrelid = seq;',
    `  FOR fk IN SELECT conname, conrelid::regclass AS child, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE contype = 'f' AND confrelid = ${target.asRegclass} AND conparentid = 0 ORDER BY 2, 1 LOOP`,
    "    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', fk.child, fk.conname);",
    "    fks := fks || format('ALTER TABLE %s ADD CONSTRAINT %I %s NOT VALID', fk.child, fk.conname, replace(fk.def, ' NOT VALID', ''));",
    '  END LOOP;',
    // A sequence of the column would go with it.
    "  IF kind = '' AND seq IS NOT NULL THEN EXECUTE format('ALTER SEQUENCE %s AS bigint OWNED BY NONE', seq); END IF;",
    `  ${alter} DROP COLUMN ${old};`,
    `  ${alter} RENAME COLUMN ${fresh} TO ${old};`,
    `  ${alter} ALTER COLUMN ${old} DROP DEFAULT;`,
    run(`${keep(alter)} ADD CONSTRAINT %I PRIMARY KEY USING INDEX ${keep(index)}`, 'pk'),
    "  IF kind <> '' THEN",
    `  ${run(`${keep(alter)} ALTER COLUMN ${keep(old)} ADD GENERATED %s AS IDENTITY (START WITH %s INCREMENT BY %s)`, "CASE kind WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END", 's.next', 's.step')}`,
    '  ELSIF fill IS NOT NULL THEN',
    `  ${run(`${keep(alter)} ALTER COLUMN ${keep(old)} SET DEFAULT %s`, 'fill')}`,
    '  END IF;',
    `  IF kind = '' AND seq IS NOT NULL THEN ${run(`ALTER SEQUENCE %s OWNED BY ${keep(table)}.${keep(old)}`, 'seq').trim()} END IF;`,
    '  FOR i IN 1 .. cardinality(fks) LOOP EXECUTE fks[i]; END LOOP;',
    'END',
  ].join('\n')
  return `DO ${dollarQuote(body, 'swap')}`
}

/** Checks the foreign keys to the table one after the other, each in a transaction of its own. */
function validateReferences(target: Target): string {
  const body = [
    'DECLARE',
    '  fk record;',
    'BEGIN',
    `  FOR fk IN SELECT conname, conrelid::regclass AS child FROM pg_constraint WHERE contype = 'f' AND confrelid = ${target.asRegclass} AND NOT convalidated LOOP`,
    "    EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', fk.child, fk.conname);",
    '    COMMIT;',
    '  END LOOP;',
    'END',
  ].join('\n')
  return `DO ${dollarQuote(body, 'validate')}`
}

export const pkIntToBigint: Change = {
  id: 'pk-int-to-bigint',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table } = target
    const [name, freshName] = [keyNameOf(target), derivedName(keyNameOf(target), 'new')]
    const [old, fresh] = [quoteName(name), quoteName(freshName)]
    const index = target.named(freshName, 'key')
    const sync = rowTrigger(target, target.named(name, 'sync'), [`  NEW.${fresh} := NEW.${old};`])
    const apart = rowsWhere(target, `t.${fresh} <> t.${old}`)
    return [
      movable(target),
      // A constant default with NOT NULL touches no row, and a column that is NOT NULL becomes a primary key without a scan.
      phase('expand', 1, [quick(`ALTER TABLE ${table} ADD COLUMN ${fresh} bigint NOT NULL DEFAULT 0`), ...sync.create], undo(...sync.drop.map(({ sql }) => sql), `ALTER TABLE ${table} DROP COLUMN ${fresh}`), 'retry-lock', sync.missing),
      phase('backfill', 1, [backfill(target.other({ keyColumn: name }), `${fresh} = t.${old}`, `t.${fresh} <> t.${old}`)], nothingToUndo, 'resume-backfill', apart),
      phase('verify', 1, [outside(`CREATE UNIQUE INDEX CONCURRENTLY ${quoteName(index)} ON ${table} (${fresh})`)], undo(`DROP INDEX CONCURRENTLY ${target.beside(index)}`), 'drop-invalid-index', indexUnusable(target.beside(index))),
      switchOver(1, 'accept-bigint', apart),
      phase('contract', 2, [...sync.drop, quick(swap(target, old, fresh, quoteName(index)))], rollForward, 'retry-lock',
        columnUnlike(target, name, 'bigint')),
      phase('verify', 2, [outside(validateReferences(target), 'SHARE UPDATE EXCLUSIVE')], nothingToUndo, 'resume-backfill', `SELECT count(*) AS n FROM pg_constraint WHERE contype = 'f' AND confrelid = ${target.asRegclass} AND NOT convalidated`),
    ]
  },
  plain: (target) => {
    const alter = `ALTER TABLE ${target.table} ALTER COLUMN ${quoteName(keyNameOf(target))} TYPE`
    return [phase('expand', 1, [
      { ...quick(`${alter} bigint`), rewritesTable: true },
      quick(widenSequence(target, 'bigint')),
    ], undo(widenSequence(target, 'integer'), `${alter} integer`), 'retry-lock', columnUnlike(target, keyNameOf(target), 'bigint'))]
  },
}

/** A serial has a sequence of the old type beside the column; an identity column has one too. */
function widenSequence(target: Target, type: 'bigint' | 'integer'): string {
  const body = [
    'DECLARE',
    `  seq text := pg_get_serial_sequence(${quoteText(target.table)}, ${quoteText(keyNameOf(target))});`,
    'BEGIN',
    `  IF seq IS NOT NULL THEN EXECUTE format('ALTER SEQUENCE %s AS ${type}', seq); END IF;`,
    'END',
  ].join('\n')
  return `DO ${dollarQuote(body, 'sequence')}`
}
