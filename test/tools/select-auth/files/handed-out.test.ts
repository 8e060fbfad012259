import { beforeAll, describe, expect, test } from 'vitest'
import type { Input } from '../../../../src/tools/select-auth/input.ts'
import { selectAuth } from '../../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../../support/knowledge.ts'

const run = (input: Input) => selectAuth.run(input, { knowledge: knowledge(), asOf, detail: 'normal' })
const paths = (input: Input) => run(input).files.map(({ path }) => path)
const bodyOf = (input: Input, ending: RegExp): string => run(input).files.find(({ path }) => ending.test(path))?.body ?? ''
const report = (input: Input) => run(input).sections.map(({ body }) => body).join('\n')
const api = { projectType: 'api', signInBy: ['machines'] } as const satisfies Input
const hosted = { projectType: 'web-app', signInBy: ['consumers'], decisions: { auth: 'auth0' } } as const satisfies Input

beforeAll(() => { knowledge() }, 30_000)

describe('which files a design gets', () => {
  test.each<[string, Input, string[]]>([
    ['an API for developers in TypeScript and Express', { ...api, stack: ['typescript', 'express'] }, ['src/http-hardening.ts', 'src/api-keys.ts']],
    ['the same in plain JavaScript', { ...api, stack: ['express'] }, ['src/http-hardening.mjs', 'src/api-keys.mjs']],
    ['a hosted provider before Fastify', { ...hosted, stack: ['typescript', 'fastify'] }, ['src/http-hardening.ts', 'src/verify-token.ts']],
    ['a hosted provider before NestJS: the verifier fits, the hardening does not', { ...hosted, stack: ['nestjs'] }, ['src/verify-token.ts']],
    ['a hosted provider before FastAPI with a React page', { ...hosted, stack: ['fastapi', 'react'] }, ['app/security.py']],
    ['Django: no file of another language slips in', { ...hosted, stack: ['django', 'react'] }, []],
    ['Next.js alone: its library checks the session', { ...hosted, stack: ['nextjs'] }, []],
    ['Next.js before several services', { ...hosted, services: 3, stack: ['nextjs'] }, ['src/verify-token.ts']],
    ['partners with client credentials', { projectType: 'api', signInBy: ['partners'], stack: ['typescript', 'express'] }, ['src/http-hardening.ts', 'src/verify-token.ts']],
    ['a page without accounts, past the proof of concept', { projectType: 'web-app', signInBy: ['nobody'], stage: 'mvp', stack: ['typescript', 'express'] }, ['src/http-hardening.ts']],
    ['a proof of concept without accounts', { projectType: 'web-app', signInBy: ['nobody'], stage: 'poc', stack: ['typescript', 'express'] }, []],
    ['a library', { projectType: 'library', stack: ['typescript', 'express'] }, []],
    ['browser code alone', { ...hosted, stack: ['react'] }, []],
    ['no stack', hosted, []],
  ])('%s', (_, input, expected) => { expect(paths(input)).toEqual(expected) })

  test('counts are shared where several copies run, or Redis runs anyway', () => {
    const shared = (input: Input) => bodyOf({ ...api, ...input }, /hardening/).includes('options.redis')
    expect(shared({ stack: ['typescript', 'express'], stage: 'mvp' })).toBe(false)
    expect(shared({ stack: ['typescript', 'express'], stage: 'growth' })).toBe(true)
    expect(shared({ stack: ['typescript', 'express'], stage: 'mvp', hosting: 'aws-lambda' })).toBe(true)
    expect(shared({ stack: ['typescript', 'express', 'redis'], stage: 'mvp' })).toBe(true)
  })

  test('a server for agents publishes its metadata, another does not', () => {
    const agents: Input = { projectType: 'ai-product', signInBy: ['agents', 'consumers'], stack: ['typescript', 'express'] }
    expect(bodyOf(agents, /verify-token/)).toContain('oauth-protected-resource')
    expect(bodyOf(agents, /verify-token/)).toContain('env.OAUTH_ISSUER')
    expect(bodyOf({ ...hosted, stack: ['typescript', 'express'] }, /verify-token/)).not.toContain('oauth-protected-resource')
  })

  test('behind a proxy that signs, the proxy\'s header is named with the variables of its sheet', () => {
    const text = bodyOf({ projectType: 'internal-tool', signInBy: ['staff'], decisions: { auth: 'identity-aware-proxy' }, hosting: 'gcp', stack: ['typescript', 'express'] }, /verify-token/)
    expect(text).toContain('x-goog-iap-jwt-assertion')
    expect(text).toContain('env.IAP_AUDIENCE')
  })
})

describe('what cannot be written yet is said', () => {
  test.each<[string, Input, RegExp]>([
    ['NestJS', { ...hosted, stack: ['nestjs'] }, /HTTP hardening in `nestjs` yet; there is one for `express`, `fastify`/],
    ['Django', { ...hosted, stack: ['django'] }, /token verification in `django` yet; there is one for `fastapi`, TypeScript/],
    ['Go', { ...api, stack: ['go'] }, /API keys in Go yet; there is one for TypeScript/],
  ])('%s', (_, input, said) => { expect(report(input)).toMatch(said) })

  test('nothing is said where all is written, or nothing is called for', () => {
    for (const input of [{ ...api, stack: ['typescript', 'express'] }, { ...hosted, stack: ['react'] }, hosted] as Input[]) expect(report(input)).not.toContain('there is one for')
  })
})

test('every file says in a few words what it is and how to see that it works', () => {
  const { files } = run({ ...api, stack: ['typescript', 'express'] })
  expect(files.length).toBeGreaterThan(1)
  for (const { purpose, verifyWith } of files) {
    expect(purpose.length).toBeLessThan(60)
    expect(verifyWith).not.toBe('')
  }
})
