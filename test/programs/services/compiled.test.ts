import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dropCompiled, languages } from '../../tools/env-matrix/files/compiled-languages.ts'
import { complete, malformed, needed, planned, secretValue } from '../../tools/env-matrix/files/support.ts'

afterAll(dropCompiled)
const words = ['CLASS', 'TO_STRING', 'A_B', 'AB', 'A__B', 'NEW', 'LOAD', 'SECRET', 'EQUALS', 'X', 'WITH_2FA_CODE', 'HASH_CODE', 'GET_CLASS', 'READER', 'DATABASE_URL']

describe.each(languages)('$name', ({ input, path, present, compile }) => {
  const { files, variables } = planned(input)
  const bodyOf = (all: typeof files): string => all.find((file) => file.path === path)?.body ?? ''
  const body = bodyOf(files)
  const awkward = bodyOf(planned({ ...input, variables: words }).files)
  const bare = bodyOf(planned({ ...input, services: 1, stack: input.stack?.slice(0, 1) ?? [], dataClasses: ['public'], decisions: { flags: 'none', secrets: 'platform-env' } }).files)
  let command: readonly string[] = []
  const start = (env: Record<string, string>) => {
    const [program = '', ...rest] = command
    const done = spawnSync(program, rest, { env: { PATH: process.env['PATH'] ?? '', ...env }, encoding: 'utf8' })
    return { status: done.status, out: done.stdout, err: done.stderr, all: done.stdout + done.stderr }
  }
  /** What the module says to each environment. */
  const say = (environments: readonly Record<string, string>[]): string[] => {
    const [program = '', ...rest] = command
    const done = spawnSync(program, [...rest, 'each'], { env: { PATH: process.env['PATH'] ?? '' }, encoding: 'utf8', input: environments.map((env) => Object.entries(env).map(([name, value]) => `${name}=${value}`).join('\t')).join('\n') })
    expect([done.status, done.stderr]).toEqual([0, ''])
    return done.stdout.trim().split('\n')
  }
  // Names that are words of the language, and a service with hardly any variable, have to compile as well.
  beforeAll(() => { if (present) command = compile({ body, awkward, bare }) }, 180_000)

  test('the file is written', () => {
    expect(body).not.toBe('')
    expect(body.split('\n').length).toBeLessThanOrEqual(190)
    expect(awkward).toContain('WITH_2FA_CODE')
    expect(bare).toContain('APP_ENV')
    expect(bare).not.toContain('Secret')
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
    const without = (missing: string) => { const { [missing]: _, ...rest } = complete(variables, 'production'); return rest }
    const said = say(required.flatMap(({ name }) => [without(name), { ...without(name), [name]: '' }]))
    expect(said).toHaveLength(2 * required.length)
    said.forEach((text, index) => {
      const name = required[Math.floor(index / 2)]?.name ?? ''
      expect(text).toContain(`${name} is missing.`)
      expect(text.match(/ is missing/g)).toHaveLength(1)
      expect(text).not.toContain(secretValue)
    })
    // The program ends with just that.
    const stopped = start(without(required[0]?.name ?? ''))
    expect([stopped.status, stopped.out, stopped.err.trim()]).toEqual([1, '', said[0]])
  }, 90_000)

  test.skipIf(!present)('names everything that is wrong at once, and nothing that is not needed here', () => {
    const stopped = start({ APP_ENV: 'production' })
    for (const { name } of needed(variables, 'production').slice(1)) expect(stopped.err).toContain(`${name} is missing.`)
    expect(start(complete(needed(variables, 'local'), 'local'))).toMatchObject({ status: 0 })
    expect(Object.keys(complete(needed(variables, 'local'), 'local'))).not.toContain('SENTRY_DSN')
  }, 30_000)

  test.skipIf(!present)('names a value of the wrong form without repeating it', () => {
    const said = say([complete(variables, 'production'), ...malformed.map(([name, value]) => ({ ...complete(variables, 'production'), [name]: value }))])
    expect(said).toHaveLength(malformed.length + 1)
    expect(said[0]).toBe('started')
    malformed.forEach(([name], index) => {
      expect(said[index + 1]).toContain(`${name} is not `)
      expect(said[index + 1]).not.toContain(secretValue)
    })
  }, 60_000)
})
