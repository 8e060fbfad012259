import { readStack } from '../../../core/stack.ts'
import { hit, rulesOf, type Seen } from './found.ts'
import { hypertables, partitionedBy, policiesLater, referredTo, rowSecurity, uniqueRule, views } from './topics-data.ts'

const wholeTable: readonly string[] = ['drop-table', 'merge-tables', 'partition-existing-table']
const oneColumn: readonly string[] = ['rename-column', 'type-change-rewrite', 'drop-column']
/** Changes that a view over the table would stop, or not follow. */
const underViews: readonly string[] = ['drop-column', 'drop-table', 'rename-column', 'rename-table', 'type-change-rewrite', 'type-narrow', 'type-convert-text-to-typed', 'split-column', 'merge-columns', 'enum-to-text-check', 'enum-remove-value', 'partition-existing-table']
const lower = (text: string | undefined): string => (text ?? '').toLowerCase()

/** Keys of other tables matter to a column only when it is the key they refer to. */
const touchesKey = ({ changeId, input }: Seen): boolean => wholeTable.includes(changeId) || (oneColumn.includes(changeId) && lower((changeId === 'rename-column' ? input.from : undefined) ?? input.column) === lower(input.keyColumn ?? 'id'))

/** What hangs on the table. */
export const dependentRules = rulesOf([
  {
    id: 'referenced-table',
    find: (seen) => {
      const { asked, input, says } = seen
      const keys = (input.inboundForeignKeys ?? 0) > 0 ? [`inboundForeignKeys: ${input.inboundForeignKeys}`] : input.inboundForeignKeys === undefined ? says(referredTo) : []
      return hit(touchesKey(seen) && keys.length > 0, [asked, ...keys])
    },
  },
  {
    id: 'referring-keys',
    find: ({ asked, changeId, input, says }) => {
      const keys = (input.inboundForeignKeys ?? 0) > 0 ? [`inboundForeignKeys: ${input.inboundForeignKeys}`] : input.inboundForeignKeys === undefined ? says(referredTo) : []
      return hit(changeId === 'pk-int-to-bigint' && keys.length > 0, [asked, ...keys])
    },
  },
  {
    id: 'views-depend-on-it',
    find: ({ asked, changeId, database, input, says }) => {
      // What Django calls a view is a page.
      const said = readStack(input).ids.includes('django') ? says({ ...views, beside: /materiali|sql|database|\bdb\b|reporting|matview/ }) : says(views)
      return hit(underViews.includes(changeId) && said.length > 0, [asked, ...said], { kind: database.id === 'postgresql' ? 'refuses' : 'breaks' })
    },
  },
  {
    id: 'partition-key-not-in-unique',
    find: ({ asked, catches, changeId, database, input, says }) => {
      if (changeId === 'partition-existing-table') {
        const key = lower(input.column)
        const listed = input.columns !== undefined && !input.columns.map(lower).includes(key) ? [`columns: ${input.columns.map((name) => JSON.stringify(name)).join(', ')}`] : []
        const said = [...listed, ...says(uniqueRule)]
        return hit(key !== lower(input.keyColumn ?? 'id') && said.length > 0, [asked, `column: ${JSON.stringify(input.column)}`, ...said])
      }
      const [by] = catches(partitionedBy)
      const columns = (input.columns ?? [input.column ?? '']).map(lower)
      return hit(changeId === 'add-unique' && ['postgresql', 'mysql', 'mariadb'].includes(database.id) && by !== undefined && !columns.includes(by.value), [asked, `columns: ${columns.map((name) => JSON.stringify(name)).join(', ')}`, by?.said ?? ''])
    },
  },
  {
    id: 'policies-after-security',
    find: ({ changeId, says }) => {
      const said = says(changeId === 'add-tenant-id' || says(rowSecurity).length > 0 ? policiesLater : { ...policiesLater, beside: rowSecurity.words })
      return hit(said.length > 0, said)
    },
  },
  {
    id: 'hypertable',
    find: ({ asked, change, database, names }) => {
      const said = names(hypertables)
      const refused = change?.id === 'partition-existing-table' || change?.phases.some(({ statements }) => statements.some(({ sql }) => /INDEX CONCURRENTLY|NOT VALID/.test(sql))) === true
      return hit(database.id === 'postgresql' && refused && said.length > 0, [...said, asked])
    },
  },
])
