import { directoryItself, knownDirectory } from './reuse.ts'
import type { Situation } from './situation.ts'

/** Keys for developers; OAuth where the data or the contract asks for more, and for jobs of one's own beside staff. */
export const machineFor = (situation: Situation): string | null =>
  situation.classes.includes('partner') || (situation.classes.includes('machine') && (situation.regulated || situation.main === 'workforce')) ? 'oauth-client-credentials' : situation.classes.includes('machine') ? 'api-keys' : null

/** One or two people without a directory or anybody to run one: they sign in where everybody does, with another role. */
const handful = (situation: Situation): boolean => (situation.given.developers ?? Infinity) <= 2 && situation.given.opsCapacity === 'none' && knownDirectory(situation) === undefined

/** How staff sign in beside those the product is for; null when there are none, or when they are the ones it is for. */
export const staffFor = (situation: Situation): string | null =>
  situation.main === 'workforce' || !situation.classes.includes('workforce') || handful(situation) ? null
    : directoryItself(situation) ?? (knownDirectory(situation) === undefined && !situation.mustSelfRun ? 'identity-aware-proxy' : 'workforce-oidc')
