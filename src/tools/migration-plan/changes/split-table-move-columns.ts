import { twoTableRows } from '../rules.ts'
import { copiedApart } from '../sql/asks.ts'
import { inBatches } from '../sql/backfill.ts'
import { copyGrants } from '../sql/grants.ts'
import { quoteText } from '../sql/identifiers.ts'
import { requireColumn } from '../sql/required.ts'
import { alone, nothingToUndo, phase, precheck, quick, restoreOnly, rollForward, switchOver, undo, type Statement } from '../sql/statement.ts'
import { rowTrigger, type Sync } from '../sql/sync.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const list = (columns: readonly string[], of = ''): string => columns.map((column) => `${of}${column}`).join(', ')
const firstAlone = (list: readonly Statement[]): readonly Statement[] => list.map((one, index) => (index === 0 ? alone(one.sql, one.lock) : one))
const row = (columns: readonly string[], of: string): string => `ROW(${list(columns, of)})`

const parts = (target: Target) => {
  const { table, key, columns } = target
  const side = target.other({ table: target.to })
  const some = columns.map((column) => `t.${column} IS NOT NULL`).join(' OR ')
  return {
    side,
    // The types come from the table itself. The new table has the same key, so each row belongs to one row.
    create: [
      quick(`CREATE TABLE ${side.table} AS SELECT t.${key}, ${list(columns, 't.')} FROM ${table} AS t WITH NO DATA`, 'none'),
      quick(`ALTER TABLE ${side.table} ADD PRIMARY KEY (${key}), ADD FOREIGN KEY (${key}) REFERENCES ${table} (${key}) ON DELETE CASCADE`, 'SHARE ROW EXCLUSIVE'),
      // The trigger writes with the rights of whoever writes to the old table.
      copyGrants(table, side.table, 'table'),
    ],
    fill: (rows: string): string => `INSERT INTO ${side.table} (${key}, ${list(columns)}) SELECT t.${key}, ${list(columns, 't.')} FROM ${table} AS t WHERE ${rows} AND (${some})`,
    apart: `SELECT count(*) AS n FROM ${table} AS t LEFT JOIN ${side.table} AS s ON s.${key} = t.${key} WHERE ${row(columns, 't.')} IS DISTINCT FROM ${row(columns, 's.')}`,
    dropColumns: `ALTER TABLE ${table} ${columns.map((column) => `DROP COLUMN ${column}`).join(', ')}`,
  }
}

export const splitTableMoveColumns: Change = {
  id: 'split-table-move-columns',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, key, columns } = target
    const { side, create, fill, apart, dropColumns } = parts(target)
    const required = target.nullable ? [] : target.columnNames.map((name, index) => requireColumn(target, columns[index] as string, target.named(name, 'nn')))
    // Each writes to the other table only where the value differs there: that ends the ping-pong, also below triggers of the user's own.
    const out = rowTrigger(target, target.named(target.to, 'out'), [
      `  IF TG_OP = 'UPDATE' AND ${row(columns, 'OLD.')} IS DISTINCT FROM ${row(columns, 'NEW.')} OR TG_OP = 'INSERT' AND NOT ${row(columns, 'NEW.')} IS NULL THEN`,
      `    INSERT INTO ${side.table} AS s (${key}, ${list(columns)}) VALUES (NEW.${key}, ${list(columns, 'NEW.')})`,
      `    ON CONFLICT (${key}) DO UPDATE SET ${columns.map((column) => `${column} = EXCLUDED.${column}`).join(', ')} WHERE ${row(columns, 's.')} IS DISTINCT FROM ${row(columns, 'EXCLUDED.')};`,
      '  END IF;',
    ], 'AFTER INSERT OR UPDATE')
    // Nobody needs it before the new version, and it would cost every row of the backfill a look.
    const back = rowTrigger(side, side.named('back'), [
      "  IF TG_OP = 'DELETE' THEN",
      `    UPDATE ${table} AS t SET ${columns.map((column) => `${column} = NULL`).join(', ')} WHERE t.${key} = OLD.${key} AND NOT ${row(columns, 't.')} IS NULL;`,
      '  ELSE',
      `    UPDATE ${table} AS t SET ${columns.map((column) => `${column} = NEW.${column}`).join(', ')} WHERE t.${key} = NEW.${key} AND ${row(columns, 't.')} IS DISTINCT FROM ${row(columns, 'NEW.')};`,
      '  END IF;',
    ], 'AFTER INSERT OR UPDATE OR DELETE')
    const drops = (sync: Sync): readonly string[] => sync.drop.map(({ sql }) => sql)
    const relax = target.nullable ? [] : [quick(`ALTER TABLE ${table} ${columns.map((column) => `ALTER COLUMN ${column} DROP NOT NULL`).join(', ')}`)]
    // The strongest lock first, and each transaction locks one table that is in use: the application may hold one and wait for the other.
    return [
      precheck(copiedApart(target, target.columnNames, { required: !target.nullable })),
      phase('expand', 1, [...relax, ...create, ...out.create], undo(...drops(out), `DROP TABLE ${side.table}`, ...required.flatMap(({ check, finish }) => [...check, ...finish].map(({ sql }) => sql))), 'retry-lock', out.missing),
      // FOR SHARE: a row that is being changed is waited for and read again, so no old value arrives late. What a trigger wrote before stays.
      phase('backfill', 1, [inBatches(target, (rows) => `${fill(rows)} FOR SHARE OF t ON CONFLICT DO NOTHING`, twoTableRows)], nothingToUndo, 'resume-backfill', apart),
      phase('expand', 1, back.create, undo(...drops(back)), 'retry-lock', back.missing),
      switchOver(2, 'use-new-table', apart),
      phase('contract', 3, [...firstAlone(back.drop), ...out.drop, quick(dropColumns)], rollForward, 'retry-lock', `SELECT count(*) AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND NOT attisdropped AND attname IN (${target.columnNames.map(quoteText).join(', ')})`),
    ]
  },
  plain: (target) => {
    const { side, create, fill, apart, dropColumns } = parts(target)
    return [
      precheck(copiedApart(target, target.columnNames, { required: !target.nullable })),
      phase('expand', 1, [...create, quick(fill('true'), 'ROW EXCLUSIVE')], undo(`DROP TABLE ${side.table}`), 'retry-lock', apart),
      phase('contract', 1, [quick(dropColumns)], restoreOnly, 'forward-only'),
    ]
  },
}
