import { mysqlChanges } from '../databases/mysql/planner.ts'
import { hit, rulesOf, type Seen } from './found.ts'
import { foreignKeys, ghOst, inOneTransaction, namedAlgorithm, ptOsc, tableTriggers } from './topics-systems.ts'

const speaksMysql = ({ database }: Seen): boolean => database.id === 'mysql' || database.id === 'mariadb'
/** Whether the plan itself runs the program. */
const planned = ({ change }: Seen, program: string): readonly string[] => (change?.phases.some(({ statements }) => statements.some(({ sql, language }) => language === 'shell' && sql.startsWith(program))) === true ? [`plan: ${program}`] : [])
const ghosts = (seen: Seen): readonly string[] => [...seen.names(ghOst), ...planned(seen, 'gh-ost')]
const copiers = (seen: Seen): readonly string[] => [...ghosts(seen), ...seen.names(ptOsc), ...planned(seen, 'pt-online-schema-change')]

/** From the cheapest to the dearest. */
const algorithms: readonly string[] = ['INSTANT', 'NOCOPY', 'INPLACE', 'COPY']
const dearness = (algorithm: string): number => algorithms.indexOf(algorithm)

/** MySQL and MariaDB: programs that copy a table, and what the server can do itself. */
export const copyToolRules = rulesOf([
  {
    id: 'copy-tool-with-unique',
    find: (seen) => {
      const tools = copiers(seen)
      return hit(speaksMysql(seen) && seen.changeId === 'add-unique' && tools.length > 0, [...tools, seen.asked])
    },
  },
  {
    id: 'gh-ost-with-foreign-keys',
    find: (seen) => {
      const tools = ghosts(seen)
      const keys = [...((seen.input.inboundForeignKeys ?? 0) > 0 ? [`inboundForeignKeys: ${seen.input.inboundForeignKeys}`] : []), ...(seen.changeId === 'add-foreign-key' ? [seen.asked] : []), ...seen.says(foreignKeys)]
      return hit(speaksMysql(seen) && tools.length > 0 && keys.length > 0, [...new Set([...tools, ...keys])])
    },
  },
  {
    id: 'copy-tool-with-triggers',
    find: (seen) => {
      const tools = copiers(seen)
      const triggers = seen.says(tableTriggers)
      return hit(speaksMysql(seen) && tools.length > 0 && triggers.length > 0, [...new Set([...tools, ...triggers])])
    },
  },
  {
    id: 'copy-tool-elsewhere',
    find: (seen) => {
      const { database, names } = seen
      const [ghost, copy] = [names(ghOst), [...names(ghOst), ...names(ptOsc)]]
      if (database.id === 'mariadb') return hit(ghost.length > 0, [...ghost, 'database: mariadb'], { kind: 'mariadb' })
      return hit(copy.length > 0 && database.stated && database.id !== 'mysql', [...copy, `database: ${database.id}`], { kind: 'other' })
    },
  },
  {
    id: 'algorithm-not-available',
    find: (seen) => {
      const { asked, catches, changeId, database, knowledge, says } = seen
      const said = says(namedAlgorithm)
      const operation = Object.hasOwn(mysqlChanges, changeId) ? knowledge['online-ddl'][database.id]?.facts.operations.value?.find(({ id }) => id === mysqlChanges[changeId]?.naive) : undefined
      if (said.length === 0 || operation === undefined || !speaksMysql(seen)) return undefined
      const wishes = catches(namedAlgorithm).map(({ value }) => value.toUpperCase())
      // Without a name the wish is for writes that go on.
      const dearest = wishes.length === 0 ? (operation.lock === 'NONE' ? Infinity : 0) : Math.min(...wishes.map(dearness))
      return hit(dearest < dearness(operation.algorithm), [asked, ...said], { algorithm: operation.algorithm, kind: changeId === 'add-foreign-key' ? 'foreign-key' : 'other' })
    },
  },
  {
    id: 'no-transactional-ddl',
    find: (seen) => {
      const said = seen.says(inOneTransaction)
      return hit(speaksMysql(seen) && said.length > 0, [`database: ${seen.database.id}`, ...said])
    },
  },
])
