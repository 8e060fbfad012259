import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lookAt } from '../../../src/engine/check-look.ts'
import { checkDeliverables } from '../../../src/project/check.ts'
import type { CheckFacts } from '../../../src/project/check/facts.ts'
import { detectProject } from '../../../src/project/detect.ts'
import { openProject } from '../../../src/project/detect/files.ts'
import { folder } from '../../project/folder.ts'
import { worldAt } from '../../support/world.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/check', import.meta.url))
let known: CheckFacts | undefined
/** The record and the sheets are the same in every case: the tools are asked once. */
const facts = (): CheckFacts => (known ??= lookAt(join(fixtures, 'rota-planner'), 'docs', worldAt(join(fixtures, 'rota-planner'))).facts)
type Change = Readonly<Record<string, string | null | ((text: string) => string)>>

/** The project that people documented by hand, with files changed, added or (null) taken away. */
async function found(change: Change) {
  const root = folder()
  cpSync(join(fixtures, 'rota-planner'), root, { recursive: true })
  for (const [path, to] of Object.entries(change)) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    if (to === null) rmSync(file, { recursive: true })
    else writeFileSync(file, typeof to === 'string' ? to : to(readFileSync(file, 'utf8')))
  }
  const files = openProject(root, [])
  const { findings, judged } = await checkDeliverables(root, 'docs', facts(), { files, detection: detectProject(root, [], files), problems: [], waiting: null })
  const lineOf = (file: string, pattern: RegExp): number => readFileSync(join(root, 'docs', file), 'utf8').split('\n').findIndex((line) => pattern.test(line)) + 1
  return { judged, lineOf, drift: findings.filter(({ rule }) => rule === 'drift').map(({ verdict, severity, file, line, other }) => ({ verdict, severity, at: `${file}:${line}`, other: other === undefined ? null : `${other.file}:${other.line}` })) }
}

const workflow = '.github/workflows/ci.yml'
const manifest = 'package.json'

test.each<[string, Change, string, RegExp, string, string | null]>([
  ['another CI provider', { [workflow]: null, '.gitlab-ci.yml': 'test: {script: [make]}\n' }, 'devops-blueprint.md', /GitHub Actions runs/, 'contradicted', '.gitlab-ci.yml:1'],
  ['a second CI provider', { '.circleci/config.yml': 'version: 2.1\njobs: {}\n' }, 'devops-blueprint.md', /GitHub Actions runs/, 'partial', '.circleci/config.yml:1'],
  ['no pipeline at all', { [workflow]: null }, 'devops-blueprint.md', /GitHub Actions runs/, 'absent', null],
  ['Drizzle where the document says Prisma', { [manifest]: (text) => text.replace('"@prisma/client": "7.1.0",\n', '').replace('"prisma": "7.1.0"', '"drizzle-kit": "1.0.0"') }, 'devops-blueprint.md', /Prisma Migrate applies/, 'contradicted', 'package.json:11'],
  ['engines 20 where the document says Node.js 24', { [manifest]: (text) => text.replace('24.x', '20.x') }, 'devops-blueprint.md', /Node\.js 24/, 'contradicted', 'package.json:4'],
  ['a version file beside engines', { '.nvmrc': '22\n' }, 'devops-blueprint.md', /Node\.js 24/, 'partial', '.nvmrc:1'],
  ['another lock file', { 'pnpm-lock.yaml': null, 'package-lock.json': '{}', [manifest]: (text) => text.replace('pnpm@11.28.11', 'npm@11.0.0') }, 'devops-blueprint.md', /pnpm install/, 'contradicted', 'package.json:3'],
  ['files of another platform', { 'render.yaml': null, 'vercel.json': '{}' }, 'devops-blueprint.md', /^Hosting/, 'contradicted', 'vercel.json:1'],
  ['another identity provider', { [manifest]: (text) => text.replace('@clerk/fastify', 'auth0') , '.env.example': (text) => text.replace(/CLERK/g, 'AUTH0') }, 'security-architecture.md', /We use Clerk/, 'contradicted', 'package.json:6'],
  ['another database', { [manifest]: (text) => text.replace('"pg": "8.23.1"', '"mysql2": "3.0.0"'), 'docs/devops-blueprint.md': (text) => text.replace('Stage: early', 'Stage: early\nDatabase: PostgreSQL') }, 'devops-blueprint.md', /^Database/, 'contradicted', 'package.json:10'],
  ['another main branch', { [workflow]: (text) => text.replace('- main', '- master') }, 'devops-blueprint.md', /GitHub flow/, 'contradicted', '.github/workflows/ci.yml:6'],
  ['a variable that the table lacks', { '.env.example': (text) => `${text}STRIPE_SECRET_KEY=\n` }, 'devops-blueprint.md', /`DATABASE_URL`/, 'partial', '.env.example:6'],
  ['a variable that the example file lacks', { '.env.example': (text) => text.replace('SENTRY_DSN=\n', '') }, 'devops-blueprint.md', /`SENTRY_DSN`/, 'absent', '.env.example:1'],
  ['another health path in the code', { 'src/server.ts': (text) => text.replace('/livez', '/health').replace('/readyz', '/health/ready') }, 'observability.md', /`\/livez` \| `\/readyz`/, 'contradicted', 'src/server.ts:4'],
  ['a health path that no code has', { 'src/server.ts': (text) => text.replace(/app\.get.*\n/g, '') }, 'observability.md', /`\/livez` \| `\/readyz`/, 'absent', null],
  ['a pager that the document puts off', { [manifest]: (text) => text.replace('"fastify"', '"@pagerduty/pdjs": "2.0.0",\n    "fastify"') }, 'observability.md', /Paging at night/, 'stronger', 'package.json:9'],
])('%s', async (_, change, file, line, verdict, other) => {
  const { drift, lineOf } = await found(change)
  expect(drift).toContainEqual({ verdict, severity: verdict === 'contradicted' ? 'error' : verdict === 'partial' ? 'warning' : 'info', at: `docs/${file}:${lineOf(file, line)}`, other })
})

