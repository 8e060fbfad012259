import { grouped } from '../../core/meters.ts'
import type { Flip } from '../../core/result.ts'
import type { Decided } from './decide.ts'
import { knownDirectory } from './reuse.ts'

/** A count that may be reached, in words; any other change is said as the profile field it is. */
const counts: Readonly<Record<string, (count: string) => readonly [verb: string, noun: string]>> = {
  monthlyActiveUsers: (count) => ['are', `${count} monthly active users`], ssoConnections: (count) => ['are', `${count} SSO connections`], budgetUsdPerMonth: (count) => ['is', `a budget of $${count} a month`],
}
const reached = (change: string): readonly [verb: string, noun: string] | undefined => {
  const [, field = '', count = ''] = /^(\w+): (\d+)$/.exec(change) ?? []
  return counts[field]?.(grouped(Number(count)))
}

/** A change that another provider waits for, as the end of "X when …". */
export function whenHolds(change: string): string {
  const [verb, noun] = reached(change) ?? []
  return verb === undefined ? `\`${change}\` holds` : `${noun} ${verb} in sight`
}

function asked(change: string): string {
  const [verb, noun] = reached(change) ?? []
  return verb === undefined ? `does \`${change}\` hold?` : `${verb} ${noun} in sight within a year?`
}

/** True while nobody said which directory the company's staff are in. */
export const directoryOpen = ({ situation }: Decided): boolean => situation.main === 'workforce' && knownDirectory(situation) === undefined

/** The runner-up of a close call and the question between both; `pin` where no fact decides and a person has to. Undefined when the choice is clear. */
export function closeCall(decided: Decided, flips: readonly Flip[]): { readonly other: string, readonly field: string, readonly ask: string, readonly pin: boolean } | undefined {
  const { choice } = decided
  const second = choice.kind === 'picked' && choice.close && !directoryOpen(decided) ? choice.picked[1] : undefined
  if (second === undefined || choice.kind !== 'picked') return undefined
  const flip = flips.find(({ outcome }) => outcome === second.id)
  if (flip !== undefined) return { other: second.id, field: flip.change.split(':')[0] ?? 'decisions.auth', ask: asked(flip.change), pin: false }
  const unpriced = choice.picked[0].usdPerMonth === undefined && second.usdPerMonth === undefined
  return { other: second.id, field: 'decisions.auth', ask: unpriced ? 'neither lists a price for this; which quote is lower?' : 'which would you rather depend on for ten years, after a look at exit and price?', pin: true }
}
