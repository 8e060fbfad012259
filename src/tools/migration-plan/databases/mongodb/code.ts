import { InputError } from '../../../../core/errors.ts'
import type { Statement } from '../../sql/statement.ts'

/** A value as JavaScript. Names and values of users get into code through this only. */
export const js = (value: unknown): string => JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

/** A collection's name. Throws InputError for what the server refuses. */
export function collectionName(name: string, field = 'table'): string {
  if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('system.') || Buffer.byteLength(name) > 200) throw new InputError(`Unexpected ${field} ${JSON.stringify(name)}, expected the name of a collection: no $, not system.…, at most 200 bytes.`)
  return name
}

/** A field, with dots for fields inside documents. Throws InputError for what has another meaning there. */
export function fieldPath(name: string, field = 'column'): string {
  if (name.split('.').some((part) => part === '' || part.startsWith('$') || part.includes('\0') || part === '__proto__') || name === '_id') {
    throw new InputError(`Unexpected ${field} ${JSON.stringify(name)}, expected a field other than _id: no part may be empty, begin with $ or be __proto__.`)
  }
  return name
}

/** Calls of the MongoDB driver for Node, with `db` and `client` at hand, as migrate-mongo gives them. */
export const command = (sql: string, blocks: Statement['blocks'] = 'nothing'): Statement => ({ sql, lock: blocks === 'nothing' ? 'none' : 'metadata', blocks, rewritesTable: false, transaction: 'none', language: 'javascript' })

export const collection = (name: string): string => `db.collection(${js(name)})`

/** Documents for which `filter` holds, as a number. */
export const counted = (name: string, filter: unknown): string => `await ${collection(name)}.countDocuments(${js(filter)})`

/** How one batch is worked on: `source` is the collection, `ids` those of the batch. */
export interface BatchJob { readonly collection: string, readonly id: string, readonly rows: number, readonly pauseSeconds: number, readonly work: readonly string[] }

/**
 * A loop over the ids of a collection that notes after each batch how far it got, so that it can be stopped and started again. It takes
 * ids of one type; documents with others are found by the query that follows.
 */
export const inBatches = ({ collection: name, id, rows, pauseSeconds, work }: BatchJob): Statement => ({
  ...command([
    `const source = ${collection(name)}`,
    "const progress = db.collection('migration_progress')",
    `const job = { _id: ${js(id)} }`,
    'let last = (await progress.findOne(job))?.last',
    'for (;;) {',
    `  const batch = await source.find(last === undefined ? {} : { _id: { $gt: last } }, { projection: { _id: 1 } }).sort({ _id: 1 }).limit(${rows}).toArray()`,
    '  if (batch.length === 0) break',
    '  const ids = batch.map(({ _id }) => _id)',
    ...work.map((line) => `  ${line}`),
    '  last = ids[ids.length - 1]',
    '  await progress.updateOne(job, { $set: { last } }, { upsert: true })',
    `  await new Promise((resolve) => setTimeout(resolve, ${pauseSeconds * 1000}))`,
    '}',
    'await progress.deleteOne(job)',
  ].join('\n')),
  blocks: 'rows',
})

/** One update of the documents of a batch that `filter` leaves. */
export const updateBatch = (filter: Record<string, unknown>, update: unknown): string =>
  `await source.updateMany({ ...${js(filter)}, _id: { $in: ids } }, ${js(update)}, { writeConcern: { w: 'majority' } })`
