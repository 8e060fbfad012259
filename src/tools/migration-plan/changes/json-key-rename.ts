import { rowsWhere } from '../sql/asks.ts'
import { backfill } from '../sql/backfill.ts'
import { quoteText } from '../sql/identifiers.ts'
import { nothingToUndo, phase, precheck, quick, restoreOnly, rollForward, switchOver, undo } from '../sql/statement.ts'
import { isJsonb, put } from '../sql/json.ts'
import { rowTrigger } from '../sql/sync.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const parts = (target: Target) => {
  const [doc, old, fresh] = [target.column, quoteText(target.from), quoteText(target.to)]
  const at = (row: string, key: string): string => `(${row}${doc} -> ${key})`
  return { doc, old, fresh, at, differs: `${at('t.', old)} IS NOT NULL AND ${at('t.', fresh)} IS DISTINCT FROM ${at('t.', old)}`, left: `${at('t.', old)} IS NOT NULL` }
}

export const jsonKeyRename: Change = {
  id: 'json-key-rename',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { doc, old, fresh, at, differs, left } = parts(target)
    // A version that writes the whole document back may leave out the key it does not know: a key alone is copied, never taken for removed.
    const sync = rowTrigger(target, target.named(target.columnName, target.to, 'sync'), [
      `  IF ${at('NEW.', old)} IS NOT NULL AND (${at('NEW.', fresh)} IS NULL OR TG_OP = 'UPDATE' AND ${at('NEW.', old)} IS DISTINCT FROM ${at('OLD.', old)} AND ${at('NEW.', fresh)} IS NOT DISTINCT FROM ${at('OLD.', fresh)}) THEN`,
      `    NEW.${doc} := ${put(`NEW.${doc}`, fresh, at('NEW.', old))};`,
      `  ELSIF ${at('NEW.', fresh)} IS DISTINCT FROM ${at('NEW.', old)} THEN`,
      `    NEW.${doc} := ${put(`NEW.${doc}`, old, at('NEW.', fresh))};`,
      '  END IF;',
    ])
    return [
      precheck(isJsonb(target, target.columnName)),
      phase('expand', 1, sync.create, undo(...sync.drop.map(({ sql }) => sql)), 'retry-lock', sync.missing),
      phase('backfill', 1, [backfill(target, `${doc} = ${put(`t.${doc}`, fresh, at('t.', old))}`, `(${differs})`)], nothingToUndo, 'resume-backfill', rowsWhere(target, differs)),
      switchOver(2, 'use-new-key', rowsWhere(target, differs)),
      phase('contract', 3, sync.drop, rollForward, 'retry-lock', sync.left),
      phase('backfill', 3, [backfill(target, `${doc} = t.${doc} - ${old}`, left)], restoreOnly, 'resume-backfill', rowsWhere(target, left)),
    ]
  },
  plain: (target) => {
    const { doc, old, fresh, at, left } = parts(target)
    return [
      precheck(isJsonb(target, target.columnName)),
      phase('backfill', 1, [quick(`UPDATE ${target.table} AS t SET ${doc} = ${put(`t.${doc} - ${old}`, fresh, at('t.', old))} WHERE ${left}`, 'ROW EXCLUSIVE')],
        undo(`UPDATE ${target.table} AS t SET ${doc} = ${put(`t.${doc} - ${fresh}`, old, at('t.', fresh))} WHERE ${at('t.', fresh)} IS NOT NULL`), 'retry-lock', rowsWhere(target, left)),
    ]
  },
}
