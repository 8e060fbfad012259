import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flagsGap } from '../../../../src/tools/env-matrix/files.ts'
import { nextQuarterEnd } from '../../../../src/tools/env-matrix/files/flags.ts'
import type { Input } from '../../../../src/tools/env-matrix/input.ts'
import { knowledge } from '../../../support/knowledge.ts'
import { base, has, interpreter, planned } from './support.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
/** Inside node_modules, so that what is written here finds its packages. */
const place = join(root, 'node_modules', '.cache', `env-flags-${process.pid}`)
const elsewhere = mkdtempSync(join(tmpdir(), 'env-flags-'))
beforeAll(() => { mkdirSync(place, { recursive: true }) })
afterAll(() => { for (const folder of [place, elsewhere]) rmSync(folder, { recursive: true, force: true }) })

const bodyOf = (input: Input, path: string): string => planned(input).files.find((file) => file.path === path)?.body ?? ''
const asScript = (path: string, body: string): string => (path.endsWith('.ts') ? transformSync(body, { loader: 'ts', target: 'node20', format: 'esm' }).code : body)
/** What the compiler says to each file, by its name; one run, because starting it takes longest. */
const typeErrors = (files: Readonly<Record<string, string>>): Record<string, string> => {
  const paths = Object.entries(files).map(([name, text]) => { const path = join(place, name); writeFileSync(path, text); return path })
  const said = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--ignoreConfig', '--noEmit', '--pretty', 'false', '--strict', '--noUncheckedIndexedAccess', '--erasableSyntaxOnly', '--allowImportingTsExtensions', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--types', 'node', ...paths], { encoding: 'utf8', cwd: root }).stdout
  const lines = said.split('\n').filter((line) => line !== '')
  // A second line of a message is set in.
  const of = (name: string): string => lines.filter((line, index) => (/^\s/.test(line) ? lines.slice(0, index).reverse().find((earlier) => !/^\s/.test(earlier)) : line)?.includes(`${name}(`)).join('\n')
  return { ...Object.fromEntries(Object.keys(files).map((name) => [name, of(name)])), elsewhere: lines.filter((line) => !/^\s/.test(line) && !Object.keys(files).some((name) => line.includes(`${name}(`))).join('\n') }
}
/** Runs a program with what it is given on its command line, and gives its answer. */
const run = (file: string, ...args: string[]) => {
  const done = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } })
  return { status: done.status, out: done.stdout.trim(), err: done.stderr }
}

const variables = ['ENABLE_NEW_CHECKOUT', 'FEATURE_DARK_MODE', 'ENABLE_DARK_MODE']
const envVar: readonly { readonly name: string, readonly input: Input, readonly path: string }[] = [
  { name: 'TypeScript', input: { ...base, stack: ['typescript', 'fastify'], variables }, path: 'src/flags.ts' },
  { name: 'JavaScript', input: { ...base, stack: ['express'], variables }, path: 'src/flags.mjs' },
]
const off = { ENABLE_BETA_FEATURES: false, ENABLE_NEW_CHECKOUT: 'false', FEATURE_DARK_MODE: '', ENABLE_DARK_MODE: undefined }

