import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthFile } from '../../../src/tools/observability-stack/files/health.ts'
import { viewOf } from '../../../src/tools/observability-stack/view.ts'
import { holdsHealthContract } from '../../support/health-contract.ts'
import { knowledge } from '../../support/knowledge.ts'
import { runProgram } from '../../support/run-node.ts'

const hasGo = spawnSync('go', ['version']).status === 0
const body = healthFile(viewOf({ stage: 'mvp', hosting: 'kubernetes', stack: ['go'] }, knowledge()), knowledge())?.body ?? ''

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
    await holdsHealthContract({ open: publicPort, internal: internalPort }, child, { error: 'main.refused', failures: ['fail', 'panic'], late: 'done' })
  } })
  expect({ code: done.code, closed: done.out.includes('closed') }).toEqual({ code: 0, closed: true })
  expect(done.out + done.err).not.toContain('S3CRET')
}, 30_000)
