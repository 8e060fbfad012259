import type { Flip } from '../../core/result.ts'
import type { MigrationDecision, Outcome } from './decide.ts'
import type { MigrationInput } from './input.ts'
import { circumstances, rowsWithin } from './level.ts'
import { toleratedSeconds, type Level } from './rules.ts'

const short = 'one short migration'
const ways: Readonly<Record<Level, string>> = { L0: short, L1: short, L2: 'steps beside running queries', L3: 'expand and contract', L4: 'a throttled job' }
/** A decision in the fewest words that tell it from others. */
export const outcomeWords = ({ tool, level, deploysNeeded }: MigrationDecision): string => (level === null ? tool : `${ways[level]}, ${deploysNeeded === 1 ? '1 deploy' : `${deploysNeeded} deploys`}`)

/** True when the decision behind a flip is one short migration. */
export const isShort = ({ outcome }: Flip): boolean => outcome.startsWith(short)

/** The way a plan goes, without its deploys. */
export const wayOf = (outcome: string): string => outcome.split(', ')[0] ?? outcome

/** What a flip changes, in as few words as tell it: the deploys where they differ. */
export const changed = ({ outcome }: Flip, decision: MigrationDecision): string => {
  const deploys = outcome.split(', ').at(-1) ?? outcome
  return outcomeWords(decision).endsWith(`, ${deploys}`) ? wayOf(outcome) : deploys
}

const tolerances: Readonly<Record<keyof typeof toleratedSeconds, string>> = { none: 'a tenth of a second, which nobody feels', seconds: 'the seconds that may pass', minutes: 'the minutes that may pass', window: 'the window' }
/** Where the border between one statement and several steps comes from, when it is near. */
export function renderBorder(input: MigrationInput, { rowRate }: Outcome, flips: readonly Flip[]): string {
  const border = flips.find(({ change }) => change.startsWith('rows: '))
  if (rowRate === null || border === undefined) return ''
  const { downtimeTolerance } = circumstances(input)
  const limit = rowsWithin(toleratedSeconds[downtimeTolerance], rowRate)
  if (Math.abs(Number(border.change.slice(6)) - limit) > 1) return ''
  return `The border is ${limit.toLocaleString('en-US')} rows: up to there one statement stays within ${tolerances[downtimeTolerance]}, at ${rowRate.toLocaleString('en-US')} ms for a million narrow rows, as measured.`
}
