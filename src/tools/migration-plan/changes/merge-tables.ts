import { twoTableRows } from '../rules.ts'
import { inBatches } from '../sql/backfill.ts'
import { quoteName, quoteText } from '../sql/identifiers.ts'
import { alone, nothingToUndo, phase, precheck, quick, rollForward, switchOver, undo, type Statement } from '../sql/statement.ts'
import { rowTrigger, type Sync } from '../sql/sync.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const list = (columns: readonly string[], of = ''): string => columns.map((column) => `${of}${column}`).join(', ')
const row = (columns: readonly string[], of: string): string => `ROW(${list(columns, of)})`
const firstAlone = (list: readonly Statement[]): readonly Statement[] => list.map((one, index) => (index === 0 ? alone(one.sql, one.lock) : one))
const sets = (columns: readonly string[], value: (column: string) => string): string => columns.map((column) => `${column} = ${value(column)}`).join(', ')

/** `references` is the table that goes, with its column that holds the key of `table`; `columns` move, and are all of `type`. */
const parts = (target: Target) => {
  const { table, key, columns, type, referenced } = target
  const side = target.other({ schema: referenced.schema, table: referenced.table })
  const link = target.references.column
  const parked = side.named('merged', target.day)
  return {
    side, link, parked,
    add: `ALTER TABLE ${table} ${columns.map((column) => `ADD COLUMN ${column} ${type.sql}`).join(', ')}`,
    drop: `ALTER TABLE ${table} ${columns.map((column) => `DROP COLUMN ${column}`).join(', ')}`,
    // The batch is named on both sides: otherwise the other table is read whole for each.
    fill: (rows: string): string => `UPDATE ${table} AS t SET ${sets(columns, (column) => `s.${column}`)} FROM ${side.table} AS s WHERE ${rows} AND ${rows.replaceAll(`t.${key}`, `s.${link}`)} AND s.${link} = t.${key} AND ${row(columns, 't.')} IS DISTINCT FROM ${row(columns, 's.')}`,
    apart: `SELECT count(*) AS n FROM ${table} AS t LEFT JOIN ${side.table} AS s ON s.${link} = t.${key} WHERE ${row(columns, 't.')} IS DISTINCT FROM ${row(columns, 's.')}`,
    park: `ALTER TABLE ${side.table} RENAME TO ${quoteName(parked)}`,
    // Several rows for one, rows for none, a foreign key to them, and columns that a row needs and this plan does not know.
    unfit: precheck([
      `SELECT (SELECT count(*) - count(DISTINCT s.${link}) FROM ${side.table} AS s) + (SELECT count(*) FROM ${side.table} AS s WHERE NOT EXISTS (SELECT 1 FROM ${table} AS t WHERE t.${key} = s.${link}))`,
      `+ (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = ${side.asRegclass})`,
      `+ (SELECT count(*) FROM pg_attribute WHERE attrelid = ${side.asRegclass} AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attidentity = '' AND attname NOT IN (${[referenced.column, ...target.columnNames].map(quoteText).join(', ')})) AS n`,
    ].join(' ')),
  }
}

export const mergeTables: Change = {
  id: 'merge-tables',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, key, columns } = target
    const { side, link, add, drop, fill, apart, park, unfit } = parts(target)
    const forth = rowTrigger(side, side.named('merge'), [
      "  IF TG_OP = 'DELETE' THEN",
      `    UPDATE ${table} AS t SET ${sets(columns, () => 'NULL')} WHERE t.${key} = OLD.${link} AND NOT ${row(columns, 't.')} IS NULL;`,
      '  ELSE',
      `    UPDATE ${table} AS t SET ${sets(columns, (column) => `NEW.${column}`)} WHERE t.${key} = NEW.${link} AND ${row(columns, 't.')} IS DISTINCT FROM ${row(columns, 'NEW.')};`,
      '  END IF;',
    ], 'AFTER INSERT OR UPDATE OR DELETE')
    // Made when the old rows are filled: it would copy the empty columns of a row that is not, and cost every row of the backfill a look.
    const back = rowTrigger(target, target.named(side.tableName.table, 'merge', 'back'), [
      `  IF TG_OP = 'UPDATE' AND ${row(columns, 'OLD.')} IS NOT DISTINCT FROM ${row(columns, 'NEW.')} THEN RETURN NULL; END IF;`,
      `  UPDATE ${side.table} AS s SET ${sets(columns, (column) => `NEW.${column}`)} WHERE s.${link} = NEW.${key} AND ${row(columns, 's.')} IS DISTINCT FROM ${row(columns, 'NEW.')};`,
      `  IF NOT FOUND AND NOT ${row(columns, 'NEW.')} IS NULL AND NOT EXISTS (SELECT 1 FROM ${side.table} AS s WHERE s.${link} = NEW.${key}) THEN`,
      `    INSERT INTO ${side.table} (${link}, ${list(columns)}) VALUES (NEW.${key}, ${list(columns, 'NEW.')});`,
      '  END IF;',
    ], 'AFTER INSERT OR UPDATE')
    const drops = (sync: Sync): readonly string[] => sync.drop.map(({ sql }) => sql)
    // Each transaction locks one of the two tables: the application may hold one and wait for the other.
    return [
      unfit,
      phase('expand', 1, [alone(add), ...forth.create], undo(...drops(forth), drop), 'retry-lock', forth.missing),
      phase('backfill', 1, [inBatches(target, fill, twoTableRows)], nothingToUndo, 'resume-backfill', apart),
      phase('expand', 1, back.create, undo(...drops(back)), 'retry-lock', back.missing),
      switchOver(2, 'use-new-column', apart),
      // The table keeps its rows under another name; drop-table removes it once nobody misses it.
      phase('contract', 3, [...firstAlone(back.drop), ...forth.drop, quick(park)], rollForward, 'retry-lock', `SELECT (to_regclass(${quoteText(side.table)}) IS NOT NULL)::int AS n`),
    ]
  },
  plain: (target) => {
    const { side, add, drop, fill, apart, park, parked, unfit } = parts(target)
    return [
      unfit,
      phase('expand', 1, [quick(add), quick(fill('true'), 'ROW EXCLUSIVE')], undo(drop), 'retry-lock', apart),
      phase('contract', 1, [quick(park)], undo(`ALTER TABLE ${side.beside(parked)} RENAME TO ${quoteName(side.tableName.table, 'references')}`), 'retry-lock'),
    ]
  },
}
