import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { healthFile } from '../../../../src/tools/observability-stack/files/health.ts'
import { viewOf } from '../../../../src/tools/observability-stack/view.ts'
import { knowledge } from '../../../support/knowledge.ts'
import { nodeFolder, runProgram } from '../../../support/run-node.ts'

interface Health {
  readonly answer: (path: string) => Promise<{ status: number, body: unknown } | undefined>
  readonly middleware: (...args: [...Parameters<RequestListener>, () => void]) => void
  readonly started: () => void
  readonly listenInternal: (port: number) => Server
}
type Check = { name: string, critical: boolean, run: (signal: AbortSignal) => unknown }
type Module = { createHealth: (options?: { version?: string, checks?: Check[] }) => Health }

const bodyOf = (stack: string[]) => healthFile(viewOf({ stage: 'mvp', hosting: 'kubernetes', stack }, knowledge()), knowledge())?.body ?? ''
const folder = nodeFolder({ 'health.ts': bodyOf(['typescript']) })
const load = async (): Promise<Module> => await import(/* @vite-ignore */ folder.url('health.mjs')) as Module
const open: Server[] = []
afterEach(() => open.splice(0).forEach((server) => { server.closeAllConnections(); server.close() }))
afterAll(() => folder.drop())

const listening = async (server: Server): Promise<string> => {
  open.push(server)
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const serve = async (health: Health): Promise<string> => await listening(createServer((request, response) => health.middleware(request, response, () => response.writeHead(404).end('not mine'))).listen(0, '127.0.0.1'))
const ask = async (url: string, init?: RequestInit) => {
  const start = performance.now()
  const answer = await fetch(url, init)
  return { status: answer.status, text: await answer.text(), ms: performance.now() - start, cache: answer.headers.get('cache-control') }
}
const pass = '{"status":"pass"}'
const fail = '{"status":"fail"}'
const never = () => new Promise<void>(() => undefined)
const cache = (run: Check['run']): Check => ({ name: 'cache', critical: true, run })

describe('the health endpoints for Node, running', () => {
  test.each<[string, Check['run'], number, string]>([
    ['a dependency that answers', async () => 'pong', 200, pass],
    ['a dependency that refuses', async () => { throw Object.assign(new Error('redis://:S3CRET@10.0.0.1 refused'), { code: 'ECONNREFUSED' }) }, 503, fail],
    ['a check that throws at once', () => { throw new TypeError('S3CRET') }, 503, fail],
    ['a check that throws nothing', () => Promise.reject(), 503, fail],
  ])('%s', async (_, run, status, text) => {
    const health = (await load()).createHealth({ checks: [cache(run)] })
    const at = await serve(health)
    expect(await ask(`${at}/readyz`)).toMatchObject({ status: 503, text: fail })
    health.started()
    expect(await ask(`${at}/readyz`)).toMatchObject({ status, text, cache: 'no-store' })
    expect(await ask(`${at}/livez`)).toMatchObject({ status: 200, text: pass, cache: 'no-store' })
  })

  test('a stalled dependency is given up within the time-out, is told to stop, and liveness answers meanwhile', async () => {
    let told = false
    const health = (await load()).createHealth({ checks: [cache((signal) => { signal.addEventListener('abort', () => { told = true }); return never() })] })
    health.started()
    const at = await serve(health)
    await ask(`${at}/livez`)
    const ready = ask(`${at}/readyz`)
    const live = await ask(`${at}/livez`)
    expect(live).toMatchObject({ status: 200, text: pass })
    const stalled = await ready
    expect(stalled).toMatchObject({ status: 503, text: fail })
    const { timeoutMs } = knowledge().practices['health-endpoints']?.facts.numbers.value ?? {}
    expect(timeoutMs).toBe(200)
    expect(stalled.ms).toBeGreaterThan(150)
    expect(stalled.ms).toBeLessThan(1000)
    expect(live.ms).toBeLessThan(stalled.ms)
    expect(told).toBe(true)
  })

  test('many probes make one question, and a question still open is not asked again', async () => {
    let asked = 0
    const counted = (run: Check['run']): Check => cache((signal) => { asked += 1; return run(signal) })
    const { createHealth } = await load()
    const quick = createHealth({ checks: [counted(async () => 1)] })
    quick.started()
    const at = await serve(quick)
    const answers = await Promise.all(Array.from({ length: 50 }, async () => await ask(`${at}/readyz`)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
    expect(asked).toBe(1)
    asked = 0
    const stalled = createHealth({ checks: [counted(never)] })
    stalled.started()
    const end = performance.now() + 1300
    while (performance.now() < end) {
      expect((await stalled.answer('/readyz'))?.status).toBe(503)
      await new Promise(setImmediate)
    }
    expect(asked).toBe(1)
  })

  test('a dependency that comes back is seen', async () => {
    let up = false
    const health = (await load()).createHealth({ checks: [cache(async () => { if (!up) throw new Error('down') })] })
    health.started()
    expect((await health.answer('/readyz'))?.status).toBe(503)
    up = true
    await expect.poll(async () => (await health.answer('/readyz'))?.status, { timeout: 3000 }).toBe(200)
  })

  test('details are on the internal port only; a shared dependency that fails is shown there and keeps the instance in traffic', async () => {
    const health = (await load()).createHealth({ version: '1.4.2', checks: [cache(async () => 1), { name: 'database', critical: false, run: async () => { throw Object.assign(new Error('postgres://app:S3CRET@db refused'), { code: '57P03' }) } }] })
    health.started()
    const at = await serve(health)
    const inside = await listening(health.listenInternal(0))
    expect(await ask(`${at}/internal/health`)).toMatchObject({ status: 404, text: 'not mine' })
    expect(await ask(`${at}/readyz`)).toMatchObject({ status: 200, text: pass })
    const details = await ask(`${inside}/internal/health`)
    expect(details.status).toBe(200)
    expect(details.text).not.toContain('S3CRET')
    expect(JSON.parse(details.text)).toMatchObject({ status: 'warn', state: 'ready', version: '1.4.2', checks: [{ name: 'cache', status: 'pass' }, { name: 'database', status: 'fail', error: '57P03' }] })
    expect(await ask(`${inside}/livez`)).toMatchObject({ status: 200, text: pass })
    expect((await ask(`${inside}/other`)).status).toBe(404)
  })

  test('other methods and paths are none of its business', async () => {
    const health = (await load()).createHealth()
    const at = await serve(health)
    expect((await ask(`${at}/livez`, { method: 'POST' })).status).toBe(404)
    expect((await ask(`${at}/livez`, { method: 'HEAD' })).status).toBe(200)
    expect((await ask(`${at}/livez?x=1`)).status).toBe(200)
    expect((await ask(`${at}/livezz`)).status).toBe(404)
    expect((await ask(`${at}/livez/`)).status).toBe(404)
  })
})

const frameworks = {
  express: `import express from 'express'
const app = express().use(health.middleware).get('/slow', (_, res) => { console.error('slow'); setTimeout(() => res.end("done"), 1200) })
const server = app.listen(0, '127.0.0.1', () => { health.started(); console.error(server.address().port + ' up') })`,
  fastify: `import fastify from 'fastify'
const app = fastify()
app.addHook('onRequest', (request, reply, done) => health.middleware(request.raw, reply.raw, done))
app.get('/slow', async () => { console.error('slow'); await new Promise((resolve) => setTimeout(resolve, 1200)); return 'done' })
await app.listen({ port: 0, host: '127.0.0.1' })
const server = app.server
health.started(); console.error(server.address().port + ' up')`,
}

test.each(Object.entries(frameworks))('%s: at SIGTERM readiness fails first, requests under way are answered, then the process ends well', async (framework, server) => {
  const app = nodeFolder({ 'health.ts': bodyOf([framework, 'javascript']).replaceAll('src/health.mjs', 'health.mjs'), 'server.mjs': `import { createHealth } from './health.mjs'
const health = createHealth()
${server}
health.stopOnSignal(server, () => console.error('closed'), { drainMs: 1000 })` })
  try {
    const done = await runProgram(process.execPath, ['server.mjs'], { cwd: app.path, until: /(\d+) up/, then: async ([, port], child) => {
      const at = `http://127.0.0.1:${port}`
      expect(await ask(`${at}/readyz`)).toMatchObject({ status: 200, text: pass })
      expect((await ask(`${at}/internal/health`)).status).toBe(404)
      const slow = ask(`${at}/slow`)
      await new Promise<void>((resolve) => child.stderr?.on('data', (chunk: Buffer) => { if (String(chunk).includes('slow')) resolve() }))
      child.kill('SIGTERM')
      await expect.poll(async () => (await ask(`${at}/readyz`)).status, { timeout: 900, interval: 10 }).toBe(503)
      expect(await ask(`${at}/livez`)).toMatchObject({ status: 200, text: pass })
      expect(await slow).toMatchObject({ status: 200, text: 'done' })
    } })
    expect(done).toMatchObject({ code: 0, err: expect.stringMatching(/closed/) })
  } finally {
    app.drop()
  }
}, 20_000)
