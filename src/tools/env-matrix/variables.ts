import type { EnvironmentName } from '../../core/environments.ts'
import { isCustomerHosted, isPublished } from '../../core/environments.ts'
import { hostingId, isBound, readStack } from '../../core/stack.ts'
import { asFrameworkReads } from '../../core/session-keys.ts'
import { table } from '../../core/table.ts'
import { checksTokens, keySetVariable, tokenVariables } from '../../core/token-check.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { templateFor } from '../code-file.ts'
import { deployedNames, type Environment } from './environments.ts'
import type { Input } from './input.ts'
import { serviceLanguage } from './validation.ts'

export type VariableCategory = 'service' | 'database' | 'third-party' | 'flag' | 'internal-url'
export interface Variable { readonly name: string, readonly category: VariableCategory, readonly secret: boolean, readonly requiredIn: readonly EnvironmentName[], readonly whereStored: string }
interface Named { readonly name: string, readonly category: VariableCategory, readonly secret: boolean, readonly everywhere: boolean, readonly required?: boolean, readonly bootstrap?: boolean }

/** Prefixes that bundlers copy into what every visitor downloads. */
export const publicPrefix = /^(NEXT_PUBLIC_|VITE_|PUBLIC_|EXPO_PUBLIC_|REACT_APP_|NUXT_PUBLIC_)/
const secretWord = /(SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_KEY|SIGNING|_KEY$|_DSN$|_HEADERS$|(DATABASE|DIRECT|SHADOW|REDIS|MONGODB|RABBITMQ|AMQP)_UR[IL]|CONNECTION_STRING)/

/** Keys that are made to be seen, such as those of Supabase and Stripe for browsers and phones. */
const publishable = /(ANON|PUBLISHABLE|PUBLIC)_(API_)?KEY$/

/** True when a name reads like a secret. A public prefix does not change that: it makes it a mistake. */
export const looksSecret = (name: string): boolean => secretWord.test(name.toUpperCase()) && !publishable.test(name.toUpperCase())

/** True for an application on phones, desktops or consoles that names no server of its own: it holds addresses and publishable keys, never a secret. */
export const isClientOnly = (input: Input): boolean =>
  serviceLanguage(input) === null && hostingId(input.hosting) === 'undecided' && (input.projectType === 'mobile-app' || input.projectType === 'game' || (input.clients ?? []).some((client) => client === 'ios' || client === 'android' || client === 'game'))

const connection: Readonly<Record<string, string>> = table({
  postgresql: 'DATABASE_URL', mysql: 'DATABASE_URL', mariadb: 'DATABASE_URL', sqlserver: 'DATABASE_URL', sqlite: 'DATABASE_URL', mongodb: 'MONGODB_URI', redis: 'REDIS_URL', rabbitmq: 'RABBITMQ_URL', kafka: 'KAFKA_BROKERS', sqs: 'SQS_QUEUE_URL', dynamodb: 'DYNAMODB_TABLE',
  oracle: 'DATABASE_URL', db2: 'DATABASE_URL', cockroachdb: 'DATABASE_URL', clickhouse: 'CLICKHOUSE_URL', turso: 'DATABASE_URL', nats: 'NATS_URL',
})
const plainConnections: readonly string[] = ['KAFKA_BROKERS', 'SQS_QUEUE_URL', 'DYNAMODB_TABLE']
/** Services that a stack names and whose variables every developer knows by heart. */
const vendors: Readonly<Record<string, readonly string[]>> = table({
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'], openai: ['OPENAI_API_KEY'], anthropic: ['ANTHROPIC_API_KEY'], sendgrid: ['SENDGRID_API_KEY'], resend: ['RESEND_API_KEY'], postmark: ['POSTMARK_SERVER_TOKEN'], twilio: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
})

const slots = ['auth', 'errors', 'logs', 'metrics', 'alerting'] as const

