import { changesZone, isFreeWidening, mayLoseValues, readType, type ColumnType } from '../sql/types.ts'
import { hit, rulesOf, type Seen } from './found.ts'
import type { Topic } from './spoken.ts'
import { brokenRows, duplicates, emptyRows, loseNothing, masks, orphanRows, productionCopies, regimes, requiredColumn, silentWriters, unreadableRows } from './topics-data.ts'

/** Types before and after, where both were given and can be read. */
function pairOf({ changeId, database, input }: Seen): { readonly from: ColumnType, readonly to: ColumnType } | undefined {
  if (changeId !== 'type-change-rewrite' || input.from === undefined || input.type === undefined) return undefined
  try {
    return { from: readType(input.from, 'from'), to: readType(input.type, 'type') }
  } catch (error) {
    // Types of another database, which its planner has read already.
    if (database.id !== 'postgresql') return undefined
    throw error
  }
}
const moments: readonly string[] = ['timestamp', 'timestamptz']
/** What no reading of the values as text would tell: a moment that loses its hour, a whole number that loses digits. */
const losesPrecision = ({ from, to }: { readonly from: ColumnType, readonly to: ColumnType }): boolean =>
  (moments.includes(from.base) && ['date', 'time', 'timetz'].includes(to.base)) || (from.base === 'bigint' && ['real', 'double precision'].includes(to.base)) || (from.base === 'integer' && to.base === 'real')

/** The rule that rows break, by change, and what it sounds like. */
const broken: Readonly<Record<string, readonly [kind: string, Topic]>> = { 'set-not-null': ['empty', emptyRows], 'add-foreign-key': ['orphans', orphanRows], 'add-check': ['broken', brokenRows], 'type-convert-text-to-typed': ['unreadable', unreadableRows] }

/** Rows that are there, against what they are to become. */
export const rowRules = rulesOf([
  {
    id: 'production-rows-in-staging',
    find: ({ input, says }) => {
      const said = says(productionCopies)
      const typed = (input.compliance ?? []).find((id) => id === 'hipaa' || id === 'gdpr')
      const spoken = regimes.find(([, topic]) => says(topic).length > 0)
      const regime = typed ?? spoken?.[0] ?? 'none'
      return hit(said.length > 0, [...new Set([...said, ...(typed === undefined ? spoken === undefined ? [] : says(spoken[1]) : [`compliance: ${typed}`])])], { regime, masked: says(masks).length > 0 ? 1 : 0 })
    },
  },
  {
    id: 'duplicates-with-unique',
    find: ({ asked, changeId, says }) => {
      const said = says(duplicates)
      return hit(['add-unique', 'mongo-add-unique-index'].includes(changeId) && said.length > 0, [asked, ...said])
    },
  },
  {
    id: 'rows-break-the-rule',
    find: ({ asked, changeId, says }) => {
      const [kind, topic] = (Object.hasOwn(broken, changeId) ? broken[changeId] : undefined) ?? []
      const said = topic === undefined ? [] : says(topic)
      return hit(said.length > 0, [asked, ...said], { kind: kind ?? '' })
    },
  },
  {
    id: 'writers-leave-it-empty',
    find: ({ asked, changeId, says }) => {
      const said = says(silentWriters)
      return hit(['set-not-null', 'add-column-not-null-computed'].includes(changeId) && said.length > 0, [asked, ...said])
    },
  },
  {
    id: 'required-without-value',
    find: ({ asked, changeId, input, says }) => {
      const wished = input.nullable === false ? ['nullable: false'] : input.nullable === undefined ? says(requiredColumn) : []
      return hit(changeId === 'add-nullable-column' && wished.length > 0, [asked, ...wished, ...(input.expression === undefined ? ['expression: none'] : [])])
    },
  },
  {
    id: 'may-lose-values',
    find: (seen) => {
      const pair = pairOf(seen)
      if (pair !== undefined) return hit(mayLoseValues(pair.from, pair.to) || losesPrecision(pair), [seen.asked, `from: ${pair.from.sql}`, `type: ${pair.to.sql}`])
      const said = seen.says(loseNothing)
      return hit(['type-narrow', 'type-convert-text-to-typed', 'mongo-change-field-type'].includes(seen.changeId) && said.length > 0, [seen.asked, ...said])
    },
  },
  {
    id: 'needless-rewrite',
    find: (seen) => {
      const pair = seen.database.id === 'postgresql' ? pairOf(seen) : undefined
      return hit(pair !== undefined && (isFreeWidening(pair.from, pair.to) || (changesZone(pair.from, pair.to) && pair.to.base === 'timestamptz' && seen.input.to === 'UTC')), [seen.asked, `from: ${pair?.from.sql}`, `type: ${pair?.to.sql}`])
    },
  },
])
