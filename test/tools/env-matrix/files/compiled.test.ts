import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Input } from '../../../../src/tools/env-matrix/input.ts'
import { base, complete, has, malformed, needed, planned, secretValue } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'env-compiled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const put = (path: string, text: string): string => {
  const place = join(folder, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, text)
  return place
}

interface Language {
  readonly name: string
  readonly input: Input
  readonly path: string
  readonly present: boolean
  /** Compiles the body with a program that prints its configuration in every way the language has, and gives the command that starts it. */
  readonly compile: (body: string) => readonly string[]
}

const languages: readonly Language[] = [
  {
    name: 'Go (needs go)', input: { ...base, stack: ['go', 'postgres', 'stripe'] }, path: 'internal/config/config.go', present: has('go', 'version'),
    compile: (body) => {
      const file = put('go/internal/config/config.go', body)
      put('go/go.mod', 'module example.com/service\n\ngo 1.19\n')
      put('go/main.go', 'package main\n\nimport (\n\t"encoding/json"\n\t"fmt"\n\t"os"\n\n\t"example.com/service/internal/config"\n)\n\nfunc main() {\n\tcfg, err := config.Load(os.Getenv)\n\tif err != nil {\n\t\tfmt.Fprintln(os.Stderr, err)\n\t\tos.Exit(1)\n\t}\n\ttext, _ := json.Marshal(cfg)\n\tfmt.Printf("started %s %v %+v %#v %d %x %s\\n", cfg.DatabaseURL, cfg, cfg, cfg.StripeSecretKey, cfg.DatabaseURL, cfg.DatabaseURL, text)\n\tfmt.Println(string(cfg.DatabaseURL) == os.Getenv("DATABASE_URL"))\n}\n')
      const cwd = join(folder, 'go')
      const env = { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' }
      expect(execFileSync('gofmt', ['-l', file], { encoding: 'utf8' })).toBe('')
      execFileSync('go', ['vet', './...'], { cwd, env })
      execFileSync('go', ['build', '-o', 'service', '.'], { cwd, env })
      return [join(cwd, 'service')]
    },
  },
  {
    name: 'Java (needs javac 17)', input: { ...base, stack: ['spring-boot', 'postgres', 'stripe'] }, path: 'src/main/java/config/AppConfig.java', present: has('javac', '-version'),
    compile: (body) => {
      const files = [put('java/config/AppConfig.java', body), put('java/Main.java', 'import config.AppConfig;\n\npublic class Main {\n    public static void main(String[] args) {\n        AppConfig config = AppConfig.loadOrExit();\n        System.out.println("started " + config + " " + config.databaseUrl());\n        System.out.println(config.databaseUrl().reveal().equals(System.getenv("DATABASE_URL")));\n    }\n}\n')]
      execFileSync('javac', ['-Xlint:all', '-Werror', '--release', '17', '-d', join(folder, 'java/classes'), ...files])
      return ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(folder, 'java/classes'), 'Main']
    },
  },
  {
    name: 'C# (needs mcs and mono)', input: { ...base, stack: ['ASP.NET', 'sql-server', 'stripe'] }, path: 'Configuration/AppConfig.cs', present: has('mcs', '--version') && has('mono', '--version'),
    compile: (body) => {
      const files = [put('cs/AppConfig.cs', body), put('cs/Main.cs', 'using System;\nusing Configuration;\n\npublic static class Program\n{\n    public static void Main()\n    {\n        var config = AppConfig.LoadOrExit();\n        Console.WriteLine("started " + config + " " + config.DatabaseUrl);\n        Console.WriteLine(config.DatabaseUrl.Reveal() == Environment.GetEnvironmentVariable("DATABASE_URL"));\n    }\n}\n')]
      execFileSync('mcs', ['-langversion:7', '-warnaserror', `-out:${join(folder, 'cs/service.exe')}`, ...files])
      return ['mono', join(folder, 'cs/service.exe')]
    },
  },
]