/** Variables of the products that earlier decisions chose, from their sheets. Telemetry is not needed on a developer's machine. */
function pinnedVariables(input: Input, knowledge: Knowledge, secrets: string, flags: string): Named[] {
  // Sheets name variables as Next.js reads them; elsewhere the same SDK reads them without the prefix.
  const { frameworks } = readStack(input)
  const next = frameworks.includes('nextjs')
  const spelled = (name: string): string => (next ? name : name.replace(/^NEXT_PUBLIC_/, ''))
  const of = (facts: { variables: { value: string[] | null }, secretVariables: { value: string[] | null } } | undefined, category: VariableCategory, everywhere: boolean, bootstrap = false): Named[] => [
    ...(facts?.variables.value ?? []).map((name) => ({ name: spelled(name), category, secret: false, everywhere, bootstrap })),
    ...asFrameworkReads(facts?.secretVariables.value ?? [], frameworks).map((name) => ({ name, category, secret: !publicPrefix.test(name), everywhere, bootstrap })),
  ]
  const sheetOf = (slot: (typeof slots)[number], id: string) => (slot === 'auth' ? knowledge['identity-providers'][id]?.facts : knowledge.telemetry[id]?.facts)
  return [
    ...slots.flatMap((slot) => { const id = input.decisions?.[slot]; return id === undefined ? [] : of(sheetOf(slot, id), 'third-party', slot === 'auth') }),
    ...of(knowledge['secrets-stores'][secrets]?.facts, 'third-party', false, true),
    ...of(knowledge['flag-services'][flags]?.facts, 'flag', false),
  ]
}

/** True when the project gets a logger of ours and lines about people: they are named there by a pseudonym, which needs a key. */
const logsPeople = (input: Input, knowledge: Knowledge): boolean =>
  input.stage !== 'poc' && input.decisions?.auth !== 'none' && (input.dataClasses ?? ['pii']).some((id) => id === 'pii' || id === 'phi' || id === 'minors') &&
  templateFor('logger', { languages: [serviceLanguage(input) ?? ''], frameworks: readStack(input).frameworks }, knowledge) !== undefined

/** SQLite is a file, a service that wants a token (`turso`), or a binding of Cloudflare that no variable names. */
function sqliteAs(input: Input): string[] {
  const named = (input.stack ?? []).map((word) => word.trim().toLowerCase())
  if (!readStack(input).ids.includes('sqlite') || isBound(input)) return []
  return [named.some((word) => /turso|libsql/.test(word)) ? 'turso' : 'sqlite']
}

/** True when a process of the project listens on a port: not in a function, a package, pages or an application without a server. */
function listens(input: Input, knowledge: Knowledge): boolean {
  if (isPublished(input) || input.projectType === 'content-site' || isClientOnly(input)) return false
  return knowledge['hosting-platforms'][hostingId(input.hosting)]?.facts.kind.value !== 'serverless' && hostingId(input.hosting) !== 'shared-hosting' && (serviceLanguage(input) !== null || readStack(input).languages.length === 0)
}

/** Issuer, audience and key set, where the design hands out a file that checks tokens: the names its header tells. */
function verifierVariables(input: Input, knowledge: Knowledge): Named[] {
  const sheet = knowledge['identity-providers'][input.decisions?.auth ?? '']
  const template = templateFor('token-verification', { languages: [serviceLanguage(input) ?? ''], frameworks: readStack(input).frameworks }, knowledge)
  if (sheet === undefined || template === undefined) return []
  const provider = { id: sheet.id, hosting: sheet.facts.hosting.value, variables: sheet.facts.variables.value ?? [] }
  return checksTokens(input, provider) ? [...Object.values(tokenVariables(input, provider)), keySetVariable].map((name) => ({ name, category: 'third-party', secret: false, everywhere: true })) : []
}

