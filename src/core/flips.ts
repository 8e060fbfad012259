import type { Flip } from './result.ts'

/** One input change to try: the fields it sets, and how a person would say it. */
export interface Probe<Input> { readonly change: string, readonly set: Partial<Input> }

/**
 * Runs the pure decision again with one change at a time and keeps the changes that alter it.
 * `key` turns a decision into the text that is compared and shown. Order follows `probes`.
 */
export function findFlips<Input, Decision>(input: Input, probes: readonly Probe<Input>[], decide: (input: Input) => Decision, key: (decision: Decision) => string): Flip[] {
  const now = key(decide(input))
  return probes.flatMap(({ change, set }) => {
    const unchanged = Object.entries(set).every(([field, value]) => JSON.stringify(input[field as keyof Input]) === JSON.stringify(value))
    if (unchanged) return []
    const outcome = key(decide({ ...input, ...set }))
    return outcome === now ? [] : [{ change, outcome }]
  })
}
