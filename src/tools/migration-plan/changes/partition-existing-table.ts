import { InputError } from '../../../core/errors.ts'
import { rowsWhere, indexUnusable } from '../sql/asks.ts'
import { readExpression } from '../sql/expression.ts'
import { copyGrants } from '../sql/grants.ts'
import { dollarQuote, quoteName, quoteText } from '../sql/identifiers.ts'
import { alone, nothingToUndo, outside, phase, precheck, quick, rollForward, undo, type Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** A value of the partition key that was given as a constant. */
function bound(text: string, field: 'from' | 'to'): string {
  const read = readExpression(text, field)
  if (read.columns.length > 0) throw new InputError(`Unexpected ${field} ${JSON.stringify(text)}, expected a constant of the partition key: 5000000, or '2027-01-01' in quotes.`)
  return read.print('')
}

/** `column` is the key of the partitions. Rows below `from` stay where they are, as the first one; the next one goes from there to `to`. */
const parts = (target: Target) => {
  const { table, column, columnName, tableName } = target
  const keys = target.keyName === columnName ? [column] : [target.key, column]
  const name = (part: string): string => target.named(part)
  return {
    keys, sameKey: keys.length === 1, low: bound(target.from, 'from'), high: bound(target.to, 'to'),
    parent: target.beside(name('parted')), legacy: target.beside(name('legacy')), next: target.beside(name('p1')), rest: target.beside(name('rest')),
    legacyName: quoteName(name('legacy')), tableName: quoteName(tableName.table, 'table'),
    range: quoteName(target.named(columnName, 'range')), unique: quoteName(target.named(target.keyName, columnName, 'key')), uniqueFull: target.beside(target.named(target.keyName, columnName, 'key')),
    table,
  }
}

/** What would not come along or would stop it, counted: foreign keys to the table, views, triggers, policies, other unique rules, publications, a replica identity of its own, a key that is none. */
const unfit = (target: Target, sameKey: boolean): Phase => precheck([
  `SELECT (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = c.oid OR conrelid = c.oid AND NOT convalidated) + (SELECT count(*) FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal) + (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid)`,
  "+ (SELECT count(*) FROM pg_depend WHERE classid = 'pg_rewrite'::regclass AND refclassid = 'pg_class'::regclass AND refobjid = c.oid) + (SELECT count(*) FROM pg_index WHERE indrelid = c.oid AND (indisunique OR indisexclusion) AND NOT indisprimary)",
  "+ (SELECT count(*) FROM pg_publication_rel WHERE prrelid = c.oid) + (relreplident <> 'd')::int",
  `+ (SELECT (count(*) = 0)::int FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum] WHERE k.contype = 'p' AND k.conrelid = c.oid AND a.attname = ${quoteText(sameKey ? target.columnName : target.keyName)}) AS n`,
  `FROM pg_class c WHERE c.oid = ${target.asRegclass}`,
].join(' '))

/** Primary key, foreign keys out, indexes and the sequence of the old table, for the partitioned one. What the old table has already is taken over and not built again. */
function carryOver(target: Target): string {
  const { parent, legacy, keys, sameKey, unique } = parts(target)
  const [to, from] = [quoteText(parent), quoteText(legacy)]
  const body = [
    'DECLARE',
    '  held record;',
    `  seq regclass := pg_get_serial_sequence(${from}, ${quoteText(target.keyName)});`,
    '  start bigint := (SELECT coalesce(pg_sequence_last_value(seq) + seqincrement, seqstart) FROM pg_sequence WHERE seqrelid = seq);',
    'BEGIN',
    ...(sameKey ? [] : [
      `  FOR held IN SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = ${from}::regclass LOOP`,
      `    EXECUTE format(${quoteText(`ALTER TABLE ${legacy.replaceAll('%', '%%')} DROP CONSTRAINT %I, ADD PRIMARY KEY USING INDEX ${unique.replaceAll('%', '%%')}`)}, held.conname);`,
      '  END LOOP;',
    ]),
    // A partition has no identity of its own; the new sequence goes on where the old one stands.
    `  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = ${from}::regclass AND attname = ${quoteText(target.keyName)} AND attidentity <> '') THEN`,
    `    ALTER TABLE ${legacy} ALTER COLUMN ${target.key} DROP IDENTITY;`,
    `    EXECUTE format(${quoteText(`CREATE SEQUENCE ${target.beside(target.named(target.keyName, 'seq')).replaceAll('%', '%%')} START WITH %s; ALTER SEQUENCE ${target.beside(target.named(target.keyName, 'seq')).replaceAll('%', '%%')} OWNER TO %I; ALTER SEQUENCE ${target.beside(target.named(target.keyName, 'seq')).replaceAll('%', '%%')} OWNED BY ${`${parent}.${target.key}`.replaceAll('%', '%%')}`)}, start, (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = ${to}::regclass));`,
    `    ALTER TABLE ${parent} ALTER COLUMN ${target.key} SET DEFAULT nextval(${quoteText(target.beside(target.named(target.keyName, 'seq')))});`,
    // An identity asks for no right to its sequence, a default does.
    `    FOR held IN SELECT DISTINCT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS name FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = ${from}::regclass AND a.privilege_type = 'INSERT' LOOP`,
    `      EXECUTE format(${quoteText(`GRANT USAGE ON SEQUENCE ${target.beside(target.named(target.keyName, 'seq')).replaceAll('%', '%%')} TO %s`)}, held.name);`,
    '    END LOOP;',
    '  ELSIF seq IS NOT NULL THEN',
    `    EXECUTE format(${quoteText(`ALTER SEQUENCE %s OWNED BY ${`${parent}.${target.key}`.replaceAll('%', '%%')}`)}, seq);`,
    '  END IF;',
    `  FOR held IN SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid = ${from}::regclass AND conname <> ${quoteText(target.named(target.columnName, 'range'))} LOOP`,
    `    EXECUTE format(${quoteText(`ALTER TABLE ${parent.replaceAll('%', '%%')} ADD CONSTRAINT %I %s`)}, held.conname, held.def);`,
    '  END LOOP;',
    `  ALTER TABLE ${parent} ATTACH PARTITION ${legacy} FOR VALUES FROM (MINVALUE) TO (${parts(target).low});`,
    `  ALTER TABLE ${parent} ADD PRIMARY KEY (${keys.join(', ')});`,
    `  FOR held IN SELECT substring(pg_get_indexdef(indexrelid) FROM ' USING .*$') AS def FROM pg_index WHERE indrelid = ${from}::regclass AND NOT indisprimary LOOP`,
    `    EXECUTE format('CREATE INDEX ON %s%s', ${to}::regclass, held.def);`,
    '  END LOOP;',
    `  EXECUTE format('COMMENT ON TABLE %s IS %L', ${to}::regclass, obj_description(${from}::regclass, 'pg_class'));`,
    'END',
  ].join('\n')
  return `DO ${dollarQuote(body, 'carry')}`
}

const notParted = (target: Target): string => `SELECT (count(*) = 0)::int AS n FROM pg_class WHERE oid = ${target.asRegclass} AND relkind = 'p'`

function swap(target: Target) {
  const { table, parent, legacy, legacyName, tableName, next, rest, low, high, column } = { ...parts(target), column: target.column }
  return [
    quick(`ALTER TABLE ${table} RENAME TO ${legacyName}`),
    quick(`CREATE TABLE ${parent} (LIKE ${legacy} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING STATISTICS INCLUDING COMMENTS) PARTITION BY RANGE (${column})`, 'none'),
    // First: a sequence can only belong to a table of its own owner.
    copyGrants(legacy, parent, 'table'),
    quick(carryOver(target)),
    quick(`CREATE TABLE ${next} PARTITION OF ${parent} FOR VALUES FROM (${low}) TO (${high})`),
    // Rows that no partition is ready for land here instead of failing.
    quick(`CREATE TABLE ${rest} PARTITION OF ${parent} DEFAULT`),
    copyGrants(legacy, next, 'table'),
    copyGrants(legacy, rest, 'table'),
    quick(`ALTER TABLE ${parent} RENAME TO ${tableName}`),
  ]
}

export const partitionExistingTable: Change = {
  id: 'partition-existing-table',
  reach: 'scan',
  destructive: false,
  online: (target) => {
    const { table, column } = target
    const { low, range, unique, uniqueFull, keys, sameKey } = parts(target)
    const above = rowsWhere(target, `(t.${column} < ${low}) IS NOT TRUE`)
    return [
      unfit(target, sameKey),
      // From here on a row at or above the bound is refused: the swap has to come before the first of them.
      phase('expand', 1, [alone(`ALTER TABLE ${table} ADD CONSTRAINT ${range} CHECK (${column} IS NOT NULL AND ${column} < ${low}) NOT VALID`)], undo(`ALTER TABLE ${table} DROP CONSTRAINT ${range}`), 'before-the-bound', above),
      phase('verify', 1, [alone(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${range}`, 'SHARE UPDATE EXCLUSIVE')], nothingToUndo, 'before-the-bound', above),
      ...(sameKey ? [] : [phase('expand', 1, [outside(`CREATE UNIQUE INDEX CONCURRENTLY ${unique} ON ${table} (${keys.join(', ')})`)], undo(`DROP INDEX CONCURRENTLY ${uniqueFull}`), 'drop-invalid-index', indexUnusable(uniqueFull))]),
      phase('contract', 1, swap(target), rollForward, 'retry-lock', notParted(target)),
    ]
  },
  plain: (target) => {
    const { low, range, unique, keys, sameKey } = parts(target)
    return [
      unfit(target, sameKey),
      phase('contract', 1, [
        quick(`ALTER TABLE ${target.table} ADD CONSTRAINT ${range} CHECK (${target.column} IS NOT NULL AND ${target.column} < ${low})`),
        ...(sameKey ? [] : [quick(`CREATE UNIQUE INDEX ${unique} ON ${target.table} (${keys.join(', ')})`, 'SHARE')]),
        ...swap(target),
      ], rollForward, 'fix-rows', notParted(target)),
    ]
  },
}
