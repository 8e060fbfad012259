import type { Probe } from '../../core/flips.ts'
import { stageRank } from '../../core/profile.ts'
import type { Flip } from '../../core/result.ts'
import type { MigrationDecision } from './decide.ts'
import type { MigrationInput } from './input.ts'
import { circumstances, standsStill } from './level.ts'
import { hotWritesPerSecond, hugeWritesPerSecond, toleratedSeconds } from './rules.ts'

type Decide = (input: MigrationInput) => MigrationDecision
type Words = (decision: MigrationDecision) => string

/** True when another plan follows, not only another name for the same one. */
function differs(one: MigrationDecision, other: MigrationDecision, words: Words): boolean {
  const steps = ({ phases }: MigrationDecision): string => JSON.stringify(phases.map(({ release, statements }) => [release, statements.map(({ sql }) => sql)]))
  return words(one) !== words(other) && (one.level === null || steps(one) !== steps(other))
}

/** A number of rows further away than this from the one that was given is no news. */
const near = 50
/** The same for a number that was only assumed. */
const nearAssumed = 1000
/** Numbers of two digits and zeros, ascending: borders are no more exact. */
const roundNumbers: readonly number[] = [...Array.from({ length: 9 }, (_, index) => index + 1), ...[1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8].flatMap((unit) => Array.from({ length: 90 }, (_, index) => (10 + index) * unit))]

/** The first of `values` for which `holds`, given that it holds for all after it; undefined when it does for none. */
function firstOf(values: readonly number[], holds: (value: number) => boolean): number | undefined {
  let [low, high] = [0, values.length - 1]
  if (high < 0 || !holds(values[high] as number)) return undefined
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(values[middle] as number)) high = middle
    else low = middle + 1
  }
  return values[low]
}

/** The nearest numbers of rows above and below at which the decision turns. */
function rowFlips(input: MigrationInput, now: MigrationDecision, decide: Decide, words: Words): Flip[] {
  const { rows } = circumstances(input)
  const turns = (value: number): boolean => differs(now, decide({ ...input, rows: value }), words)
  const factor = input.rows === undefined ? nearAssumed : near
  const within = (value: number): boolean => rows === null || (value >= rows / factor && value <= rows * factor)
  const above = rows === null ? undefined : firstOf(roundNumbers.filter((value) => value >= rows && within(value)), (value) => turns(value + 1))
  const below = firstOf(roundNumbers.filter((value) => (rows === null || value < rows) && within(value)).reverse(), turns)
  return [...(above === undefined ? [] : [above + 1]), ...(below === undefined ? [] : [below])].map((value) => ({ change: `rows: ${value}`, outcome: words(decide({ ...input, rows: value })) }))
}

/** Kinds of input, the smallest step first; of one kind the first that leads to an outcome is enough. */
function probesFor(input: MigrationInput): readonly (readonly Probe<MigrationInput>[])[] {
  const found = circumstances(input)
  const tolerances = Object.keys(toleratedSeconds) as (keyof typeof toleratedSeconds)[]
  const tolerate = (wanted: readonly (keyof typeof toleratedSeconds)[]): Probe<MigrationInput>[] => wanted.map((downtimeTolerance) => ({ change: `downtimeTolerance: ${downtimeTolerance}`, set: { downtimeTolerance } }))
  const looser = tolerances.slice(tolerances.indexOf(found.downtimeTolerance) + 1)
  // Before growth nobody counts writes; later an uncounted table may well be hot, but hardly a thousand times.
  const writes = input.writesPerSecond ?? (stageRank(input.stage ?? 'mvp') >= stageRank('growth') ? 1 : 0)
  return [
    [hotWritesPerSecond, hugeWritesPerSecond + 1].filter((border) => border > (input.writesPerSecond ?? 0) && border - 1 <= writes * near).map((writesPerSecond) => ({ change: `writesPerSecond: ${writesPerSecond}`, set: { writesPerSecond } })),
    [
      ...(standsStill(found) ? [{ change: 'deployStyle: rolling, downtimeTolerance: none', set: { deployStyle: 'rolling', downtimeTolerance: 'none' } } as const] : tolerate(['none'])),
      ...tolerate(looser.filter((word) => word !== 'window')),
      ...(input.downtimeTolerance === 'none' ? [{ change: 'deployStyle: recreate, downtimeTolerance: seconds', set: { deployStyle: 'recreate', downtimeTolerance: 'seconds' } } as const] : [{ change: 'deployStyle: recreate', set: { deployStyle: 'recreate' } } as const]),
      ...tolerate(looser.filter((word) => word === 'window')),
    ],
    [{ change: 'stage: growth', set: { stage: 'growth' } }],
  ]
}

/** The smallest changes of the input that lead to another plan than `now`, each found by deciding again. */
export function flipsOf(input: MigrationInput, now: MigrationDecision, decide: Decide, words: Words): Flip[] {
  const groups = probesFor(input).map((probes) => {
    const found = probes.flatMap(({ change, set }) => {
      const then = decide({ ...input, ...set })
      return differs(now, then, words) ? [{ change, outcome: words(then) }] : []
    })
    return found.filter(({ outcome }, index) => found.findIndex((other) => other.outcome === outcome) === index)
  })
  if (now.level === null) return groups.flat()
  const [writes = [], ...rest] = groups
  const rows = rowFlips(input, now, decide, words)
  // Rows and writes lead to the same places: one border each is enough, unless somebody counts both.
  return [...rows, ...writes.filter(({ outcome }) => input.writesPerSecond !== undefined || rows.every((flip) => flip.outcome !== outcome)), ...rest.flat()]
}
