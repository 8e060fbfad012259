import type { Target } from '../target.ts'
import { backfill } from './backfill.ts'
import { columnsLeft, constraintsUnproved, copiedAlone, rowsWhere } from './asks.ts'
import { carryColumn } from './grants.ts'
import { requireColumn } from './required.ts'
import { alone, nothingToUndo, phase, precheck, quick, rollForward, switchOver, undo, type Phase, type Statement } from './statement.ts'
import { syncPair, type Sync } from './sync.ts'

/** A column that takes another's place. `old` and `fresh` are quoted, the names are not; `forward` and `back` turn a value of one into the other, given as SQL. */
export interface Replacement {
  readonly oldName: string
  readonly old: string
  readonly freshName: string
  readonly fresh: string
  readonly triggerName: string
  readonly forward: (value: string) => string
  readonly back: (value: string) => string
  /** Casts for types without equality. */
  readonly compareOld: string
  readonly compareFresh: string
  /** The new column takes the old one's name in the end. */
  readonly keepsName: boolean
  /** Type of the new column; the target's when left out. */
  readonly type?: string
  /** A function that `forward` calls. */
  readonly helper?: Sync
  /** Rows, reached as `t.`, that have a value and get none. */
  readonly lost?: string
  /** A check on the new column: how it is made without looking at rows, and its name, in quotes and without. */
  readonly check?: { readonly create: Statement, readonly name: string, readonly unquoted: string }
}

/**
 * What code does so that it runs before and after the new column takes the old name; what named the new one before would fail then, and so would a
 * prepared statement whose result changes its type. Every value may be stored as text, but no text as something else without a cast.
 */
const casts = (type: string): 'read-as-new-type' | 'cast-to-new-type' => (/^(text|varchar|char|citext)\b/.test(type) ? 'read-as-new-type' : 'cast-to-new-type')

/** Phases that put a new column beside the old one, keep both equal, fill it, move readers over and drop the old one: three releases. */
export function replaceColumn(target: Target, { oldName, old, freshName, fresh, triggerName, forward, back, compareOld, compareFresh, keepsName, type = target.type.sql, helper, lost, check }: Replacement): readonly Phase[] {
  const { table } = target
  const fallback = target.hasExpression ? target.expression.print('') : undefined
  const setDefault = (column: string): string[] => (fallback === undefined ? [] : [`ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT ${fallback}`])
  const sync = syncPair(target, triggerName, { old, fresh, forward: forward(`NEW.${old}`), back: back(`NEW.${fresh}`), fallback, compareOld, compareFresh })
  const required = requireColumn(target, fresh, target.named(freshName, 'nn'))
  const value = forward(`t.${old}`)
  const differs = `t.${fresh}${compareFresh} IS DISTINCT FROM ${value === `t.${old}` ? value : `(${value})`}${compareFresh}`
  const apart = rowsWhere(target, lost === undefined ? differs : `${differs} OR ${lost}`)
  const names = [...(target.nullable ? [] : [required.name]), ...(check === undefined ? [] : [check.name])]
  const unquoted = [...(target.nullable ? [] : [target.named(freshName, 'nn')]), ...(check === undefined ? [] : [check.unquoted])]
  const dropHelper = helper?.drop ?? []
  return [
    precheck(copiedAlone(target, oldName, { hasDefault: target.hasExpression, required: !target.nullable })),
    phase('expand', 1, [
      quick(`ALTER TABLE ${table} ADD COLUMN ${fresh} ${type}`),
      carryColumn(target, oldName, freshName),
      ...(fallback === undefined ? [] : [quick(`ALTER TABLE ${table} ALTER COLUMN ${old} DROP DEFAULT`)]),
      ...(helper?.create ?? []),
      ...sync.create,
    ], undo(...[...sync.drop, ...dropHelper].map(({ sql }) => sql), ...setDefault(old), `ALTER TABLE ${table} DROP COLUMN ${fresh}`), 'retry-lock', sync.missing),
    phase('backfill', 1, [backfill(target, `${fresh} = ${value}`, `(${differs})`)], nothingToUndo, 'resume-backfill', apart),
    ...(names.length === 0 ? [] : [phase('verify', 1, [
      ...(target.nullable ? [] : required.check.slice(0, 1)), ...(check === undefined ? [] : [check.create]),
      alone(`ALTER TABLE ${table} ${names.map((name) => `VALIDATE CONSTRAINT ${name}`).join(', ')}`, 'SHARE UPDATE EXCLUSIVE'),
    ], undo(`ALTER TABLE ${table} ${names.map((name) => `DROP CONSTRAINT ${name}`).join(', ')}`), 'fix-rows', constraintsUnproved(target, ...unquoted))]),
    switchOver(2, keepsName ? casts(type) : 'use-new-column', apart),
    phase('contract', 3, [
      ...(target.nullable ? [] : [required.strict]),
      ...sync.drop,
      ...dropHelper,
      quick(`ALTER TABLE ${table} ${target.nullable ? '' : `${required.withoutCheck}, `}DROP COLUMN ${old}`),
      ...(keepsName ? [quick(`ALTER TABLE ${table} RENAME COLUMN ${fresh} TO ${old}`)] : []),
      ...setDefault(keepsName ? old : fresh).map((sql) => quick(sql)),
    ], rollForward, 'retry-lock', columnsLeft(target, keepsName ? freshName : oldName)),
  ]
}
