import express, { type Response } from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { badTokens, invalid } from './bad-tokens.ts'
import { startIssuer, type Issuer } from './issuer.ts'
import { bodyOf, close, folderBesidePackages, listen, load, stripped } from './support.ts'

interface Verifier {
  tokenVerifier(options: object): (headers: object, ...scopes: string[]) => Promise<{ ok: boolean, status?: number, reason?: string, headers?: Record<string, string>, caller?: { subject: string, scopes: string[] } }>
  expressGuard(verify: unknown, ...scopes: string[]): express.RequestHandler
  fastifyGuard(verify: unknown, ...scopes: string[]): (request: unknown, reply: unknown) => Promise<unknown>
  callerOf(request: object): { subject: string }
  resourceMetadata(resource: string, issuer: string, scopes: string[]): object
  metadataUrl(resource: string): URL
}

const id = 'token-verification'
const given = { express: true, fastify: false, resource: false, proxy: false, issuer: 'OIDC_ISSUER', audience: 'OIDC_AUDIENCE' }
const folder = folderBesidePackages()
const audience = 'https://api.example.com'
let module: Verifier
let issuer: Issuer
const open: (() => Promise<unknown>)[] = []
beforeAll(async () => { module = await load<Verifier>(folder.path, id, given) }, 30_000)
afterEach(async () => { for (const end of open.splice(0)) await end() })
afterAll(() => { folder.remove() })

const issued = async (): Promise<Issuer> => { issuer = await startIssuer(); open.push(issuer.stop); return issuer }
const serving = (server: Server): Promise<string> => { open.push(() => close(server)); return listen(server) }

/** An API with one route that needs `orders:read`, and what it says to a token. */
async function api(options: object = {}): Promise<(token?: string) => Promise<{ status: number, challenge: string | null, body: unknown }>> {
  const verify = module.tokenVerifier({ issuer: issuer.issuer, audience, jwksUri: issuer.jwksUri, ...options })
  const app = express()
  app.get('/orders', module.expressGuard(verify, 'orders:read'), (_req, res: Response<unknown, { caller: { subject: string } }>) => { res.json({ who: res.locals.caller.subject }) })
  const url = await serving(createServer(app))
  return async (token) => {
    const answer = await fetch(`${url}/orders`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
    return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.json() }
  }
}