describe.each(envVar)('flags over variables in $name', ({ name, input, path }) => {
  const program = join(place, `over-${name}.mjs`)
  /** JSON cannot hold `undefined`: null stands for it. */
  const ask = (source: object, flag = 'betaFeatures', today = '2026-11-22') => run(program, JSON.stringify(source, (_, value) => (value === undefined ? null : value as unknown)), flag, today)
  beforeAll(() => {
    const body = bodyOf(input, path)
    expect(body).toContain('betaFeatures')
    writeFileSync(join(place, `flags-${name}.mjs`), asScript(path, body))
    writeFileSync(program, `import { expiredFlags, flagTable, readFlags } from './flags-${name}.mjs'
const [source, flag, today] = process.argv.slice(2)
const given = Object.fromEntries(Object.entries(JSON.parse(source)).map(([key, value]) => [key, value ?? undefined]))
const warned = []
const flags = readFlags(given, { warn: (text) => warned.push(text), today })
console.log(JSON.stringify({ on: flags.isOn(flag), warned: warned.length, expired: expiredFlags(today).length, names: Object.keys(flagTable) }))`)
  })

  test('answers on, off and default, and names that would fall together stay apart', () => {
    expect(JSON.parse(ask({ ...off, ENABLE_BETA_FEATURES: true }).out)).toEqual({ on: true, warned: 0, expired: 0, names: ['betaFeatures', 'newCheckout', 'featureDarkMode', 'enableDarkMode'] })
    expect(JSON.parse(ask(off).out)).toMatchObject({ on: false })
    expect(JSON.parse(ask({ ...off, ENABLE_NEW_CHECKOUT: 'true' }, 'newCheckout').out)).toMatchObject({ on: true })
    expect(JSON.parse(ask(off, 'featureDarkMode').out)).toMatchObject({ on: false })
    expect(JSON.parse(ask(off, 'enableDarkMode').out)).toMatchObject({ on: false })
  })

  test('a mistyped value, a variable nobody reads and an unknown flag stop the program by name', () => {
    const mistyped = ask({ ...off, ENABLE_BETA_FEATURES: 'ture', ENABLE_NEW_CHECKOUT: 'yes' })
    expect(mistyped.status).not.toBe(0)
    expect(mistyped.err).toMatch(/betaFeatures: ENABLE_BETA_FEATURES.*newCheckout: ENABLE_NEW_CHECKOUT/)
    expect(mistyped.err).not.toMatch(/\bture\b/)
    const { ENABLE_BETA_FEATURES: _, ...without } = off
    expect(ask(without)).toMatchObject({ status: 1, err: expect.stringContaining('betaFeatures: the environment module does not read ENABLE_BETA_FEATURES') as string })
    expect(ask(off, 'toString')).toMatchObject({ status: 1, err: expect.stringContaining('Unknown feature flag "toString"') as string })
  })

  test('a flag past its last day is reported, and still answers', () => {
    expect(JSON.parse(ask(off, 'betaFeatures', '2027-03-31').out)).toMatchObject({ warned: 0 })
    expect(JSON.parse(ask(off, 'betaFeatures', '2027-04-01').out)).toMatchObject({ on: false, warned: 4, expired: 4 })
  })
})

test('in TypeScript an unknown flag, or a flag whose variable the environment module does not read, does not compile', () => {
  const input = envVar[0]?.input ?? {}
  writeFileSync(join(place, 'flags.ts'), bodyOf(input, 'src/flags.ts'))
  writeFileSync(join(place, 'env.ts'), bodyOf(input, 'src/env.ts'))
  const start = `import { env } from './env.ts'\nimport { readFlags } from './flags.ts'\nconst flags = readFlags(env, { warn: console.warn })\n`
  expect(typeErrors({
    'good.ts': `${start}console.log(flags.isOn('newCheckout'))\nexport {}\n`,
    'unknown.ts': `${start}console.log(flags.isOn('newChekout'))\nexport {}\n`,
    'unread.ts': `import { readFlags } from './flags.ts'\nconst env = { ENABLE_BETA_FEATURES: true }\nreadFlags(env, { warn: console.warn })\n`,
  })).toEqual({ elsewhere: '', 'good.ts': '', 'unknown.ts': expect.stringContaining('newChekout') as string, 'unread.ts': expect.stringContaining('ENABLE_NEW_CHECKOUT') as string })
}, 60_000)

