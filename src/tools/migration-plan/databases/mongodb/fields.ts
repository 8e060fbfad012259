import { InputError } from '../../../../core/errors.ts'
import { need } from '../given.ts'
import { nothingToUndo, phase, restoreOnly, switchOver, undo } from '../../sql/statement.ts'
import type { MongoChange } from './change.ts'
import { collection, command, counted, js, updateBatch } from './code.ts'
import type { MongoTarget } from './target.ts'

const conversions: Readonly<Record<string, string>> = { decimal: 'decimal', numeric: 'decimal', int: 'int', integer: 'int', long: 'long', bigint: 'long', double: 'double', string: 'string', text: 'string', date: 'date', timestamp: 'date', bool: 'bool', boolean: 'bool', objectid: 'objectId' }

function converted(target: MongoTarget): string {
  const wanted = need(target.input, 'type').trim().toLowerCase()
  const type = Object.hasOwn(conversions, wanted) ? conversions[wanted] : undefined
  if (type === undefined) throw new InputError(`Unexpected type ${JSON.stringify(target.input.type)}, expected one of ${Object.keys(conversions).join(', ')}.`)
  return type
}

const differ = (from: unknown, to: string): Record<string, unknown> => ({ $expr: { $ne: [from, `$${to}`] } })
const unset = (target: MongoTarget, field: string) => phase('contract', 3, [target.batches([updateBatch({ [field]: { $exists: true } }, { $unset: { [field]: '' } })])], restoreOnly, 'forward-only', counted(target.collection, { [field]: { $exists: true } }))

/** Both fields are written by the application, old documents are copied, readers move, and the old field goes last. */
function moved(target: MongoTarget, from: string, to: string, value: unknown, apart: Record<string, unknown>) {
  return [
    switchOver(1, 'write-both-fields'),
    phase('backfill', 1, [target.batches([updateBatch({ [from]: { $exists: true }, ...apart }, [{ $set: { [to]: value } }])])], undo(`await ${collection(target.collection)}.updateMany({}, ${js({ $unset: { [to]: '' } })})`), 'resume-backfill', counted(target.collection, { [from]: { $exists: true }, ...apart })),
    switchOver(2, 'read-new-field', counted(target.collection, { [from]: { $exists: true }, ...apart })),
    switchOver(3, 'stop-using'),
    unset(target, from),
  ]
}

/** One command that renames a field in every document that has it; run again it finds the rest. */
const renamed = (target: MongoTarget, from: string, to: string): string => `await ${collection(target.collection)}.updateMany(${js({ [from]: { $exists: true } })}, ${js({ $rename: { [from]: to } })})`

export const fieldChanges: Readonly<Record<string, MongoChange>> = {
  'mongo-add-field': {
    reach: 'rows',
    plan: (target) => [
      switchOver(1, 'send-the-value'),
      phase('backfill', 1, [target.batches([updateBatch({ [target.field]: { $exists: false } }, { $set: { [target.field]: target.value } })])], nothingToUndo, 'resume-backfill', counted(target.collection, { [target.field]: { $exists: false } })),
    ],
  },
  'mongo-rename-field': {
    reach: 'shape',
    plan: (target) => moved(target, target.from, target.to, `$${target.from}`, differ(`$${target.from}`, target.to)),
    still: (target) => [phase('expand', 1, [command(renamed(target, target.from, target.to), 'writes')], undo(renamed(target, target.to, target.from)), 'stop-and-ask', counted(target.collection, { [target.from]: { $exists: true } }))],
  },
  // What cannot be converted becomes null and is found by the query.
  'mongo-change-field-type': {
    reach: 'shape',
    plan: (target) => {
      const value = { $convert: { input: `$${target.field}`, to: converted(target), onError: null, onNull: null } }
      const [fill, ...rest] = moved(target, target.field, target.to, value, differ(value, target.to))
      const lost = counted(target.collection, { [target.field]: { $exists: true, $ne: null }, [target.to]: null })
      return [fill as ReturnType<typeof switchOver>, ...rest.map((one) => (one.phase === 'switch' ? { ...one, verify: lost } : one))]
    },
  },
  'mongo-drop-field-or-collection': {
    reach: 'shape',
    plan: (target) => {
      if (target.input.column !== undefined) return [switchOver(1, 'stop-using'), { ...unset(target, target.field), release: 2 }]
      const parked = `${target.collection}_dropped_${target.day}`
      return [
        switchOver(1, 'stop-using'),
        phase('expand', 1, [command(`await ${collection(target.collection)}.rename(${js(parked)})`, 'reads-and-writes')], undo(`await ${collection(parked)}.rename(${js(target.collection)})`), 'retry-lock'),
        phase('contract', 2, [command(`await ${collection(parked)}.drop()`)], restoreOnly, 'forward-only'),
      ]
    },
  },
}
