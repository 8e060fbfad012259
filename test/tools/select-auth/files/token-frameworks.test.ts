import Fastify, { type FastifyInstance } from 'fastify'
import { createServer, type RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { invalid } from './bad-tokens.ts'
import { bodyOf, load } from './support.ts'
import { audience, bench, given, id, type Verifier } from './token-service.ts'

const { folder, open, serving, module, issued, options } = bench()

describe('in other frameworks and behind other headers', () => {
  test('a token that a proxy adds is read from its header alone', async () => {
    const { token } = await issued()
    const proxied = await load<Verifier>(folder, id, { ...given, proxy: true })
    const verify = proxied.tokenVerifier({ ...options(), header: 'X-Goog-IAP-JWT-Assertion' })
    expect(await verify({ 'x-goog-iap-jwt-assertion': await token() })).toMatchObject({ ok: true, caller: { subject: 'user-1' } })
    expect(await verify({ authorization: `Bearer ${await token()}` })).toMatchObject({ ok: false, status: 401 })
    expect(await verify({ 'x-goog-iap-jwt-assertion': `${await token()}, ${await token()}` })).toMatchObject({ ok: false, status: 401 })
  })

  test('works in Fastify before the body is read', async () => {
    const { token } = await issued()
    const { tokenVerifier, fastifyGuard, callerOf } = await load<Verifier>(folder, id, { ...given, express: false, fastify: true })
    const verify = tokenVerifier(options())
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
    const { tokenVerifier, callerOf } = await load<Partial<Verifier> & Pick<Verifier, 'tokenVerifier'>>(folder, id, neutral)
    expect(callerOf).toBeUndefined()
    expect(bodyOf(id, neutral)).toContain('const verdict = await verify(')
    const verify = tokenVerifier(options())
    const request = new Request('http://localhost/', { headers: { Authorization: `Bearer ${await token()}` } })
    expect(await verify(Object.fromEntries(request.headers), 'orders:read')).toMatchObject({ ok: true })
  })

  test('a server for agents says where its metadata is, and the metadata names the issuer', async () => {
    await issued()
    const resource = await load<Verifier>(folder, id, { ...given, resource: true })
    expect(resource.metadataUrl('https://mcp.example.com').href).toBe('https://mcp.example.com/.well-known/oauth-protected-resource')
    expect(resource.metadataUrl('https://example.com/mcp').href).toBe('https://example.com/.well-known/oauth-protected-resource/mcp')
    expect(resource.resourceMetadata('https://example.com/mcp', 'https://id.example.com', ['tools:call'])).toMatchObject({ resource: 'https://example.com/mcp', authorization_servers: ['https://id.example.com'] })
    expect(() => resource.tokenVerifier({ ...options(), audience: 'orders' })).toThrow('URL')
    const verify = resource.tokenVerifier({ ...options(), audience: 'https://example.com/mcp' })
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
    const verify = module().tokenVerifier({ issuer: url, audience, jwksUri, typ: 'at+jwt' })
    const say = async (token: string) => await verify({ authorization: `Bearer ${token}` }, 'orders:read')
    expect(await say(await tokenFor(audience, 'orders:read'))).toMatchObject({ ok: true, caller: { subject: 'worker', scopes: ['orders:read'] } })
    expect(await say(await tokenFor('https://other.example.com', 'orders:read'))).toMatchObject({ ok: false, status: 401 })
    expect(await say(await tokenFor(audience))).toMatchObject({ ok: false, status: 403 })
  })
})