const python = interpreter('dataclasses')
describe('flags over variables in Python', () => {
  const program = join(elsewhere, 'ask.py')
  /** Answers to all questions, from one interpreter. */
  const answers = (...questions: readonly (readonly [source: object, flag?: string, today?: string])[]): string[] => {
    const done = spawnSync(python ?? '', [program], { encoding: 'utf8', input: JSON.stringify(questions.map(([source, flag = 'Flag.BETA_FEATURES', today = '2026-11-22']) => [source, flag, today])) })
    expect([done.status, done.stderr]).toEqual([0, ''])
    return done.stdout.trim().split('\n')
  }
  beforeAll(() => {
    const body = bodyOf({ ...base, stack: ['fastapi'], variables: ['ENABLE_NEW_CHECKOUT'] }, 'app/flags.py')
    expect(body).toContain('BETA_FEATURES')
    writeFileSync(join(elsewhere, 'flags.py'), body)
    writeFileSync(program, `import json, sys
from datetime import date
from flags import Flag, expired_flags, read_flags
for source, flag, day in json.load(sys.stdin):
    warned, today = [], date.fromisoformat(day)
    try:
        flags = read_flags(source, warn=warned.append, today=today)
        print(flags.is_on(eval(flag)), len(warned), len(expired_flags(today)))
    except Exception as error:
        print("stopped:", " ".join(str(error).split()))`)
  })
  const off = { ENABLE_BETA_FEATURES: false, ENABLE_NEW_CHECKOUT: '' }

  test.skipIf(python === undefined)('answers on, off and default; mistyped, unread and unknown stop it by name (needs python3)', () => {
    const said = answers(
      [{ ...off, ENABLE_BETA_FEATURES: true }], [{ ...off, ENABLE_NEW_CHECKOUT: 'true' }, 'Flag.NEW_CHECKOUT'], [off], [off, 'Flag.BETA_FEATURES', '2027-04-01'],
      [{ ...off, ENABLE_BETA_FEATURES: 'ture' }], [{ ...off, ENABLE_BETA_FEATURES: 1 }], [{ ENABLE_BETA_FEATURES: true }], [off, '"beta"'], [off, 'Flag.BETA'],
    )
    expect(said.slice(0, 4)).toEqual(['True 0 0', 'True 0 0', 'False 0 0', 'False 2 2'])
    const stopped = said.slice(4)
    expect(stopped.every((text) => text.startsWith('stopped:'))).toBe(true)
    expect(stopped[0]).toContain('BETA_FEATURES: ENABLE_BETA_FEATURES is neither true nor false.')
    expect(stopped[0]).not.toMatch(/\bture\b/)
    expect(stopped[2]).toContain('does not read ENABLE_NEW_CHECKOUT')
    expect(stopped[3]).toContain("Unknown feature flag 'beta'")
    expect(stopped).toHaveLength(5)
  }, 30_000)
})

const hasGo = has('go', 'version')
test.skipIf(!hasGo)('flags over variables in Go answer, and stop by name (needs go)', () => {
  const body = bodyOf({ ...base, stack: ['go'], variables: ['ENABLE_NEW_CHECKOUT', 'FLAG_SET'] }, 'internal/flags/flags.go')
  const cwd = join(elsewhere, 'go')
  mkdirSync(join(cwd, 'internal/flags'), { recursive: true })
  const file = join(cwd, 'internal/flags/flags.go')
  writeFileSync(file, body)
  writeFileSync(join(cwd, 'go.mod'), 'module example.com/service\n\ngo 1.19\n')
  writeFileSync(join(cwd, 'main.go'), 'package main\n\nimport (\n\t"fmt"\n\t"os"\n\t"time"\n\n\t"example.com/service/internal/flags"\n)\n\nfunc main() {\n\tnow, _ := time.Parse("2006-01-02", os.Args[1])\n\twarned := 0\n\tset, err := flags.Read(os.Getenv, now, func(string) { warned++ })\n\tif err != nil {\n\t\tfmt.Fprintln(os.Stderr, err)\n\t\tos.Exit(1)\n\t}\n\tfmt.Println(set.IsOn(flags.BetaFeatures), set.IsOn(flags.NewCheckout), set.IsOn(flags.SetFlag), warned)\n\tif len(os.Args) > 2 {\n\t\tset.IsOn(flags.Flag{Name: os.Args[2]})\n\t}\n}\n')
  expect(execFileSync('gofmt', ['-l', file], { encoding: 'utf8' })).toBe('')
  const env = { ...process.env, GOTOOLCHAIN: 'local' }
  execFileSync('go', ['vet', './...'], { cwd, env })
  execFileSync('go', ['build', '-o', 'service', '.'], { cwd, env })
  const ask = (given: Record<string, string>, ...args: string[]) => spawnSync(join(cwd, 'service'), args, { env: given, encoding: 'utf8' })
  expect(ask({}, '2026-11-22').stdout).toBe('false false false 0\n')
  expect(ask({ ENABLE_BETA_FEATURES: 'true', ENABLE_NEW_CHECKOUT: 'false' }, '2027-04-01').stdout).toBe('true false false 3\n')
  expect(ask({ ENABLE_BETA_FEATURES: 'ture', FLAG_SET: 'yes' }, '2026-11-22')).toMatchObject({ status: 1, stderr: 'feature flags: beta-features: ENABLE_BETA_FEATURES is neither true nor false. set-flag: FLAG_SET is neither true nor false.\n' })
  expect(ask({}, '2026-11-22', 'beta').stderr).toContain('unknown feature flag beta')
}, 120_000)

