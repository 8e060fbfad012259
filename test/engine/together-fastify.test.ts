import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChain } from '../../src/engine/blueprint.ts'
import { asOf, knowledge } from '../support/knowledge.ts'
import { folderBesidePackages, freePort, start, stop } from '../tools/select-auth/files/support.ts'

const profile = { name: 'Tool Shed', projectType: 'web-app', stage: 'mvp', signInBy: ['consumers'], developers: 2, hosting: 'render', stack: ['javascript', 'fastify'] } as const

/** What the headers of the generated files say, put together; nothing else was needed. */
const program = `
import Fastify from 'fastify'
import { env } from './env.mjs'
import { createHealth } from './health.mjs'
import { harden, serverOptions } from './http-hardening.mjs'
import { createLogger, requestLog } from './logger.mjs'

const logger = createLogger({ version: env.APP_VERSION, environment: env.APP_ENV, level: env.LOG_LEVEL })
const health = createHealth({ version: env.APP_VERSION })
const app = Fastify({ ...serverOptions(['10.0.0.0/16']), loggerInstance: logger })
app.addHook('onRequest', (request, reply, done) => health.middleware(request.raw, reply.raw, done))
const track = requestLog(logger)
app.addHook('onRequest', (request, reply, done) => { request.raw.headers['x-request-id'] = request.id; track(request.raw, reply.raw, done) })
app.addHook('preValidation', (request, reply, done) => track(request.raw, reply.raw, done))
await harden(app, { origins: ['https://app.example.com'], strictPaths: [] })
const body = { type: 'object', additionalProperties: false, required: ['title'], properties: { title: { type: 'string', maxLength: 200 } } }
app.post('/notes', { schema: { body } }, async (request) => { request.log.info('inside'); return {} })
app.get('/broken', async () => { throw new Error('no entry: password=hunter2') })
app.get('/slow', async () => { logger.info('slow begins'); await new Promise((done) => setTimeout(done, 300)); return {} })
app.addHook('onClose', async () => { logger.info('closed') })
await app.listen({ port: env.PORT, host: '127.0.0.1' })
health.started()
health.listenInternal(env.PORT + 1000)
health.stopOnSignal(app.server, () => app.close(), { drainMs: 100 })
console.log('ready')
`

const folder = folderBesidePackages()
beforeAll(() => { knowledge() }, 30_000)
afterAll(() => folder.remove())

test('all files in one Fastify program: one id and one line for each request, probes pass by, what is under way ends well', async () => {
  const files = Object.values(runChain(profile as never, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' })).flatMap((draft) => draft.files)
  const names = (files.find(({ path }) => path === '.env.example')?.body ?? '').split('\n').flatMap((line) => /^([A-Z]\w*)=/.exec(line)?.[1] ?? [])
  for (const { path, body } of [...files.filter((file) => file.path.startsWith('src/')), { path: 'src/main.mjs', body: program }]) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true })
    writeFileSync(join(folder.path, path), body)
  }
  const port = await freePort()
  const given: Record<string, string> = { APP_ENV: 'local', NODE_ENV: 'production', PORT: String(port), LOG_LEVEL: 'info', APP_VERSION: '1.4.2' }
  let output = ''
  const child = await start(process.execPath, ['src/main.mjs'], /^ready$/m, { cwd: folder.path, env: { PATH: process.env['PATH'], ...Object.fromEntries(names.map((name) => [name, given[name] ?? 'x'])) }, heard: (text) => { output += text } })
  try {
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))
    const ask = async (path: string, init: RequestInit = {}) => await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { connection: 'close', 'content-type': 'application/json', ...init.headers } })
    const answers = [await ask('/notes?q=jane', { method: 'POST', body: '{"title":"hi"}' }), await ask('/notes', { method: 'POST', body: JSON.stringify({ title: 'x'.repeat(200_000) }) }), await ask('/broken'), await ask('/nowhere', { headers: { origin: 'https://evil.example' } })]
    expect(answers.map(({ status }) => status)).toEqual([200, 413, 500, 403])
    expect(await (await ask('/readyz', { headers: { origin: 'https://evil.example' } })).text()).toBe('{"status":"pass"}')
    expect(await (await fetch(`http://127.0.0.1:${port + 1000}/internal/health`)).json()).toMatchObject({ status: 'pass', version: '1.4.2' })
    const slow = ask('/slow')
    while (!output.includes('slow begins')) await new Promise(setImmediate)
    child.kill('SIGTERM')
    expect((await slow).status).toBe(200)
    expect(await ended).toBe(0)

    const lines = output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
    const requests = lines.filter((line) => 'http.response.status_code' in line)
    expect(requests.map((line) => [line['http.response.status_code'], line['request_id']])).toEqual([...answers, await slow].map((answer) => [answer.status, answer.headers.get('x-request-id')]))
    expect(lines.find((line) => line['message'] === 'inside')?.['request_id']).toBe(answers[0]?.headers.get('x-request-id'))
    expect(lines.find((line) => line['message'] === 'request failed')?.['request_id']).toBe(answers[2]?.headers.get('x-request-id'))
    expect(lines.map((line) => line['message'])).toContain('closed')
    // Fastify's own lines would hold the address and the query of the visitor.
    expect(output).not.toMatch(/remoteAddress|jane|hunter2|127\.0\.0\.1:\d{5}\b.*incoming/)
  } finally {
    await stop(child)
  }
}, 15_000)
