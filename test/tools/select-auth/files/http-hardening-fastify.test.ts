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
  app.get('/upstream', (_request, reply) => { reply.header('Cache-Control', 'public, max-age=3600'); throw Object.assign(new Error('secret key refused'), { statusCode: 401, validation: 'secret' }) })
  app.get('/items/:id', (request) => request.params)
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
    ['an object inside a list', { body: { ...closed, properties: { rows: { type: 'array', items: { type: 'object', properties: {} } } } } }, /body\.rows\.items needs/],
    ['a query', { querystring: { type: 'object', properties: {}, additionalProperties: true } }, /querystring needs/],
    ['a query under its short name', { query: { type: 'object', properties: {} } }, /query needs/],
    ['an object without properties', { body: { type: ['object', 'null'] } }, /body needs/],
    ['a shared body', { body: { $ref: 'open#' } }, /body\.open needs/],
    ['a body that is shared by nobody', { body: { $ref: 'nobody#' } }, /body needs/],
    ['values of a map', { body: { type: 'object', additionalProperties: { type: 'object' } } }, /body\.additionalProperties needs/],
  ])('refuses to start when the schema of %s is open', async (_, schema, said) => {
    const app = await hardened()
    app.addSchema({ $id: 'open', type: 'object', properties: { self: { $ref: 'open#' } } })
    expect(() => app.post('/open', { schema: schema as object }, () => 'never')).toThrow(said)
  })

  test.each([
    ['a property that is called properties', { body: { ...closed, properties: { properties: { type: 'string' } } } }],
    ['an example that looks like a schema', { body: { ...closed, examples: [{ properties: 1 }], properties: { a: { enum: [{ type: 'object' }] } } } }],
    ['a map of numbers', { body: { type: 'object', additionalProperties: { type: 'number' } } }],
    ['a closed body that is shared and holds itself', { body: { $ref: 'closed#' } }],
  ])('takes %s for closed', async (_, schema) => {
    const app = await hardened({}, false)
    app.addSchema({ $id: 'closed', ...closed, properties: { self: { $ref: 'closed#' } } })
    expect(() => app.post('/sign-in', { schema }, () => 'here')).not.toThrow()
    await app.ready()
  })

  test('does not start with a strict path that no route has, since nothing would be strict', async () => {
    const app = await hardened()
    app.post('/:action', () => 'here')
    await expect(app.ready()).rejects.toThrow('/sign-in')
  })

  test('what failed is in our log, with the id that the visitor got', async () => {
    const answer = await fetch(`${await serve()}/throws`)
    expect(JSON.parse(String(reported[0]))).toMatchObject({ request_id: answer.headers.get('x-request-id'), err: { message: 'password=hunter2 at db.internal' } })
  })
})

test.each([true, false])('is the same program in JavaScript (sharedStore %s)', (sharedStore) => {
  expect(stripped(bodyOf(id, { sharedStore }, false))).toBe(stripped(bodyOf(id, { sharedStore })))
})
