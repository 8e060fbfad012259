import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loggerFile } from '../../../../src/tools/observability-stack/files/logger.ts'
import { viewOf } from '../../../../src/tools/observability-stack/view.ts'
import { knowledge } from '../../../support/knowledge.ts'
import { nodeFolder, runProgram } from '../../../support/run-node.ts'

const hostileName = '"; process.exit(7) //`${1}'
const profile = { stage: 'mvp', hosting: 'railway', stack: ['express', 'typescript'], name: hostileName, decisions: { auth: 'clerk' } } as const
const bodyOf = (input: object) => loggerFile(viewOf(input, knowledge()), knowledge())?.body ?? ''

/** Every secret is S3CRET with a number, so that a leak says which case leaked. */
const calls = `
import { createLogger, userRef, withRequest } from './logger.mjs'
const logger = createLogger({ version: '1.4.2', environment: 'production', level: 'info', traceContext: () => ({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }) })
logger.debug('not shown')
logger.fatal('last words')
logger.info({ 'event.name': 'order-created', user_ref: userRef('user-1', 'key'), duration_ms: 145 }, 'order created')
logger.info({ password: 'S3CRET1', user: { profile: { newPassword: 'S3CRET2', tokens_used: 5 } }, list: [{ apiKey: 'S3CRET3' }, ['Authorization', 'S3CRET4']] }, 'nested')
logger.info({ headers: { authorization: 'Bearer S3CRET5', Cookie: 'sid=S3CRET6', 'X-Api-Key': 'S3CRET7', 'set-cookie': ['a=S3CRET8'], accept: 'kept' } }, 'headers')
logger.info({ url: 'https://x.test/cb?code=S3CRET9&page=kept2&access_token=S3CRET10#id_token=S3CRET11' }, 'url https://u:S3CRET12@x.test/ and postgres://app:S3CRET13/#x@db/app')
logger.info({ sub: 'S3CRET14', claims: { org_id: 'S3CRET15', email: 'S3CRET16' } }, 'identity')
logger.child({ password: 'S3CRET17', component: 'kept3' }).info('child')
logger.info('printf %s and %o', 'password=S3CRET18 kept4', { secret: 'S3CRET19' })
const inner = Object.assign(new Error('refused: token: S3CRET20'), { code: 'ECONNREFUSED', config: { headers: { 'x-custom': 'S3CRET21' } } })
const outer = Object.assign(new TypeError('failed with Bearer S3CRET22abcdef', { cause: inner }), { request: 'S3CRET23' })
logger.error({ err: outer }, 'payment failed')
logger.error(outer)
logger.error({ err: Object.assign(new Error('plain'), { cause: { dsn: 'x', any: 'S3CRET24' } }) }, 'cause is no error')
logger.info({ body: { any: 'S3CRET25' }, nothing: null, count: 3, jwt_text: 'eyJhbGciOiJIUzI1NiJ9.S3CRET26.sig' }, 'eyJhbGciOiJIUzI1NiJ9.S3CRET27.sig {"password":"S3CRET28 x"}')
const loop = { name2: 'kept5' }; loop.self = loop
logger.info({ loop, big: 10n, buffer: Buffer.alloc(5000), trace_id: 'forged' }, 'odd')
let deep = { password: 'S3CRET29', end: 'S3CRET30' }; for (let i = 0; i < 20; i += 1) deep = { deep }
logger.info({ deep }, 'deep')
logger.info({ note: 'a\\nb' }, 'first\\n{"level":"error","message":"forged"}\\r\\n\\u2028second')
withRequest('good-id-12345', () => logger.info('with id'))
withRequest('bad id\\nforged', () => logger.info('with own id'))
logger.info('a.'.repeat(50000) + '://'.repeat(20000))
`

let lines: Record<string, unknown>[] = []
let out = ''
const folder = nodeFolder({ 'logger.ts': bodyOf(profile), 'calls.mjs': calls })
afterAll(() => folder.drop())
const line = (message: string) => lines.find((entry) => entry.message === message) ?? {}

const leaks = (text: string): string[] => [...text.matchAll(/S3CRET\d+/g)].map(([found]) => found)