function known(input: Input, knowledge: Knowledge, secrets: string, flags: string): Named[] {
  const stack = readStack(input)
  const language = serviceLanguage(input)
  const everywhere = true
  // `Oracle 19c` and `SendGrid API` are known by their first word.
  const words = [...stack.ids.filter((id) => id !== 'sqlite'), ...sqliteAs(input), ...stack.unknown.map((word) => word.toLowerCase().split(/[\s-]+/)[0] ?? '')]
  // PORT and LOG_LEVEL have defaults that are right nearly everywhere; a missing environment name never is.
  const service = (name: string): Named => ({ name, category: 'service', secret: false, everywhere, required: name === 'APP_ENV' || name === 'NODE_ENV' })
  const several = (input.services ?? 1) > 1
  const serves = language !== null && !isClientOnly(input) && input.projectType !== 'content-site'
  return [
    service('APP_ENV'),
    ...(language === 'typescript' || language === 'javascript' ? [service('NODE_ENV')] : []),
    ...(listens(input, knowledge) ? [service('PORT')] : []),
    service('LOG_LEVEL'),
    ...(serves ? [service('APP_VERSION')] : []),
    ...(serves && logsPeople(input, knowledge) ? [{ name: 'PSEUDONYM_KEY', category: 'service' as const, secret: true, everywhere }] : []),
    ...(isClientOnly(input) ? [] : words.filter((word) => word in connection)).map((word): Named => { const name = connection[word] ?? ''; return { name, category: 'database', secret: !plainConnections.includes(name) && word !== 'sqlite', everywhere } }),
    ...pinnedVariables(input, knowledge, secrets, flags),
    ...verifierVariables(input, knowledge),
    ...words.flatMap((word) => (vendors[word] ?? []).map((name): Named => ({ name, category: 'third-party', secret: name !== 'TWILIO_ACCOUNT_SID', everywhere }))),
    ...(flags === 'env-var' ? [{ name: 'ENABLE_BETA_FEATURES', category: 'flag' as const, secret: false, everywhere, required: false }] : []),
    ...(several ? [{ name: 'API_SERVER_URL', category: 'internal-url' as const, secret: false, everywhere }] : []),
    ...(several && input.usesLlm === true ? [{ name: 'AGENT_SERVICE_URL', category: 'internal-url' as const, secret: false, everywhere }] : []),
  ]
}

/** The category a name from `.env.example` most likely has. */
function categoryOf(name: string): VariableCategory {
  if (/^(ENABLE_|FEATURE_|FLAG_)/.test(name)) return 'flag'
  if (/(DATABASE|^DIRECT_URL$|CONNECTION_STRING|POSTGRES|MYSQL|MONGO|REDIS|RABBIT|KAFKA|^DB_|^PG)/.test(name)) return 'database'
  if (/^(APP_|NODE_ENV|PORT|HOST|LOG_|TZ$)/.test(name)) return 'service'
  return /_(SERVICE|SERVER|INTERNAL)_URL$/.test(name) ? 'internal-url' : 'third-party'
}

const order: readonly VariableCategory[] = ['service', 'database', 'third-party', 'flag', 'internal-url']

/**
 * Every variable by name, sorted by category and then as found; names from `.env.example` come after those that were derived.
 * `requiredIn` lists the environments that cannot start without it; empty means optional.
 */
export function listVariables(input: Input, knowledge: Knowledge, environments: readonly Environment[], secrets: string, flags: string): Variable[] {
  if (isPublished(input)) return []
  const all = environments.map(({ name }) => name)
  const deployed = deployedNames(environments)
  const derived = known(input, knowledge, secrets, flags)
  const extra = (input.variables ?? []).filter((name) => !derived.some((variable) => variable.name === name)).map((name): Named => ({ name, category: categoryOf(name.toUpperCase()), secret: looksSecret(name) && !publicPrefix.test(name), everywhere: true, required: !/^(ENABLE_|FEATURE_|FLAG_|OTEL_)/.test(name) }))
  const unique = [...derived, ...extra].filter((variable, index, list) => list.findIndex((other) => other.name === variable.name) === index)
  const plainStore = isCustomerHosted(input) ? 'customer-config' : 'deploy-config'
  return order.flatMap((category) => unique.filter((variable) => variable.category === category).map(({ name, secret, everywhere, required = true, bootstrap }) => ({
    name, category, secret,
    requiredIn: !required || bootstrap === true ? [] : everywhere ? all : deployed,
    whereStored: !secret ? plainStore : bootstrap === true ? 'by-hand' : secrets,
  })))
}
