import { expect, test } from 'vitest'
import { healthFile, ownHealth } from '../../../../src/tools/observability-stack/files/health.ts'
import { loggerFile } from '../../../../src/tools/observability-stack/files/logger.ts'
import { missingFiles } from '../../../../src/tools/observability-stack/missing-files.ts'
import { viewOf } from '../../../../src/tools/observability-stack/view.ts'
import { knowledge } from '../../../support/knowledge.ts'

// Read here, so that no test's time limit pays for it.
const sheets = knowledge()

test.each<[string, object, string | undefined, string | undefined, number]>([
  ['TypeScript in a container', { stage: 'mvp', hosting: 'railway', stack: ['express', 'typescript'] }, 'src/logger.ts', 'src/health.ts', 0],
  ['plain JavaScript', { stage: 'mvp', hosting: 'render', stack: ['node'] }, 'src/logger.mjs', 'src/health.mjs', 0],
  ['FastAPI, whatever the browser speaks', { stage: 'growth', hosting: 'fly', stack: ['react', 'typescript', 'fastapi'] }, 'app/logger.py', 'app/health.py', 0],
  ['Django has a logger and no health file yet', { stage: 'mvp', hosting: 'render', stack: ['django'] }, 'app/logger.py', undefined, 1],
  ['functions have neither probes nor a second port', { stage: 'mvp', hosting: 'vercel', stack: ['nextjs'] }, 'src/logger.ts', undefined, 0],
  ['Workers run no Node packages', { stage: 'mvp', hosting: 'cloudflare', stack: ['hono'] }, undefined, undefined, 1],
  ['Go has health endpoints and no logger yet', { stage: 'mvp', hosting: 'fly', stack: ['go'] }, undefined, 'internal/health/health.go', 1],
  ['Rust has none yet', { stage: 'mvp', hosting: 'fly', stack: ['rust'] }, undefined, undefined, 1],
  ['no stack named', { stage: 'mvp', hosting: 'fly' }, undefined, undefined, 1],
  ['a proof of concept gets none', { stage: 'poc', hosting: 'fly', stack: ['express'] }, undefined, undefined, 0],
  ['a library configures no logger', { projectType: 'library', stage: 'production', stack: ['typescript'] }, undefined, undefined, 0],
  ['a static site has no server', { projectType: 'content-site', stage: 'production', hosting: 'netlify', stack: ['astro'] }, undefined, undefined, 0],
  ['a product that customers run has both', { projectType: 'self-hosted-product', stage: 'production', hosting: 'customer', stack: ['fastify', 'typescript'], developers: 8 }, 'src/logger.ts', 'src/health.ts', 0],
])('%s', (_, input, logger, health, missing) => {
  const view = viewOf(input, sheets)
  expect([loggerFile(view, sheets)?.path, healthFile(view, sheets)?.path, missingFiles(view, sheets).length]).toEqual([logger, health, missing])
})

test('the middleware is left out where a framework owns the server', () => {
  const bodyOf = (input: object) => loggerFile(viewOf({ stage: 'mvp', ...input }, sheets), sheets)?.body ?? ''
  expect(bodyOf({ hosting: 'railway', stack: ['express'] })).toContain('requestLog')
  expect(bodyOf({ hosting: 'railway', stack: ['nextjs'] })).not.toContain('requestLog')
  expect(bodyOf({ hosting: 'vercel', stack: ['typescript'] })).not.toContain('requestLog')
  expect(bodyOf({ hosting: 'railway', stack: ['fastapi'] })).toContain('RequestLog')
  expect(bodyOf({ hosting: 'railway', stack: ['django'] })).not.toContain('RequestLog')
})

test('the fields of the pinned identity provider are those that the report names, and a hostile name stays a text', () => {
  const view = viewOf({ stage: 'mvp', hosting: 'railway', stack: ['express'], name: '`${x}"\n*/', decisions: { auth: 'entra-id' } }, sheets)
  const body = loggerFile(view, sheets)?.body ?? ''
  expect(body).toContain('["oid", "sub", "upn", "preferredusername", "email"]')
  expect(body).toContain('service = "x"')
})

test('where the framework answers the paths itself, what to set is said and no health file counts as missing', () => {
  for (const framework of ['spring-boot', 'aspnet']) {
    const view = viewOf({ stage: 'mvp', hosting: 'kubernetes', stack: [framework] }, sheets)
    expect(ownHealth(view, sheets)).toMatch(/answers both itself/)
    expect(missingFiles(view, sheets).map(({ item }) => item)).toEqual(['Generated logger'])
  }
  expect(ownHealth(viewOf({ stage: 'mvp', hosting: 'kubernetes', stack: ['express'] }, sheets), sheets)).toBeUndefined()
})
