import { InputError } from '../../../../core/errors.ts'
import { nothingToUndo, phase, precheck, restoreOnly, rollForward, switchOver, undo, type Phase } from '../../sql/statement.ts'
import type { MongoChange } from './change.ts'
import { collection, command, counted, js } from './code.ts'
import type { MongoTarget } from './target.ts'

const nameOf = (target: MongoTarget): string => target.fields.map((field) => `${field}_1`).join('_').slice(0, 100)
const keysOf = (target: MongoTarget): Record<string, 1> => Object.fromEntries(target.fields.map((field) => [field, 1]))
const absent = (target: MongoTarget, name: string): string => `(await ${collection(target.collection)}.listIndexes().toArray()).some(({ name }) => name === ${js(name)}) ? 0 : 1`

function build(target: MongoTarget, release: number, options: Record<string, unknown>): Phase {
  const name = nameOf(target)
  // Hidden it is still kept up to date, so that it can come back at once.
  return phase('expand', release, [command(`await ${collection(target.collection)}.createIndex(${js(keysOf(target))}, ${js({ name, ...options })})`)], undo(
    `await db.command({ collMod: ${js(target.collection)}, index: { name: ${js(name)}, hidden: true } })`, `await ${collection(target.collection)}.dropIndex(${js(name)})`,
  ), 'retry-lock', absent(target, name))
}

const duplicates = (target: MongoTarget): string => `(await ${collection(target.collection)}.aggregate(${js([
  { $match: Object.fromEntries(target.fields.map((field) => [field, { $exists: true }])) }, { $group: { _id: target.fields.map((field) => `$${field}`), n: { $sum: 1 } } }, { $match: { n: { $gt: 1 } } }, { $count: 'n' },
])}, { allowDiskUse: true }).toArray())[0]?.n ?? 0`

const schemaOf = (target: MongoTarget): unknown => ({ $jsonSchema: { bsonType: 'object', required: target.fields } })
const validate = (target: MongoTarget, validator: unknown, level: string, action: string): string => `await db.command(${js({ collMod: target.collection, validator, validationLevel: level, validationAction: action })})`

export const indexChanges: Readonly<Record<string, MongoChange>> = {
  'mongo-add-index': { reach: 'scan', plan: (target) => [build(target, 1, {})] },
  'mongo-add-unique-index': {
    reach: 'scan',
    // Documents without the fields are left out: a plain unique index would take them all for null. An index that exists can refuse new duplicates
    // before it is unique, so nothing is lost when an old one is found late; one that is built as unique fails at its end.
    plan: (target) => {
      const modified = (change: Record<string, boolean>): string => `await db.command(${js({ collMod: target.collection, index: { name: nameOf(target), ...change } })})`
      return [
        precheck(duplicates(target)),
        build(target, 1, { partialFilterExpression: Object.fromEntries(target.fields.map((field) => [field, { $exists: true }])) }),
        switchOver(1, 'handle-refusal'),
        phase('expand', 2, [command(modified({ prepareUnique: true }), 'writes')], undo(modified({ prepareUnique: false })), 'fix-rows', duplicates(target)),
        phase('contract', 2, [command(modified({ unique: true }))], rollForward, 'fix-rows', duplicates(target)),
      ]
    },
  },
  'mongo-schema-validator': {
    reach: 'scan',
    plan: (target) => {
      const broken = counted(target.collection, { $nor: [schemaOf(target)] })
      const none = undo(validate(target, {}, 'strict', 'error'))
      return [
        precheck(`(await db.listCollections(${js({ name: target.collection })}).toArray()).filter(({ options }) => options?.validator !== undefined).length`),
        phase('expand', 1, [command(validate(target, schemaOf(target), 'moderate', 'warn'), 'writes')], none, 'retry-lock'),
        phase('verify', 1, [], nothingToUndo, 'fix-rows', broken),
        switchOver(1, 'send-the-value'),
        phase('expand', 2, [command(validate(target, schemaOf(target), 'moderate', 'error'), 'writes')], undo(validate(target, schemaOf(target), 'moderate', 'warn')), 'retry-lock', broken),
        phase('contract', 2, [command(validate(target, schemaOf(target), 'strict', 'error'), 'writes')], undo(validate(target, schemaOf(target), 'moderate', 'error')), 'fix-rows', broken),
      ]
    },
  },
  'mongo-ttl-retention': {
    reach: 'shape',
    plan: (target) => {
      const seconds = target.value
      if (typeof seconds !== 'number' || seconds < 0 || !Number.isInteger(seconds)) throw new InputError(`Unexpected expression ${JSON.stringify(target.input.expression)}, expected the seconds after which a document goes, counted from the date in ${target.field}.`)
      const [name, never] = [`${target.field}_ttl`, 2_147_483_647]
      const expires = (after: number): string => `await db.command(${js({ collMod: target.collection, index: { name, expireAfterSeconds: after } })})`
      return [
        precheck(counted(target.collection, { [target.field]: { $exists: true, $not: { $type: 'date' } } })),
        phase('expand', 1, [command(`await ${collection(target.collection)}.createIndex(${js({ [target.field]: 1 })}, ${js({ name, expireAfterSeconds: never })})`)], undo(`await ${collection(target.collection)}.dropIndex(${js(name)})`), 'retry-lock', absent(target, name)),
        // Says how many documents go within the minute after the last step.
        phase('verify', 1, [command(`console.log(await ${collection(target.collection)}.countDocuments({ $expr: { $lt: [${js(`$${target.field}`)}, { $subtract: ['$$NOW', ${seconds} * 1000] }] } }))`)], nothingToUndo, 'forward-only'),
        switchOver(1, 'expect-expiry'),
        phase('contract', 2, [command(expires(seconds))], restoreOnly, 'forward-only'),
      ]
    },
  },
}
