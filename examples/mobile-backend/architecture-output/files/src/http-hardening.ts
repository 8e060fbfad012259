// HTTP hardening. Run with: npm install fastify@5.12.8 @fastify/helmet@13.2.0 @fastify/cors@11.4.3 @fastify/rate-limit@11.2.0
// and: npm install -D @types/node
// Counts are shared through Redis (ioredis@6.0.0); without it every copy of the server counts alone.
//   const redis = new Redis(env.REDIS_URL, { commandTimeout: 500, maxRetriesPerRequest: 1 })
//   redis.on('error', (error) => logger.warn({ err: error }, 'redis'))
//
//   // Where your own proxies connect from: addresses, ranges, or 'uniquelocal' for a load balancer in the same private network.
//   // Too few: all visitors share one limit. Too many: a visitor writes X-Forwarded-For and gets a new limit each time.
//   const app = Fastify({ ...serverOptions(['10.0.0.0/16']), loggerInstance: logger })
//   await harden(app, {                      // before the first route
//     origins: ['https://app.example.com'],  // exact: every site whose pages call this server, its own pages too
//     strictPaths: ['/sign-in', '/keys'],    // where somebody could guess a secret: routes as they are written, with what is below them
//     redis,
//   })
//   const body = { type: 'object', additionalProperties: false, required: ['title'], properties: { title: { type: 'string', maxLength: 200 } } }
//   app.post('/notes', { schema: { body } }, async (request) => …)
// A route without a schema takes anything: give each one that reads a body, query or parameters. Fastify turns "5", ["5"] and null into the
// type that a schema names (null is 0 or ''), so say minimum and minLength too.
// Webhooks, whose signature is over the bytes: a plugin of their own with addContentTypeParser('application/json', { parseAs: 'buffer' }, …).
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { isIP } from 'node:net'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import { LogController } from 'fastify'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Redis } from 'ioredis'

export interface Hardening {
  origins: readonly string[]
  strictPaths: readonly string[]
  redis: Redis
  /** Requests a minute from one address. */
  perMinute?: number
  /** Requests in 15 minutes from one address to each route in `strictPaths`; people in one office share an address. */
  strictPer15Minutes?: number
  /** Paths that take a form posted from another site: a SAML or Apple sign-in that comes back. */
  foreignPosts?: readonly string[]
  /** For pages: what they may load. The default suits an API, which shows nothing. */
  contentSecurityPolicy?: Record<string, string[]>
}

const nothing = { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] }

/** RFC 9457. Says which request it was, never what went wrong inside. */
function problem(reply: FastifyReply, status: number, more: object = {}) {
  // A route that failed may have said that its answer can be kept.
  return reply.header('Cache-Control', 'no-store').code(status).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, requestId: reply.request.id, ...more }))
}

/** A client that sends its request slowly holds a connection for half a minute at most; unknown fields are errors, not dropped; Fastify's own lines for each request, which hold address and query, are off. */
export function serverOptions(trustedProxies: string[], bodyLimit = 100_000) {
  return {
    trustProxy: trustedProxies, bodyLimit, requestTimeout: 30_000, keepAliveTimeout: 65_000, http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    // An address that cannot be decoded never reaches the handlers below.
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => { void problem(reply, error.statusCode ?? 400) },
    genReqId: () => randomUUID(), logController: new LogController({ requestIdLogLabel: 'request_id', disableRequestLogging: true }), ajv: { customOptions: { removeAdditional: false, allErrors: false } },
  }
}

/** Where a schema leaves an object open to fields nobody named; undefined when it is closed. `shared` are schemas by their `$id`. */
function openObject(schema: unknown, path: string, shared: Record<string, unknown>): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  const { properties, additionalProperties = true, $ref, enum: _enum, const: _const, default: _default, examples: _examples, ...rest } = schema as Record<string, unknown>
  if (additionalProperties === true && (properties !== undefined || [rest.type].flat().includes('object'))) return path
  const id = String($ref ?? '').replace(/#.*/, '')
  if (id !== '' && !(id in shared)) return path
  for (const [name, inner] of [...Object.entries(rest), ...Object.entries(Object(properties)), ['additionalProperties', additionalProperties]]) {
    const found = openObject(inner, `${path}.${name}`, shared)
    if (found !== undefined) return found
  }
  return id === '' ? undefined : openObject(shared[id], `${path}.${id}`, { ...shared, [id]: true })
}

