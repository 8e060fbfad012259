import { rowsWhere } from '../sql/asks.ts'
import { backfill } from '../sql/backfill.ts'
import { quoteName, quoteText } from '../sql/identifiers.ts'
import { isJsonb, put } from '../sql/json.ts'
import { safeCast } from '../sql/safe-cast.ts'
import { nothingToUndo, phase, precheck, quick, restoreOnly, rollForward, switchOver, undo } from '../sql/statement.ts'
import { rowTrigger } from '../sql/sync.ts'
import { comparable } from '../sql/types.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** `from` is the column with the documents, `to` the key in them; without it the key has the name of the new column. */
const parts = (target: Target) => {
  const { column, type } = target
  const [doc, key] = [quoteName(target.from, 'from'), quoteText(target.hasTo ? target.to : target.columnName)]
  const at = (row: string): string => `(${row}${doc} ->> ${key})`
  const plainText = type.sql === 'text'
  const { helper, call } = safeCast(target)
  const value = (row: string): string => (plainText ? at(row) : type.sql === 'jsonb' ? `(${row}${doc} -> ${key})` : call(at(row)))
  const compare = comparable(type)
  return {
    doc, key, at, value, compare,
    helper: plainText || type.sql === 'jsonb' ? { create: [], drop: [] } : helper,
    check: precheck(isJsonb(target, target.from)),
    differs: `t.${column}${compare} IS DISTINCT FROM (${value('t.')})${compare}`,
    // What the type refuses stays behind in the document, and is counted.
    apart: rowsWhere(target, `t.${column}${compare} IS DISTINCT FROM (${value('t.')})${compare}${plainText || type.sql === 'jsonb' ? '' : ` OR ${at('t.')} IS NOT NULL AND t.${column} IS NULL`}`),
    add: `ALTER TABLE ${target.table} ADD COLUMN ${column} ${type.sql}`, drop: `ALTER TABLE ${target.table} DROP COLUMN ${column}`,
    left: `(t.${doc} -> ${key}) IS NOT NULL`,
  }
}

export const jsonToColumn: Change = {
  id: 'json-to-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { column } = target
    const { doc, key, at, value, compare, helper, check, differs, apart, add, drop, left } = parts(target)
    const store = put(`coalesce(NEW.${doc}, '{}')`, key, `to_jsonb(NEW.${column})`)
    // Only new code changes the column, so a change there wins over the document.
    const sync = rowTrigger(target, target.named(target.columnName, 'sync'), [
      `  IF NEW.${column} IS NOT NULL AND TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.${column}${compare} IS DISTINCT FROM OLD.${column}${compare} THEN`,
      `    IF (${value('NEW.')})${compare} IS DISTINCT FROM NEW.${column}${compare} THEN NEW.${doc} := ${store}; END IF;`,
      `  ELSIF TG_OP = 'INSERT' OR ${at('NEW.')} IS DISTINCT FROM ${at('OLD.')} THEN`,
      `    NEW.${column} := ${value('NEW.')};`,
      '  END IF;',
    ])
    return [
      check,
      phase('expand', 1, [quick(add), ...helper.create, ...sync.create], undo(...[...sync.drop, ...helper.drop].map(({ sql }) => sql), drop), 'retry-lock', sync.missing),
      phase('backfill', 1, [backfill(target, `${column} = ${value('t.')}`, `(${differs})`)], nothingToUndo, 'resume-backfill', apart),
      switchOver(2, 'use-column', apart),
      phase('contract', 3, [...sync.drop, ...helper.drop], rollForward, 'retry-lock', sync.left),
      phase('backfill', 3, [backfill(target, `${doc} = t.${doc} - ${key}`, left)], restoreOnly, 'resume-backfill', rowsWhere(target, left)),
    ]
  },
  plain: (target) => {
    const { table, column } = target
    const { doc, key, value, helper, check, apart, add, drop, left } = parts(target)
    return [
      check,
      phase('expand', 1, [quick(add), ...helper.create, quick(`UPDATE ${table} AS t SET ${column} = ${value('t.')}`, 'ROW EXCLUSIVE')], undo(...helper.drop.map(({ sql }) => sql), drop), 'retry-lock', apart),
      phase('contract', 1, [quick(`UPDATE ${table} AS t SET ${doc} = t.${doc} - ${key} WHERE ${left}`, 'ROW EXCLUSIVE'), ...helper.drop], restoreOnly, 'retry-lock', rowsWhere(target, left)),
    ]
  },
}
