// Health endpoints and a clean stop. Needs no package.
// Liveness: 200 while the process can answer. Readiness: 200 when this instance may get traffic; 503 while starting, draining or without a critical dependency.
//   const health = createHealth({ version: env.APP_VERSION, checks: [
//     { name: 'cache', critical: true, run: () => cache.ping() },   // its own, not shared with other instances
//     { name: 'database', critical: false, run: () => pool.query('select 1') },   // shared: shown in the details, never takes instances out
//   ] })
// First of all, so that probes are neither logged nor limited nor asked for an origin; then the request log, hardening, routes:
//   Express: app.use(health.middleware)
//   Fastify: app.addHook('onRequest', (request, reply, done) => health.middleware(request.raw, reply.raw, done)); its server is app.server
//   A route handler (Next.js and others): health.started() once, then const { status, body } = await health.answer('/readyz'); return Response.json(body, { status })
//   server.listen(env.PORT, health.started); health.listenInternal(env.PORT + 1000)
//   health.stopOnSignal(server, async () => { await pool.end(); await stopTelemetry() })   // in Fastify await app.close() before both
// The probe counts: failureThreshold 3, successThreshold 2 for readiness; time-out of the probe 1 s. No third-party service in checks.
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

export interface Check {
  name: string
  /** True only for what this instance needs for every request and shares with no other instance. */
  critical: boolean
  /** Rejects when the dependency does not answer; should stop at the signal. */
  run: (signal: AbortSignal) => unknown
}
interface Result { name: string, critical: boolean, status: 'pass' | 'fail', duration_ms: number, error?: string | undefined }
interface Answer { status: number, body: object }

const timeoutMs = 200
const cacheMs = 1000
// A check that never settles is asked again after this time.
const giveUpMs = 30_000

/** Error code or type only: messages of drivers may hold addresses and passwords. */
async function verdict({ name, critical }: Check, run: Promise<unknown>, stop: AbortController): Promise<Result> {
  const startedAt = performance.now()
  const result = (status: 'pass' | 'fail', error?: string): Result => ({ name, critical, status, duration_ms: Math.round(performance.now() - startedAt), error })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject({ code: 'timeout' }); stop.abort() }, timeoutMs)
  })
  try {
    await Promise.race([run, late])
    return result('pass')
  } catch (error) {
    const { code, name: type } = (error ?? {}) as { code?: unknown, name?: string }
    return result('fail', typeof code === 'string' ? code : type)
  } finally {
    clearTimeout(timer)
  }
}

/** Asks at most once in cacheMs and never while the last question is still open, so probes cannot overload a dependency. */
function once(check: Check): () => Promise<Result> {
  let askedAt = -Infinity
  let running: Promise<unknown> | undefined
  let last: Promise<Result>
  return () => {
    const age = performance.now() - askedAt
    if (age < cacheMs || (running !== undefined && age < giveUpMs)) return last
    askedAt = performance.now()
    const stop = new AbortController()
    const run = (async () => check.run(stop.signal))()
    const settle = () => { if (running === run) running = undefined }
    run.then(settle, settle)
    running = run
    last = verdict(check, run, stop)
    return last
  }
}

export function createHealth({ version = 'unknown', checks = [] }: { version?: string | undefined, checks?: Check[] } = {}) {
  let state: 'starting' | 'ready' | 'draining' = 'starting'
  const critical = checks.filter((check) => check.critical).map(once)
  const all = [...critical, ...checks.filter((check) => !check.critical).map(once)]
  const bornAt = performance.now()

  /** Status and body of the two public paths; undefined for any other. */
  async function answer(path: string): Promise<Answer | undefined> {
    if (path === "/livez") return { status: 200, body: { status: 'pass' } }
    if (path !== "/readyz") return undefined
    const pass = state === 'ready' && (await Promise.all(critical.map((ask) => ask()))).every(({ status }) => status === 'pass')
    return pass ? { status: 200, body: { status: 'pass' } } : { status: 503, body: { status: 'fail' } }
  }

  async function details(): Promise<Answer> {
    const results = await Promise.all(all.map((ask) => ask()))
    const failed = results.filter(({ status }) => status === 'fail')
    const fail = state !== 'ready' || failed.some((result) => result.critical)
    return { status: fail ? 503 : 200, body: { status: fail ? 'fail' : failed.length > 0 ? 'warn' : 'pass', state, version, uptime_s: Math.round((performance.now() - bornAt) / 1000), checks: results } }
  }

  const pathOf = (request: IncomingMessage): string | undefined => (request.method === 'GET' || request.method === 'HEAD' ? request.url?.split('?')[0] : undefined)
  const send = (response: ServerResponse, { status, body }: Answer): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
  }

  /** Answers the public paths and passes everything else on. */
  function middleware(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const path = pathOf(request)
    if (path !== "/livez" && path !== "/readyz") return next()
    answer(path).then((found) => found && send(response, found))
  }

  return {
    answer,
    middleware,
    /** Call it once everything that a request needs is open. */
    started: () => { state = 'ready' },
    /** Details on a port of their own. In a container give '0.0.0.0' and leave the port out of service and ingress. */
    listenInternal: (port: number, host = '127.0.0.1'): Server => createServer((request, response) => {
      if (pathOf(request) === "/internal/health") return void details().then((found) => send(response, found))
      middleware(request, response, () => response.writeHead(404).end())
    }).listen(port, host),
    /** SIGTERM: not ready at once, after drainMs no new connections, then close() and the end. drainMs covers the time balancers need to notice. */
    stopOnSignal: (server: Server, close: () => unknown = () => undefined, { drainMs = 5000, limitMs = 20_000 } = {}): void => {
      process.once('SIGTERM', () => {
        state = 'draining'
        setTimeout(() => process.exit(1), drainMs + limitMs).unref()
        setTimeout(() => {
          server.close(async () => {
            await close()
            process.exit(0)
          })
          // Connections that clients keep open after their last answer would hold the end back.
          setInterval(() => server.closeIdleConnections(), 100).unref()
        }, drainMs)
      })
    },
  }
}
