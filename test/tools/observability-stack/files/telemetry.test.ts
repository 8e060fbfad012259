import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSocketServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { observabilityStack } from '../../../../src/tools/observability-stack/tool.ts'
import { asOf, knowledge } from '../../../support/knowledge.ts'
import { suitableNode } from '../../../support/suitable-node.ts'

const node = suitableNode()
const nodeModules = fileURLToPath(new URL('../../../../node_modules', import.meta.url))

interface Attribute { readonly key: string, readonly value: Readonly<Record<string, unknown>> }
interface Received { readonly path: string, readonly type: string, readonly body: Buffer }
const received: Received[] = []
let receiver: Server
let address = ''
const folders: string[] = []
const running: ChildProcess[] = []
beforeAll(async () => {
  knowledge()
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      if (request.url?.startsWith('/v1/') === true) received.push({ path: request.url, type: request.headers['content-type'] ?? '', body: Buffer.concat(parts) })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
}, 30_000)
afterEach(() => { for (const child of running.splice(0)) child.kill('SIGKILL') })
afterAll(() => {
  receiver.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const base = { name: 'Ledger', stage: 'production', projectType: 'b2b-saas', hosting: 'kubernetes', developers: 12, monthlyActiveUsers: 50_000 } as const
const filesOf = (input: object) => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const startUp = (input: object) => filesOf(input).find(({ path }) => /telemetry\.(ts|mjs)$/.test(path))

const calls = `
const call = async () => {
  logger.info({ password: 'hunter2-secret' }, 'a user was read')
  await fetch('${'ADDRESS'}/down?token=secret-query')
  await globalThis.more?.()
  await new Promise((done) => get('${'ADDRESS'}/down?token=secret-query', (answer) => answer.resume().on('end', done)))
}`
const logger = `import { trace } from '@opentelemetry/api'
import { get } from 'node:http'
import { createLogger } from './logger.EXT'
const logger = createLogger({ traceContext: () => trace.getActiveSpan()?.spanContext() })
${calls}`
const servers = {
  express: `import express from 'express'
${logger}
const app = express()
app.get('/users/:id', async (_request, response) => { await call(); response.json({}) })
app.get('/livez', (_request, response) => { response.json({}) })
const server = app.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port))`,
  fastify: `import fastify from 'fastify'
import { nameRoute } from './telemetry.EXT'
${logger}
const app = fastify()
app.addHook('onRequest', (request, _reply, done) => { nameRoute(request.routeOptions.url); done() })
app.get('/users/:id', async () => { await call(); return {} })
app.get('/livez', async () => ({}))
await app.listen({ port: 0, host: '127.0.0.1' })
console.log('port ' + app.server.address().port)`,
}

/** Starts the project, asks it and stops it; what arrived meanwhile is in `received`. */
async function session(input: object, framework: keyof typeof servers, environment: Readonly<Record<string, string>>, ending = ''): Promise<{ readonly signal: string | null, readonly code: number | null, readonly output: string }> {
  received.length = 0
  const folder = mkdtempSync(join(tmpdir(), 'telemetry-'))
  folders.push(folder)
  symlinkSync(nodeModules, join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const files = filesOf(input).filter(({ path }) => path.startsWith('src/'))
  for (const { path, body } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), body)
  }
  const extension = files.some(({ path }) => path.endsWith('.ts')) ? 'ts' : 'mjs'
  writeFileSync(join(folder, 'src/main.mjs'), `${servers[framework]}\n${ending}`.replaceAll('ADDRESS', address).replaceAll('.EXT', `.${extension}`))
  const child = spawn(node ?? '', ['--no-warnings', '--import', `./src/telemetry.${extension}`, 'src/main.mjs'], {
    cwd: folder, stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], OTEL_EXPORTER_OTLP_ENDPOINT: address, OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.4.2,deployment.environment.name=production', OTEL_TRACES_SAMPLER_ARG: '1', ...environment },
  })
  running.push(child)
  const ended = once(child, 'exit')
  let output = ''
  const port = await new Promise<string>((resolve, reject) => {
    const read = (text: Buffer) => { output += text.toString(); const found = /^port (\d+)$/m.exec(output)?.[1]; if (found !== undefined) resolve(found) }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(() => reject(new Error(output)))
  })
  // The caller decides that the trace is kept, whatever share the service would take.
  const parent = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'x-forwarded-for': '203.0.113.9' }
  expect((await fetch(`http://127.0.0.1:${port}/users/7?email=secret-query`, { headers: parent })).status).toBe(200)
  expect((await fetch(`http://127.0.0.1:${port}/livez`, { headers: parent })).status).toBe(200)
  child.kill('SIGTERM')
  const [code, signal] = await ended as [number | null, string | null]
  return { code, signal, output }
}

