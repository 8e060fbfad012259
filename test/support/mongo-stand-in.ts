import { aggregate, find, updateMany } from 'mingo'
import type { AnyObject } from 'mingo/types'

type Document = Record<string, unknown>

/** What a database does in memory: queries and updates by mingo; schema calls are only noted. */
export interface StandIn {
  readonly db: unknown
  readonly client: unknown
  readonly documents: (name: string) => Document[]
  /** Calls that change the schema, as `collection.method` with their arguments. */
  readonly calls: { readonly name: string, readonly args: readonly unknown[] }[]
}

/** A stand-in for a MongoDB database with these collections. It keeps the calls that need a server and works the others out. */
export function standIn(initial: Record<string, Document[]>): StandIn {
  const collections = new Map(Object.entries(structuredClone(initial)))
  const calls: StandIn['calls'] = []
  const indexes = new Map<string, { name: string }[]>()
  const documents = (name: string): Document[] => {
    const found = collections.get(name) ?? []
    collections.set(name, found)
    return found
  }
  const options = {
    collectionResolver: (name: string) => documents(name) as AnyObject[],
    // Only what the plans ask: required fields.
    jsonSchemaValidator: (schema: AnyObject) => (document: AnyObject) => ((schema.required ?? []) as string[]).every((field) => field in document),
  }
  const later = <Value>(work: () => Value): Promise<Value> => Promise.resolve().then(work)
  const collection = (name: string) => {
    const note = (method: string, ...args: readonly unknown[]): void => { calls.push({ name: `${name}.${method}`, args }) }
    const updateOne = (filter: AnyObject, update: AnyObject, { upsert = false } = {}): void => {
      const [first] = find(documents(name) as AnyObject[], filter, undefined, options).all() as Document[]
      const { $setOnInsert, ...rest } = update
      if (first !== undefined) {
        if (Object.keys(rest).length > 0) updateMany(documents(name) as AnyObject[], { _id: first._id } as AnyObject, rest, undefined, options)
      } else if (upsert) documents(name).push({ ...filter, ...($setOnInsert as Document | undefined), ...(rest.$set as Document | undefined) })
    }
    return {
      find: (filter: AnyObject = {}, { projection }: { projection?: AnyObject } = {}) => {
        const cursor = find(documents(name) as AnyObject[], filter, projection, options)
        const chain = {
          sort: (by: Record<string, 1 | -1>) => { cursor.sort(by); return chain },
          limit: (count: number) => { cursor.limit(count); return chain },
          toArray: () => later(() => structuredClone(cursor.all())),
        }
        return chain
      },
      findOne: (filter: AnyObject) => later(() => find(documents(name) as AnyObject[], filter, undefined, options).all()[0] ?? null),
      countDocuments: (filter: AnyObject = {}) => later(() => find(documents(name) as AnyObject[], filter, undefined, options).all().length),
      updateMany: (filter: AnyObject, update: AnyObject) => later(() => updateMany(documents(name) as AnyObject[], filter, update, undefined, options)),
      updateOne: (filter: AnyObject, update: AnyObject, how?: { upsert?: boolean }) => later(() => updateOne(filter, update, how)),
      bulkWrite: (writes: { updateOne: { filter: AnyObject, update: AnyObject, upsert: boolean } }[]) => later(() => { for (const { updateOne: one } of writes) updateOne(one.filter, one.update, one) }),
      insertOne: (document: Document) => later(() => { documents(name).push(document) }),
      deleteOne: (filter: AnyObject) => later(() => {
        const [first] = find(documents(name) as AnyObject[], filter, undefined, options).all()
        collections.set(name, documents(name).filter((one) => one._id !== (first as Document | undefined)?._id))
      }),
      deleteMany: () => later(() => { collections.set(name, []) }),
      aggregate: (pipeline: AnyObject[]) => ({
        toArray: () => later(() => {
          const last = pipeline[pipeline.length - 1]
          if (last === undefined || !('$merge' in last)) return structuredClone(aggregate(documents(name) as AnyObject[], pipeline, options))
          const { into, whenMatched } = last.$merge as { into: string, whenMatched: AnyObject[] }
          for (const fresh of aggregate(documents(name) as AnyObject[], pipeline.slice(0, -1), options)) updateMany(documents(into) as AnyObject[], { _id: fresh._id }, whenMatched as never, undefined, { ...options, variables: { new: fresh } })
          return []
        }),
      }),
      createIndex: (keys: unknown, how: { name?: string } = {}) => later(() => {
        note('createIndex', keys, how)
        indexes.set(name, [...indexes.get(name) ?? [], { name: how.name ?? 'unnamed' }])
      }),
      dropIndex: (index: string) => later(() => {
        note('dropIndex', index)
        indexes.set(name, (indexes.get(name) ?? []).filter((one) => one.name !== index))
      }),
      listIndexes: () => ({ toArray: () => later(() => indexes.get(name) ?? []) }),
      rename: (to: string) => later(() => {
        note('rename', to)
        collections.set(to, documents(name))
        collections.delete(name)
      }),
      drop: () => later(() => {
        note('drop')
        collections.delete(name)
      }),
    }
  }
  const command = (database: string) => (what: unknown) => later(() => { calls.push({ name: `${database}.command`, args: [what] }); return { ok: 1 } })
  return {
    db: { databaseName: 'shop', collection, command: command('db'), listCollections: ({ name }: { name: string }) => ({ toArray: () => later(() => (collections.has(name) ? [{ name, options: {} }] : [])) }) },
    client: { db: (name: string) => ({ command: command(name) }) },
    documents,
    calls,
  }
}
