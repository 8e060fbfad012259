import { expect, test } from 'vitest'
import { profiles } from '../profiles.ts'
import { planned } from './support.ts'

test.each(profiles)('$name: .env.example names every variable once and holds no secret', ({ input }) => {
  const { outcome, files } = planned({ ...input, stack: [...(input.stack ?? []), 'stripe', 'postgres'] })
  const body = files.find(({ path }) => path === '.env.example')?.body
  if (outcome.decision.variables.length === 0) return expect(body).toBeUndefined()
  const lines = (body ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.map((line) => line.split('=')[0]).sort()).toEqual(outcome.decision.variables.map(({ name }) => name).sort())
  const secret = outcome.decision.variables.filter((variable) => variable.secret).map(({ name }) => `${name}=`)
  for (const line of secret) expect(lines).toContain(line)
})


/** Values that are right on every developer's machine and tell nobody anything. */
const harmless = /^(|local|development|debug|false|3000|8000|8080)$/
const ports = { typescript: '3000', express: '3000', fastapi: '8000', django: '8000', go: '8080', 'spring-boot': '8080', aspnet: '8080', rails: '8080', laravel: '8080', rust: '8080' }

test.each(Object.entries(ports))('%s: .env.example holds nothing but harmless values, and the port of the language', (stack, port) => {
  const { files, variables } = planned({ stage: 'growth', services: 3, usesLlm: true, stack: [stack, 'postgres', 'redis', 'rabbitmq', 'stripe', 'twilio'], hosting: 'fly', decisions: { auth: 'auth0', errors: 'sentry', flags: 'launchdarkly' }, variables: ['MY_API_KEY', 'FEATURE_X', 'lower_case'] })
  const lines = (files.find(({ path }) => path === '.env.example')?.body ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.length).toBe(variables.length)
  expect(new Set(lines.map((line) => line.split('=')[0])).size).toBe(lines.length)
  for (const line of lines) expect(line.slice(line.indexOf('=') + 1), line).toMatch(harmless)
  expect(lines).toContain(`PORT=${port}`)
  expect(lines).toContain('MY_API_KEY=')
  expect(lines).toContain('APP_ENV=local')
  expect(files.find(({ path }) => path === '.env.example')?.body).toMatch(/not checked at start.*\nlower_case=/)
})

test.each([
  ['lines about people, in a language with a logger', { stack: ['fastify'] }, true],
  ['the same in Python', { stack: ['fastapi'] }, true],
  ['nothing about people', { stack: ['fastify'], dataClasses: ['public'] }, undefined],
  ['nobody signs in', { stack: ['fastify'], decisions: { auth: 'none' } }, undefined],
  ['a language without a logger of ours', { stack: ['go'] }, undefined],
  ['a trial', { stack: ['fastify'], stage: 'poc' }, undefined],
] as const)('a key for pseudonyms: %s', (_, input, secret) => {
  const { variables } = planned({ stage: 'growth', hosting: 'fly', ...input } as never)
  expect(variables.find(({ name }) => name === 'PSEUDONYM_KEY')?.secret).toBe(secret)
  expect(variables.find(({ name }) => name === 'APP_VERSION')).toMatchObject({ requiredIn: [] })
})

test('variables of telemetry are optional, its headers secret, and it is off on a developer\'s machine', () => {
  const { variables, files } = planned({ stage: 'growth', hosting: 'fly', stack: ['fastify'], variables: ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_SDK_DISABLED'] })
  expect(variables.filter(({ name }) => name.startsWith('OTEL_')).map(({ name, secret, requiredIn }) => [name, secret, requiredIn])).toEqual([['OTEL_EXPORTER_OTLP_HEADERS', true, []], ['OTEL_SDK_DISABLED', false, []]])
  expect(files.find(({ path }) => path === '.env.example')?.body).toContain('\nOTEL_SDK_DISABLED=true\n')
})