describe.each(languages)('$name', ({ input, path, present, compile }) => {
  const { files, variables } = planned(input)
  const body = files.find((file) => file.path === path)?.body ?? ''
  let command: readonly string[] = []
  const start = (env: Record<string, string>) => {
    const [program = '', ...rest] = command
    const done = spawnSync(program, rest, { env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' })
    return { status: done.status, out: done.stdout, err: done.stderr, all: done.stdout + done.stderr }
  }
  beforeAll(() => { if (present) command = compile(body) }, 180_000)

  test('the file is written', () => {
    expect(body).not.toBe('')
    expect(body.split('\n').length).toBeLessThanOrEqual(190)
  })

  test.skipIf(!present)('starts with every variable, and shows no secret however it is printed', () => {
    for (const environment of ['local', 'production']) {
      const started = start({ ...complete(variables, environment), API_SERVER_URL: 'https://api.internal.example' })
      expect(started).toMatchObject({ status: 0, err: '' })
      expect(started.out).toMatch(/^started /)
      expect(started.out).toMatch(/^true$/im)
      expect(started.out).toContain('[secret]')
      const shown = variables.filter(({ secret }) => secret).map(({ name }) => name)
      expect(shown.length).toBeGreaterThan(2)
      const plain = variables.filter(({ secret, category }) => !secret && (category === 'third-party'))
      const env = { ...complete(variables, environment), API_SERVER_URL: 'https://api.internal.example', ...Object.fromEntries(plain.map(({ name }) => [name, 'public'])) }
      expect(start(env).all).not.toContain(secretValue)
    }
  }, 60_000)

  test.skipIf(!present)('does not start without any one required variable, missing or empty, and names only that one', () => {
    const required = needed(variables, 'production')
    expect(required.length).toBeGreaterThan(4)
    for (const { name } of required) {
      const { [name]: _, ...rest } = complete(variables, 'production')
      for (const env of name === required[0]?.name ? [rest, { ...rest, [name]: '' }] : [rest]) {
        const stopped = start(env)
        expect(stopped.status, name).toBe(1)
        expect(stopped.err, name).toContain(`${name} is missing.`)
        expect(stopped.err.match(/ is missing/g)).toHaveLength(1)
        expect(stopped.all).not.toContain(secretValue)
      }
    }
  }, 90_000)

  test.skipIf(!present)('names everything that is wrong at once, and nothing that is not needed here', () => {
    const stopped = start({ APP_ENV: 'production' })
    for (const { name } of needed(variables, 'production').slice(1)) expect(stopped.err).toContain(`${name} is missing.`)
    expect(start(complete(needed(variables, 'local'), 'local'))).toMatchObject({ status: 0 })
    expect(Object.keys(complete(needed(variables, 'local'), 'local'))).not.toContain('SENTRY_DSN')
  }, 30_000)

  test.skipIf(!present)('names a value of the wrong form without repeating it', () => {
    for (const [name, value] of malformed) {
      const stopped = start({ ...complete(variables, 'production'), [name]: value })
      expect(stopped.status, `${name}=${value}`).toBe(1)
      expect(stopped.err).toContain(`${name} is not `)
      expect(stopped.all).not.toContain(secretValue)
    }
  }, 60_000)
})

const awkward = ['CLASS', 'TO_STRING', 'A_B', 'AB', 'A__B', 'NEW', 'LOAD', 'SECRET', 'EQUALS', 'X', 'WITH_2FA_CODE', 'HASH_CODE', 'GET_CLASS', 'READER', 'DATABASE_URL']
test.each(languages)('$name: compiles with names that are words of the language, and for a service with hardly any variable', ({ input, path, present, compile }) => {
  const withNames = planned({ ...input, variables: awkward }).files.find((file) => file.path === path)?.body ?? ''
  const bare = planned({ ...input, services: 1, stack: input.stack?.slice(0, 1) ?? [], decisions: { flags: 'none', secrets: 'platform-env' } }).files.find((file) => file.path === path)?.body ?? ''
  expect(withNames).toContain('WITH_2FA_CODE')
  expect(bare).toContain('APP_ENV')
  expect(bare).not.toContain('Secret')
  if (!present) return
  compile(withNames)
  // The program that prints a database address does not fit here: only the file itself is compiled.
  if (path.endsWith('.go')) expect(execFileSync('gofmt', ['-l', put('bare/config.go', bare)], { encoding: 'utf8' })).toBe('')
  if (path.endsWith('.go')) execFileSync('go', ['vet', put('bare/config.go', bare)])
  if (path.endsWith('.java')) execFileSync('javac', ['-Xlint:all', '-Werror', '-d', join(folder, 'bare'), put('bare/config/AppConfig.java', bare)])
  if (path.endsWith('.cs')) execFileSync('mcs', ['-langversion:7', '-warnaserror', '-target:library', `-out:${join(folder, 'bare/a.dll')}`, put('bare/AppConfig.cs', bare)])
}, 120_000)
