import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { badTokens } from './bad-tokens.ts'
import { bodyOf, stripped } from './support.ts'
import { audience, bench, given, id, type Verifier } from './token-service.ts'

const { folder, open, module, issued, options, api } = bench()

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
    ['the issuer', '    issuer, algorithms,', '    algorithms,'], ['the audience', '{ audience: audiences }', '{}'], ['a subject', "payload.sub === ''", 'false'],
    ['an expiry', "requiredClaims: ['exp', ", 'requiredClaims: ['], ['the signature', 'await jwtVerify(token, keys, rules)', "{ payload: JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString() || '{}') }"],
  ])('the tokens above find out a verifier that forgets %s', async (_, kept, lost) => {
    const ours = await issued()
    const body = bodyOf(id, given, false)
    expect(body).toContain(kept)
    const file = join(folder, `forgets-${String(kept.length)}-${String(lost.length)}.mjs`)
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
    expect((await ask(await token({ aud: undefined, [audienceClaim]: [audience] }))).status).toBe(401)
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
    const ask = await api({ cooldownMs: 0 })
    be(mood)
    expect(await ask(await token())).toMatchObject({ status: 503, challenge: null })
    be('well')
    expect((await ask(await token())).status).toBe(200)
    be(mood)
    expect((await ask(await token())).status).toBe(200)
  })

  test('an issuer in trouble is not asked for every token that somebody makes up', async () => {
    const { token, be, asked } = await issued()
    const ask = await api()
    be('failing')
    const statuses = new Set<number>()
    for (let n = 0; n < 20; n++) statuses.add((await ask(await token({}, { kid: `made-up-${String(n)}` }))).status)
    expect([[...statuses], asked()]).toEqual([[503], 1])
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
    const verify = module().tokenVerifier(options())
    const sent = await token({ aud: 'other' })
    const verdict = await verify({ authorization: `Bearer ${sent}` })
    expect(verdict).toMatchObject({ ok: false, reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED' })
    expect(JSON.stringify(verdict)).not.toContain(sent.slice(0, 20))
  })
})

test.each([[true, false], [false, true], [false, false]])('is the same program in JavaScript (%s, %s)', (one, other) => {
  const conditions = { ...given, express: one, fastify: other, resource: one, proxy: other }
  expect(stripped(bodyOf(id, conditions, false))).toBe(stripped(bodyOf(id, conditions)))
})