const json = (path: string) => received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>)
/** Everything under a key, however deep. */
const every = (value: unknown, key: string): unknown[] =>
  typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...every(inner, key)])
const attributes = (value: unknown) => (every(value, 'attributes') as Attribute[][]).flat().map(({ key, value: held }) => [key, Object.values(held)[0]] as const)
const outdated = /^(http\.(method|url|target|status_code|host|scheme|user_agent|flavor|client_ip)|net\.|db\.(system|statement|name|user)$|deployment\.environment$)/

const frameworks = { express: { ...base, stack: ['typescript', 'express'] }, fastify: { ...base, stack: ['typescript', 'fastify'] }, 'express in JavaScript': { ...base, stack: ['javascript', 'express'] } } as const
describe.skipIf(node === undefined).each(Object.entries(frameworks))('the start-up file for %s, run (skipped: no Node 22.18 or newer was found)', (name, input) => {
  test('sends spans, metrics and logs with current names, without queries, addresses or secrets, and before it ends', async () => {
    const { signal, output } = await session(input, name.startsWith('express') ? 'express' : 'fastify', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' })
    expect([signal, output.includes('rror')]).toEqual(['SIGTERM', false])
    const [traces, metrics, logs] = [json('/v1/traces'), json('/v1/metrics'), json('/v1/logs')]
    for (const arrived of [traces, metrics, logs]) expect(arrived.length).toBeGreaterThan(0)

    const resource = attributes(every(traces, 'resource'))
    expect(resource).toEqual(expect.arrayContaining([['service.name', 'ledger'], ['service.version', '1.4.2'], ['deployment.environment.name', 'production']]))
    expect(resource.map(([key]) => key)).toContain('service.instance.id')
    const spans = every(traces, 'spans').flat() as { traceId: string, kind: number }[]
    const requests = spans.filter(({ kind }) => kind === 2)
    expect(requests.map(({ traceId }) => traceId)).toEqual(['4bf92f3577b34da6a3ce929d0e0e4736'])
    expect(attributes(requests)).toContainEqual(['http.route', '/users/:id'])
    expect(attributes(spans.filter(({ kind }) => kind === 3)).filter(([key]) => key === 'url.full')).toEqual([['url.full', `${address}/down`], ['url.full', `${address}/down`]])

    const durations = (every(metrics, 'metrics').flat() as { name: string }[]).filter((metric) => metric.name === 'http.server.request.duration')
    expect(attributes(durations)).toContainEqual(['http.route', '/users/:id'])
    expect(every(durations, 'explicitBounds')[0]).toEqual(knowledge().practices['http-duration-buckets']?.facts.items.value?.map(Number))

    const lines = every(logs, 'logRecords').flat() as { traceId: string }[]
    expect(lines.map(({ traceId }) => traceId)).toContain('4bf92f3577b34da6a3ce929d0e0e4736')
    const all = Buffer.concat(received.map(({ body }) => body)).toString()
    for (const secret of ['secret-query', 'hunter2-secret', '203.0.113.9', '/livez']) expect(all.includes(secret), secret).toBe(false)
    for (const [key] of attributes([traces, metrics])) expect(key).not.toMatch(outdated)
  }, 30_000)
})

describe.skipIf(node === undefined)('the start-up file, run (skipped: no Node 22.18 or newer was found)', () => {
  test('speaks protobuf unless told otherwise, and leaves the end to a program that stops itself', async () => {
    const ending = `import { stopTelemetry } from './telemetry.EXT'\nprocess.on('SIGTERM', async () => { await stopTelemetry(); process.exit(7) })`
    const { code } = await session(frameworks.express, 'express', {}, ending)
    expect(code).toBe(7)
    expect([...new Set(received.map(({ type }) => type))]).toEqual(['application/x-protobuf'])
    expect(received.some(({ path, body }) => path === '/v1/metrics' && body.includes('http.server.request.duration'))).toBe(true)
  }, 30_000)

  test('names the commands of a cache, never its keys', async () => {
    const cache = createSocketServer((socket) => { socket.on('error', () => {}).on('data', () => socket.write('+OK\r\n')) }).listen(0, '127.0.0.1')
    await once(cache, 'listening')
    const ending = `import { Redis } from 'ioredis'
const redis = new Redis(${(cache.address() as AddressInfo).port}, '127.0.0.1', { enableReadyCheck: false, lazyConnect: true, disableClientInfo: true, maxRetriesPerRequest: 1 })
globalThis.more = () => redis.get('user:secret-query')`
    await session({ ...base, stack: ['typescript', 'express', 'postgresql', 'redis'] }, 'express', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, ending)
    cache.close()
    expect(attributes(json('/v1/traces'))).toEqual(expect.arrayContaining([['db.system.name', 'redis'], ['db.query.text', 'get']]))
    expect(Buffer.concat(received.map(({ body }) => body)).includes('secret-query')).toBe(false)
  }, 30_000)

  test('sends nothing when it is switched off', async () => {
    await session(frameworks.express, 'express', { OTEL_SDK_DISABLED: 'true' })
    expect(received).toEqual([])
  }, 30_000)
})

test('a service that samples by itself sends the share of the sheet; behind a Collector that samples it sends all', () => {
  expect(startUp(frameworks.express)?.body).toContain('TraceIdRatioBasedSampler(0.1)')
  expect(startUp({ ...frameworks.express, services: 4 })?.body).toContain('TraceIdRatioBasedSampler(1)')
})

test('only what the stack names is instrumented', () => {
  const named = (stack: string[]) => [...(startUp({ ...base, stack })?.body ?? '').matchAll(/new (\w+)Instrumentation/g)].map((match) => match[1])
  expect(named(['typescript'])).toEqual(['Http', 'Undici', 'Pino'])
  expect(named(['typescript', 'express', 'postgresql', 'redis'])).toEqual(['Http', 'Undici', 'Express', 'Pg', 'IORedis', 'Pino'])
})

test('no start-up file without a store of one\u2019s own, on functions, or in a language that has none yet', () => {
  expect(startUp({ stage: 'mvp', hosting: 'railway', stack: ['typescript', 'express'] })).toBeUndefined()
  expect(startUp({ ...base, stack: ['nextjs'] })).toBeUndefined()
  expect(startUp({ ...base, stack: ['python', 'fastapi'] })).toBeUndefined()
  expect(startUp({ projectType: 'library', stage: 'production', stack: ['typescript'] })).toBeUndefined()
})

test('the report says so where a start-up file is due and none is written yet', () => {
  const tracing = (stack: string[]) => observabilityStack.run({ ...base, stack }, { knowledge: knowledge(), asOf, detail: 'normal' }).sections.find(({ id }) => id === 'tracing')?.body ?? ''
  expect(tracing(['go'])).toContain('No start-up file')
  expect(tracing(['nextjs'])).toContain('No start-up file')
  expect(tracing(['typescript', 'express'])).not.toContain('No start-up file')
})
