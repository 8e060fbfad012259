import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll } from 'vitest'
import { edit, testStack } from './stack.ts'

/** A module proxy in a folder, with the one module that the sample asks for: what Go checks against go.sum. */
const proxy = mkdtempSync(join(tmpdir(), 'go-proxy-'))
const versions = join(proxy, 'example.com/greeting/@v')
const module = { 'go.mod': 'module example.com/greeting\n\ngo 1.19\n', 'greeting.go': '// Package greeting greets.\npackage greeting\n\n// To greets one.\nfunc To(name string) string { return "Hello, " + name }\n' }
mkdirSync(versions, { recursive: true })
writeFileSync(join(versions, 'list'), 'v1.0.0\n')
writeFileSync(join(versions, 'v1.0.0.info'), '{"Version":"v1.0.0","Time":"2026-01-01T00:00:00Z"}')
writeFileSync(join(versions, 'v1.0.0.mod'), module['go.mod'])
writeFileSync(join(versions, 'v1.0.0.zip'), zipSync(Object.fromEntries(Object.entries(module).map(([name, text]) => [`example.com/greeting@v1.0.0/${name}`, strToU8(text)]))))
afterAll(() => { rmSync(proxy, { recursive: true, force: true }) })

testStack({
  title: 'Go, one job a check', name: 'go', input: { stage: 'growth' }, needs: ['go', 'gcc'], env: { GOPROXY: `file://${proxy}`, GOSUMDB: 'off', GOFLAGS: '-modcacherw' },
  cannotRun: { 'Look for secrets in the commits': 'the program comes with its action alone', 'Check dependencies for known vulnerabilities': 'govulncheck is no package of Debian, and asks a database on the internet' },
  breaks: [
    { what: 'a broken test', change: edit('main.go', 'return left + right', 'return left - right'), fails: 'Test', says: /add\(1, 2\) = -1, want 3/ },
    { what: 'a data race', change: edit('main_test.go', 'if sum', 'done := make(chan bool)\n\tcount := 0\n\tgo func() { count++; done <- true }()\n\tcount++\n\t<-done\n\tif sum'), fails: 'Test', says: /DATA RACE/ },
    { what: 'a file that is not formatted', change: edit('main.go', 'return left', 'return  left'), fails: 'Lint', says: /^/ },
    { what: 'a mistake that only vet sees', change: edit('main.go', '{ return left + right }', '{\n\treturn left + right\n\tpanic("never")\n}'), fails: 'Lint', says: /unreachable code/ },
    { what: 'a module that is not the one of go.sum', change: edit('go.sum', 'h1:', 'h1:A'), fails: 'Install from the lock file', says: /checksum mismatch/ },
  ],
})
