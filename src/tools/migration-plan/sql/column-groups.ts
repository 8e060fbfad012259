import type { Target } from '../target.ts'
import { columnsLeft, copiedApart, rowsWhere } from './asks.ts'
import { backfill } from './backfill.ts'
import { quoteName, quoteText } from './identifiers.ts'
import { nothingToUndo, phase, precheck, quick, rollForward, switchOver, undo, type Phase } from './statement.ts'
import { syncGroups, type Derived } from './sync.ts'

/** Columns that change their form. `old` and `fresh` say how each is worked out from the other side; `compare` is the side whose values say that both are equal. */
export interface Regrouping { readonly oldNames: readonly string[], readonly old: readonly Derived[], readonly fresh: readonly Derived[], readonly triggerName: string, readonly compare: 'old' | 'fresh', readonly type: string }

const differ = (columns: readonly Derived[]): string => columns.map(({ column, value }) => `t.${column} IS DISTINCT FROM ${value('t.')}`).join(' OR ')

/** Phases that put new columns beside old ones that say the same, keep both forms equal, fill the new ones and drop the old: three releases. */
export function regroupColumns(target: Target, { oldNames, old, fresh, triggerName, compare, type }: Regrouping): readonly Phase[] {
  const sync = syncGroups(target, triggerName, old, fresh)
  const drop = (columns: readonly string[]): string => `ALTER TABLE ${target.table} ${columns.map((column) => `DROP COLUMN ${column}`).join(', ')}`
  const differs = compare === 'old' ? differ(old) : differ(fresh)
  const apart = rowsWhere(target, differs)
  return [
    // Rights on the one form say nothing about the other.
    precheck(`SELECT (${copiedApart(target, oldNames, { required: !target.nullable })}) + (SELECT count(*) FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attacl IS NOT NULL AND attname IN (${oldNames.map(quoteText).join(', ')})) AS n`),
    phase('expand', 1, [quick(`ALTER TABLE ${target.table} ${fresh.map(({ column }) => `ADD COLUMN ${column} ${type}`).join(', ')}`), ...sync.create],
      undo(...sync.drop.map(({ sql }) => sql), drop(fresh.map(({ column }) => column))), 'retry-lock', sync.missing),
    phase('backfill', 1, [backfill(target, fresh.map(({ column, value }) => `${column} = ${value('t.')}`).join(', '), `(${differs})`)], nothingToUndo, 'resume-backfill', apart),
    switchOver(2, 'use-new-column', apart),
    phase('contract', 3, [...sync.drop, quick(drop(oldNames.map((name) => quoteName(name))))], rollForward, 'retry-lock', columnsLeft(target, ...oldNames)),
  ]
}
