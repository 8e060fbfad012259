import { phase, precheck, restoreOnly, switchOver, undo } from '../../sql/statement.ts'
import type { MongoChange } from './change.ts'
import { collection, command, counted, js, updateBatch } from './code.ts'

/** Parts of one document that a list may have before it should not be inside it. */
const maxEmbedded = 500

export const shapeChanges: Readonly<Record<string, MongoChange>> = {
  'mongo-embed-to-reference': {
    reach: 'shape',
    plan: (target) => {
      const { collection: parts, field: link } = target.reference
      const list = target.field
      const index = `${link}_1`
      const missing = `(await ${collection(target.collection)}.aggregate(${js([{ $unwind: `$${list}` }, { $lookup: { from: parts, localField: `${list}._id`, foreignField: '_id', as: 'found' } }, { $match: { found: { $size: 0 } } }, { $count: 'n' }])}).toArray())[0]?.n ?? 0`
      return [
        precheck(counted(target.collection, { [list]: { $elemMatch: { _id: { $exists: false } } } })),
        phase('expand', 1, [command(`await ${collection(parts)}.createIndex(${js({ [link]: 1 })}, ${js({ name: index })})`)], undo(`await ${collection(parts)}.dropIndex(${js(index)})`), 'retry-lock'),
        switchOver(1, 'write-both-fields'),
        phase('backfill', 1, [target.batches([
          `const owners = await source.find({ _id: { $in: ids } }, { projection: ${js({ [list]: 1 })} }).toArray()`,
          `const writes = owners.flatMap((owner) => (${js(list.split('.'))}.reduce((inner, part) => inner?.[part], owner) ?? []).map((part) => ({ updateOne: { filter: { _id: part._id }, update: { $setOnInsert: { ...part, [${js(link)}]: owner._id } }, upsert: true } })))`,
          `if (writes.length > 0) await ${collection(parts)}.bulkWrite(writes, { ordered: false, writeConcern: { w: 'majority' } })`,
        ])], restoreOnly, 'resume-backfill', missing),
        switchOver(2, 'read-new-field', missing),
        switchOver(3, 'stop-using'),
        phase('contract', 3, [target.batches([updateBatch({ [list]: { $exists: true } }, { $unset: { [list]: '' } })])], restoreOnly, 'forward-only', counted(target.collection, { [list]: { $exists: true } })),
      ]
    },
  },
  'mongo-reference-to-embed': {
    reach: 'shape',
    plan: (target) => {
      const { collection: parts, field: link } = target.reference
      const list = target.field
      const tooMany = `(await ${collection(parts)}.aggregate(${js([{ $group: { _id: `$${link}`, n: { $sum: 1 } } }, { $match: { n: { $gt: maxEmbedded } } }, { $count: 'n' }])}).toArray())[0]?.n ?? 0`
      const missing = counted(target.collection, { [list]: { $exists: false } })
      return [
        precheck(tooMany),
        switchOver(1, 'write-both-fields'),
        // A list that the application has written meanwhile stays as it is.
        phase('backfill', 1, [target.batches([
          `await source.aggregate([{ $match: { ...${js({ [list]: { $exists: false } })}, _id: { $in: ids } } }, ...${js([
            { $lookup: { from: parts, localField: '_id', foreignField: link, as: 'parts' } }, { $project: { parts: 1 } },
            { $merge: { into: target.collection, on: '_id', whenMatched: [{ $set: { [list]: { $ifNull: [`$${list}`, '$$new.parts'] } } }], whenNotMatched: 'discard' } },
          ])}], { writeConcern: { w: 'majority' } }).toArray()`,
        ])], restoreOnly, 'resume-backfill', missing),
        switchOver(2, 'read-new-field', missing),
        switchOver(3, 'stop-using'),
        phase('contract', 3, [command(`await ${collection(parts)}.rename(${js(`${parts}_dropped_${target.day}`)})`, 'reads-and-writes')], undo(`await ${collection(`${parts}_dropped_${target.day}`)}.rename(${js(parts)})`), 'forward-only'),
      ]
    },
  },
  'mongo-shard-key': {
    reach: 'scan',
    plan: (target) => {
      const key = Object.fromEntries(target.fields.map((field) => [field, 1]))
      const name = `\`\${db.databaseName}.\${${js(target.collection)}}\``
      const index = target.fields.map((field) => `${field}_1`).join('_')
      return [
        phase('verify', 1, [command(`console.log(JSON.stringify(await client.db('admin').command({ analyzeShardKey: ${name}, key: ${js(key)} })))`)], { kind: 'nothing', statements: [] }, 'stop-and-ask', counted(target.collection, { $or: target.fields.map((field) => ({ [field]: { $exists: false } })) })),
        phase('expand', 1, [command(`await ${collection(target.collection)}.createIndex(${js(key)}, ${js({ name: index })})`)], undo(`await ${collection(target.collection)}.dropIndex(${js(index)})`), 'retry-lock'),
        switchOver(1, 'use-new-key'),
        phase('contract', 2, [command(`await client.db('admin').command({ reshardCollection: ${name}, key: ${js(key)} })`, 'writes')], { kind: 'roll-forward', statements: [] }, 'forward-only'),
      ]
    },
  },
}
