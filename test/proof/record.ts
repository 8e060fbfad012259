import { readFileSync, writeFileSync } from 'node:fs'
import type { Measured } from './run.ts'

/** One case as it was last measured on one server, both ways. */
export interface Kept {
  /** As the server names itself: `PostgreSQL 18.4`. */
  readonly server: string
  readonly change: string
  readonly date: string
  readonly machine: string
  readonly rows: number
  /** Share of the processors that other programs took just before and after each way, from 0 to 1; null when nobody looked. */
  readonly othersBusy: number | null
  readonly naive: Measured
  readonly ours: Measured
}

const order = ({ server, change }: Kept): string => `${server}\n${change}`

/** What is kept in `file`, by server and change; nothing when there is no such file. */
export function readKept(file: string): readonly Kept[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Kept[]
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** `fresh` takes the place of what was kept for the same case on the same server. Sorted by server, then by change. */
export const withKept = (kept: readonly Kept[], fresh: Kept): readonly Kept[] =>
  [...kept.filter((one) => order(one) !== order(fresh)), fresh].sort((a, b) => order(a).localeCompare(order(b), 'en', { numeric: true }))

/** Reads the file again, so that two programs at once lose nothing of each other's. One case a line. */
export function keep(file: string, fresh: Kept): readonly Kept[] {
  const all = withKept(readKept(file), fresh)
  writeFileSync(file, `[\n${all.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)
  return all
}