describe('a service with the generated file', () => {
  test('lets a good token in and knows who sent it', async () => {
    const { token } = await issued()
    expect(await (await api())(await token())).toEqual({ status: 200, challenge: null, body: { who: 'user-1' } })
  })

  test.each(badTokens)('refuses %s', async (_, make, challenge) => {
    const ours = await issued()
    const ask = await api()
    const token = await make(ours)
    const answer = await ask(token)
    expect([answer.status, answer.challenge]).toEqual([401, challenge])
    expect(JSON.stringify(answer.body)).not.toContain(token === undefined || token === '' ? 'user-1' : token)
  })

  test.each([
    ['the issuer', 'const rules = { issuer, ', 'const rules = { '], ['the audience', "if (audienceClaim === 'aud') rules.audience = audiences", ''], ['a subject', "payload.sub === ''", 'false'],
    ['an expiry', "requiredClaims: ['exp', ", 'requiredClaims: ['], ['the signature', 'await jwtVerify(token, keys, rules)', "{ payload: JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}') }"],
  ])('the tokens above find out a verifier that forgets %s', async (_, kept, lost) => {
    const ours = await issued()
    const body = bodyOf(id, given, false)
    expect(body).toContain(kept)
    const file = join(folder.path, `forgets-${String(kept.length)}-${String(lost.length)}.mjs`)
    writeFileSync(file, body.replace(kept, lost))
    const { tokenVerifier } = await import(pathToFileURL(file).href) as Verifier
    const verify = tokenVerifier({ issuer: ours.issuer, audience, jwksUri: ours.jwksUri })
    const admitted: string[] = []
    for (const [name, make] of badTokens) {
      const token = await make(ours)
      if ((await verify({ authorization: `Bearer ${token ?? ''}` })).ok) admitted.push(name)
    }
    expect(admitted.length).toBeGreaterThan(0)
  })

  test('a clock that is a little off is forgiven', async () => {
    const { token, now } = await issued()
    expect((await (await api())(await token({ exp: now() - 10 }))).status).toBe(200)
  })

  test('a good token without the scope is told which one', async () => {
    const { token } = await issued()
    const ask = await api()
    expect(await ask(await token({ scope: 'orders:write profile' }))).toMatchObject({ status: 403, challenge: 'Bearer error="insufficient_scope", scope="orders:read"' })
    expect((await ask(await token({ scope: undefined }))).status).toBe(403)
    expect((await ask(await token({ scope: 'orders:read:all' }))).status).toBe(403)
    expect((await ask(await token({ scope: undefined, scp: ['orders:read'] }))).status).toBe(200)
  })

  test('the type keeps ID tokens out where the issuer sets it', async () => {
    const { token } = await issued()
    const ask = await api({ typ: 'at+jwt' })
    expect([(await ask(await token())).status, (await ask(await token({}, { typ: 'JWT' }))).status]).toEqual([200, 401])
  })

  test.each(['client_id', 'azp'] as const)('an audience in %s is checked all the same', async (audienceClaim) => {
    const { token } = await issued()
    const ask = await api({ audienceClaim })
    expect((await ask(await token({ aud: undefined, [audienceClaim]: audience }))).status).toBe(200)
    expect((await ask(await token({ aud: undefined, [audienceClaim]: 'other' }))).status).toBe(401)
    expect((await ask(await token())).status).toBe(401)
  })

  test('a new key is taken as soon as it is published, a withdrawn one is not fetched again and again', async () => {
    const { token, make, publish, key, asked } = await issued()
    const ask = await api({ cooldownMs: 0 })
    expect((await ask(await token())).status).toBe(200)
    const next = await make('second', 'ES256')
    const rotated = await token({}, { kid: 'second' }, next.privateKey)
    expect((await ask(rotated)).status).toBe(401)
    publish(next, key())
    expect((await ask(rotated)).status).toBe(200)
    const calm = await api({ cooldownMs: 60_000 })
    const before = asked()
    for (let n = 0; n < 5; n++) await calm(await token({}, { kid: `made-up-${String(n)}` }))
    expect(asked() - before).toBe(1)
  })

  test.each(['failing', 'stalled'] as const)('when the issuer is %s nobody gets in, and everybody is told to come back', async (mood) => {
    const { token, be } = await issued()
    const ask = await api()
    be(mood)
    expect(await ask(await token())).toMatchObject({ status: 503, challenge: null })
    be('well')
    expect((await ask(await token())).status).toBe(200)
    be(mood)
    expect((await ask(await token())).status).toBe(200)
  })

  test('when the issuer cannot be reached nobody gets in', async () => {
    const { token, stop } = await issued()
    const ask = await api()
    const good = await token()
    await stop()
    open.pop()
    open.pop()
    expect((await ask(good)).status).toBe(503)
  })

  test.each([
    ['a shared secret', { algorithms: ['HS256'] }], ['no signature', { algorithms: ['none'] }], ['no algorithm', { algorithms: [] }],
    ['no issuer', { issuer: '' }], ['no audience', { audience: '' }], ['an empty list of audiences', { audience: [] }],
  ])('does not start with %s', async (_, wrong) => {
    await issued()
    await expect(api(wrong)).rejects.toThrow(/Unexpected algorithm|must be set/)
  })

  test('the reason for the log never holds the token', async () => {
    const { token } = await issued()
    const verify = module.tokenVerifier({ issuer: issuer.issuer, audience, jwksUri: issuer.jwksUri })
    const sent = await token({ aud: 'other' })
    const verdict = await verify({ authorization: `Bearer ${sent}` })
    expect(verdict).toMatchObject({ ok: false, reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED' })
    expect(JSON.stringify(verdict)).not.toContain(sent.slice(0, 20))
  })

  test('a token that a proxy adds is read from its header alone', async () => {
    const { token } = await issued()
    const proxied = await load<Verifier>(folder.path, id, { ...given, proxy: true })
    const verify = proxied.tokenVerifier({ issuer: issuer.issuer, audience, jwksUri: issuer.jwksUri, header: 'X-Goog-IAP-JWT-Assertion' })
    expect(await verify({ 'x-goog-iap-jwt-assertion': await token() })).toMatchObject({ ok: true, caller: { subject: 'user-1' } })
    expect(await verify({ authorization: `Bearer ${await token()}` })).toMatchObject({ ok: false, status: 401 })
    expect(await verify({ 'x-goog-iap-jwt-assertion': `${await token()}, ${await token()}` })).toMatchObject({ ok: false, status: 401 })
  })

  test('works in Fastify before the body is read', async () => {
    const { token } = await issued()
    const { tokenVerifier, fastifyGuard, callerOf } = await load<Verifier>(folder.path, id, { ...given, express: false, fastify: true })
    const verify = tokenVerifier({ issuer: issuer.issuer, audience, jwksUri: issuer.jwksUri })
    const app: FastifyInstance = Fastify()
    open.push(() => app.close())
    app.post('/orders', { onRequest: fastifyGuard(verify, 'orders:read') }, async (request) => ({ who: callerOf(request).subject }))
    const ask = async (authorization: string, body: string) => await app.inject({ method: 'POST', url: '/orders', headers: { authorization, 'content-type': 'application/json' }, body })
    expect((await ask(`Bearer ${await token()}`, '{}')).json()).toEqual({ who: 'user-1' })
    const refused = await ask('Bearer nonsense', '{"broken')
    expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([401, invalid])
    expect(() => callerOf({})).toThrow('no token guard')
    expect((await ask(`Bearer ${await token({ scope: '' })}`, '{}')).statusCode).toBe(403)
  })

  test('any other framework gets the function alone, and is told how to call it', async () => {
    const { token } = await issued()
    const neutral = { ...given, express: false, fastify: false }
    const { tokenVerifier, callerOf } = await load<Partial<Verifier> & Pick<Verifier, 'tokenVerifier'>>(folder.path, id, neutral)
    expect(callerOf).toBeUndefined()
    expect(bodyOf(id, neutral)).toContain('const verdict = await verify(')
    const verify = tokenVerifier({ issuer: issuer.issuer, audience, jwksUri: issuer.jwksUri })
    const request = new Request('http://localhost/', { headers: { Authorization: `Bearer ${await token()}` } })
    expect(await verify(Object.fromEntries(request.headers), 'orders:read')).toMatchObject({ ok: true })
  })

  test('a server for agents says where its metadata is, and the metadata names the issuer', async () => {
    await issued()
    const resource = await load<Verifier>(folder.path, id, { ...given, resource: true })
    expect(resource.metadataUrl('https://mcp.example.com').href).toBe('https://mcp.example.com/.well-known/oauth-protected-resource')
    expect(resource.metadataUrl('https://example.com/mcp').href).toBe('https://example.com/.well-known/oauth-protected-resource/mcp')
    expect(resource.resourceMetadata('https://example.com/mcp', 'https://id.example.com', ['tools:call'])).toMatchObject({ resource: 'https://example.com/mcp', authorization_servers: ['https://id.example.com'] })
    const verify = resource.tokenVerifier({ issuer: issuer.issuer, audience: 'https://example.com/mcp', jwksUri: issuer.jwksUri })
    expect((await verify({})).headers).toEqual({ 'WWW-Authenticate': 'Bearer resource_metadata="https://example.com/.well-known/oauth-protected-resource/mcp"' })
    expect((await verify({ authorization: 'Bearer x' })).headers).toEqual({ 'WWW-Authenticate': 'Bearer error="invalid_token", resource_metadata="https://example.com/.well-known/oauth-protected-resource/mcp"' })
  })
})

describe('with tokens of a real OpenID provider', () => {
  test('its token for us is taken, its token for another service is not', async () => {
    const server = createServer()
    const url = await serving(server)
    // The package has no types of its own.
    const { Provider } = await import('oidc-provider' as string) as { Provider: new (issuer: string, options: object) => { callback(): RequestListener } }
    const provider = new Provider(url, {
      clients: [{ client_id: 'worker', client_secret: 'a-secret-of-this-test', grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }],
      features: {
        clientCredentials: { enabled: true }, devInteractions: { enabled: false },
        resourceIndicators: { enabled: true, getResourceServerInfo: (_context: unknown, resource: string) => ({ scope: 'orders:read', audience: resource, accessTokenFormat: 'jwt' as const }) },
      },
    })
    server.on('request', provider.callback())
    const { jwks_uri: jwksUri } = await (await fetch(`${url}/.well-known/openid-configuration`)).json() as { jwks_uri: string }
    const tokenFor = async (resource: string, scope?: string): Promise<string> => {
      const body = new URLSearchParams({ grant_type: 'client_credentials', resource, ...(scope === undefined ? {} : { scope }) })
      const answer = await fetch(`${url}/token`, { method: 'POST', body, headers: { authorization: `Basic ${Buffer.from('worker:a-secret-of-this-test').toString('base64')}` } })
      return (await answer.json() as { access_token: string }).access_token
    }
    const verify = module.tokenVerifier({ issuer: url, audience, jwksUri, typ: 'at+jwt' })
    const say = async (token: string) => await verify({ authorization: `Bearer ${token}` }, 'orders:read')
    expect(await say(await tokenFor(audience, 'orders:read'))).toMatchObject({ ok: true, caller: { subject: 'worker', scopes: ['orders:read'] } })
    expect(await say(await tokenFor('https://other.example.com', 'orders:read'))).toMatchObject({ ok: false, status: 401 })
    expect(await say(await tokenFor(audience))).toMatchObject({ ok: false, status: 403 })
  })
})

test.each([[true, false], [false, true], [false, false]])('is the same program in JavaScript (%s, %s)', (one, other) => {
  const conditions = { ...given, express: one, fastify: other, resource: one, proxy: other }
  expect(stripped(bodyOf(id, conditions, false))).toBe(stripped(bodyOf(id, conditions)))
})
