import type { SignInClass } from '../../knowledge/collections/identity-providers.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { settle, type Choice } from './choose.ts'
import { chooseControls, type ChosenControl, type Control, type ServiceToken } from './controls.ts'
import { conflictsOf, type Found } from './conflicts.ts'
import type { Input } from './input.ts'
import { machineFor, staffFor } from './planes.ts'
import type { Provider } from './rules.ts'
import { directoryItself } from './reuse.ts'
import { readSituation, type Situation } from './situation.ts'

/** What leaves the product. Ids of sheets, or null where nobody of that kind signs in. */
export interface Decision {
  readonly kind: Choice['kind']
  readonly primary: string
  readonly signInClass: SignInClass
  /** How services check who is calling. */
  readonly serviceToken: ServiceToken
  readonly machine: string | null
  readonly device: string | null
  readonly agent: string | null
  readonly staff: string | null
  readonly controls: readonly ChosenControl[]
}

/** The decision with what its words are made of. */
export interface Decided {
  readonly situation: Situation
  readonly choice: Choice
  readonly primary: Provider | undefined
  readonly decision: Decision
  readonly waiting: readonly Control[]
  readonly conflicts: readonly Found[]
}

function tokenFor(primary: Provider | undefined, situation: Situation): ServiceToken {
  if (primary === undefined || primary.id === 'none') return 'none'
  if (primary.id === 'api-keys') return 'hashed-key-lookup'
  if (primary.id === 'device-certificates') return 'mtls-certificate'
  if (primary.id === 'identity-aware-proxy') return 'signed-proxy-header'
  const ownSession = primary.facts.hosting.value === 'library' || primary.id === 'workforce-oidc' || primary.id === 'pluggable-oidc' || primary.id === directoryItself(situation)
  const spread = (situation.input.services ?? 1) > 1 || situation.needs.mobile || situation.classes.includes('agent')
  return ownSession && !spread ? 'session-cookie' : 'jwt-jwks'
}

/** Decides sign-in, the planes beside it and the protections. Pure; throws InputError for a pin that names no sheet. */
export function decide(input: Input, knowledge: Knowledge): Decided {
  const { situation, choice } = settle(readSituation(input, knowledge), knowledge)
  const id = choice.kind === 'picked' ? choice.picked[0].id : 'none'
  const primary = choice.kind === 'picked' ? knowledge['identity-providers'][id] : undefined
  const serviceToken = tokenFor(primary, situation)
  const { due, waiting } = chooseControls(situation, serviceToken, knowledge)
  const beside = (one: SignInClass, pattern: string): string | null => (situation.classes.includes(one) ? pattern : null)
  return {
    situation, choice, primary, waiting, conflicts: conflictsOf(situation, choice, primary, knowledge),
    decision: {
      kind: choice.kind, primary: id, signInClass: situation.main, serviceToken, machine: machineFor(situation), device: beside('device', 'device-certificates'), agent: beside('agent', 'oauth-resource-server'),
      staff: staffFor(situation), controls: due,
    },
  }
}