const service: Input = { stage: 'growth', services: 2, hosting: 'fly', needsTargeting: true, decisions: { flags: 'launchdarkly' } }
const services: readonly { readonly name: string, readonly input: Input, readonly path: string }[] = [
  { name: 'TypeScript', input: { ...service, stack: ['typescript', 'fastify'] }, path: 'src/feature-flags.ts' },
  { name: 'JavaScript', input: { ...service, stack: ['express'] }, path: 'src/feature-flags.mjs' },
]
/** Providers that answer, refuse to start, never start, fail each question, and start late. */
const providers = `
const resolve = async (key, fallback) => { if (kind === 'throws' || kind === 'refuses') throw new Error('evaluation failed'); return key === 'beta-features' && kind !== 'off' ? { value: true } : key === 'search-ranking' && kind !== 'off' ? { value: 'next' } : { value: fallback } }
const provider = {
  metadata: { name: kind }, runsOn: 'server',
  ...(kind === 'refuses' ? { initialize: async () => { throw new Error('no such key') } } : kind === 'never' ? { initialize: () => new Promise(() => {}) } : kind === 'late' ? { initialize: () => new Promise((done) => { release = done }) } : {}),
  onClose: async () => { closed += 1 },
  resolveBooleanEvaluation: (key, fallback, context) => { seen.push(context); return resolve(key, fallback) },
  resolveStringEvaluation: (key, fallback, context) => { seen.push(context); return resolve(key, fallback) },
  resolveNumberEvaluation: resolve, resolveObjectEvaluation: resolve,
}`
describe.each(services)('flags through OpenFeature in $name', ({ name, input, path }) => {
  const program = join(place, `service-${name}.mjs`)
  interface Answer { readonly beta: boolean, readonly ranking: string, readonly started: number, readonly logged: string[], readonly seen: object[], readonly closed: number, readonly after: boolean }
  const ask = (kind: string): Answer => { const done = run(program, kind); expect(done.err).toBe(''); return JSON.parse(done.out) as Answer }
  beforeAll(() => {
    const body = bodyOf(input, path)
    expect(body).toContain('LaunchDarklyProvider')
    writeFileSync(join(place, `service-flags-${name}.mjs`), asScript(path, body))
    writeFileSync(program, `import { pseudonym, startFlags } from './service-flags-${name}.mjs'
const kind = process.argv[2]
const logged = [], seen = []
let closed = 0, release
const log = Object.fromEntries(['error', 'warn', 'info', 'debug'].map((level) => [level, (text) => { if (level !== 'debug') logged.push(level + ' ' + String(text)) }]))
${providers}
const from = Date.now()
const flags = await startFlags({ provider, log, readyWithinMs: 150 })
const started = Date.now() - from
const who = { key: pseudonym('anna@example.com', 'a secret'), plan: 'team' }
if (kind === 'unknown') { await flags.isOn('toString', who).catch((error) => { console.log(JSON.stringify(error.message)); process.exit() }) }
const beta = await flags.isOn('beta-features', who), ranking = await flags.text('search-ranking', who)
release?.()
await new Promise((done) => setImmediate(done))
const after = await flags.isOn('beta-features', who)
await Promise.race([flags.stop(), new Promise((done) => setTimeout(done, 1000))])
console.log(JSON.stringify({ beta, ranking, started, logged, seen, closed, after }))
process.exit()`)
  })

  test('asks the service, sends a pseudonym only, and closes it', () => {
    const answer = ask('on')
    expect(answer).toMatchObject({ beta: true, ranking: 'next', closed: 1, logged: [] })
    expect(answer.seen[0]).toEqual({ targetingKey: expect.stringMatching(/^[\w-]{22}$/) as string, plan: 'team' })
    expect(ask('off')).toMatchObject({ beta: false, ranking: 'current' })
  })

  test('starts with defaults when the service refuses, never answers or fails each question, and says so', () => {
    for (const kind of ['refuses', 'never', 'throws']) {
      const answer = ask(kind)
      expect(answer, kind).toMatchObject({ beta: false, ranking: 'current' })
      expect(answer.started).toBeLessThan(1500)
      expect(answer.logged.filter((line) => line.startsWith('warn Feature flag beta-features')), kind).toHaveLength(1)
    }
    expect(ask('never').logged.join('\n')).toContain('error Feature flags: the service was not ready within 150 ms')
    expect(ask('refuses').logged.join('\n')).toContain('error Feature flags: the service fails')
  }, 20_000)

  test('a service that comes late answers from then on', () => expect(ask('late')).toMatchObject({ beta: false, after: true }))

  test('an unknown flag is an error by name', () => expect(run(program, 'unknown').out).toContain('Unknown feature flag'))
})

