import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runChain } from '../../src/engine/blueprint.ts'
import { asOf, knowledge } from '../support/knowledge.ts'
import { startIssuer, type Issuer } from '../tools/select-auth/files/issuer.ts'
import { close, freePort, hasProgram, listen, start, stop } from '../tools/select-auth/files/support.ts'
import { suitableNode } from '../support/suitable-node.ts'

const profile = { name: 'Parcel Desk', projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], services: 3, developers: 9, opsCapacity: 'medium', hosting: 'hetzner-kubernetes', stack: ['typescript', 'express', 'redis'], decisions: { metrics: 'prometheus', flags: 'config-file' } } as const

/** What the headers of the generated files say, put together; nothing else was needed. */
const program = `
import { trace } from '@opentelemetry/api'
import { TypedInMemoryProvider } from '@openfeature/server-sdk'
import express from 'express'
import { Redis } from 'ioredis'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import * as z from 'zod'
import { env } from './env.ts'
import { pseudonym, startFlags } from './feature-flags.ts'
import { createHealth } from './health.ts'
import { hardenAfter, hardenBefore, strictInput, timeLimits } from './http-hardening.ts'
import { createLogger, requestLog, userRef } from './logger.ts'
import { stopTelemetry } from './telemetry.ts'
import { expressGuard, tokenVerifier } from './verify-token.ts'

const logger = createLogger({ version: env.APP_VERSION, environment: env.APP_ENV, level: env.LOG_LEVEL, traceContext: () => trace.getActiveSpan()?.spanContext() })
const redis = new Redis(env.REDIS_URL, { commandTimeout: 500, maxRetriesPerRequest: 1 })
redis.on('error', (error) => logger.warn({ err: error }, 'redis'))
const provider = new TypedInMemoryProvider(JSON.parse(readFileSync('config/flags.json', 'utf8')))
const flags = await startFlags({ provider, log: logger })
const verify = tokenVerifier({ issuer: env.OAUTH_ISSUER, audience: env.OAUTH_AUDIENCE, jwksUri: env.JWKS_URI })
const health = createHealth({ version: env.APP_VERSION, checks: [
  { name: 'redis', critical: false, run: () => redis.ping() },
  { name: 'database', critical: false, run: () => { throw Object.assign(new Error('app:S3CRET@db'), { code: 'ECONNREFUSED' }) } },
] })

const app = express()
app.use(health.middleware)
app.use(requestLog(logger))
hardenBefore(app, { origins: ['https://app.example.com'], trustedProxies: 1, strictPaths: ['/sign-in'], strictPer15Minutes: 2, redis })
app.post('/notes', expressGuard(verify, 'orders:read'), async (req, res) => {
  const { title } = strictInput({ title: z.string().max(200) }, req.body)
  const { subject } = res.locals.caller
  logger.info({ 'event.name': 'note-created', user_ref: userRef(subject, env.PSEUDONYM_KEY) }, 'note created')
  res.json({ title, beta: await flags.isOn('beta-features', { key: pseudonym(subject, env.PSEUDONYM_KEY) }) })
})
app.get('/broken', () => { throw new Error('no entry: password=hunter2') })
app.get('/slow', async (_req, res) => { logger.info('slow begins'); await new Promise((done) => setTimeout(done, 400)); res.json({}) })
hardenAfter(app, (error, requestId) => logger.error({ err: error, request_id: requestId }, 'request failed'))
const server = createServer(timeLimits, app)
server.listen(env.PORT, health.started)
health.listenInternal(env.PORT + 1000)
health.stopOnSignal(server, async () => { redis.disconnect(); await flags.stop(); await stopTelemetry() }, { drainMs: 100 })
`
const compilerOptions = { target: 'ES2024', module: 'NodeNext', strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noUnusedLocals: true, erasableSyntaxOnly: true, verbatimModuleSyntax: true, allowImportingTsExtensions: true, noEmit: true, skipLibCheck: true, types: ['node'] }

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'together-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let names: string[]
beforeAll(() => {
  const chain = runChain(profile as never, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' })
  const files = Object.values(chain).flatMap((draft) => draft.files)
  names = (files.find(({ path }) => path === '.env.example')?.body ?? '').split('\n').flatMap((line) => /^([A-Z]\w*)=/.exec(line)?.[1] ?? [])
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const { path, body } of [...files.filter(({ path: where }) => /^(src|config)\//.test(where)), { path: 'src/main.ts', body: program }, { path: 'package.json', body: '{"type":"module"}' }, { path: 'tsconfig.json', body: JSON.stringify({ compilerOptions, include: ['src'] }) }]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), body)
  }
}, 30_000)

test('names, types and variables of all files fit together', () => {
  expect(spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' }).stdout).toBe('')
  expect(names).toEqual(expect.arrayContaining(['APP_VERSION', 'PSEUDONYM_KEY', 'OAUTH_ISSUER', 'OAUTH_AUDIENCE', 'JWKS_URI', 'REDIS_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT']))
}, 20_000)

const node = suitableNode()
describe.skipIf(node === undefined || !hasProgram('redis-server'))('all files in one Express program (needs redis-server and Node 22.18 or newer)', () => {
  test('probes pass every guard, every answer has its line with the same ids, and nothing is lost at the end', async () => {
    const spans: { traceId: string, kind: number }[] = []
    const every = (value: unknown, key: string): unknown[] => (typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...every(inner, key)]))
    const receiver = createServer((request, response) => {
      let text = ''
      request.on('data', (part: Buffer) => { text += part.toString() }).on('end', () => { if (request.url === '/v1/traces') spans.push(...every(JSON.parse(text), 'spans').flat() as typeof spans); response.setHeader('content-type', 'application/json').end('{}') })
    })
    const endpoint = await listen(receiver)
    const issuer: Issuer = await startIssuer()
    const [port, redisPort] = [await freePort(), await freePort()]
    const redis = await start('redis-server', ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], /Ready to accept connections/)
    const given: Record<string, string> = { APP_ENV: 'local', NODE_ENV: 'production', PORT: String(port), LOG_LEVEL: 'info', APP_VERSION: '1.4.2', REDIS_URL: `redis://127.0.0.1:${redisPort}`, OAUTH_ISSUER: issuer.issuer, OAUTH_AUDIENCE: 'https://api.example.com', JWKS_URI: issuer.jwksUri, API_SERVER_URL: 'http://127.0.0.1', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=local', OTEL_SDK_DISABLED: '', OTEL_EXPORTER_OTLP_HEADERS: '' }
    let output = ''
    const env = { PATH: process.env['PATH'], OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...Object.fromEntries(names.map((name) => [name, given[name] ?? 'x'])) }
    const child = await start(node ?? '', ['--no-warnings', '--import', './src/telemetry.ts', 'src/main.ts'], /Configuration is complete/, { cwd: folder, env, heard: (text) => { output += text } })
    try {
      const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))
      const url = `http://127.0.0.1:${port}`
      const traceOf = (number: number) => `${number}`.padStart(32, 'a')
      // The caller decides that every trace is kept.
      const ask = async (path: string, number: number, init: RequestInit = {}) => await fetch(`${url}${path}`, { ...init, headers: { traceparent: `00-${traceOf(number)}-00f067aa0ba902b7-01`, 'content-type': 'application/json', ...init.headers } })
      for (let tries = 0; (await fetch(`${url}/readyz`).then(({ status }) => status, () => 0)) !== 200; tries++) if (tries > 1000 || child.exitCode !== null) throw new Error(output)

      const authorization = `Bearer ${await issuer.token()}`
      const made = await ask('/notes', 1, { method: 'POST', body: '{"title":"hi"}', headers: { authorization, 'x-request-id': 'given-from-outside' } })
      expect([made.status, await made.json()]).toEqual([200, { title: 'hi', beta: false }])
      const answers = [
        made,
        await ask('/notes', 2, { method: 'POST', body: '{"title":"hi"}' }),
        await ask('/notes', 3, { method: 'POST', body: JSON.stringify({ title: 'x'.repeat(200_000) }) }),
        await ask('/notes', 4, { headers: { origin: 'https://evil.example' } }),
        await ask('/broken', 5),
        await ask('/nowhere', 6),
        await ask('/sign-in', 7), await ask('/sign-in', 8), await ask('/sign-in', 9),
      ]
      const statuses = answers.map(({ status }) => status)
      expect(statuses).toEqual([200, 401, 413, 403, 500, 404, 404, 404, 429])
      const probe = await fetch(`${url}/livez`, { headers: { origin: 'https://evil.example' } })
      expect([probe.status, probe.headers.get('ratelimit'), await probe.text()]).toEqual([200, null, '{"status":"pass"}'])
      const details = await (await fetch(`http://127.0.0.1:${port + 1000}/internal/health`)).text()
      expect(JSON.parse(details)).toMatchObject({ status: 'warn', version: '1.4.2', checks: [{ name: 'redis', status: 'pass' }, { name: 'database', error: 'ECONNREFUSED' }] })

      const slow = ask('/slow', 10)
      while (!output.includes('slow begins')) await new Promise(setImmediate)
      child.kill('SIGTERM')
      expect((await slow).status).toBe(200)
      expect(await ended).toBe(0)

      const lines = output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
      const requests = lines.filter((line) => line['event.name'] === 'request-finished')
      expect(requests.map((line) => [line['http.response.status_code'], line['request_id'], line['trace_id']])).toEqual([...answers, await slow].map((answer, index) => [answer.status, answer.headers.get('x-request-id'), traceOf(index + 1)]))
      expect(lines.find((line) => line['event.name'] === 'note-created')).toMatchObject({ request_id: 'given-from-outside', trace_id: traceOf(1), user_ref: expect.stringMatching(/^u_[\da-f]+$/) as unknown })
      expect(lines.find((line) => line['message'] === 'request failed')).toMatchObject({ request_id: answers[4]?.headers.get('x-request-id'), trace_id: traceOf(5), 'service.version': '1.4.2', 'deployment.environment.name': 'local' })
      expect(output + details).not.toMatch(/hunter2|S3CRET|user-1|Bearer ey/)
      // One span of a server for each request, the one that was under way included, and none for probes.
      expect([...new Set(spans.filter(({ kind }) => kind === 2).map(({ traceId }) => traceId))].sort()).toEqual(Array.from({ length: 10 }, (_, index) => traceOf(index + 1)).sort())
    } finally {
      await stop(child)
      await stop(redis)
      await issuer.stop()
      await close(receiver)
    }
  }, 20_000)
})
