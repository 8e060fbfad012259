import { withDefaults } from '../../core/defaults.ts'
import { deployHostingId, hostingId } from '../../core/hosting.ts'
import { checkPin } from '../../core/pins.ts'
import type { Assumption } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { findConflicts } from './conflicts.ts'
import { deployedNames, planEnvironments, type Environment } from './environments.ts'
import type { FoundConflict } from './found.ts'
import { chooseFlags, type FlagsChoice } from './flags.ts'
import { assumable, type Input } from './input.ts'
import { endingRuntimes, type RuntimeEnd } from './runtimes.ts'
import { chooseSecrets, type SecretsChoice } from './secrets.ts'
import { chooseValidation, type ValidationChoice } from './validation.ts'
import { listVariables, type Variable } from './variables.ts'

/** What the tool answers: ids and names only. */
export interface Decision {
  readonly environments: readonly Environment[]
  readonly secrets: string
  /** Store behind a secrets tool that only carries values; null when `secrets` is the store. */
  readonly secretsBackend: string | null
  readonly flags: string
  readonly validation: string
  readonly variables: readonly Variable[]
}

/** The decision with what led to it. */
export interface Outcome {
  /** Input with its defaults filled. */
  readonly input: Input
  readonly assumptions: readonly Assumption[]
  readonly decision: Decision
  readonly secrets: SecretsChoice
  readonly flags: FlagsChoice
  readonly validation: ValidationChoice
  /** Runtimes whose support has ended or ends soon. */
  readonly runtimes: readonly RuntimeEnd[]
  readonly conflicts: readonly FoundConflict[]
}

/** Users that nobody counted, where the flag service is paid by them. */
function countedUsers(given: Input, flags: string, knowledge: Knowledge): readonly Assumption[] {
  const meters = knowledge['flag-services'][flags]?.price?.plans.flatMap((plan) => plan.meters.map(({ meter }) => meter)) ?? []
  const counts = meters.includes('clientMau') || (given.needsExperiments === true && meters.includes('events'))
  return counts ? withDefaults(given, ['monthlyActiveUsers']).assumptions : []
}

/** The platform whose sheet was used where the words name a neighbour of it. */
const nearest = (hosting: string | undefined): Assumption[] =>
  hostingId(hosting) === deployHostingId(hosting) ? [] : [{ field: 'hosting', assumed: `like ${hostingId(hosting)}`, changes: 'built-in logs, secrets and the deploy step' }]

/** Plans environments, secrets, flags, validation and variables. Pure: `asOf` (YYYY-MM-DD) is the only clock. Throws InputError for a store or flag service that is pinned and has no sheet. */
export function decide(given: Input, knowledge: Knowledge, asOf: string): Outcome {
  checkPin('secrets', given.decisions?.secrets, Object.keys(knowledge['secrets-stores']))
  checkPin('flags', given.decisions?.flags, Object.keys(knowledge['flag-services']))
  const { filled, assumptions } = withDefaults(given, assumable)
  const hosting = hostingId(given.hosting)
  // A platform without a sheet is planned like one that is not chosen: with what works anywhere.
  const input = knowledge['hosting-platforms'][hosting] === undefined ? { ...filled, hosting: 'undecided' } : filled
  const environments = planEnvironments(given, input, knowledge)
  const deployed = deployedNames(environments).length
  const secrets = chooseSecrets(input, knowledge, deployed, asOf)
  const flags = chooseFlags(input, knowledge, deployed, asOf)
  const validation = chooseValidation(input, knowledge)
  const variables = listVariables(input, knowledge, environments, secrets.id, flags.id)
  const decision: Decision = { environments, secrets: secrets.id, secretsBackend: secrets.backend, flags: flags.id, validation: validation.id, variables }
  const runtimes = endingRuntimes(input.stack ?? [], knowledge, asOf)
  const conflicts = findConflicts({ given, input, decision, secrets, flags, runtimes, knowledge, hosting, asOf })
  return { input, assumptions: [...assumptions, ...nearest(given.hosting), ...countedUsers(given, flags.id, knowledge)], decision, secrets, flags, validation, runtimes, conflicts }
}
