import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import type { Input } from '../../../../src/tools/env-matrix/input.ts'
import { base, complete, interpreter, malformed, needed, planned, secretValue } from './support.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
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
  const run = (env: Record<string, string>) => spawnSync(python ?? '', [script], { env: { PYTHONPATH: process.env['PYTHONPATH'] ?? '', ...env }, encoding: 'utf8', cwd: folder })
  /** The module run once for each environment, in one interpreter because its libraries take long to load. `stopped` is what it ends with; null when it runs through. */
  const runEach = (environments: readonly Record<string, string>[]): { stopped: string | null }[] => {
    const driver = join(folder, 'driver.py')
    writeFileSync(driver, `import json, os, runpy, sys
results = []
for given in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(given)
    try:
        runpy.run_path(sys.argv[1])
        results.append({"stopped": None})
    except SystemExit as end:
        results.append({"stopped": str(end.code)})
print(json.dumps(results))`)
    const done = spawnSync(python ?? '', [driver, script], { input: JSON.stringify(environments), env: { PYTHONPATH: process.env['PYTHONPATH'] ?? '' }, encoding: 'utf8', cwd: folder })
    expect(done.stderr).toBe('')
    return JSON.parse(done.stdout) as { stopped: string | null }[]
  }
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
    expect(required.length).toBeGreaterThan(4)
    const without = (missing: string): Record<string, string> => { const { [missing]: _, ...rest } = complete(variables, 'production'); return rest }
    const results = runEach(required.flatMap(({ name }) => [without(name), { ...without(name), [name]: '' }]))
    results.forEach(({ stopped }, index) => {
      const name = required[Math.floor(index / 2)]?.name ?? ''
      expect(stopped, name).toContain(name)
      expect(stopped).not.toContain(secretValue)
    })
    // What is needed everywhere, what is needed here only and what is malformed are named by one start.
    const bare = run({ APP_ENV: 'production', PORT: '70000' })
    for (const { name: missing } of required.slice(1)) expect(bare.stderr).toContain(missing)
    expect(bare.stderr).toContain('PORT')
  }, 60_000)

  test.skipIf(python === undefined)(`names a value of the wrong form without repeating it (needs the ${needs} module)`, () => {
    const results = runEach(malformed.map(([name, value]) => ({ ...complete(variables, 'production'), [name]: value })))
    results.forEach(({ stopped }, index) => {
      const [name = '', value = ''] = malformed[index] ?? []
      expect(stopped, `${name}=${value}`).toContain(name)
      expect(stopped).not.toContain(secretValue)
    })
    // The interpreter itself prints neither a value nor where it happened.
    const stopped = run({ ...complete(variables, 'production'), PORT: secretValue })
    expect(stopped.status).toBe(1)
    expect(stopped.stdout + stopped.stderr).not.toMatch(/Traceback|v4lue/)
  }, 60_000)
})
