import { closest, distance } from 'fastest-levenshtein'

/** The allowed word nearest to `found`, or undefined when none is close enough to be worth suggesting. */
export function nearest(found: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined
  const wanted = found.toLowerCase()
  const contained = allowed.find((word) => word.length > 2 && (wanted.includes(word) || (wanted.length > 2 && word.includes(wanted))))
  const best = closest(wanted, [...allowed])
  if (distance(wanted, best) <= Math.max(2, Math.floor(best.length / 3))) return best
  return contained
}

/** ` Did you mean x?` or an empty string; ready to be appended to a sentence. */
export function didYouMean(found: string, allowed: readonly string[]): string {
  const word = nearest(found, allowed)
  return word === undefined ? '' : ` Did you mean ${word}?`
}
