import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthFile } from '../../../../src/tools/observability-stack/files/health.ts'
import { viewOf } from '../../../../src/tools/observability-stack/view.ts'
import { knowledge } from '../../../support/knowledge.ts'
import { runProgram } from '../../../support/run-node.ts'

const hasGo = spawnSync('go', ['version']).status === 0
const body = healthFile(viewOf({ stage: 'mvp', hosting: 'kubernetes', stack: ['go'] }, knowledge()), knowledge())?.body ?? ''
const pass = '{"status":"pass"}'
const fail = '{"status":"fail"}'

/** An app whose dependency does what `/set/…` says last, and counts how often it is asked. */
const main = `package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"example.test/app/internal/health"
)

type refused struct{ error }

func main() {
	var mode atomic.Value
	var asked atomic.Int32
	mode.Store("ok")
	h := health.New("1.4.2",
		health.Check{Name: "cache", Critical: true, Run: func(ctx context.Context) error {
			asked.Add(1)
			if mode.Load() == "fail" {
				return refused{errors.New("redis://:S3CRET@10.0.0.1 refused")}
			}
			if mode.Load() == "panic" {
				panic("S3CRET")
			}
			for mode.Load() == "stall" { // a driver that does not look at its context
				time.Sleep(50 * time.Millisecond)
			}
			return nil
		}},
		health.Check{Name: "database", Run: func(context.Context) error { return refused{errors.New("postgres://app:S3CRET@db")} }},
	)
	routes := http.NewServeMux()
	routes.HandleFunc("/set/", func(w http.ResponseWriter, r *http.Request) { asked.Store(0); mode.Store(r.URL.Path[5:]) })
	routes.HandleFunc("/asked", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, asked.Load()) })
	routes.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { fmt.Println("slow"); time.Sleep(1300 * time.Millisecond); fmt.Fprint(w, "done") })
	open, _ := net.Listen("tcp", "127.0.0.1:0")
	inside, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(inside, h.Internal())
	fmt.Printf("ports %d %d\\n", open.Addr().(*net.TCPAddr).Port, inside.Addr().(*net.TCPAddr).Port)
	if err := h.Serve(&http.Server{Handler: h.Public(routes)}, open, time.Second); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("closed")
}
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'generated-go-'))
  mkdirSync(join(folder, 'internal/health'), { recursive: true })
  writeFileSync(join(folder, 'go.mod'), 'module example.test/app\n\ngo 1.19\n')
  writeFileSync(join(folder, 'main.go'), main)
  writeFileSync(join(folder, 'internal/health/health.go'), body)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const go = (...args: string[]) => spawnSync('go', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off' } })

test.skipIf(!hasGo)('go: the file is formatted, builds and passes vet', () => {
  expect(body.length).toBeGreaterThan(1000)
  expect(spawnSync('gofmt', ['-l', 'internal'], { cwd: folder, encoding: 'utf8' }).stdout).toBe('')
  expect(go('build', '-o', 'app', '.')).toMatchObject({ status: 0, stderr: '' })
  expect(go('vet', './...')).toMatchObject({ status: 0 })
}, 60_000)

test.skipIf(!hasGo)('go: health answers while the dependency works, fails, panics, stalls and while the process ends', async () => {
  const done = await runProgram('./app', [], { cwd: folder, until: /ports (\d+) (\d+)/, then: async ([, publicPort, internalPort], child) => {
    const get = async (port: string | undefined, path: string, method = 'GET') => {
      const start = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method })
      return { status: answer.status, text: await answer.text(), ms: performance.now() - start }
    }
    const ask = async (path: string, method?: string) => await get(publicPort, path, method)
    const inside = async (path: string) => await get(internalPort, path)
    const settled = async (status: number) => await expect.poll(async () => (await ask('/readyz')).status, { timeout: 4000, interval: 50 }).toBe(status)

    expect(await ask('/readyz')).toMatchObject({ status: 200, text: pass })
    expect((await ask('/internal/health')).status).toBe(404)
    expect((await ask('/livez', 'HEAD')).status).toBe(200)
    expect((await ask('/livez', 'POST')).status).toBe(404)
    const details = await inside('/internal/health')
    expect(details.status).toBe(200)
    expect(JSON.parse(details.text)).toMatchObject({ status: 'warn', state: 'ready', version: '1.4.2', checks: [{ name: 'cache', status: 'pass' }, { name: 'database', status: 'fail', error: 'main.refused' }] })
    expect((await inside('/other')).status).toBe(404)

    for (const how of ['fail', 'panic']) {
      await ask(`/set/${how}`)
      await settled(503)
      expect(await ask('/readyz')).toMatchObject({ status: 503, text: fail })
      expect(await ask('/livez')).toMatchObject({ status: 200, text: pass })
      expect((await inside('/internal/health')).text).not.toContain('S3CRET')
      await ask('/set/ok')
      await settled(200)
    }
    await ask('/set/stall')
    let slowest = 0
    await expect.poll(async () => {
      const [ready, live] = await Promise.all([ask('/readyz'), ask('/livez')])
      expect(live).toMatchObject({ status: 200, text: pass })
      slowest = Math.max(slowest, ready.ms)
      return ready.status
    }, { timeout: 4000, interval: 20 }).toBe(503)
    expect(slowest).toBeGreaterThan(150)
    expect(slowest).toBeLessThan(1000)
    expect((await Promise.all(Array.from({ length: 30 }, async () => await ask('/readyz')))).every(({ status }) => status === 503)).toBe(true)
    expect((await ask('/asked')).text).toBe('1')
    expect(JSON.parse((await inside('/internal/health')).text)).toMatchObject({ status: 'fail', checks: [{ error: 'timeout' }, {}] })
    await ask('/set/ok')
    await settled(200)

    const slow = ask('/slow')
    await new Promise<void>((resolve) => child.stdout?.on('data', (chunk: Buffer) => { if (String(chunk).includes('slow')) resolve() }))
    child.kill('SIGTERM')
    await expect.poll(async () => (await ask('/readyz')).status, { timeout: 900, interval: 10 }).toBe(503)
    expect(await ask('/livez')).toMatchObject({ status: 200, text: pass })
    expect(await slow).toMatchObject({ status: 200, text: 'done' })
  } })
  expect({ code: done.code, closed: done.out.includes('closed') }).toEqual({ code: 0, closed: true })
  expect(done.out + done.err).not.toContain('S3CRET')
}, 30_000)
