import { keyNearlyFull, maxInteger } from '../rules.ts'
import { integerRange, readType } from '../sql/types.ts'
import { hit, rulesOf, type Seen } from './found.ts'
import { bigKey, keyAt, smallKey, unsignedKey } from './topics-data.ts'

/** Days that the plan for a wider key may take, with its releases and its backfill. */
const planDays = 21
const secondsADay = 86_400

const scales: readonly (readonly [RegExp, number])[] = [[/(?:billion|milliarden|mrd|bn|b)$/, 1e9], [/(?:million|mio|m)$/, 1e6]]
/** A count as people write it: `1.9 billion`, `2,000,000,000`. */
function counted(text: string): number {
  const written = text.trim()
  const scale = scales.find(([word]) => word.test(written))?.[1]
  const digits = written.replace(/[^\d.,]/g, '').replace(/[.,]+$/, '')
  return Math.round(scale === undefined ? Number(digits.replace(/[.,]/g, '')) : Number(digits.replace(',', '.')) * scale)
}

interface Key { readonly used: number, readonly limit: number, readonly share: number, readonly said: readonly string[], readonly days: number | undefined }

/** How full the key is; undefined where nobody said or its type is wide. */
function keyOf(seen: Seen): Key | undefined {
  const { catches, database, input, says } = seen
  if (!['postgresql', 'mysql', 'mariadb', 'sqlserver', 'none'].includes(database.id) || says(bigKey).length > 0) return undefined
  const [spoken] = catches(keyAt)
  const used = input.maxId ?? (spoken === undefined ? undefined : counted(spoken.value))
  if (used === undefined || !Number.isFinite(used)) return undefined
  const small = says(smallKey)
  const unsigned = database.id === 'mysql' || database.id === 'mariadb' ? says(unsignedKey) : []
  const highest = small.length > 0 ? Number(integerRange(readType('smallint', 'type'))?.[1]) : maxInteger
  const limit = unsigned.length > 0 ? highest * 2 + 1 : highest
  const rate = input.writesPerSecond ?? 0
  return {
    used, limit, share: used / limit, said: [...(input.maxId === undefined ? [spoken?.said ?? ''] : [`maxId: ${input.maxId}`]), ...small, ...unsigned, ...(rate > 0 ? [`writesPerSecond: ${rate}`] : [])],
    days: rate > 0 ? Math.floor((limit - used) / rate / secondsADay) : undefined,
  }
}
const values = ({ days, limit, share }: Key) => ({ limit, percent: Math.floor(share * 100), ...(days === undefined ? {} : { days }) })
const fills = (key: Key | undefined): key is Key => key !== undefined && key.share <= 1 && (key.share > keyNearlyFull || (key.days !== undefined && key.days <= planDays))

/** Keys close to the end of their type. */
export const keyRules = rulesOf([
  {
    id: 'key-full-before-the-end',
    find: (seen) => {
      const key = keyOf(seen)
      return fills(key) && seen.changeId === 'pk-int-to-bigint' ? hit(key.days !== undefined ? key.days <= planDays : key.share > 0.99, key.said, values(key)) : undefined
    },
  },
  {
    id: 'key-nearly-full',
    find: (seen) => {
      const key = keyOf(seen)
      return fills(key) && seen.changeId !== 'pk-int-to-bigint' ? hit(true, key.said, values(key)) : undefined
    },
  },
])