test('the project as it stands keeps what its documents say', async () => {
  const { drift, judged } = await found({})
  expect(drift).toEqual([])
  expect(judged.filter(({ verdict }) => verdict === 'implemented').length).toBeGreaterThan(8)
})

test('what the files cannot show is undecidable and no finding', async () => {
  const { drift, judged } = await found({ 'src/server.ts': null, [manifest]: null, 'pnpm-lock.yaml': null })
  expect(drift.filter(({ verdict }) => verdict === 'undecidable')).toEqual([])
  expect(judged.filter(({ verdict }) => verdict === 'undecidable').length).toBeGreaterThan(3)
})

test('what a file only suggests contradicts nobody, and a move that is announced is no contradiction', async () => {
  const hint = await found({ 'render.yaml': null, 'docker-compose.prod.yml': 'services:\n  web:\n    image: acme/web\n' })
  expect(hint.judged.find(({ says }) => says.startsWith('hosting'))?.verdict).toBe('undecidable')
  const auth0: Change = { [manifest]: (text) => text.replace('@clerk/fastify', 'auth0'), '.env.example': (text) => text.replace(/CLERK/g, 'AUTH0') }
  for (const [sentence, verdict] of [['We move from Auth0 to it in March.', 'absent'], ['It replaces Auth0.', 'absent'], ['Auth0 is replaced by it.', 'absent'], ['Auth0 was too dear for us.', 'contradicted'], ['', 'contradicted']] as const) {
    const { judged } = await found({ ...auth0, 'docs/security-architecture.md': (text) => text.replace(/(We use Clerk[^\n]*)/, `$1\n\n${sentence}`) })
    expect([sentence, judged.find(({ says }) => says.startsWith('identity provider'))?.verdict]).toEqual([sentence, verdict])
  }
})

test('a second pipeline is part of the plan where the documents name it', async () => {
  const scan: Change = { '.circleci/config.yml': 'version: 2.1\njobs: {}\n' }
  const says = async (sentence: string) => (await found({ ...scan, 'docs/devops-blueprint.md': (text) => text.replace(/(GitHub Actions runs[^\n]*)/, `$1\n\n${sentence}`) })).judged.find((each) => each.says.startsWith('CI provider'))?.verdict
  expect(await says('')).toBe('partial')
  expect(await says('CircleCI only builds the nightly image.')).toBe('implemented')
})

test('variables without an underscore and in lower case are read as the table lists them', async () => {
  const { drift } = await found({ '.env.example': (text) => `${text}URL=\nDB=\ndb_host=\n`, 'docs/devops-blueprint.md': (text) => text.replace('`DATABASE_URL`', '`DATABASE_URL`, `URL`, `DB`, `db_host`') })
  expect(drift).toEqual([])
})
