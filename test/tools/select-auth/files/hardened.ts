import { request } from 'node:http'
import { connect } from 'node:net'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { post, quietly } from './asking.ts'
import { countsTogether } from './shared-counts.ts'

export interface Options { trustedProxies?: number, origins?: string[], perMinute?: number, strictPer15Minutes?: number, foreignPosts?: string[], redis?: Redis }
export interface Limits { headersTimeout: number, requestTimeout: number, connectionsCheckingInterval: number }
/** Starts a server with the routes of `routes` below and gives its address; a test that ends closes it. */
export type Serve = (options?: Options, sharedStore?: boolean, limits?: Limits) => Promise<string>

/**
 * What every hardened server does, whatever its framework. Routes: `/`, `/ip`, `POST /sign-in`, `POST /notes` with a title
 * (at most 20 characters) and an owner with a name, `/search?q=`, `/throws`, `/odd` (an error with status 200), `/upstream` (an error with status 401
 * of somebody else, after headers that let the answer be kept), `/half` (fails after the first bytes).
 */
export function behavesHardened(serve: Serve, reported: unknown[]): void {
  test('sends the headers and does not name its software', async () => {
    const { headers } = await fetch(await serve())
    expect(headers.get('content-security-policy')).toBe("default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'")
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
  })

  test.each([
    ['a listed origin is let in', 'https://app.example.com', 200, 'https://app.example.com'],
    ['a foreign origin is refused', 'https://evil.example', 403, null],
    ['an origin that only starts alike is refused', 'https://app.example.com.evil.example', 403, null],
    ['a page that hides its origin is refused', 'null', 403, null],
  ])('%s', async (_, origin, status, allowed) => {
    const url = await serve()
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await fetch(url, { method, headers: { origin, 'access-control-request-method': 'POST' } })
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([method === 'OPTIONS' && status === 200 ? 204 : status, allowed])
    }
  })

  test('whoever points a name of theirs at the server gets in no more than others, whatever Host says', async () => {
    const url = await serve({ trustedProxies: 1 })
    const { host, port } = new URL(url)
    for (const more of [{ host: 'evil.example' }, { host, 'x-forwarded-host': 'evil.example' }]) {
      const status = await new Promise<number>((resolve) => request({ port, method: 'POST', path: '/sign-in', headers: { ...more, origin: 'http://evil.example' } }, (answer) => { answer.resume(); resolve(answer.statusCode ?? 0) }).end())
      expect(status).toBe(403)
    }
  })

  test('forms of our own pages keep their origin', async () => {
    expect((await fetch(await serve())).headers.get('referrer-policy')).toBe('same-origin')
  })

  test('a foreign form post gets in only where that was said', async () => {
    const url = await serve({ foreignPosts: ['/sign-in'] })
    expect((await fetch(`${url}/sign-in`, { method: 'DELETE', headers: { origin: 'https://idp.example' } })).status).toBe(403)
    expect((await post(`${url}/sign-in`, '{}', { origin: 'https://idp.example' })).status).toBe(204)
    expect((await post(`${url}/notes`, '{"title":"a"}', { origin: 'https://idp.example' })).status).toBe(403)
  })

  test.each([['*'], ['https://app.example.com/'], ['app.example.com'], ['null'], ['https://*.example.com']])('refuses to start with the origin %s', async (origin) => {
    await expect(serve({ origins: [origin] })).rejects.toThrow()
  })

  test.each([
    ['an unknown field', '/notes', '{"title":"a","isAdmin":"leaked"}', 400, ['isAdmin']],
    ['an unknown field inside an object', '/notes', '{"title":"a","owner":{"name":"b","role":"leaked"}}', 400, ['owner.role']],
    ['a field of the wrong kind', '/notes', '{"title":{"leaked":1}}', 400, ['title']],
    ['a field that is too long', '/notes', '{"title":"leaked leaked leaked leaked"}', 400, ['title']],
    ['a missing field', '/notes', '{}', 400, ['title']],
    ['broken JSON', '/notes', '{"title":"leaked', 400, undefined],
    ['too large a body', '/notes', JSON.stringify({ title: 'leaked'.repeat(40_000) }), 413, undefined],
    ['a path nobody serves', '/leaked', '{}', 404, undefined],
  ])('%s is refused by name, without the value', async (_, path, body, status, fields) => {
    const answer = await post(`${await serve()}${path}`, body)
    const text = await answer.text()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(JSON.parse(text)).toMatchObject({ type: 'about:blank', status, requestId: answer.headers.get('x-request-id'), ...(fields === undefined ? {} : { fields }) })
    expect(text).not.toContain('leaked')
    expect(reported).toEqual([])
  })

  test('a query with a parameter nobody asked for is refused', async () => {
    const url = await serve()
    expect((await fetch(`${url}/search?q=a`)).status).toBe(200)
    expect(await (await fetch(`${url}/search?q=a&debug=1`)).json()).toMatchObject({ status: 400, fields: ['debug'] })
  })

  test.each(['/throws', '/odd', '/upstream'])('%s: a failure is reported to us and told to nobody', async (path) => {
    const answer = await fetch(`${await serve()}${path}`)
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(text).not.toMatch(/hunter2|secret|node_modules|\bat /)
    expect(reported).toHaveLength(1)
  })

  test('an answer that breaks half way is cut, so nobody reads it as whole', async () => {
    const url = await serve()
    await quietly(() => expect(fetch(`${url}/half`).then((answer) => answer.text())).rejects.toThrow())
    expect(reported).toHaveLength(1)
  })

  test('the fourth guess at a secret is told to wait, other paths go on', async () => {
    const url = await serve({ strictPer15Minutes: 3 })
    const statuses: number[] = []
    for (let guess = 0; guess < 4; guess++) statuses.push((await post(`${url}/sign-in`, '{}')).status)
    expect(statuses).toEqual([204, 204, 204, 429])
    const late = await post(`${url}/sign-in`, '{}')
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(800)
    expect(await late.json()).toMatchObject({ status: 429 })
    expect((await fetch(url)).status).toBe(200)
  })

  test('paths that nobody serves count as well', async () => {
    const url = await serve({ perMinute: 2 })
    const statuses: number[] = []
    for (let n = 0; n < 3; n++) statuses.push((await fetch(`${url}/.env`)).status)
    expect(statuses).toEqual([404, 404, 429])
  })

  test.each([
    ['behind one proxy, its last entry is the visitor', 1, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    ['behind two, the one before', 2, '203.0.113.9, 198.51.100.7', '203.0.113.9'],
    ['behind none, what a visitor writes counts for nothing', 0, '203.0.113.9', '127.0.0.1'],
  ])('%s', async (_, trustedProxies, forwarded, ip) => {
    const url = await serve({ trustedProxies })
    expect(await quietly(async () => (await fetch(`${url}/ip`, { headers: { 'x-forwarded-for': forwarded } })).json())).toEqual({ ip })
  })

  test.each([
    ['a port that a proxy adds', ['9.9.9.9:1000', '9.9.9.9:1001']], ['a port after an IPv6 address', ['[2001:db8:9::1]:1000', '[2001:db8:9::1]:1001']],
    ['another address of one IPv6 network', ['2001:db8::1', '2001:db8::ffff:2']], ['an IPv4 address in the notation of IPv6', ['7.7.7.7', '::ffff:7.7.7.7']],
  ])('%s is no other visitor', async (_, [one, other]) => {
    const url = await serve({ trustedProxies: 1, perMinute: 1 })
    const statuses: number[] = []
    for (const forwarded of [one, other]) statuses.push((await fetch(url, { headers: { 'x-forwarded-for': forwarded ?? '' } })).status)
    expect(statuses).toEqual([200, 429])
  })

  test('an address that cannot be decoded is refused without being repeated', async () => {
    const answer = await fetch(`${await serve()}/items/leaked%ff`)
    expect([answer.status, answer.headers.get('cache-control'), (await answer.text()).includes('leaked')]).toEqual([400, 'no-store', false])
    expect(reported).toEqual([])
  })

  test('visitors behind a proxy are limited one by one, and cannot get away by writing the header', async () => {
    const url = await serve({ trustedProxies: 1, perMinute: 1 })
    const from = async (forwarded: string) => (await fetch(url, { headers: { 'x-forwarded-for': forwarded } })).status
    expect([await from('198.51.100.7'), await from('198.51.100.8'), await from('198.51.100.7'), await from('1.2.3.4, 198.51.100.7')]).toEqual([200, 200, 429, 429])
  })

  test('a request whose headers never end is cut', async () => {
    const url = new URL(await serve({}, false, { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 }))
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(url.port), url.hostname, () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n'))
      let text = ''
      socket.on('data', (chunk) => { text += chunk.toString() })
      socket.on('close', () => { resolve(text) })
    })
    expect(said).toContain('408')
  })

  countsTogether(serve, reported)
}
