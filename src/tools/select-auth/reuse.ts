import { isServerFramework } from '../../core/service-language.ts'
import { readStack } from '../../core/stack.ts'
import { directories } from '../../core/token-check.ts'
import type { Provider } from './rules.ts'
import type { Situation } from './situation.ts'

/** A directory of staff that the company runs already, or undefined. */
export const knownDirectory = (situation: Situation): string | undefined => directories.find((word) => situation.words.has(word))

/** The directory of staff itself, as far as it has a sheet and can be reached: Entra ID, unless everything must run on own machines. */
export const directoryItself = (situation: Situation): string | undefined => {
  const directory = knownDirectory(situation)
  return directory === 'entra-id' && !situation.mustSelfRun ? directory : undefined
}

/** The agreement that the cloud signed for the data there covers this service of it as well. */
export const coveredByCloud = ({ facts }: Provider, { needs, words }: Situation): boolean =>
  needs.baa && facts.tiedToPlatform.value === true && facts.baa.value === 'yes' && (facts.platforms.value ?? []).some((word) => words.has(word))

/** The product has customers who sign in, and names no product they do it with: a login of its own, which need not go. */
export const hasLogin = ({ given }: Situation): boolean => (given.organizations ?? given.monthlyActiveUsers ?? 0) > 0 && (given.existing ?? []).every((word) => !/auth|clerk|cognito|workos|stytch|firebase/i.test(word))

/** A server of its own is named, so the platform behind sign-in would be a second one. */
export const ownServer = ({ input }: Situation): boolean => readStack(input).frameworks.some(isServerFramework)

/** The company runs it, or the platform it is part of, already. A directory of its own staff is none for its customers. */
export const alreadyThere = ({ id, facts }: Provider, { input, main, signInTools }: Situation): boolean =>
  (main === 'workforce' || facts.serves.value?.[0] !== 'workforce') &&
  [...signInTools, ...(input.existing ?? []), ...(input.stack ?? [])].map((word) => word.trim().toLowerCase()).some((word) => word === id || facts.platforms.value?.includes(word))
