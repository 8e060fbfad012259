import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Input } from '../../../src/tools/env-matrix/input.ts'
import { base, complete, interpreter, malformed, needed, planned, secretValue } from './files/support.ts'
import { profiles } from './profiles.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'env-matrix-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const node = (script: string, env: Record<string, string>) => spawnSync(process.execPath, [script], { env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' })

const modules: readonly { readonly name: string, readonly input: Input }[] = [
  { name: 'Zod in TypeScript', input: { ...base, stack: ['typescript', 'fastify', 'postgres', 'stripe'] } },
  { name: 'Zod in JavaScript', input: { ...base, stack: ['javascript', 'express', 'mongodb'] } },
  { name: 'T3 Env on Next.js', input: { ...base, stack: ['Next.js 16', 'postgres', 'anthropic'] } },
  { name: 'envalid in TypeScript', input: { ...base, stack: ['typescript', 'redis'], decisions: { ...base.decisions, validation: 'envalid' } } },
  { name: 'envalid in JavaScript', input: { ...base, stack: ['express'], decisions: { ...base.decisions, validation: 'envalid' } } },
]

describe.each(modules)('$name', ({ name, input }) => {
  const { outcome, files } = planned(input)
  const { variables } = outcome.decision
  const file = files.find(({ path }) => path.startsWith('src/env.'))
  const script = join(folder, `${name.replace(/\W/g, '-')}.cjs`)

  test('is written, bundles, and starts with every variable', async () => {
    expect(file).toBeDefined()
    const source = join(folder, name.replace(/\W/g, '-'), file?.path ?? '')
    mkdirSync(dirname(source), { recursive: true })
    writeFileSync(source, file?.body ?? '')
    await build({ entryPoints: [source], bundle: true, platform: 'node', format: 'cjs', outfile: script, nodePaths: [join(root, 'node_modules')], logLevel: 'silent' })
    for (const environment of ['local', 'production']) {
      const started = node(script, complete(variables, environment))
      expect(started.stderr).toBe('')
      expect(started.status).toBe(0)
      expect(started.stdout).not.toContain(secretValue)
    }
  })

  test('hands out secrets, and shows none however the configuration is printed', () => {
    const secrets = variables.filter(({ secret }) => secret).map(({ name: secret }) => secret)
    expect(secrets.length).toBeGreaterThan(1)
    const env = { ...complete(variables, 'production'), ...Object.fromEntries(variables.filter(({ secret, category }) => !secret && category !== 'service' && category !== 'flag').map(({ name: open }) => [open, 'https://public.example'])) }
    const show = `const { env } = require(${JSON.stringify(script)}); console.log(env, { env }, [env], JSON.stringify({ env }), String(env), require('util').inspect(env, { showHidden: true, depth: 9 })); console.log('same', ${secrets.map((secret) => `env.${secret} === process.env.${secret}`).join(' && ')})`
    const shown = spawnSync(process.execPath, ['-e', show], { env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' })
    expect(shown).toMatchObject({ status: 0, stderr: '' })
    expect(shown.stdout).toContain('same true')
    expect(shown.stdout).toContain('[secret]')
    expect(shown.stdout).not.toContain(secretValue)
  })

  test('does not start without any one required variable, missing or empty, names it, and prints no value', () => {
    const required = needed(variables, 'production')
    expect(required.length).toBeGreaterThan(4)
    for (const { name: missing } of required) {
      const { [missing]: _, ...rest } = complete(variables, 'production')
      // An empty value counts as missing; one variable shows it.
      for (const env of missing === required[0]?.name ? [rest, { ...rest, [missing]: '' }] : [rest]) {
        const stopped = node(script, env)
        expect(stopped.status, missing).not.toBe(0)
        expect(stopped.stderr, missing).toContain(missing)
        expect(stopped.stderr + stopped.stdout).not.toContain(secretValue)
      }
    }
  }, 60_000)

  test('a developer needs no telemetry, and a wrong value is named without being repeated', () => {
    const local = complete(needed(variables, 'local'), 'local')
    expect(Object.keys(local)).not.toContain('SENTRY_DSN')
    expect(node(script, local).status).toBe(0)
    const wrong = node(script, { ...complete(variables, 'production'), API_SERVER_URL: secretValue, APP_ENV: 'production' })
    expect(wrong.status).not.toBe(0)
    expect(wrong.stderr).toContain('API_SERVER_URL')
    expect(wrong.stderr + wrong.stdout).not.toContain(secretValue)
    for (const [wrongName, value] of malformed) {
      const stopped = node(script, { ...complete(variables, 'production'), [wrongName]: value })
      expect(stopped.status, `${wrongName}=${value}`).not.toBe(0)
      expect(stopped.stderr).toContain(wrongName)
      expect(stopped.stderr + stopped.stdout).not.toContain(secretValue)
    }
  })
})

test('the TypeScript modules pass a strict compiler', () => {
  const place = join(root, 'node_modules', '.cache', `env-matrix-${process.pid}`)
  mkdirSync(place, { recursive: true })
  try {
    const written = modules.flatMap(({ input }, index) => planned(input).files.filter(({ path }) => path === 'src/env.ts').map((file) => { const path = join(place, `env${index}.ts`); writeFileSync(path, file.body); return path }))
    expect(written.length).toBe(3)
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', '--noEmit', '--strict', '--noUncheckedIndexedAccess', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--types', 'node', ...written], { encoding: 'utf8', cwd: root })
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}, 60_000)

const pythonModules: readonly { readonly name: string, readonly needs: string, readonly input: Input }[] = [
  { name: 'pydantic-settings', needs: 'pydantic_settings', input: { ...base, stack: ['fastapi', 'postgres', 'stripe'] } },
  { name: 'django-environ', needs: 'environ', input: { ...base, stack: ['django', 'postgres', 'stripe'] } },
]
describe.each(pythonModules)('$name', ({ needs, input }) => {
  const { outcome, files } = planned(input)
  const { variables } = outcome.decision
  const file = files.find(({ path }) => path === 'app/settings.py' || path === 'config/env.py')
  const python = interpreter(needs)
  const script = join(folder, `${needs}_module.py`)
  const run = (env: Record<string, string>, ...args: string[]) => spawnSync(python ?? '', args.length === 0 ? [script] : args, { env: { PYTHONPATH: process.env['PYTHONPATH'] ?? '', ...env }, encoding: 'utf8', cwd: folder })
  const plain = interpreter('sys')

  test.skipIf(plain === undefined)('compiles (needs python3)', () => {
    expect(file).toBeDefined()
    writeFileSync(script, file?.body ?? '')
    execFileSync(plain ?? '', ['-m', 'py_compile', script], { cwd: folder })
  })

  test.skipIf(python === undefined)(`runs, and stops with the names of everything that is wrong (needs the ${needs} module)`, () => {
    writeFileSync(script, file?.body ?? '')
    const started = run(complete(variables, 'production'))
    expect(started.stderr).toBe('')
    expect(started.status).toBe(0)
    expect(run(complete(needed(variables, 'local'), 'local')).status).toBe(0)
    const required = needed(variables, 'production')
    for (const { name: missing } of required) {
      const { [missing]: _, ...rest } = complete(variables, 'production')
      const stopped = run(missing === required[1]?.name ? { ...rest, [missing]: '' } : rest)
      expect(stopped.status, missing).not.toBe(0)
      expect(stopped.stderr, missing).toContain(missing)
      expect(stopped.stderr + stopped.stdout).not.toContain(secretValue)
    }
    // What is needed everywhere, what is needed here only and what is malformed are named by one start.
    const bare = run({ APP_ENV: 'production', PORT: '70000' })
    for (const { name: missing } of required.slice(1)) expect(bare.stderr).toContain(missing)
    expect(bare.stderr).toContain('PORT')
  }, 60_000)

  test.skipIf(python === undefined)(`names a value of the wrong form without repeating it (needs the ${needs} module)`, () => {
    for (const [wrongName, value] of malformed) {
      const stopped = run({ ...complete(variables, 'production'), [wrongName]: value })
      expect(stopped.status, `${wrongName}=${value}`).not.toBe(0)
      expect(stopped.stderr).toContain(wrongName)
      expect(stopped.stderr + stopped.stdout).not.toContain(secretValue)
      expect(stopped.stderr).not.toContain('Traceback')
    }
  }, 60_000)
})

test.each(profiles)('$name: .env.example names every variable once and holds no secret', ({ input }) => {
  const { outcome, files } = planned({ ...input, stack: [...(input.stack ?? []), 'stripe', 'postgres'] })
  const body = files.find(({ path }) => path === '.env.example')?.body
  if (outcome.decision.variables.length === 0) return expect(body).toBeUndefined()
  const lines = (body ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual(outcome.decision.variables.map(({ name }) => name).sort())
  const secret = outcome.decision.variables.filter((variable) => variable.secret).map(({ name }) => `${name}=`)
  for (const line of secret) expect(lines).toContain(line)
})

const stacks = [['postgres'], ['Postgres 16', 'redis'], ['mysql', 'mariadb'], ['mongoose', 'rabbitmq'], ['bullmq', 'postgres'], ['valkey 9', 'node']] as const
const composes = stacks.map((stack) => planned({ stack: [...stack] }).files.find(({ path }) => path === 'docker-compose.yml')?.body ?? '')

test('a stack without a database gets no Compose file', () => expect(planned({ stack: ['typescript', 'firestore'] }).files.map(({ path }) => path)).not.toContain('docker-compose.yml'))

test.each(stacks.map((stack, index) => ({ stack: stack.join(' + '), body: composes[index] ?? '' })))('$stack: Compose is YAML, tags are versions, ports are local and differ', ({ body }) => {
  const compose = parse(body) as { services: Record<string, { image: string, ports: string[], volumes: string[] }>, volumes: Record<string, unknown> }
  const services = Object.values(compose.services)
  expect(services.length).toBeGreaterThan(0)
  for (const service of services) {
    expect(service.image).toMatch(/:\d/)
    expect(service.ports[0]).toMatch(/^127\.0\.0\.1:/)
    expect(Object.keys(compose.volumes)).toContain(service.volumes[0]?.split(':')[0])
  }
  expect(new Set(services.map(({ ports }) => ports[0])).size).toBe(services.length)
})

test('the version that the stack names is the one that runs locally', () => expect(composes[1]).toContain('image: postgres:16'))

const compose = [['docker', 'compose'], ['docker-compose']].find(([program = '', ...rest]) => spawnSync(program, [...rest, 'version']).status === 0)
test.skipIf(compose === undefined)('Compose itself accepts every file, and refuses a broken one (needs docker compose or docker-compose)', () => {
  const [program = '', ...rest] = compose ?? []
  const check = (body: string) => {
    const place = mkdtempSync(join(folder, 'compose'))
    writeFileSync(join(place, 'docker-compose.yml'), body)
    return spawnSync(program, [...rest, 'config', '--quiet'], { cwd: place, encoding: 'utf8' })
  }
  for (const body of composes) expect(check(body)).toMatchObject({ status: 0 })
  expect(check((composes[0] ?? '').replace('image:', 'imagee:')).status).not.toBe(0)
}, 60_000)
