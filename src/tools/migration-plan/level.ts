import { hostingId } from '../../core/hosting.ts'
import { stageRank } from '../../core/profile.ts'
import type { SheetOf } from '../../knowledge/collections.ts'
import type { Reach } from './changes/change.ts'
import type { MigrationInput } from './input.ts'
import { assumedRows, catalogueMs, hotWritesPerSecond, hugeTableRows, hugeWritesPerSecond, smallTableRows, toleratedSeconds, type Level } from './rules.ts'

/** The circumstances of a change, with what was assumed where nobody said. */
export interface Circumstances {
  /** Null when unknown: then the table is treated as large. */
  readonly rows: number | null
  readonly deployStyle: 'rolling' | 'blue-green' | 'recreate'
  readonly downtimeTolerance: keyof typeof toleratedSeconds
}

/**
 * Reads the circumstances. A missing number of rows is small only before growth; files that are uploaded replace each other, and a trial is stopped for its deploy; who stops the application for a deploy accepts seconds,
 * and so does an early product, unless it says that the table is large already: nobody allowed that wait.
 */
export function circumstances(input: MigrationInput): Circumstances {
  const stage = stageRank(input.stage ?? 'mvp')
  const early = stage <= stageRank('mvp')
  const deployStyle = input.deployStyle ?? (hostingId(input.hosting) === 'shared-hosting' || input.stage === 'poc' ? 'recreate' : 'rolling')
  return {
    rows: input.rows ?? (early ? assumedRows.mvp : stage <= stageRank('early') ? assumedRows.early : null),
    deployStyle,
    downtimeTolerance: input.downtimeTolerance ?? (deployStyle === 'recreate' || (early && (input.rows ?? 0) <= smallTableRows) ? 'seconds' : 'none'),
  }
}

/** True when no version of the application runs during the change. */
export const standsStill = ({ deployStyle, downtimeTolerance }: Circumstances): boolean => downtimeTolerance === 'window' || (deployStyle === 'recreate' && downtimeTolerance !== 'none')

/** Milliseconds that the single obvious statement takes for each million rows; null when nobody measured it, or it reads none of them. */
export function rowRate(sheet: SheetOf<'schema-changes'>): number | null {
  const rate = sheet.facts.naiveMsPerMillionRows.value
  return rate === null || rate < catalogueMs ? null : rate
}

/** Milliseconds the single obvious statement would block, from the measured rate; null when rows or rate are unknown. */
export function naiveBlockMs(rows: number | null, sheet: SheetOf<'schema-changes'>): number | null {
  const rate = sheet.facts.naiveMsPerMillionRows.value
  if (rate === null || rate < catalogueMs) return rate
  return rows === null ? null : Math.round((rows / 1_000_000) * rate)
}

/** Rows up to which a statement at this rate stays within what is tolerated, in two digits: the rate is no more exact. */
export function rowsWithin(toleranceSeconds: number, msPerMillionRows: number): number {
  const rows = (toleranceSeconds * 1_000_000_000) / msPerMillionRows
  const unit = 10 ** Math.max(Math.floor(Math.log10(rows)) - 1, 0)
  return Math.floor(rows / unit) * unit
}

/** True when so many rows or writes are at stake that the work has to be throttled. */
export const isHuge = (input: MigrationInput): boolean => (input.rows ?? 0) > hugeTableRows || (input.writesPerSecond ?? 0) > hugeWritesPerSecond

/**
 * How much ceremony the change needs, and with it the form of the plan. Shape changes take the long way whatever the size, as long as two versions run
 * side by side; what reads or writes rows is done in one statement while its measured time stays within what is tolerated.
 */
export function levelOf(input: MigrationInput, reach: Reach, sheet: SheetOf<'schema-changes'>): { readonly level: Level, readonly form: 'plain' | 'online' } {
  const found = circumstances(input)
  const { rows, downtimeTolerance } = found
  const rate = rowRate(sheet)
  const small = rows !== null && rows <= smallTableRows
  const fits = rate === null ? small : rows !== null && rows <= rowsWithin(toleratedSeconds[downtimeTolerance], rate)
  const metadata = rate === null && sheet.facts.naiveMsPerMillionRows.value !== null
  if (standsStill(found) && (fits || metadata)) return { level: 'L0', form: 'plain' }
  if (reach === 'catalogue') return { level: 'L1', form: 'online' }
  if (reach !== 'shape' && rows === 0) return { level: 'L0', form: 'plain' }
  const unfelt = rate === null || rows === null || rows <= rowsWithin(toleratedSeconds.none, rate)
  if (reach !== 'shape' && fits && (input.writesPerSecond ?? 0) < hotWritesPerSecond) return { level: unfelt ? 'L1' : 'L0', form: 'plain' }
  if (isHuge(input)) return { level: 'L4', form: 'online' }
  return { level: reach === 'shape' ? 'L3' : 'L2', form: 'online' }
}
