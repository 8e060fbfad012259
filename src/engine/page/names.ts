import { hostingId } from '../../core/hosting.ts'
import type { CollectionName, Knowledge } from '../../knowledge/collections.ts'
import { classWords, predicateWords } from '../../tools/select-auth/words.ts'
import { own } from './view.ts'

/** Collections that decisions name sheets of, in the order a name is looked for. */
const collections = ['identity-providers', 'telemetry', 'secrets-stores', 'flag-services', 'config-validators', 'ci-providers', 'migration-tools', 'hosting-platforms', 'controls', 'signals', 'pipeline-stages', 'compliance', 'schema-changes'] as const satisfies readonly CollectionName[]

/** Ids of no sheet, or whose sheet's name says too little alone. */
const said: Readonly<Record<string, string>> = {
  none: 'none', platform: 'the platform\'s own', stdout: 'standard output', email: 'email', slack: 'Slack', 'error-tool': 'spans in the error tracker', otel: 'OpenTelemetry', 'llm-tracing': 'traces of model calls',
  'target-only': 'targets, no alarms yet', 'burn-rate': 'targets with burn-rate alerts', 'platform-env': 'settings of the platform', 'env-var': 'environment variables', 'config-file': 'a file in the repository',
  'session-cookie': 'a session on the server', 'jwt-jwks': 'a signed access token', 'signed-proxy-header': 'a signed header of the proxy', 'hashed-key-lookup': 'a hashed key', 'mtls-certificate': 'a client certificate',
  postgresql: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB', sqlite: 'SQLite', mongodb: 'MongoDB', typescript: 'TypeScript', javascript: 'JavaScript', csharp: 'C#', php: 'PHP', java: 'Java', python: 'Python', go: 'Go', ruby: 'Ruby', kotlin: 'Kotlin',
  maven: 'Maven', gradle: 'Gradle', dotnet: '.NET', bundler: 'Bundler', composer: 'Composer', poetry: 'Poetry', yarn: 'Yarn', 'yarn-berry': 'Yarn', bun: 'Bun',
  'github-flow': 'GitHub Flow', 'trunk-based': 'trunk-based development', gitflow: 'Gitflow', 'manual-dispatch': 'by hand', poc: 'proof of concept', mvp: 'MVP',
  ios: 'iOS app', android: 'Android app', web: 'web',
}

/** Where the ids of a slot have their sheets: the same id may stand in two collections. */
const homes: Readonly<Record<string, CollectionName>> = {
  primary: 'identity-providers', machine: 'identity-providers', device: 'identity-providers', agent: 'identity-providers', staff: 'identity-providers', select_auth: 'identity-providers',
  logs: 'telemetry', errors: 'telemetry', metrics: 'telemetry', alerting: 'telemetry', traceStore: 'telemetry', observability_stack: 'telemetry', signals: 'signals', controls: 'controls', alsoDue: 'controls',
  secrets: 'secrets-stores', secretsBackend: 'secrets-stores', flags: 'flag-services', validation: 'config-validators', provider: 'ci-providers', pipeline_template: 'ci-providers', stages: 'pipeline-stages', apps: 'hosting-platforms', target: 'hosting-platforms', tool: 'migration-tools', migration_plan: 'migration-tools', because: 'compliance',
}

const sheetName = (knowledge: Knowledge, collection: CollectionName, id: string): string | undefined => own<{ readonly name: string }>(knowledge[collection], id)?.name

/** Name of an option that a tool looked at: the one on its sheet, even where a decision would say it shorter. */
export const optionName = (knowledge: Knowledge, tool: string, id: string): string => sheetName(knowledge, own(homes, tool) ?? 'telemetry', id) ?? nameOf(knowledge, id)

/** An id in words: the name on its sheet, a word of ours, or the id with spaces. `slot` says which sheets come first. */
export function nameOf(knowledge: Knowledge, id: string, slot = ''): string {
  if (slot === 'signInClass') return own(classWords, id) ?? id
  const first = own(said, id) ?? sheetName(knowledge, own(homes, slot) ?? 'telemetry', id)
  if (first !== undefined) return first
  for (const collection of collections) {
    const name = sheetName(knowledge, collection, id)
    if (name !== undefined) return name
  }
  return own(predicateWords, id) ?? id.replaceAll('-', ' ')
}

/** A hosting platform as people call it; what has no sheet stays as it was typed. */
export const platformName = (knowledge: Knowledge, hosting: string): string => sheetName(knowledge, 'hosting-platforms', hostingId(hosting)) ?? hosting

/** Collections whose products the outcome of a tool names by id; what is no product there stays as it was said. */
const outcomes: Readonly<Record<string, readonly CollectionName[]>> = { select_auth: ['identity-providers'], observability_stack: ['telemetry'], env_matrix: ['secrets-stores', 'flag-services'] }

const ways: Readonly<Record<string, string>> = { otel: 'OpenTelemetry', 'llm-tracing': 'traces of model calls', 'error-tool': 'spans in the error tracker', 'burn-rate': 'burn-rate alerts', 'target-only': 'targets without alarms', 'env-var': 'environment variables', 'config-file': 'a file in the repository', slo: 'objectives' }

/** The outcome of a change in words: ids of products under the names on their sheets. */
export const outcomeWords = (knowledge: Knowledge, tool: string, outcome: string): string =>
  outcome.replace(/[a-z0-9]+(-[a-z0-9]+)*/g, (id) => (own(outcomes, tool) ?? []).map((collection) => own(ways, id) ?? sheetName(knowledge, collection, id)).find((name) => name !== undefined) ?? id)
