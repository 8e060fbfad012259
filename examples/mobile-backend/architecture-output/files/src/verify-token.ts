// Access token verification. Run with: npm install jose@6.2.17
//
//   const verify = tokenVerifier({
//     issuer: env.OAUTH_ISSUER,              // exactly as in the token, final slash included
//     audience: env.OAUTH_AUDIENCE,          // this API, never the client
//     jwksUri: env.JWKS_URI,                 // jwks_uri of the issuer's /.well-known/openid-configuration
//   })
//   app.get('/orders', { onRequest: fastifyGuard(verify, 'orders:read') }, async (request) => { const { subject } = callerOf(request) … })
// A scope says what a client may ask for. Whether this caller may touch this record is checked where the record is read.
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface TokenOptions {
  issuer: string
  audience: string | string[]
  jwksUri: string
  /** Default: RS256, PS256, ES256, EdDSA. Only algorithms with a public key are taken. */
  algorithms?: string[]
  /** Header `typ` of the token; `at+jwt` where the issuer follows RFC 9068, so that no ID token passes. */
  typ?: string
  /** Default `aud`; Amazon Cognito: `client_id`; Clerk: `azp`. */
  audienceClaim?: 'aud' | 'client_id' | 'azp'
  /** Default `authorization`. */
  header?: string
  /** Wait between two looks for a key that is not in the key set. Default 30 seconds. */
  cooldownMs?: number
}
export interface Caller { subject: string, scopes: string[], claims: JWTPayload }
/** `reason` is for the log; it never holds the token. */
export type Verdict = { ok: true, caller: Caller } | { ok: false, status: 401 | 403 | 503, headers: Record<string, string>, reason: string }
export type Verify = (headers: Record<string, string | string[] | undefined>, ...scopes: string[]) => Promise<Verdict>

const withPublicKey = /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/
// What is wrong with the token. Every other failure is ours or the issuer's.
const tokenErrors = new Set(['ERR_JWT_EXPIRED', 'ERR_JWT_CLAIM_VALIDATION_FAILED', 'ERR_JWT_INVALID', 'ERR_JWS_INVALID', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'ERR_JOSE_ALG_NOT_ALLOWED', 'ERR_JOSE_NOT_SUPPORTED', 'ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS'])

export function tokenVerifier(options: TokenOptions): Verify {
  const { issuer, audience, audienceClaim = 'aud', algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] } = options
  const header = (options.header ?? 'authorization').toLowerCase()
  const audiences = [audience].flat()
  // Without one of these, jose would leave its check out.
  if (issuer === '' || audiences.length === 0 || audiences.includes('')) throw new Error('issuer and audience must be set')
  const weak = algorithms.find((name) => !withPublicKey.test(name))
  if (weak !== undefined || algorithms.length === 0) throw new Error(`Unexpected algorithm ${weak ?? 'none'}, expected one with a public key like RS256`)
  const cooldownMs = options.cooldownMs ?? 30_000
  let askAgain = 0
  // An hour: the issuer may be away for that long. A token with a new key asks again at once, but not more often than the cooldown.
  const keys = createRemoteJWKSet(new URL(options.jwksUri), {
    cacheMaxAge: 3_600_000, cooldownDuration: cooldownMs, timeoutDuration: 3_000,
    // After a failure jose would ask for every token, made-up ones too, and keep an issuer in trouble down.
    [customFetch]: async (url, init) => {
      if (Date.now() < askAgain) throw new Error('issuer away')
      askAgain = Date.now() + Math.min(cooldownMs, 5_000)
      return fetch(url, init)
    },
  })
  const rules = {
    issuer, algorithms, clockTolerance: 30, requiredClaims: ['exp', 'sub', audienceClaim],
    ...(audienceClaim === 'aud' ? { audience: audiences } : {}), ...(options.typ === undefined ? {} : { typ: options.typ }),
  }
  const refuse = (status: 401 | 403 | 503, reason: string, details: string[] = []): Verdict => {
    if (status === 503) return { ok: false, status, reason, headers: { 'Retry-After': '5' } }
    return { ok: false, status, reason, headers: { 'WWW-Authenticate': ['Bearer', details.join(', ')].filter(Boolean).join(' ') } }
  }
  return async (headers, ...scopes) => {
    const sent = headers[header]
    if (typeof sent !== 'string') return refuse(401, 'no token')
    const token = header === 'authorization' ? /^Bearer +(\S+)$/i.exec(sent)?.[1] : sent
    if (token === undefined) return refuse(401, 'no bearer token')
    try {
      const { payload } = await jwtVerify(token, keys, rules)
      if (audienceClaim !== 'aud' && !audiences.some((one) => one === payload[audienceClaim])) return refuse(401, 'audience', ['error="invalid_token"'])
      if (typeof payload.sub !== 'string' || payload.sub === '') return refuse(401, 'no subject', ['error="invalid_token"'])
      const granted = [payload.scope ?? payload.scp ?? []].flat().join(' ').split(' ').filter(Boolean)
      if (!scopes.every((scope) => granted.includes(scope))) return refuse(403, 'scope', ['error="insufficient_scope"', `scope="${scopes.join(' ')}"`])
      return { ok: true, caller: { subject: payload.sub, scopes: granted, claims: payload } }
    } catch (error) {
      const reason = error instanceof errors.JOSEError ? error.code : 'no key set'
      return tokenErrors.has(reason) ? refuse(401, reason, ['error="invalid_token"']) : refuse(503, reason)
    }
  }
}

const callers = new WeakMap<object, Caller>()

/** Who sent a request that a guard let through. Throws where no guard was set. */
export function callerOf(request: object): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new Error('this route has no token guard')
  return caller
}

export const fastifyGuard = (verify: Verify, ...scopes: string[]) => async (request: FastifyRequest, reply: FastifyReply) => {
  const verdict = await verify(request.headers, ...scopes)
  if (!verdict.ok) return reply.code(verdict.status).headers(verdict.headers).type('application/problem+json').send(JSON.stringify({ type: 'about:blank', status: verdict.status }))
  callers.set(request, verdict.caller)
}
