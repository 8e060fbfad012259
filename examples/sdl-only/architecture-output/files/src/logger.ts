// Structured logs, one JSON object a line. Run with: npm install pino@10.4.0
//   const logger = createLogger({ version: env.APP_VERSION, environment: env.APP_ENV, level: env.LOG_LEVEL, traceContext: () => trace.getActiveSpan()?.spanContext() })
//   logger.info({ 'event.name': 'order-created', user_ref: userRef(user.id, env.PSEUDONYM_KEY), duration_ms: 145 }, 'order created')
// `trace` is that of @opentelemetry/api; leave traceContext out without OpenTelemetry. Errors go under err: logger.error({ err }, 'payment failed').
// Levels: error: broken, somebody must act; warn: degraded but served; info: business events; debug: development only.
// In a route handler: withRequest(request.headers.get('x-request-id'), async () => { … }) puts request_id on every line inside.
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHmac, randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { Logger } from 'pino'

export interface LoggerOptions {
  service?: string
  version?: string | undefined
  environment?: string
  level?: 'error' | 'warn' | 'info' | 'debug'
  traceContext?: () => { traceId: string, spanId: string } | undefined
}

const removed = '[removed]'
// Names are compared in lower case without signs, so X-Api-Key and stripeSecretKey end like these.
const secretEndings = ["password", "passwd", "pwd", "passphrase", "secret", "token", "jwt", "apikey", "accesskey", "secretkey", "privatekey", "authorization", "cookie", "credential", "credentials", "otp", "verificationcode", "cardnumber", "cvv", "cvc", "connectionstring", "databaseurl", "dsn", "body"]
// Claims of the identity provider; write user_ref instead.
const identityFields = new Set(["sub", "sid", "email", "nickname", "orgid"])
const secretText = new RegExp(`((?:${secretEndings.map((ending) => [...ending].join('[_-]?')).join('|')})[\\\\"']{0,3}\\s?[=:]\\s?)(?:"[^"]*"|'[^']*'|[^\\s&,;}]+)`, 'gi')

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')
const isSecret = (name: string): boolean => secretEndings.some((ending) => bare(name).endsWith(ending))
const isPrivate = (name: string): boolean => isSecret(name) || identityFields.has(bare(name))

/** Free text: connection strings, bearer tokens, JWTs, and what follows a name, as in ?token=… or password: … */
const cleanText = (text: string): string => text.slice(0, 8192)
  .replace(/\b(https?:\/\/)[^\s/?#@]{1,300}@/gi, `$1${removed}@`)
  .replace(/\b(?!https?:)([a-z][a-z0-9+.-]{1,20}:\/\/)\S{1,300}@/gi, `$1${removed}@`)
  .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${removed}`)
  .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, removed)
  .replace(/([?&])([\w.~:-]{1,60})=[^&#\s]+/g, (whole, sign, name) => (name === 'code' || isPrivate(name) ? `${sign}${name}=${removed}` : whole))
  .replace(secretText, `$1${removed}`)

function clean(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 8) return '[too deep]'
  // A list may hold names and values in turn, as raw headers do.
  if (Array.isArray(value)) return value.slice(0, 100).map((item, index) => (typeof value[index - 1] === 'string' && isSecret(value[index - 1]) ? removed : clean(item, depth + 1)))
  return Object.fromEntries(Object.entries(value).slice(0, 100).map(([name, inner]) => [name, isPrivate(name) ? removed : clean(inner, depth + 1)]))
}

/** Works on the finished line, because child loggers and libraries pass values that no earlier hook of pino sees. */
function cleanLine(line: string): string {
  try {
    return `${JSON.stringify(clean(JSON.parse(line)))}\n`
  } catch {
    return '{"level":"error","message":"a log line could not be read and was dropped"}\n'
  }
}

/** Only what says where it broke: other fields of an error often hold the request or the configuration. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const { code } = error as { code?: unknown }
  const cause = error.cause instanceof Error && depth < 3 ? describeError(error.cause, depth + 1) : undefined
  return { type: error.name, message: error.message, code: typeof code === 'string' ? code : undefined, stack: error.stack, cause }
}

const current = new AsyncLocalStorage<{ request_id: string }>()

export const createLogger = ({ service = "seatmap", version = 'unknown', environment = 'development', level = 'info', traceContext }: LoggerOptions = {}): Logger => pino({
  level,
  messageKey: 'message',
  base: { 'service.name': service, 'service.version': version, 'deployment.environment.name': environment },
  timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label === 'fatal' ? 'error' : label === 'trace' ? 'debug' : label }) },
  serializers: { err: (error) => describeError(error), error: (error) => describeError(error) },
  mixin: () => {
    const span = traceContext?.()
    // Zeros: OpenTelemetry runs, but makes no traces.
    return { ...(span === undefined || /^0+$/.test(span.traceId) ? {} : { trace_id: span.traceId, span_id: span.spanId }), ...current.getStore() }
  },
  // Fields of a call must not replace the ids.
  mixinMergeStrategy: (fields, ids) => ({ ...fields, ...ids }),
  hooks: { streamWrite: cleanLine },
})

/** Pseudonym of an internal user id; change the key to cut the link to older lines. It is still personal data. */
export const userRef = (id: string, key: string): string => `u_${createHmac('sha256', key).update(id).digest('hex').slice(0, 16)}`

/** Runs with a request id on every line; an id from outside is taken only when it is well-formed. */
export function withRequest<Result>(given: unknown, run: (requestId: string) => Result): Result {
  const requestId = typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()
  return current.run({ request_id: requestId }, () => run(requestId))
}
