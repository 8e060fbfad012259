import { stageRank } from '../../core/profile.ts'
import type { SheetOf } from '../../knowledge/collections.ts'
import type { Reach } from './changes/change.ts'
import type { MigrationInput } from './input.ts'
import { assumedEarlyRows, hotWritesPerSecond, hugeTableRows, hugeWritesPerSecond, smallTableRows, toleratedSeconds, type Level } from './rules.ts'

/** The circumstances of a change, with what was assumed where nobody said. */
export interface Circumstances {
  /** Null when unknown: then the table is treated as large. */
  readonly rows: number | null
  readonly deployStyle: 'rolling' | 'blue-green' | 'recreate'
  readonly downtimeTolerance: keyof typeof toleratedSeconds
}

/** Reads the circumstances; a missing number of rows is small only before growth. */
export function circumstances(input: MigrationInput): Circumstances {
  const early = stageRank(input.stage ?? 'mvp') <= stageRank('mvp')
  return {
    rows: input.rows ?? (early ? assumedEarlyRows : null),
    deployStyle: input.deployStyle ?? 'rolling',
    downtimeTolerance: input.downtimeTolerance ?? (early ? 'seconds' : 'none'),
  }
}

/** Milliseconds the single obvious statement would block, from the measured rate; null when rows or rate are unknown. */
export function naiveBlockMs(rows: number | null, sheet: SheetOf<'schema-changes'>): number | null {
  const rate = sheet.facts.naiveMsPerMillionRows.value
  return rows === null || rate === null ? null : Math.round((rows / 1_000_000) * rate)
}

/** True when so many rows or writes are at stake that the work has to be throttled. */
export const isHuge = (input: MigrationInput): boolean => (input.rows ?? 0) > hugeTableRows || (input.writesPerSecond ?? 0) > hugeWritesPerSecond

/** How much ceremony the change needs, and with it the form of the plan. Shape changes take the long way whatever the size, as long as two versions run side by side. */
export function levelOf(input: MigrationInput, reach: Reach, sheet: SheetOf<'schema-changes'>): { readonly level: Level, readonly form: 'plain' | 'online' } {
  const { rows, deployStyle, downtimeTolerance } = circumstances(input)
  const blockMs = naiveBlockMs(rows, sheet)
  const small = rows !== null && rows <= smallTableRows
  const stopped = downtimeTolerance === 'window' || (deployStyle === 'recreate' && downtimeTolerance !== 'none')
  const fits = blockMs === null ? small : blockMs <= toleratedSeconds[downtimeTolerance] * 1000
  if (stopped && fits) return { level: 'L0', form: 'plain' }
  if (reach === 'catalogue') return { level: 'L1', form: 'online' }
  if (reach !== 'shape' && small && (input.writesPerSecond ?? 0) < hotWritesPerSecond) return { level: 'L1', form: 'plain' }
  if (isHuge(input)) return { level: 'L4', form: 'online' }
  return { level: reach === 'shape' ? 'L3' : 'L2', form: 'online' }
}
