import { expect, test } from 'vitest'
import { healthFile } from '../../../../src/tools/observability-stack/files/health.ts'
import { viewOf } from '../../../../src/tools/observability-stack/view.ts'
import { knowledge } from '../../../support/knowledge.ts'
import { python, pythonHas, withFolder } from '../../../support/python.ts'
import { runProgram } from '../../../support/run-node.ts'

const body = healthFile(viewOf({ stage: 'mvp', hosting: 'kubernetes', stack: ['fastapi'] }, knowledge()), knowledge())?.body ?? ''
const runnable = pythonHas('fastapi', 'uvicorn')
const pass = '{"status":"pass"}'
const fail = '{"status":"fail"}'

/** An app whose dependency does what `/set/…` says last, and counts how often it is asked. */
const server = `
import asyncio, sys, uvicorn
from contextlib import asynccontextmanager
from fastapi import FastAPI
from health import Check, Health, HealthEndpoints
mode, asked = "ok", 0
class Refused(Exception): pass
async def cache():
    global asked
    asked += 1
    if mode == "fail": raise Refused("redis://:S3CRET@10.0.0.1 refused")
    while mode == "stall":
        try: await asyncio.sleep(0.2)
        except asyncio.CancelledError: pass  # a driver that does not let go
async def database(): raise Refused("postgres://app:S3CRET@db")
health = Health(version="1.4.2", checks=[Check("cache", cache, critical=True), Check("database", database)])
@asynccontextmanager
async def lifespan(app):
    async with health.running(internal_port=0, drain_s=1.0) as internal:
        print("internal", internal.sockets[0].getsockname()[1], flush=True)
        yield
    print("closed", flush=True)
app = FastAPI()
app.router.lifespan_context = lifespan
app.add_middleware(HealthEndpoints, health=health)
@app.get("/set/{what}")
async def change(what: str):
    global mode, asked
    mode, asked = what, 0
    return {}
@app.get("/asked")
async def count(): return asked
@app.get("/slow")
async def slow():
    print("slow", flush=True)
    await asyncio.sleep(1.3)
    return "done"
uvicorn.run(app, host="127.0.0.1", port=0)
`

test.skipIf(!runnable)('python3 with fastapi and uvicorn: health answers while the dependency works, fails, stalls and while the process ends', async () => {
  const done = await withFolder({ 'health.py': body, 'server.py': server }, async (cwd) => await runProgram(python, ['server.py'], { cwd, until: /internal (\d+)[\s\S]*running on http:\/\/127\.0\.0\.1:(\d+)|running on http:\/\/127\.0\.0\.1:(\d+)[\s\S]*internal (\d+)/, then: async (found, child) => {
    const publicPort = found[2] ?? found[3]
    const internalPort = found[1] ?? found[4]
    const get = async (port: string | undefined, path: string, method = 'GET') => {
      const start = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { connection: 'close' } })
      return { status: answer.status, text: await answer.text(), ms: performance.now() - start }
    }
    const ask = async (path: string, method?: string) => await get(publicPort, path, method)
    const inside = async (path: string) => await get(internalPort, path)
    const settled = async (status: number) => await expect.poll(async () => (await ask('/readyz')).status, { timeout: 3000, interval: 50 }).toBe(status)

    expect(await ask('/readyz')).toMatchObject({ status: 200, text: pass })
    expect((await ask('/internal/health')).status).toBe(404)
    expect((await ask('/livez', 'HEAD')).status).toBe(200)
    expect((await ask('/livez', 'POST')).status).toBe(404)
    const details = await inside('/internal/health')
    expect(details.status).toBe(200)
    expect(JSON.parse(details.text)).toMatchObject({ status: 'warn', state: 'ready', version: '1.4.2', checks: [{ name: 'cache', status: 'pass' }, { name: 'database', status: 'fail', error: 'Refused' }] })
    expect(await inside('/livez')).toMatchObject({ status: 200 })
    expect((await inside('/other')).status).toBe(404)

    await ask('/set/fail')
    await settled(503)
    expect(await ask('/readyz')).toMatchObject({ status: 503, text: fail })
    expect(await ask('/livez')).toMatchObject({ status: 200, text: pass })
    expect((await inside('/internal/health')).text).not.toContain('S3CRET')

    await ask('/set/ok')
    await settled(200)
    await ask('/set/stall')
    let slowest = 0
    await expect.poll(async () => {
      const [ready, live] = await Promise.all([ask('/readyz'), ask('/livez')])
      expect(live).toMatchObject({ status: 200, text: pass })
      slowest = Math.max(slowest, ready.ms)
      return ready.status
    }, { timeout: 3000, interval: 20 }).toBe(503)
    expect(slowest).toBeGreaterThan(150)
    expect(slowest).toBeLessThan(900)
    const many = await Promise.all(Array.from({ length: 30 }, async () => await ask('/readyz')))
    expect(many.every(({ status }) => status === 503)).toBe(true)
    expect(Number((await ask('/asked')).text)).toBe(1)
    expect(JSON.parse((await inside('/internal/health')).text)).toMatchObject({ status: 'fail', checks: [{ error: 'timeout' }, {}] })

    await ask('/set/ok')
    await settled(200)
    const slow = ask('/slow')
    await new Promise<void>((resolve) => child.stdout?.on('data', (chunk: Buffer) => { if (String(chunk).includes('slow')) resolve() }))
    child.kill('SIGTERM')
    await expect.poll(async () => (await ask('/readyz')).status, { timeout: 900, interval: 10 }).toBe(503)
    expect(await ask('/livez')).toMatchObject({ status: 200, text: pass })
    expect(await slow).toMatchObject({ status: 200, text: '"done"' })
  } }))
  expect({ code: done.code, closed: done.out.includes('closed') }).toEqual({ code: 0, closed: true })
  expect(done.out + done.err).not.toContain('S3CRET')
}, 20_000)
