import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { decide } from '../../../src/tools/env-matrix/decide.ts'
import { writeFiles } from '../../../src/tools/env-matrix/files.ts'
import type { Input } from '../../../src/tools/env-matrix/input.ts'
import type { Variable } from '../../../src/tools/env-matrix/variables.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { profiles } from './profiles.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'env-matrix-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const planned = (input: Input) => {
  const outcome = decide(input, knowledge(), asOf)
  return { outcome, files: writeFiles(outcome, knowledge(), asOf) }
}
const secretValue = 'v4lue-nobody-may-see'
const given = (variable: Variable, environment: string): string => {
  if (variable.name === 'APP_ENV') return environment
  if (variable.name === 'NODE_ENV') return 'production'
  if (variable.name === 'PORT') return '8123'
  if (variable.name === 'LOG_LEVEL') return 'warn'
  if (variable.category === 'internal-url') return `https://${secretValue}.example`
  return variable.name.startsWith('ENABLE_') ? 'true' : secretValue
}
/** Everything an environment needs, and nothing of the machine the test runs on. */
const complete = (variables: readonly Variable[], environment: string): Record<string, string> => Object.fromEntries(variables.map((variable) => [variable.name, given(variable, environment)]))
const needed = (variables: readonly Variable[], environment: string): Variable[] => variables.filter(({ requiredIn }) => requiredIn.includes(environment as never))
const node = (script: string, env: Record<string, string>) => spawnSync(process.execPath, [script], { env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' })

const base: Input = { stage: 'growth', services: 2, hosting: 'vercel', decisions: { auth: 'clerk', errors: 'sentry', flags: 'env-var' } }
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
    expect(node(script, { ...complete(variables, 'production'), APP_ENV: 'moon' }).stderr).toContain('APP_ENV')
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

/** The interpreter itself: a version manager's wrapper would cost half a second a start. */
const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout?.trim() ?? ''
const has = (module: string): boolean => python !== '' && spawnSync(python, ['-c', `import ${module}`]).status === 0
const pythonModules: readonly { readonly name: string, readonly needs: string, readonly input: Input }[] = [
  { name: 'pydantic-settings', needs: 'pydantic_settings', input: { ...base, stack: ['fastapi', 'postgres', 'stripe'] } },
  { name: 'django-environ', needs: 'environ', input: { ...base, stack: ['django', 'postgres', 'stripe'] } },
]
describe.each(pythonModules)('$name', ({ name, needs, input }) => {
  const { outcome, files } = planned(input)
  const { variables } = outcome.decision
  const file = files.find(({ path }) => path.endsWith('.py'))
  const script = join(folder, `${name}.py`)
  const run = (env: Record<string, string>) => spawnSync(python, [script], { env: { PYTHONPATH: process.env['PYTHONPATH'] ?? '', ...env }, encoding: 'utf8', cwd: folder })

  test.skipIf(python === '')('compiles', () => {
    expect(file).toBeDefined()
    writeFileSync(script, file?.body ?? '')
    execFileSync(python, ['-m', 'py_compile', script], { cwd: folder })
  })

  test.skipIf(!has(needs))(`runs, and stops with names only (needs the ${needs} module)`, () => {
    writeFileSync(script, file?.body ?? '')
    const started = run(complete(variables, 'production'))
    expect(started.stderr).toBe('')
    expect(started.status).toBe(0)
    expect(run(complete(needed(variables, 'local'), 'local')).status).toBe(0)
    for (const { name: missing } of needed(variables, 'production')) {
      const { [missing]: _, ...rest } = complete(variables, 'production')
      const stopped = run(rest)
      expect(stopped.status, missing).not.toBe(0)
      expect(stopped.stderr, missing).toContain(missing)
      expect(stopped.stderr + stopped.stdout).not.toContain(secretValue)
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
