import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { python, pythonHas } from '../../support/python.ts'
import { badTokens, invalid } from '../../tools/select-auth/files/bad-tokens.ts'
import { startIssuer, type Issuer } from '../../tools/select-auth/files/issuer.ts'
import { bodyOf, folderBesidePackages, start, stop } from '../../tools/select-auth/files/support.ts'

const folder = folderBesidePackages()
const audience = 'https://api.example.com/mcp'
const main = `import json, sys
from fastapi import Depends, FastAPI
import uvicorn
from app.security import Caller, TokenVerifier, requires
import app.security as security
app = FastAPI()
for name, options in json.loads(sys.argv[1]).items():
    def add(name, options):
        @app.get("/" + name)
        def orders(caller: Caller = Depends(requires(TokenVerifier(**options), "orders:read"))):
            return {"who": caller.subject}
    add(name, options)
if hasattr(security, "metadata_path"):
    print(security.metadata_path("https://example.com"), security.metadata_path("https://example.com/mcp"), flush=True)
uvicorn.run(app, port=0, log_level="info")
`

/** Starts the generated file behind one route for each set of options; the answer of a route to a token. */
async function serve(routes: Record<string, object>, given: { resource: boolean, proxy: boolean }) {
  writeFileSync(join(folder.path, 'app', 'security.py'), bodyOf('token-fastapi', { ...given, issuer: 'OIDC_ISSUER', audience: 'OIDC_AUDIENCE' }))
  let said = ''
  const child = await start(python, ['-u', 'main.py', JSON.stringify(routes)], /running on http:\/\/127\.0\.0\.1:\d+/, { cwd: folder.path, heard: (text) => { said += text } })
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? ''
  const ask = async (route: string, token: string | undefined, header = 'authorization') => {
    const answer = await fetch(`${url}/${route}`, token === undefined ? {} : { headers: { [header]: header === 'authorization' ? `Bearer ${token}` : token } })
    return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.text() }
  }
  return { child, ask, said: () => said }
}

