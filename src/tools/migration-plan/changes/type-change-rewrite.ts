import { columnUnlike } from '../sql/asks.ts'
import { derivedName, quoteName, quoteText } from '../sql/identifiers.ts'
import { replaceColumn } from '../sql/replace-column.ts'
import { phase, precheck, quick, rewrite, undo, type Phase } from '../sql/statement.ts'
import { changesZone, comparable, isFreeWidening } from '../sql/types.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** The time zone that stored times without one are in: `to`, or UTC. A plain cast would take that of whoever writes. */
const zone = (target: Target): string => quoteText(target.hasTo ? target.to : 'UTC')
const cast = (target: Target, name: string) => (value: string): string => (changesZone(target.fromType, target.type) ? `(${value}) AT TIME ZONE ${zone(target)}` : `(${value})::${name}`)
/** 0 when the server knows the zone: a trigger with an unknown one would refuse every row. */
const knownZone = (target: Target): Phase[] => (changesZone(target.fromType, target.type) ? [precheck(`SELECT (count(*) = 0)::int AS n FROM pg_timezone_names WHERE name = ${zone(target)}`)] : [])

export const typeChangeRewrite: Change = {
  id: 'type-change-rewrite',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { column, columnName, type, fromType } = target
    const freshName = derivedName(columnName, 'new')
    return [...knownZone(target), ...replaceColumn(target, {
      oldName: columnName, old: column, freshName, fresh: quoteName(freshName), triggerName: target.named(columnName, 'sync'),
      forward: cast(target, type.sql), back: cast(target, fromType.sql), compareOld: comparable(fromType), compareFresh: comparable(type), keepsName: true,
    })]
  },
  plain: (target) => {
    const { table, column, columnName, type, fromType } = target
    const change = (to: string) => `ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${to} USING ${cast(target, to)(column)}`
    const statement = isFreeWidening(fromType, type) ? quick(change(type.sql)) : rewrite(change(type.sql))
    return [...knownZone(target), phase('expand', 1, [statement], undo(change(fromType.sql)), 'retry-lock', columnUnlike(target, columnName, type.sql))]
  },
}
