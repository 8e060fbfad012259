import { closest, distance } from 'fastest-levenshtein'

/** The allowed word nearest to `found`, or undefined when none is close enough to be worth suggesting. */
export function nearest(found: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined
  const wanted = found.toLowerCase()
  // The first word of one name only, "github", means that name.
  const begun = allowed.filter((word) => word.startsWith(`${wanted}-`))
  if (begun.length === 1) return begun[0]
  const contained = allowed.find((word) => word.length > 2 && (wanted.includes(word) || (wanted.length > 2 && word.includes(wanted))))
  const best = closest(wanted, [...allowed])
  if (distance(wanted, best) <= Math.max(2, Math.floor(best.length / 3))) return best
  const misspelt = allowed.filter((word) => wanted.length > 3 && distance(wanted, word.split('-')[0] ?? '') === 1)
  return contained ?? (misspelt.length === 1 ? misspelt[0] : undefined)
}

/** ` Did you mean x?` or an empty string; ready to be appended to a sentence. */
export function didYouMean(found: string, allowed: readonly string[]): string {
  const word = nearest(found, allowed)
  return word === undefined ? '' : ` Did you mean ${word}?`
}
