import { columnOptional, constraintsUnproved, indexUnusable, rowsWhere } from '../sql/asks.ts'
import { inBatches } from '../sql/backfill.ts'
import { quoteName, quoteTable } from '../sql/identifiers.ts'
import { requireColumn } from '../sql/required.ts'
import { alone, nothingToUndo, outside, phase, quick, switchOver, undo } from '../sql/statement.ts'
import { rowTrigger } from '../sql/sync.ts'
import { readReference, type Target } from '../target.ts'
import type { Change } from './change.ts'

const policy = 'tenant_isolation'

/** The tenant comes from `expression`, or from the row that `columns[0]` points at in `from`, a table(column) that has the same tenant column. */
const parts = (target: Target) => {
  const { table, column, columnName, type, references } = target
  const index = target.named(columnName, 'idx')
  const key = quoteName(target.named(columnName, 'fkey'))
  const value = (row: string): string => {
    if (target.hasExpression) return target.expression.print(row)
    const parent = readReference(target.from, 'from', target.tableName.schema)
    return `(SELECT p.${column} FROM ${quoteTable(parent)} AS p WHERE p.${quoteName(parent.column, 'from')} = ${row}${quoteName(target.columnNames[0] as string, 'columns')})`
  }
  // What the tenant is taken from has changed, by a version that does not know of tenants.
  const read = (target.hasExpression ? target.expression.columns : target.columnNames.slice(0, 1)).map((name) => quoteName(name, 'columns'))
  const moved = read.length === 0 ? '' : ` OR TG_OP = 'UPDATE' AND NEW.${column} IS NOT DISTINCT FROM OLD.${column} AND ROW(${read.map((name) => `NEW.${name}`).join(', ')}) IS DISTINCT FROM ROW(${read.map((name) => `OLD.${name}`).join(', ')})`
  return {
    value, moved, index: quoteName(index), fullIndex: target.beside(index), key,
    add: `ALTER TABLE ${table} ADD COLUMN ${column} ${type.sql}`, drop: `ALTER TABLE ${table} DROP COLUMN ${column}`,
    addKey: `ADD CONSTRAINT ${key} FOREIGN KEY (${column}) REFERENCES ${references.table} (${references.column})`,
    on: `ON ${table} (${column}, ${target.key})`, empty: rowsWhere(target, `t.${column} IS NULL`),
    // The policy stands before it is switched on: without one every row would be hidden. FORCE holds for the owner too.
    isolate: (first: string) => [
      quick(`CREATE POLICY ${policy} ON ${table} USING (${column} = current_setting('app.tenant_id')::${type.sql})`),
      quick(`ALTER TABLE ${table} ${first}ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`),
    ],
    open: 'NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY',
    isolated: `SELECT 1 - count(*) AS n FROM pg_class WHERE oid = ${target.asRegclass} AND relrowsecurity AND relforcerowsecurity`,
  }
}

export const addTenantId: Change = {
  id: 'add-tenant-id',
  reach: 'shape',
  destructive: false,
  online: (target) => {
    const { column, columnName, table } = target
    const { value, moved, index, fullIndex, key, add, drop, addKey, on, empty, isolate, open, isolated } = parts(target)
    const fill = rowTrigger(target, target.named(columnName, 'fill'), [`  IF NEW.${column} IS NULL${moved} THEN NEW.${column} := ${value('NEW.')}; END IF;`])
    const required = requireColumn(target, column, target.named(columnName, 'nn'))
    return [
      phase('expand', 1, [quick(add), ...fill.create], undo(...fill.drop.map(({ sql }) => sql), drop), 'retry-lock', fill.missing),
      phase('backfill', 1, [inBatches(target, (rows) => `UPDATE ${table} AS t SET ${column} = ${value('t.')} WHERE ${rows} AND t.${column} IS NULL`)], nothingToUndo, 'resume-backfill', empty),
      phase('expand', 1, [outside(`CREATE INDEX CONCURRENTLY ${index} ${on}`)], undo(`DROP INDEX CONCURRENTLY ${fullIndex}`), 'drop-invalid-index', indexUnusable(fullIndex)),
      phase('verify', 1, [alone(`${required.check[0]?.sql}, ${addKey} NOT VALID`), alone(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${required.name}, VALIDATE CONSTRAINT ${key}`, 'SHARE UPDATE EXCLUSIVE')], undo(`${required.dropCheck}, DROP CONSTRAINT ${key}`), 'fix-rows', constraintsUnproved(target, target.named(columnName, 'nn'), target.named(columnName, 'fkey'))),
      switchOver(2, 'send-tenant'),
      phase('contract', 3, [required.strict, ...fill.drop, ...isolate(`${required.withoutCheck}, `)],
        undo(`DROP POLICY ${policy} ON ${table}`, `${required.check[0]?.sql}, ALTER COLUMN ${column} DROP NOT NULL, ${open}`, ...fill.create.map(({ sql }) => sql)), 'retry-lock', isolated),
    ]
  },
  plain: (target) => {
    const { table, column } = target
    const { value, index, add, drop, addKey, on, isolate, open, isolated } = parts(target)
    return [
      phase('expand', 1, [quick(add), quick(`UPDATE ${table} AS t SET ${column} = ${value('t.')}`, 'ROW EXCLUSIVE'), quick(`ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL`), quick(`ALTER TABLE ${table} ${addKey}`, 'SHARE ROW EXCLUSIVE'), quick(`CREATE INDEX ${index} ${on}`, 'SHARE')],
        undo(drop), 'fix-rows', columnOptional(target, target.columnName)),
      phase('contract', 1, isolate(''), undo(`DROP POLICY ${policy} ON ${table}`, `ALTER TABLE ${table} ${open}`), 'retry-lock', isolated),
    ]
  },
}
