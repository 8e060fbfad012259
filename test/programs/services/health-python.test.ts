import { expect, test } from 'vitest'
import { healthFile } from '../../../src/tools/observability-stack/files/health.ts'
import { viewOf } from '../../../src/tools/observability-stack/view.ts'
import { holdsHealthContract } from '../../support/health-contract.ts'
import { knowledge } from '../../support/knowledge.ts'
import { python, pythonHas, withFolder } from '../../support/python.ts'
import { runProgram } from '../../support/run-node.ts'

const body = healthFile(viewOf({ stage: 'mvp', hosting: 'kubernetes', stack: ['fastapi'] }, knowledge()), knowledge())?.body ?? ''
const runnable = pythonHas('fastapi', 'uvicorn')

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
    await holdsHealthContract({ open: found[2] ?? found[3], internal: found[1] ?? found[4] }, child, { error: 'Refused', failures: ['fail'], late: '"done"' })
  } }))
  expect({ code: done.code, closed: done.out.includes('closed') }).toEqual({ code: 0, closed: true })
  expect(done.out + done.err).not.toContain('S3CRET')
}, 20_000)