/** Names of the fields a request got wrong, never their values. */
const fieldsOf = (error: FastifyError) => (error.validation ?? []).map(({ instancePath, params }) =>
  [...instancePath.split('/').slice(1), params.additionalProperty ?? params.missingProperty].filter(Boolean).join('.') || error.validationContext)

export async function harden(app: FastifyInstance, options: Hardening): Promise<void> {
  for (const origin of options.origins) if (new URL(origin).origin !== origin || origin.includes('*')) throw new Error(`Unexpected origin ${origin}, expected one like https://app.example.com`)
  app.setErrorHandler((error: FastifyError & { expose?: boolean }, request, reply) => {
    // A failed request of ours to another service has a status as well; these were made to be told.
    const told = String(error?.code).startsWith('FST_') || error?.expose === true
    const status = told && Number(error.statusCode) >= 400 && Number(error.statusCode) < 500 ? Number(error.statusCode) : 500
    if (status === 500) request.log.error({ err: error }, 'request failed')
    return problem(reply, status, error?.code === 'FST_ERR_VALIDATION' ? { fields: fieldsOf(error) } : {})
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'X-Request-Id': request.id, 'Cache-Control': 'no-store' })
  })
  // Stricter, browsers would hide the origin of our own forms, and the check below would refuse them.
  await app.register(helmet, { referrerPolicy: { policy: 'same-origin' }, contentSecurityPolicy: { useDefaults: false, directives: options.contentSecurityPolicy ?? nothing } })
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    const path = request.url.split('?', 1)[0] ?? ''
    // Never compared with the Host header: whoever points a name of theirs at this server chooses both.
    const known = origin === undefined || options.origins.includes(origin) || (request.method === 'POST' && options.foreignPosts?.includes(path) === true)
    if (!known) return problem(reply, 403)
  })
  await app.register(cors, { origin: [...options.origins], credentials: options.origins.length > 0, maxAge: 600, methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], exposedHeaders: ['X-Request-Id', 'Retry-After'] })
  const unmet = new Set(options.strictPaths)
  app.addHook('onReady', async () => {
    if (unmet.size > 0) throw new Error(`strictPaths that no route has: ${[...unmet].join(', ')}`)
  })
  // Before the limiter's own hook, which reads what this one sets.
  app.addHook('onRoute', function (route) {
    const { body, querystring, query, params } = (route.schema ?? {}) as Record<string, unknown>
    for (const [part, schema] of Object.entries({ body, querystring, query, params })) {
      const open = openObject(schema, part, this.getSchemas())
      if (open !== undefined) throw new Error(`${String(route.method)} ${route.url}: the schema ${open} needs additionalProperties: false`)
    }
    const strict = options.strictPaths.filter((path) => route.url === path || route.url.startsWith(`${path}/`))
    if (strict.length === 0) return
    for (const path of strict) unmet.delete(path)
    // Without a count nobody may guess: when the store is gone these paths refuse.
    route.config = { ...route.config, rateLimit: { timeWindow: 15 * 60_000, max: options.strictPer15Minutes ?? 10, skipOnError: false } }
  })
  const limits = {
    timeWindow: 60_000, max: options.perMinute ?? 300, enableDraftSpec: true, skipOnError: true,
    errorResponseBuilder: (_request: FastifyRequest, { statusCode }: { statusCode: number }) => Object.assign(new Error('rate limit'), { statusCode, expose: true }),
    // Some proxies (Azure's) add the port, which is new with every connection. A whole IPv6 network counts as one visitor.
    keyGenerator: ({ ip }: FastifyRequest) => normalizeIP(isIP(ip) === 0 ? ip.replace(/^\[|\]?:\d+$/g, '') : ip),
  }
  await app.register(rateLimit, { ...limits, redis: options.redis, nameSpace: 'limit:' })
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_request, reply) => problem(reply, 404))
}
