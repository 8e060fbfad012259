import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { behavesHardened, type Serve } from './hardened.ts'
import { bodyOf, folderBesidePackages, load, stripped } from './support.ts'

interface Hardening { serverOptions(trustedProxies: string[]): FastifyServerOptions & { http: object }, harden(app: FastifyInstance, options: object): Promise<void> }

const id = 'http-hardening-fastify'
const folder = folderBesidePackages()
const apps: FastifyInstance[] = []
const reported: unknown[] = []
beforeAll(async () => { await Promise.all([load(folder.path, id, { sharedStore: true }), load(folder.path, id, { sharedStore: false })]) }, 30_000)
afterEach(async () => { for (const app of apps.splice(0)) { app.server.closeAllConnections(); await app.close() } reported.length = 0 })
afterAll(() => { folder.remove() })

const heard = { write: (line: string) => { const { level, msg } = JSON.parse(line) as { level: number, msg: string }; if (level >= 50 && msg === 'request failed') reported.push(line) } }
const closed = { type: 'object', additionalProperties: false } as const

async function hardened(options: Parameters<Serve>[0] = {}, sharedStore = false, limits?: Parameters<Serve>[2]): Promise<FastifyInstance> {
  const hardening = await load<Hardening>(folder.path, id, { sharedStore })
  const given = hardening.serverOptions(['127.0.0.1', '198.51.100.7'].slice(0, options.trustedProxies ?? 0))
  const { requestTimeout, ...http } = limits ?? {}
  const app = Fastify({ ...given, ...(requestTimeout === undefined ? {} : { requestTimeout }), http: { ...given.http, ...http }, logger: { stream: heard } })
  apps.push(app)
  await hardening.harden(app, { origins: ['https://app.example.com'], strictPaths: ['/sign-in'], ...options })
  return app
}

const serve: Serve = async (options, sharedStore, limits) => {
  const app = await hardened(options, sharedStore, limits)
  app.get('/', () => ({ ok: true }))
  app.get('/ip', ({ ip }) => ({ ip }))
  app.post('/sign-in', (_request, reply) => reply.code(204).send())
  const body = { ...closed, required: ['title'], properties: { title: { type: 'string', maxLength: 20 }, owner: { ...closed, properties: { name: { type: 'string' } } } } }
  app.post('/notes', { schema: { body } }, (request) => request.body)
  app.get('/search', { schema: { querystring: { ...closed, properties: { q: { type: 'string' } } } } }, (request) => request.query)
  app.get('/throws', async () => { await Promise.resolve(); throw new Error('password=hunter2 at db.internal') })
  app.get('/odd', () => { throw Object.assign(new Error('secret detail'), { statusCode: 200 }) })
  app.get('/half', (_request, reply) => reply.send(new ReadableStream({ start(stream) { stream.enqueue(new TextEncoder().encode('{"rows":[')) }, pull(stream) { reported.push('half'); stream.error(new Error('half way')) } })))
  return await app.listen({ port: 0, host: '127.0.0.1' })
}

describe('a Fastify server with the generated file', () => {
  behavesHardened(serve, reported)

  test('says how much is left', async () => {
    const { headers } = await fetch(await serve())
    expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['300', '299'])
  })

  test.each([
    ['a body', { body: { type: 'object', properties: { a: { type: 'string' } } } }, /POST \/open: the schema body needs/],
    ['an object inside a list', { body: { ...closed, properties: { rows: { type: 'array', items: { type: 'object', properties: {} } } } } }, /body\.properties\.rows\.items needs/],
    ['a query', { querystring: { type: 'object', properties: {}, additionalProperties: true } }, /querystring needs/],
  ])('refuses to start when the schema of %s is open', async (_, schema, said) => {
    const app = await hardened()
    expect(() => app.post('/open', { schema }, () => 'never')).toThrow(said)
  })

  test('what failed is in our log, with the id that the visitor got', async () => {
    const answer = await fetch(`${await serve()}/throws`)
    expect(JSON.parse(String(reported[0]))).toMatchObject({ reqId: answer.headers.get('x-request-id'), err: { message: 'password=hunter2 at db.internal' } })
  })
})

test.each([true, false])('is the same program in JavaScript (sharedStore %s)', (sharedStore) => {
  expect(stripped(bodyOf(id, { sharedStore }, false))).toBe(stripped(bodyOf(id, { sharedStore })))
})