describe.skipIf(!pythonHas('fastapi', 'jwt', 'uvicorn', 'cryptography'))('python3 with fastapi, jwt and uvicorn: a service with the generated file', () => {
  let issuer: Issuer
  let service: Awaited<ReturnType<typeof serve>>
  const children: ChildProcess[] = []
  beforeAll(async () => {
    mkdirSync(join(folder.path, 'app'))
    writeFileSync(join(folder.path, 'main.py'), main)
    issuer = await startIssuer()
    const options = { issuer: issuer.issuer, audience: 'https://api.example.com', jwks_url: issuer.jwksUri }
    service = await serve({
      orders: options, typed: { ...options, typ: 'at+jwt' }, azp: { ...options, audience_claim: 'azp' }, eager: { ...options, cooldown: 0 }, calm: { ...options, cooldown: 600 },
      fresh: { ...options, cooldown: 0 }, flooded: { ...options, cooldown: 0 }, beside: { ...options, cooldown: 0 }, proxied: { ...options, header: 'x-goog-iap-jwt-assertion' },
    }, { resource: false, proxy: true })
    children.push(service.child)
  }, 30_000)
  afterEach(() => { issuer.be('well') })
  afterAll(async () => { await Promise.all(children.map(stop)); await issuer.stop(); folder.remove() })

  test('lets a good token in and knows who sent it', async () => {
    expect(await service.ask('orders', await issuer.token())).toEqual({ status: 200, challenge: null, body: '{"who":"user-1"}' })
  })

  test.each(badTokens)('refuses %s', async (_, make, challenge) => {
    const token = await make(issuer)
    const answer = await service.ask('orders', token)
    expect([answer.status, answer.challenge]).toEqual([401, challenge])
    if (token !== undefined && token !== '') expect(answer.body + service.said()).not.toContain(token)
  })

  test('a good token without the scope is told which one', async () => {
    expect(await service.ask('orders', await issuer.token({ scope: 'orders:write' }))).toMatchObject({ status: 403, challenge: 'Bearer error="insufficient_scope", scope="orders:read"' })
    expect((await service.ask('orders', await issuer.token({ scope: undefined }))).status).toBe(403)
    expect((await service.ask('orders', await issuer.token({ scope: undefined, scp: ['orders:read'] }))).status).toBe(200)
  })

  test('type, another audience claim and a header of a proxy are checked', async () => {
    expect([(await service.ask('typed', await issuer.token())).status, (await service.ask('typed', await issuer.token({}, { typ: 'JWT' }))).status]).toEqual([200, 401])
    expect([(await service.ask('azp', await issuer.token({ aud: undefined, azp: 'https://api.example.com' }))).status, (await service.ask('azp', await issuer.token({ azp: 'other' }))).status, (await service.ask('azp', await issuer.token())).status]).toEqual([200, 401, 401])
    expect([(await service.ask('proxied', await issuer.token(), 'x-goog-iap-jwt-assertion')).status, (await service.ask('proxied', await issuer.token())).status]).toEqual([200, 401])
  })

  test('a key of another kind than the token says is refused', async () => {
    expect(await service.ask('orders', await issuer.token({}, { alg: 'RS256' }, (await issuer.make('first', 'RS256')).privateKey))).toMatchObject({ status: 401, challenge: invalid })
  })

  test('a new key is taken as soon as it is published, a made-up one is not looked for again and again', async () => {
    const old = issuer.key()
    const next = await issuer.make('second', 'ES256')
    const rotated = await issuer.token({}, { kid: 'second' }, next.privateKey)
    expect((await service.ask('eager', rotated)).status).toBe(401)
    issuer.publish(next, old)
    expect((await service.ask('eager', rotated)).status).toBe(200)
    issuer.publish(old)
    const before = issuer.asked()
    for (let n = 0; n < 5; n++) expect((await service.ask('calm', await issuer.token({}, { kid: `made-up-${String(n)}` }))).status).toBe(401)
    expect(issuer.asked() - before).toBe(1)
  })

  test('when the issuer is away nobody new gets in, who is known goes on, and all is well after', async () => {
    const token = await issuer.token()
    issuer.be('failing')
    expect(await service.ask('fresh', token)).toMatchObject({ status: 503, challenge: null })
    issuer.be('well')
    expect((await service.ask('fresh', token)).status).toBe(200)
    issuer.be('stalled')
    expect((await service.ask('fresh', token)).status).toBe(200)
  })

  test('made-up key ids do not keep good callers waiting while the issuer hangs', async () => {
    const good = await issuer.token()
    expect((await service.ask('flooded', good)).status).toBe(200)
    const flood = await Promise.all(Array.from({ length: 60 }, (_, n) => issuer.token({}, { kid: `made-up-${String(n)}` })))
    issuer.be('stalled')
    const first = service.ask('flooded', flood[0])
    const answers = flood.slice(1).map((token) => service.ask('flooded', token))
    const before = performance.now()
    expect((await service.ask('flooded', good)).status).toBe(200)
    // The look that hangs ends after three seconds.
    expect(performance.now() - before).toBeLessThan(2_000)
    expect(new Set((await Promise.all([first, ...answers])).map(({ status }) => status))).toEqual(new Set([503]))
  })

  test('a key that cannot be read does not cost the others', async () => {
    const [old, broken] = [issuer.key(), await issuer.make('broken', 'ES256')]
    issuer.publish(...[{ x: 5 }, { kty: 'RSA', n: 5 }, { kid: ['first'] }].map((change) => ({ ...broken, jwk: { ...broken.jwk, ...change } as unknown as typeof broken.jwk })), { ...broken, jwk: 'text' as unknown as typeof broken.jwk }, old)
    try { expect((await service.ask('beside', await issuer.token({}, {}, old.privateKey))).status).toBe(200) } finally { issuer.publish(old) }
  })

  test('a scope of another kind is no scope', async () => {
    for (const scope of [null, 5, [['orders:read']], { 'orders:write': true }]) expect([401, 403]).toContain((await service.ask('orders', await issuer.token({ scope }))).status)
  })

  test('a header that comes twice is refused', async () => {
    const token = await issuer.token()
    expect((await service.ask('proxied', `${token}, ${token}`, 'x-goog-iap-jwt-assertion')).status).toBe(401)
  })

  test('a server for agents says where its metadata is', async () => {
    const agents = await serve({ mcp: { issuer: issuer.issuer, audience, jwks_url: issuer.jwksUri } }, { resource: true, proxy: false })
    children.push(agents.child)
    expect(await agents.ask('mcp', 'x')).toMatchObject({ status: 401, challenge: `${invalid}, resource_metadata="https://api.example.com/.well-known/oauth-protected-resource/mcp"` })
    expect(agents.said()).toContain('/.well-known/oauth-protected-resource /.well-known/oauth-protected-resource/mcp\n')
  })

  test.each([[{ algorithms: ['HS256'] }], [{ algorithms: [] }], [{ issuer: '' }], [{ audience: '' }]])('does not start with %j', async (wrong) => {
    await expect(serve({ orders: { issuer: issuer.issuer, audience, jwks_url: issuer.jwksUri, ...wrong } }, { resource: false, proxy: false })).rejects.toThrow(/ValueError/)
  })
})
