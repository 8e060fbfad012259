import type { Provider } from './rules.ts'
import type { Situation } from './situation.ts'

/** A directory of staff that the company runs already, or undefined. */
export const knownDirectory = (situation: Situation): string | undefined => ['google-workspace', 'entra-id', 'active-directory', 'okta', 'shibboleth', 'keycloak', 'authentik'].find((word) => situation.words.has(word))

/** The directory of staff itself, as far as it has a sheet and can be reached: Entra ID, unless everything must run on own machines. */
export const directoryItself = (situation: Situation): string | undefined => {
  const directory = knownDirectory(situation)
  return directory === 'entra-id' && !situation.mustSelfRun ? directory : undefined
}

/** The company runs it, or the platform it is part of, already. A directory of its own staff is none for its customers. */
export const alreadyThere = ({ id, facts }: Provider, { input, main }: Situation): boolean =>
  (main === 'workforce' || facts.serves.value?.[0] !== 'workforce') &&
  [...(input.existing ?? []), ...(input.stack ?? [])].map((word) => word.trim().toLowerCase()).some((word) => word === id || facts.platforms.value?.includes(word))