test('the wiring passes a strict compiler, and knows its flags and their kinds', () => {
  writeFileSync(join(place, 'feature-flags.ts'), bodyOf(services[0]?.input ?? {}, 'src/feature-flags.ts'))
  const start = `import { TypedInMemoryProvider } from '@openfeature/server-sdk'\nimport { startFlags } from './feature-flags.ts'\nconst flags = await startFlags({ provider: new TypedInMemoryProvider({ 'beta-features': { variants: { on: true, off: false }, defaultVariant: 'on', disabled: false } }), log: console })\n`
  expect(typeErrors({
    'wired.ts': `${start}console.log(await flags.isOn('beta-features', { key: 'a' }), await flags.text('search-ranking', { key: 'a', tenant: 'b' }))\n`,
    'kind.ts': `${start}console.log(await flags.isOn('search-ranking', { key: 'a' }))\n`,
    'person.ts': `${start}console.log(await flags.isOn('beta-features', { key: 'a', email: 'b' }))\n`,
  })).toEqual({ elsewhere: '', 'wired.ts': '', 'kind.ts': expect.stringContaining('search-ranking') as string, 'person.ts': expect.stringContaining('email') as string })
}, 60_000)

test('flags in a file: the file that is written answers through the wiring', () => {
  const input: Input = { ...service, stack: ['typescript'], decisions: { flags: 'config-file' } }
  mkdirSync(join(place, 'config'), { recursive: true })
  writeFileSync(join(place, 'config/flags.json'), bodyOf(input, 'config/flags.json'))
  const wiring = bodyOf(input, 'src/feature-flags.ts')
  writeFileSync(join(place, 'file-flags.mjs'), asScript('x.ts', wiring))
  const lines = wiring.split('\n').filter((line) => /^\/\/ {3}(import .*(fs|server-sdk)|const provider)/.test(line)).map((line) => line.slice(5))
  expect(lines.length).toBe(3)
  writeFileSync(join(place, 'from-file.mjs'), `${lines.join('\n')}\nimport { startFlags } from './file-flags.mjs'\nconst flags = await startFlags({ provider, log: console })\nconsole.log(await flags.isOn('beta-features', { key: 'a' }), await flags.text('search-ranking', { key: 'a' }))`)
  expect(spawnSync(process.execPath, ['from-file.mjs'], { cwd: place, encoding: 'utf8' })).toMatchObject({ stdout: 'false current\n', stderr: '' })
})

test.each([
  ['launchdarkly', 'express', undefined], ['flagd', 'typescript', undefined], ['posthog', 'typescript', undefined], ['config-file', 'typescript', undefined], ['env-var', 'fastapi', undefined], ['none', 'typescript', undefined],
  ['statsig', 'typescript', 'no-provider'], ['framework-native', 'django', 'no-provider'], ['firebase-remote-config', 'typescript', 'no-provider'], ['aws-appconfig', 'typescript', 'no-provider'],
  ['launchdarkly', 'fastapi', 'no-template'], ['env-var', 'go', undefined], ['env-var', 'rails', 'no-template'],
])('%s with %s: gap %s', (flags, stack, gap) => {
  const { outcome, files } = planned({ ...service, stack: [stack], decisions: { flags } })
  expect(flagsGap(outcome, knowledge())).toBe(gap)
  expect(files.some(({ path }) => /flags/.test(path))).toBe(gap === undefined && flags !== 'none')
})

test.each([['2026-11-22', '2027-03-31'], ['2026-12-31', '2027-03-31'], ['2027-01-01', '2027-06-30'], ['2028-08-09', '2028-12-31']])('a flag planned on %s lasts until %s', (day, expires) => expect(nextQuarterEnd(day)).toBe(expires))
