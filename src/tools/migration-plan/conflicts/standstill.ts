import { hotWritesPerSecond, smallTableRows } from '../rules.ts'
import { hit, rulesOf, type Seen } from './found.ts'
import { hotTable, updatedInPlace } from './topics-data.ts'
import { longTransactions, maintenanceWindow, recreates, zeroDowntime } from './topics-time.ts'

/** Evidence that no standstill is accepted; empty when nobody said so. */
const staysUp = ({ input, says }: Seen): readonly string[] => [...(input.downtimeTolerance === 'none' ? ['downtimeTolerance: none'] : []), ...says(zeroDowntime)]
/** Changes after which running code misses a name or a type, or is refused a value it still writes. */
const seenByCode: Readonly<Record<string, 'shape' | 'values'>> = { 'rename-column': 'shape', 'rename-table': 'shape', 'drop-column': 'shape', 'drop-table': 'shape', 'type-change-rewrite': 'shape', 'type-narrow': 'values', 'enum-remove-value': 'values' }
/** Seconds of inserts in which a table that was said to be small would have filled up. */
const fillSeconds = 600

/** What stands still, against what may. */
export const standstillRules = rulesOf([
  {
    id: 'recreate-is-downtime',
    find: (seen) => {
      const stops = seen.input.deployStyle === 'recreate' ? ['deployStyle: recreate'] : seen.input.deployStyle === undefined ? seen.says(recreates) : []
      const up = staysUp(seen)
      return hit(stops.length > 0 && up.length > 0, [...stops, ...up])
    },
  },
  {
    id: 'window-while-always-on',
    find: ({ input, says }) => {
      const up = input.downtimeTolerance === 'none' ? ['downtimeTolerance: none'] : says(zeroDowntime)
      const window = input.downtimeTolerance === 'window' || input.downtimeTolerance === 'minutes' ? [`downtimeTolerance: ${input.downtimeTolerance}`] : says(maintenanceWindow)
      return hit(up.length > 0 && window.length > 0, [...new Set([...window, ...up])])
    },
  },
  {
    id: 'old-code-breaks',
    find: (seen) => {
      const { asked, change, changeId, circumstances, database, input } = seen
      const kind = Object.hasOwn(seenByCode, changeId) ? seenByCode[changeId] : undefined
      if (kind === undefined || change?.phases.some(({ phase }) => phase === 'switch') === true || circumstances.deployStyle === 'recreate' || ['window', 'minutes'].includes(circumstances.downtimeTolerance)) return undefined
      const up = staysUp(seen)
      const beside = input.deployStyle === undefined ? [] : [`deployStyle: ${input.deployStyle}`]
      const inputs = [...beside, ...(up.length > 0 ? up : circumstances.downtimeTolerance === 'none' ? ['downtimeTolerance: none (assumed)'] : [])]
      return hit(inputs.length > 0, [`database: ${database.id}`, asked, ...inputs], { kind })
    },
  },
  {
    id: 'rewrite-blocks-writes',
    find: (seen) => {
      const { asked, change, circumstances, database } = seen
      const blocks = change?.phases.some(({ statements }) => statements.some((statement) => statement.rewritesTable && (statement.blocks === 'writes' || statement.blocks === 'reads-and-writes'))) === true
      const up = blocks && (circumstances.rows === null || circumstances.rows > smallTableRows) ? staysUp(seen) : []
      return hit(up.length > 0, [`database: ${database.id}`, asked, ...(circumstances.rows === null ? ['rows: unknown'] : [`rows: ${circumstances.rows}`]), ...up])
    },
  },
  {
    id: 'small-but-hot',
    find: ({ asked, change, input, says }) => {
      const { rows, writesPerSecond } = input
      if (change === undefined || rows === undefined || rows > smallTableRows || says(updatedInPlace).length > 0) return undefined
      if (writesPerSecond !== undefined) return hit(writesPerSecond >= hotWritesPerSecond && rows < writesPerSecond * fillSeconds, [`rows: ${rows}`, `writesPerSecond: ${writesPerSecond}`], { seconds: Math.max(1, Math.round(rows / Math.max(1, writesPerSecond))) })
      const said = says(hotTable)
      return hit(said.length > 0, [`rows: ${rows}`, ...said, asked])
    },
  },
  {
    id: 'long-transactions-in-the-way',
    find: ({ asked, change, database, says }) => {
      const said = says(longTransactions)
      const waits = ['postgresql', 'mysql', 'mariadb', 'sqlserver'].includes(database.id) && change?.phases.some(({ statements }) => statements.some(({ lock, language }) => language === undefined && lock !== 'ROW EXCLUSIVE' && lock !== 'none')) === true
      return hit(waits && said.length > 0, [asked, ...said])
    },
  },
])
