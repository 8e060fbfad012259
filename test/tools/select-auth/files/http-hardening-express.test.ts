import express from 'express'
import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { post, quietly } from './asking.ts'
import { behavesHardened, type Serve } from './hardened.ts'
import { bodyOf, close, folderBesidePackages, listen, load, stripped } from './support.ts'

interface Hardening { hardenBefore(app: unknown, options: object): void, hardenAfter(app: unknown, report: (error: unknown, id: string) => void): void, strictInput(shape: object, value: unknown): Record<string, unknown>, timeLimits: object }

const id = 'http-hardening-express'
const folder = folderBesidePackages()
const servers: Server[] = []
const reported: unknown[] = []
beforeAll(async () => { await Promise.all([load(folder.path, id, { sharedStore: true }), load(folder.path, id, { sharedStore: false })]) }, 30_000)
afterEach(async () => { await Promise.all(servers.splice(0).map(close)); reported.length = 0 })
afterAll(() => { folder.remove() })

const serve: Serve = async (options = {}, sharedStore = false, limits) => {
  const hardening = await load<Hardening>(folder.path, id, { sharedStore })
  const app = express()
  hardening.hardenBefore(app, { origins: ['https://app.example.com'], trustedProxies: 0, strictPaths: ['/sign-in'], ...options })
  app.get('/', (_req, res) => { res.json({ ok: true }) })
  app.get('/ip', (req, res) => { res.json({ ip: req.ip }) })
  app.post('/sign-in', (_req, res) => { res.status(204).end() })
  app.post('/notes', (req, res) => { res.json(hardening.strictInput({ title: z.string().max(20), owner: z.strictObject({ name: z.string() }).optional() }, req.body)) })
  app.get('/search', (req, res) => { res.json(hardening.strictInput({ q: z.string() }, req.query)) })
  app.get('/throws', async () => { await Promise.resolve(); throw new Error('password=hunter2 at db.internal') })
  app.get('/odd', () => { throw Object.assign(new Error('secret detail'), { status: 200 }) })
  app.get('/upstream', (_req, res) => { res.set({ 'Cache-Control': 'public, max-age=3600', 'Content-Encoding': 'gzip' }); throw Object.assign(new Error('secret key refused'), { status: 401 }) })
  app.get('/items/:id', (req, res) => { res.json(req.params) })
  app.get('/half', (_req, res) => { res.write('{"rows":['); throw new Error('half way') })
  hardening.hardenAfter(app, (error) => { reported.push(error) })
  const server = createServer({ ...hardening.timeLimits, ...limits }, app)
  servers.push(server)
  return await listen(server)
}

describe('an Express server with the generated file', () => {
  behavesHardened(serve, reported)

  test('says how much is left, in the headers of draft 8', async () => {
    const { headers } = await fetch(await serve())
    expect(headers.get('ratelimit')).toMatch(/"general"; r=299; t=\d+/)
    expect(headers.get('ratelimit-policy')).toContain('"general"; q=300; w=60')
  })

  test('strict paths are strict in any spelling that Express serves', async () => {
    const url = await serve({ strictPer15Minutes: 1 })
    expect([(await post(`${url}/SIGN-in/`, '{}')).status, (await post(`${url}/sign-in`, '{}')).status]).toEqual([204, 429])
  })

  test('a webhook gets the bytes that were signed, within the same limit of size', async () => {
    const { hardenBefore, hardenAfter } = await load<Hardening>(folder.path, id, { sharedStore: false })
    const app = express()
    hardenBefore(app, { origins: [], trustedProxies: 0, strictPaths: [], rawPaths: ['/webhooks'], bodyLimit: '1kb' })
    app.post('/webhooks/pay', (req, res) => { res.json({ bytes: Buffer.isBuffer(req.body), text: String(req.body) }) })
    hardenAfter(app, (error) => { reported.push(error) })
    const server = createServer(app)
    servers.push(server)
    const url = await listen(server)
    expect(await (await post(`${url}/webhooks/pay`, '{ "a":1}')).json()).toEqual({ bytes: true, text: '{ "a":1}' })
    expect((await post(`${url}/webhooks/pay`, 'x'.repeat(2_000))).status).toBe(413)
  })

  test('an error that was made to be told keeps its status', async () => {
    const { hardenBefore, hardenAfter } = await load<Hardening>(folder.path, id, { sharedStore: false })
    const app = express()
    hardenBefore(app, { origins: [], trustedProxies: 0, strictPaths: [] })
    app.get('/gone', () => { throw Object.assign(new Error('secret'), { status: 410, expose: true }) })
    hardenAfter(app, (error) => { reported.push(error) })
    const server = createServer(app)
    servers.push(server)
    expect(await (await fetch(`${await listen(server)}/gone`)).json()).toMatchObject({ status: 410, title: 'Gone' })
    expect(reported).toEqual([])
  })

  test('a request without a body is refused', async () => {
    expect((await post(`${await serve()}/notes`, '')).status).toBe(400)
    expect((await post(`${await serve()}/notes`, 'title=a', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400)
  })

  test('the same server without the file does none of it, so these tests can tell', async () => {
    const app = express().use(express.json({ limit: '10mb' }))
    app.post('/notes', (req, res) => { res.json(req.body) })
    app.get('/throws', async () => { await Promise.resolve(); throw new Error('password=hunter2') })
    const server = createServer(app)
    servers.push(server)
    const url = await listen(server)
    const statuses = new Set<number>()
    for (let n = 0; n < 12; n++) statuses.add((await post(`${url}/notes`, '{"isAdmin":true}', { origin: 'https://evil.example' })).status)
    expect([...statuses]).toEqual([200])
    const answer = await quietly(() => fetch(`${url}/throws`))
    expect([answer.headers.get('x-powered-by'), answer.headers.get('content-security-policy')?.includes('frame-ancestors')]).toEqual(['Express', false])
    expect(await answer.text()).toContain('hunter2')
  })

  test('the id that a logger gave a request is kept', async () => {
    const { hardenBefore } = await load<Hardening>(folder.path, id, { sharedStore: false })
    const app = express()
    app.use((_req, res, next) => { res.set('X-Request-Id', 'from-the-logger'); next() })
    hardenBefore(app, { origins: [], trustedProxies: 0, strictPaths: [] })
    const server = createServer(app)
    servers.push(server)
    expect((await fetch(await listen(server))).headers.get('x-request-id')).toBe('from-the-logger')
  })
})

test.each([true, false])('is the same program in JavaScript (sharedStore %s)', (sharedStore) => {
  expect(stripped(bodyOf(id, { sharedStore }, false))).toBe(stripped(bodyOf(id, { sharedStore })))
})
