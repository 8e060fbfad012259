import { directoryItself, knownDirectory } from './reuse.ts'
import type { Situation } from './situation.ts'

/** Keys for developers; OAuth where the data or the contract asks for more, and for jobs of one's own beside staff. */
export const machineFor = (situation: Situation): string | null =>
  situation.classes.includes('partner') || (situation.classes.includes('machine') && (situation.regulated || situation.main === 'workforce')) ? 'oauth-client-credentials' : situation.classes.includes('machine') ? 'api-keys' : null

/** How staff sign in beside those the product is for; null when there are none, or when they are the ones it is for. */
export const staffFor = (situation: Situation): string | null =>
  situation.main === 'workforce' || !situation.classes.includes('workforce') ? null
    : directoryItself(situation) ?? (knownDirectory(situation) === undefined && !situation.mustSelfRun ? 'identity-aware-proxy' : 'workforce-oidc')
