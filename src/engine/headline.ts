import { plain } from '../core/markdown.ts'

type Value = string | number | null | undefined | readonly Value[] | { readonly name?: string }

const words = (value: Value): string => {
  if (value === null || value === undefined) return 'none'
  if (Array.isArray(value)) return value.map(words).join(', ') || 'none'
  return plain(typeof value === 'object' ? (value as { name?: string }).name ?? '' : String(value))
}
const listOf = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [])

const people: Readonly<Record<string, string>> = { none: 'nobody', business: 'people of customer companies', consumer: 'consumers', workforce: 'staff', machine: 'programs', partner: 'partners', device: 'devices', agent: 'agents', game: 'players' }
const tokens: Readonly<Record<string, string>> = { none: 'nothing', 'session-cookie': 'a session on the server', 'jwt-jwks': 'a signed access token', 'signed-proxy-header': 'a signed header of the proxy', 'hashed-key-lookup': 'a hashed key', 'mtls-certificate': 'a client certificate' }

/** One line a person reads at a glance, from the ids and numbers of each tool's decision. A test holds the names equal to the registry. */
export const headlines: Readonly<Record<string, (decision: Record<string, Value>) => string>> = {
  select_auth: (decision) => `Sign-in: ${words(decision['primary'])} (${decision['kind'] === 'none-left' ? 'every candidate was ruled out' : `for ${people[String(decision['signInClass'])] ?? words(decision['signInClass'])}`}); services check callers by ${tokens[String(decision['serviceToken'])] ?? words(decision['serviceToken'])}; ${listOf(decision['controls']).length + listOf(decision['alsoDue']).length} controls`,
  observability_stack: (decision) => `Observability: ${Object.entries((decision['slots'] ?? {}) as Record<string, Value>).map(([slot, choice]) => `${slot} ${words(choice)}`).join(', ')}`,
  env_matrix: (decision) => `Environments: ${words(decision['environments'])}; secrets in ${words(decision['secrets'])}, flags ${words(decision['flags'])}, configuration checked by ${words(decision['validation'])}, ${listOf(decision['variables']).length} variables`,
  pipeline_template: (decision) => `Pipeline: ${words(decision['provider'])}, ${words(decision['branchStrategy'])}; ${words(decision['stages'])}; ${!listOf(decision['stages']).includes('deploy') || listOf(decision['environments']).length === 0 ? listOf(decision['triggers']).includes('version-tag') ? 'releases start from a version tag' : 'no deploy yet' : `deploys to ${words(decision['environments'])}`}`,
  migration_plan: (decision) => `Migrations: ${words(decision['tool'])} on ${words(decision['database'])}`,
}
