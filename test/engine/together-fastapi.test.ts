import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runChain } from '../../src/engine/blueprint.ts'
import { asOf, knowledge } from '../support/knowledge.ts'
import { python, pythonHas } from '../support/python.ts'
import { startIssuer } from '../tools/select-auth/files/issuer.ts'
import { freePort, start, stop } from '../tools/select-auth/files/support.ts'

const profile = { name: 'River Watch', projectType: 'api', stage: 'growth', signInBy: ['machines', 'business-users'], services: 2, developers: 6, opsCapacity: 'medium', hosting: 'kubernetes', stack: ['python', 'fastapi', 'postgresql'] } as const

/** What the headers of the generated files say, put together; nothing else was needed. */
const program = `
import asyncio
from contextlib import asynccontextmanager

import structlog
from fastapi import Depends, FastAPI
from pydantic import BaseModel

from app.health import Check, Health, HealthEndpoints
from app.logger import RequestLog, configure, user_ref
from app.security import Caller, TokenVerifier, requires
from app.settings import settings

configure(version=settings.APP_VERSION, environment=settings.APP_ENV, level=settings.LOG_LEVEL)
log = structlog.get_logger()
verifier = TokenVerifier(issuer=settings.OAUTH_ISSUER, audience=settings.OAUTH_AUDIENCE, jwks_url=settings.JWKS_URI)


async def ping_database():
    raise ConnectionError("postgresql://app:S3CRET@db")

health = Health(version=settings.APP_VERSION, checks=[Check("database", ping_database)])


@asynccontextmanager
async def lifespan(app):
    async with health.running(internal_port=settings.PORT + 1000, drain_s=0.2):
        yield

api = FastAPI()
api.router.lifespan_context = lifespan
app = HealthEndpoints(RequestLog(api), health)


class Note(BaseModel):
    title: str


@api.post("/notes")
def make(note: Note, caller: Caller = Depends(requires(verifier, "orders:read"))):
    log.info("note created", user_ref=user_ref(caller.subject, settings.PSEUDONYM_KEY.get_secret_value()), **{"event.name": "note-created"})
    return {"title": note.title}


@api.get("/broken")
async def broken():
    raise RuntimeError("no entry: password=hunter2")


@api.get("/slow")
async def slow():
    log.info("slow begins")
    await asyncio.sleep(0.6)
    return {}
`

/** Stands in for the settings, whose package Debian has no version of: the same names, from the environment. Their own file is started by another test. */
const standIn = (settings: string): string => `
import os
from types import SimpleNamespace
def value(name, kind):
    text = os.environ[name]
    return int(text) if kind.startswith("int") else SimpleNamespace(get_secret_value=lambda: text) if "SecretStr" in kind else text
settings = SimpleNamespace(**{name: value(name, kind) for name, kind in ${JSON.stringify([...settings.matchAll(/^ {4}([A-Z][A-Z0-9_]*): ([^=\n]+)/gm)].map(([, name, kind]) => [name, kind]))}})
`

const folder = mkdtempSync(join(tmpdir(), 'together-'))
beforeAll(() => { knowledge() }, 30_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!pythonHas('fastapi', 'uvicorn', 'structlog', 'jwt', 'cryptography'))('all files in one FastAPI program (needs /usr/bin/python3 with fastapi, uvicorn, structlog, jwt and cryptography)', () => {
  test('probes pass by, every answer has its line with the same id, and what is under way ends well', async () => {
    const files = Object.values(runChain(profile as never, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' })).flatMap((draft) => draft.files)
    const settings = files.find(({ path }) => path === 'app/settings.py')?.body ?? ''
    for (const { path, body } of [...files.filter(({ path: where }) => where.startsWith('app/')), { path: 'app/main.py', body: program }, { path: 'app/__init__.py', body: '' }, { path: 'app/settings.py', body: standIn(settings) }]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), body)
    }
    const issuer = await startIssuer()
    const port = await freePort()
    const names = [...settings.matchAll(/^ {4}([A-Z][A-Z0-9_]*): /gm)].map(([, name]) => name ?? '')
    expect(names).toEqual(expect.arrayContaining(['APP_VERSION', 'PSEUDONYM_KEY', 'OAUTH_ISSUER', 'OAUTH_AUDIENCE', 'JWKS_URI', 'PORT']))
    const given: Record<string, string> = { APP_ENV: 'local', PORT: String(port), LOG_LEVEL: 'info', APP_VERSION: '1.4.2', OAUTH_ISSUER: issuer.issuer, OAUTH_AUDIENCE: 'https://api.example.com', JWKS_URI: issuer.jwksUri }
    let output = ''
    const child = await start(python, ['-m', 'uvicorn', 'app.main:app', '--no-access-log', '--port', String(port)], /Uvicorn running on/, { cwd: folder, env: { PATH: process.env['PATH'], ...Object.fromEntries(names.map((name) => [name, given[name] ?? 'x'])) }, heard: (text) => { output += text } })
    try {
      const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))
      const url = `http://127.0.0.1:${port}`
      const ask = async (path: string, init: RequestInit = {}) => await fetch(`${url}${path}`, { ...init, headers: { connection: 'close', 'content-type': 'application/json', ...init.headers } })
      const headers = { authorization: `Bearer ${await issuer.token()}`, 'x-request-id': 'given-from-outside' }
      const answers = [await ask('/notes', { method: 'POST', body: '{"title":"hi"}', headers }), await ask('/notes', { method: 'POST', body: '{"title":"hi"}' }), await ask('/notes', { method: 'POST', body: '{}', headers: { authorization: headers.authorization } }), await ask('/nowhere'), await ask('/broken')]
      expect(answers.map(({ status }) => status)).toEqual([200, 401, 422, 404, 500])
      const probe = await ask('/readyz')
      expect([probe.status, probe.headers.get('x-request-id'), await probe.text()]).toEqual([200, null, '{"status":"pass"}'])
      const details = await (await fetch(`http://127.0.0.1:${port + 1000}/internal/health`)).text()
      expect(JSON.parse(details)).toMatchObject({ status: 'warn', version: '1.4.2', checks: [{ name: 'database', error: 'ConnectionError' }] })

      const slow = ask('/slow')
      while (!output.includes('slow begins')) await new Promise(setImmediate)
      child.kill('SIGTERM')
      expect((await slow).status).toBe(200)
      expect(await ended).toBe(0)

      // Before our file is imported, uvicorn has said that it starts.
      const lines = output.trim().split('\n').filter((line) => !line.startsWith('INFO:')).map((line) => JSON.parse(line) as Record<string, unknown>)
      const requests = lines.filter((line) => line['event.name'] === 'request-finished')
      expect(requests.map((line) => [line['http.response.status_code'], line['request_id']])).toEqual([...answers, await slow].map((answer) => [answer.status, answer.headers.get('x-request-id')]))
      expect(lines.find((line) => line['event.name'] === 'note-created')).toMatchObject({ request_id: 'given-from-outside', user_ref: expect.stringMatching(/^u_[\da-f]+$/) as unknown, 'service.version': '1.4.2', 'deployment.environment.name': 'local' })
      // Once: not by us and by the server.
      expect(lines.filter((line) => JSON.stringify(line).includes('RuntimeError'))).toEqual([expect.objectContaining({ 'event.name': 'request-failed', request_id: answers[4]?.headers.get('x-request-id') })])
      expect(output + details).not.toMatch(/hunter2|S3CRET|user-1|Bearer ey/)
    } finally {
      await stop(child)
      await issuer.stop()
    }
  }, 20_000)
})
