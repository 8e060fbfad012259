import { daysBetween } from '../../../core/dates.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { Database } from '../database.ts'
import { hit, rulesOf, type Seen } from './found.ts'
import { aurora, extendedSupport, upgrading } from './topics-data.ts'

/** Days before the last one from which an upgrade belongs on the plan: a rehearsal and a window take months. */
const noticeDays = 183

const numbers = (version: string): readonly number[] => version.split('.').map(Number)
const compare = (a: string, b: string): number => {
  const [one, other] = [numbers(a), numbers(b)]
  const at = Array.from({ length: Math.max(one.length, other.length) }, (_, index) => (one[index] ?? 0) - (other[index] ?? 0)).find((difference) => difference !== 0)
  return at ?? 0
}

/** When support of a version ends: `until`, or before it for versions older than the oldest that a sheet lists. */
export interface End { readonly until: string, readonly older: boolean }

/** The last day of support of a database version; undefined when no sheet tells. */
export function endOf(knowledge: Knowledge, { id, version }: Pick<Database, 'id' | 'version'>): End | undefined {
  const cycles = knowledge.runtimes[id]?.facts.cycles.value ?? []
  if (version === undefined || cycles.length === 0) return undefined
  // A short version (`8`) covers several cycles: only the last of them is certain.
  const covered = cycles.filter(({ cycle }) => cycle === version || version.startsWith(`${cycle}.`) || cycle.startsWith(`${version}.`))
  if (covered.some(({ until }) => until === null)) return undefined
  const last = covered.map(({ until }) => until as string).sort().at(-1)
  if (last !== undefined) return { until: last, older: false }
  const oldest = [...cycles].sort((a, b) => compare(a.cycle, b.cycle))[0]
  // SQL Server has a year for a name and a small number inside: the number is older than no year.
  if (oldest?.until == null || compare(version, oldest.cycle) >= 0 || (numbers(oldest.cycle)[0] ?? 0) > 1000) return undefined
  return { until: oldest.until, older: true }
}

/** The version in use, with where it was said: as an input, or in words beside the name of the database. */
function versionSaid({ catches, database, knowledge }: Seen): { readonly version: string, readonly said: string } | undefined {
  if (database.version !== undefined) return { version: database.version, said: `databaseVersion: ${database.version}` }
  const names = [...(knowledge.runtimes[database.id]?.facts.names.value ?? [])].sort((a, b) => b.length - a.length).map((name) => name.replace(/-/g, '[ -]?'))
  if (names.length === 0) return undefined
  const words = new RegExp(`\\b(?:${names.join('|')})(?: server)?[ -]?(?:version |v)?(\\d+(?:\\.\\d+)*)\\b`)
  const [found] = catches({ words, unless: upgrading.words })
  return found === undefined ? undefined : { version: found.value, said: found.said }
}

const ending = (seen: Seen): { readonly end: End, readonly daysLeft: number, readonly said: string, readonly advised: string } | undefined => {
  const found = versionSaid(seen)
  const end = found === undefined ? undefined : endOf(seen.knowledge, { id: seen.database.id, version: found.version })
  if (found === undefined || end === undefined || [extendedSupport, aurora].some((topic) => seen.names(topic).length > 0)) return undefined
  return { end, said: found.said, daysLeft: end.older ? -1 : daysBetween(seen.asOf, end.until), advised: seen.knowledge.runtimes[seen.database.id]?.facts.advised.value ?? '' }
}

/** Versions whose fixes have ended, or end soon. */
export const versionRules = rulesOf([
  {
    id: 'database-end-of-life',
    find: (seen) => {
      const found = ending(seen)
      return hit(found !== undefined && found.daysLeft < 0, [found?.said ?? '', found?.end.older === true ? `support ended before ${found.end.until}` : `supported until ${found?.end.until}`], { until: found?.end.until ?? '', advised: found?.advised ?? '' })
    },
  },
  {
    id: 'database-end-of-life-soon',
    find: (seen) => {
      const found = ending(seen)
      return hit(found !== undefined && found.daysLeft >= 0 && found.daysLeft <= noticeDays, [found?.said ?? '', `supported until ${found?.end.until}`], { days: found?.daysLeft ?? 0, advised: found?.advised ?? '' })
    },
  },
])