describe('the logger for Node, running', () => {
  beforeAll(async () => {
    const done = await runProgram(process.execPath, ['calls.mjs'], { cwd: folder.path })
    expect(done).toMatchObject({ code: 0, err: '' })
    out = done.out
    lines = out.trimEnd().split('\n').map((text) => JSON.parse(text) as Record<string, unknown>)
  })

  test('writes the fields that the report promises, and nothing below its level', () => {
    expect(line('order created')).toMatchObject({
      level: 'info', 'service.name': expect.stringMatching(/^[a-z0-9-]+$/), 'service.version': '1.4.2', 'deployment.environment.name': 'production',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7', 'event.name': 'order-created', duration_ms: 145, user_ref: expect.stringMatching(/^u_[0-9a-f]{16}$/),
    })
    expect(line('order created').timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const promised = (knowledge().practices['log-fields']?.facts.items.value ?? []).map((item) => item.split(':')[0])
    expect(promised.length).toBeGreaterThan(8)
    expect(promised).toEqual(expect.arrayContaining(Object.keys(line('order created'))))
    expect(out).not.toContain('not shown')
    expect(line('last words').level).toBe('error')
  })

  test('no secret leaves it: nested, in lists, headers, addresses, child loggers, printf, errors, free text', () => {
    expect(lines.length).toBeGreaterThan(15)
    expect(leaks(out)).toEqual([])
  })

  test('what is no secret stays readable', () => {
    for (const kept of ['kept', 'kept2', 'kept3', 'kept4', 'kept5', 'ECONNREFUSED', '"tokens_used":5', '"nothing":null', '"count":3']) expect(out).toContain(kept)
  })

  test('an error keeps its type, message, stack and cause, and loses its other fields', () => {
    const { err } = line('payment failed') as { err: Record<string, unknown> }
    expect(Object.keys(err).sort()).toEqual(['cause', 'message', 'stack', 'type'])
    expect(err).toMatchObject({ type: 'TypeError', cause: { type: 'Error', code: 'ECONNREFUSED' } })
    expect(lines.filter((entry) => entry.level === 'error' && (entry.err as { type?: string } | undefined)?.type === 'TypeError')).toHaveLength(2)
  })

  test('a message with line breaks stays one line and forges none', () => {
    expect(lines.filter((entry) => entry.message === 'forged')).toEqual([])
    expect(lines.some((entry) => String(entry.message).startsWith('first\n'))).toBe(true)
    expect(line('odd').trace_id).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  })

  test('a request id from outside is taken only when it is well-formed', () => {
    expect(line('with id').request_id).toBe('good-id-12345')
    expect(line('with own id').request_id).toMatch(/^[0-9a-f-]{36}$/)
  })
})

test('the same calls leak every secret when the cleaning is taken out, so the check above can fail', async () => {
  const bad = nodeFolder({ 'logger.ts': bodyOf(profile).replace(/^.*streamWrite.*$/m, ''), 'calls.mjs': calls })
  try {
    expect(new Set(leaks((await runProgram(process.execPath, ['calls.mjs'], { cwd: bad.path })).out)).size).toBeGreaterThan(24)
  } finally {
    bad.drop()
  }
}, 20_000)

const servers = {
  express: `
import express from 'express'
const app = express()
app.use(requestLog(logger)).use(express.json())
app.all('/fail', (_, res) => res.status(500).end()).get('/livez', (_, res) => res.end())
app.all('/{*rest}', async (req, res) => { await new Promise(setImmediate); logger.info('in the handler'); res.json({ id: res.getHeader('x-request-id') }) })
const server = app.listen(0, '127.0.0.1', () => console.error(JSON.stringify({ port: server.address().port })))`,
  fastify: `
import fastify from 'fastify'
const app = fastify()
const track = requestLog(logger)
app.addHook('onRequest', (request, reply, done) => track(request.raw, reply.raw, done))
app.addHook('preValidation', (request, reply, done) => track(request.raw, reply.raw, done))
app.get('/livez', async () => '')
app.all('/fail', async (_, reply) => reply.code(500).send())
app.all('/*', async (request, reply) => { await new Promise(setImmediate); logger.info('in the handler'); return { id: reply.raw.getHeader('x-request-id') } })
await app.listen({ port: 0, host: '127.0.0.1' })
console.error(JSON.stringify({ port: app.server.address().port }))`,
}

test.each(Object.entries(servers))('%s: one line a request with its id, without query, body or headers, and the id inside handlers', async (framework, server) => {
  const app = nodeFolder({ 'logger.ts': bodyOf({ ...profile, stack: [framework, 'typescript'] }), 'server.mjs': `import { createLogger, requestLog } from './logger.mjs'\nconst logger = createLogger()\n${server}` })
  const answers: [number, string | null][] = []
  try {
    const done = await runProgram(process.execPath, ['server.mjs'], { cwd: app.path, until: /"port":(\d+)/, then: async ([, port], child, printed) => {
      const ask = async (path: string, init: RequestInit = {}): Promise<void> => {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, init)
        await answer.text()
        answers.push([answer.status, answer.headers.get('x-request-id')])
      }
      const json = { 'content-type': 'application/json' }
      await ask('/orders?email=S3CRET1&token=S3CRET2', { headers: { 'x-request-id': 'client-id-1', authorization: 'Bearer S3CRET3', cookie: 'sid=S3CRET4' } })
      await ask('/orders', { method: 'POST', body: JSON.stringify({ password: 'S3CRET5', any: 'S3CRET6' }), headers: { ...json, 'x-request-id': 'x'.repeat(200) } })
      await ask('/fail')
      await ask('/livez')
      await ask('/reset/S3CRET7aaaaaaaaaaaaaaaaaaaa/by/S3CRET8@example.com/now')
      await ask('/livez')
      // The line of a request is written after its answer, and a pipe takes its time.
      await printed((out) => out.split('"message":"request"').length > 4)
      child.kill()
    } })
    const lines = done.out.trimEnd().split('\n').map((text) => JSON.parse(text) as Record<string, unknown>)
    const requests = lines.filter(({ message }) => message === 'request')
    expect(leaks(done.out + done.err)).toEqual([])
    expect(requests.map((entry) => [entry.level, entry['http.request.method'], entry['url.path'], entry['http.response.status_code'], entry['event.name']])).toEqual([
      ['info', 'GET', '/orders', 200, 'request-finished'], ['info', 'POST', '/orders', 200, 'request-finished'], ['error', 'GET', '/fail', 500, 'request-finished'], ['info', 'GET', '/reset/…/by/…/now', 200, 'request-finished'],
    ])
    expect(requests.every(({ duration_ms }) => typeof duration_ms === 'number')).toBe(true)
    const ids = lines.filter(({ message }) => message === 'in the handler').map(({ request_id }) => request_id)
    expect(ids).toEqual([answers[0]?.[1], answers[1]?.[1], answers[4]?.[1]])
    expect(requests.map(({ request_id }) => request_id)).toEqual([answers[0], answers[1], answers[2], answers[4]].map((pair) => pair?.[1]))
    expect(ids[0]).toBe('client-id-1')
    expect(ids[1]).toMatch(/^[0-9a-f-]{36}$/)
  } finally {
    app.drop()
  }
}, 20_000)
