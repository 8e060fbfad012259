import { hit, rulesOf } from './found.ts'
import { changeReaders, directPath, freshReplicas, pinningProxy, readReplicas, transactionPooler } from './topics-systems.ts'

const servers: readonly string[] = ['postgresql', 'mysql', 'mariadb', 'sqlserver', 'none']
/** Changes that a reader of the log meets as another shape, by the end of their names. */
const reshapes = /^(?:mongo-)?(?:rename-|drop-(?:column|table|field)|type-|change-field-type|split-|merge-|json-|pk-int|enum-to|encrypt-column|partition-existing|one-to-many|embed-|reference-to)/

/** What stands between the database and those who read it. */
export const connectionRules = rulesOf([
  {
    id: 'transaction-pooler',
    find: ({ database, input, names, says, tool }) => {
      if (!servers.includes(database.id) || says(directPath).length > 0) return undefined
      const tooled = `tool: ${tool.id}`
      if (input.pooler === 'transaction') return hit(true, ['pooler: transaction', tooled], { kind: 'pooler' })
      const proxy = names(pinningProxy)
      if (proxy.length > 0) return hit(true, [...proxy, tooled], { kind: 'proxy' })
      const pooled = names(transactionPooler)
      return hit(pooled.length > 0 && input.pooler !== 'session', [...pooled, tooled], { kind: 'pooler' })
    },
  },
  {
    id: 'log-readers-see-the-shape',
    find: ({ asked, changeId, names }) => {
      const readers = names(changeReaders)
      return hit(reshapes.test(changeId) && changeId !== 'type-widen-metadata-only' && readers.length > 0, [asked, ...readers])
    },
  },
  {
    id: 'replicas-lag-behind',
    find: ({ input, says }) => {
      const wished = says(freshReplicas)
      const has = (input.replicas ?? 0) > 0 ? [`replicas: ${input.replicas}`] : input.replicas === undefined ? says(readReplicas) : []
      return hit(wished.length > 0 && has.length > 0, [...new Set([...has, ...wished])])
    },
  },
])
