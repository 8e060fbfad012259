import { twoTableRows } from '../rules.ts'
import { columnsLeft, copiedApart } from '../sql/asks.ts'
import { inBatches } from '../sql/backfill.ts'
import { copyGrants } from '../sql/grants.ts'
import { derivedName, quoteName, quoteText } from '../sql/identifiers.ts'
import { requireColumn } from '../sql/required.ts'
import { alone, nothingToUndo, phase, precheck, quick, restoreOnly, rollForward, switchOver, undo, type Statement } from '../sql/statement.ts'
import { rowTrigger, type Sync } from '../sql/sync.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const { table, key, column, references } = target
  const join = target.other({ table: target.to })
  const own = quoteName(derivedName(target.tableName.table, target.keyName))
  return {
    join, own,
    create: [
      quick(`CREATE TABLE ${join.table} AS SELECT t.${key} AS ${own}, t.${column} FROM ${table} AS t WITH NO DATA`, 'none'),
      quick(`ALTER TABLE ${join.table} ADD PRIMARY KEY (${own}, ${column}), ADD FOREIGN KEY (${column}) REFERENCES ${references.table} (${references.column})`, 'SHARE ROW EXCLUSIVE'),
      quick(`CREATE INDEX ON ${join.table} (${column})`, 'none'),
      copyGrants(table, join.table, 'table'),
      // CASCADE on one side: the old version deletes rows without knowing of the new table.
      alone(`ALTER TABLE ${join.table} ADD FOREIGN KEY (${own}) REFERENCES ${table} (${key}) ON DELETE CASCADE`, 'SHARE ROW EXCLUSIVE'),
    ],
    fill: (rows: string): string => `INSERT INTO ${join.table} (${own}, ${column}) SELECT t.${key}, t.${column} FROM ${table} AS t WHERE ${rows} AND t.${column} IS NOT NULL`,
    apart: `SELECT count(*) AS n FROM ${table} AS t WHERE EXISTS (SELECT 1 FROM ${join.table} AS j WHERE j.${own} = t.${key} AND coalesce(j.${column} = t.${column}, true)) IS DISTINCT FROM (t.${column} IS NOT NULL)`,
    // Without a foreign key today, that of the new table would refuse what the old version may do: orphans, and deletes on the other side.
    unfit: precheck([
      `SELECT (${copiedApart(target, [target.columnName], { required: !target.nullable, leaving: true })})`,
      `+ (SELECT (count(*) = 0)::int FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND c.conkey = ARRAY[a.attnum] WHERE c.contype = 'f' AND c.convalidated AND c.conrelid = ${target.asRegclass} AND a.attname = ${quoteText(target.columnName)}) AS n`,
    ].join(' ')),
    dropColumn: `ALTER TABLE ${table} DROP COLUMN ${column}`,
  }
}

export const oneToManyToJoinTable: Change = {
  id: 'one-to-many-to-join-table',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, key, column } = target
    const { join, own, create, fill, apart, unfit, dropColumn } = parts(target)
    const required = target.nullable ? undefined : requireColumn(target, column, target.named(target.columnName, 'nn'))
    const out = rowTrigger(target, target.named(target.to, 'out'), [
      `  IF TG_OP = 'UPDATE' AND OLD.${column} IS DISTINCT FROM NEW.${column} THEN`,
      `    DELETE FROM ${join.table} AS j WHERE j.${own} = NEW.${key} AND (NEW.${column} IS NULL OR j.${column} = OLD.${column});`,
      '  END IF;',
      `  IF NEW.${column} IS NOT NULL THEN`,
      `    INSERT INTO ${join.table} (${own}, ${column}) VALUES (NEW.${key}, NEW.${column}) ON CONFLICT DO NOTHING;`,
      '  END IF;',
    ], 'AFTER INSERT OR UPDATE')
    // The old version knows one of them: the first that came, or another when that one goes. Made when the old rows are filled: each would fire it.
    const back = rowTrigger(join, join.named('back'), [
      "  IF TG_OP = 'INSERT' THEN",
      `    UPDATE ${table} AS t SET ${column} = NEW.${column} WHERE t.${key} = NEW.${own} AND t.${column} IS NULL;`,
      '  ELSE',
      `    UPDATE ${table} AS t SET ${column} = (SELECT j.${column} FROM ${join.table} AS j WHERE j.${own} = OLD.${own} ORDER BY 1 LIMIT 1) WHERE t.${key} = OLD.${own} AND t.${column} = OLD.${column};`,
      '  END IF;',
    ], 'AFTER INSERT OR DELETE')
    const drops = (sync: Sync): readonly string[] => sync.drop.map(({ sql }) => sql)
    const relax = required === undefined ? [] : [quick(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`)]
    const [dropOut, ...dropOutFunction] = out.drop as readonly [Statement, ...Statement[]]
    // Each transaction locks one table that is in use: the application may hold one and wait for the other. Only the last needs two: a foreign key goes
    // with its column.
    return [
      unfit,
      phase('expand', 1, [...create, ...relax, ...out.create],
        undo(...drops(out), `DROP TABLE ${join.table}`, ...(required === undefined ? [] : [...required.check, ...required.finish].map(({ sql }) => sql))), 'retry-lock', out.missing),
      // FOR SHARE: a row that is being changed is waited for and read again, so no old value arrives late.
      phase('backfill', 1, [inBatches(target, (rows) => `${fill(rows)} FOR SHARE OF t ON CONFLICT DO NOTHING`, twoTableRows)], nothingToUndo, 'resume-backfill', apart),
      phase('expand', 1, back.create, undo(...drops(back)), 'retry-lock', back.missing),
      switchOver(2, 'use-join-table', apart),
      // The trigger on the old table goes first: without the other one it would bring back what the new version took out.
      phase('contract', 3, [alone(dropOut.sql), ...dropOutFunction, ...back.drop, alone(dropColumn)], rollForward, 'retry-lock', columnsLeft(target, target.columnName)),
    ]
  },
  plain: (target) => {
    const { join, create, fill, apart, unfit, dropColumn } = parts(target)
    return [
      unfit,
      phase('expand', 1, [...create, quick(fill('true'), 'ROW EXCLUSIVE')], undo(`DROP TABLE ${join.table}`), 'retry-lock', apart),
      phase('contract', 1, [quick(dropColumn)], restoreOnly, 'forward-only', columnsLeft(target, target.columnName)),
    ]
  },
}
