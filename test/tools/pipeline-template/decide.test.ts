import * as z from 'zod'
import { beforeAll, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { parseStrict } from '../../../src/core/parse.ts'
import { Profile } from '../../../src/core/profile.ts'
import { answer } from '../../../src/tools/answer.ts'
import { own } from '../../../src/tools/pipeline-template/input.ts'
import { providerIds } from '../../../src/tools/pipeline-template/model.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { pipelineTemplate } from '../../../src/tools/pipeline-template/tool.ts'
import { listedBy } from '../../../src/tools/parse.ts'
import { knowledge } from '../../support/knowledge.ts'
import { run, sampled } from './matrix.ts'

// Reading every sheet takes seconds on a busy machine; no single test should pay for it.
beforeAll(() => { knowledge() }, 60_000)

const conflicts = (input: Given) => run(input).conflicts.map(({ id }) => id)
const skipped = (input: Given) => run(input).skipped.map(({ item }) => item)

test.each<[string, Given, Record<string, unknown>]>([
  ['a solo MVP gets one job, one environment and no review', { stage: 'mvp', developers: 1, hosting: 'vercel', stack: ['nextjs'] }, { provider: 'github-actions', branchStrategy: 'github-flow', jobs: 'one', stages: ['lint', 'test', 'build', 'deploy', 'verify'] }],
  ['four people on a growing product get staging', { stage: 'growth', developers: 4, hosting: 'railway', stack: ['nextjs'] }, { branchStrategy: 'github-flow', jobs: 'split', stages: ['lint', 'test', 'build', 'security', 'deploy', 'verify'] }],
  ['scheduled releases decide before team size', { stage: 'growth', developers: 4, releaseCadence: 'scheduled', stack: ['go'], hosting: 'fly' }, { branchStrategy: 'gitflow' }],
  ['a large team works on the trunk with a merge queue', { stage: 'production', developers: 30, stack: ['python'], hosting: 'gcp' }, { branchStrategy: 'trunk-based' }],
  ['payments bring the security stage to an MVP', { stage: 'mvp', takesPayments: true, stack: ['nextjs'] }, { stages: ['lint', 'test', 'build', 'security'] }],
  ['a house rule chooses the provider', { houseRules: { require: [{ id: 'gitlab' }] } }, { provider: 'gitlab' }],
  ['a forbidden default is replaced', { houseRules: { forbid: [{ id: 'github-actions', reason: 'moved' }] } }, { provider: 'gitlab' }],
  ['a pinned provider is honoured', { decisions: { ciProvider: 'circleci' } }, { provider: 'circleci' }],
  ['a registry is no environment', { hosting: 'undecided', deployTarget: 'docker', stage: 'growth', stack: ['go'] }, { environments: [], promotion: [] }],
])('%s', (_, input, expected) => {
  expect(run(input).decision).toMatchObject(expected)
})

test('people decide the gates: review from three on, a second yes where a regime asks for one', () => {
  const gates = (input: Given) => run({ stack: ['nextjs'], hosting: 'vercel', stage: 'growth', ...input }).decision.gates.map(({ id }) => id)
  expect(gates({ developers: 1 })).not.toContain('review')
  expect(gates({ developers: 3 })).toContain('review')
  expect(gates({ developers: 20 })).toContain('merge-queue')
  expect(gates({ developers: 5, compliance: ['soc2'] })).toContain('approval')
})

test.each<[string, Given]>([
  ['gitflow-with-continuous-release', { branchStrategy: 'gitflow', releaseCadence: 'on-merge' }],
  ['review-with-one-developer', { developers: 1, compliance: ['soc2'] }],
  ['approval-with-automatic-release', { developers: 8, compliance: ['soc2'], releaseCadence: 'on-merge', stage: 'growth', hosting: 'aws-ecs', stack: ['python'] }],
  ['approval-needs-a-plan', { developers: 8, compliance: ['soc2'], stage: 'growth', hosting: 'aws-ecs', stack: ['python'] }],
  ['runtime-past-end-of-life', { language: 'typescript', runtimeVersion: '20' }],
  ['runtime-past-end-of-life', { language: 'python', runtimeVersion: '3.10.4' }],
  ['public-code-on-own-runners', { repositoryVisibility: 'public', requested: ['self-hosted runners'] }],
  ['deploys-twice', { hosting: 'vercel' }],
  ['returns-before-healthy', { hosting: 'azure', stack: ['csharp'] }],
  ['asks-beyond-the-stage', { stage: 'mvp', requested: ['canary', 'sbom'] }],
  ['path-filters-with-required-check', { requested: ['path filters'] }],
  ['strategy-pinned-against-the-rules', { developers: 1, releaseCadence: 'weekly', branchStrategy: 'trunk-based' }],
  ['two-ci-systems', { existingCi: ['circleci'], ciProvider: 'github-actions' }],
  ['provider-forbidden', { ciProvider: 'gitlab', houseRules: { forbid: [{ id: 'gitlab' }] } }],
  ['repository-with-one-target', { monorepo: 'turborepo', services: 3, hosting: 'fly' }],
])('%s is named with both inputs', (id, input) => {
  const found = run(input).conflicts.find((conflict) => conflict.id === id)
  expect(found?.inputs.length, conflicts(input).join(', ')).toBeGreaterThanOrEqual(2)
})

test.each(['github-actions', 'gitlab', 'circleci', 'azure-pipelines', 'bitbucket'] as const)('CI that exists on %s changes no file; only another system is a conflict', (ciProvider) => {
  const input: Given = { ciProvider, stack: ['nextjs'], hosting: 'fly', developers: 3 }
  const paths = (given: Given) => run(given).files.map(({ path }) => path)
  expect(paths({ ...input, existingCi: [ciProvider] })).toEqual(paths(input))
  expect(conflicts({ ...input, existingCi: [ciProvider] })).toEqual([])
  expect(conflicts({ ...input, existingCi: [ciProvider, 'jenkins'] })).toEqual(['two-ci-systems'])
})

test('a range of versions is not past its end, and runs on what the sheets advise or its lowest', () => {
  const node = (runtimeVersion: string) => run({ language: 'typescript', packageManager: 'npm', runtimeVersion }).files[0]?.body ?? ''
  expect(conflicts({ language: 'typescript', runtimeVersion: '>=20' })).toEqual([])
  expect(node('>=20')).toBe(node('24'))
  expect(node('>=26')).toBe(node('26'))
})

test('a language or target without files still has its stages and its way to production', () => {
  const { decision } = run({ stack: ['java'], packageManager: 'maven', ciProvider: 'gitlab', hosting: 'openshift', stage: 'growth', developers: 5, releaseCadence: 'scheduled' })
  expect(decision.promotion).toEqual([{ from: 'develop', to: 'staging', by: 'push-to-develop' }, { from: 'main', to: 'production', by: 'push-to-main' }])
})

test('a supported runtime and a quiet profile raise no conflict', () => {
  expect(conflicts({ runtimeVersion: '24', language: 'typescript', hosting: 'fly', developers: 3 })).toEqual([])
})

test('what is not generated yet is said, never replaced', () => {
  expect(skipped({ language: 'rust' })).toContain('pipeline files for Rust')
  for (const ciProvider of providerIds) {
    const draft = run({ ciProvider, stack: ['go'] })
    expect(draft.skipped.some(({ item }) => item === `pipeline files for ${ciProvider}`), ciProvider).toBe(draft.files.length === 0)
  }
  expect(skipped({ hosting: 'on-prem', stack: ['go'] })).toContain('deploy job for Own servers')
  expect(skipped({ stage: 'mvp', requested: ['canary', 'chaos engineering'] })).toEqual(expect.arrayContaining(['canary', 'chaos']))
})

test('a script the project lacks gets no step and is listed', () => {
  const draft = run({ stack: ['nextjs'], packageManager: 'pnpm', scripts: ['build', 'typecheck'] })
  const ci = draft.files.find(({ path }) => path.endsWith('ci.yml'))?.body ?? ''
  expect(ci).toContain('pnpm run typecheck')
  expect(ci).not.toContain('pnpm run test')
  expect(draft.decision.stages).not.toContain('test')
  expect(draft.skipped.map(({ item }) => item)).toContain('steps for test')
})

test.each<[Given, RegExp]>([
  [{ language: 'cobol' }, /language "cobol"/],
  [{ deployTarget: 'herokuu' }, /deployTarget "herokuu", expected one of vercel/],
  [{ apps: ['web:vercell'] }, /Did you mean vercel/],
  [{ database: 'oracle' }, /database "oracle", expected one of postgresql/],
  [{ decisions: { ciProvider: 'jenkins' } }, /decisions.ciProvider "jenkins", expected one of github-actions/],
])('%j is refused with what is allowed', (input, message) => {
  expect(() => run(input)).toThrow(InputError)
  expect(() => run(input)).toThrow(message)
})

const hostileBranches = ['main; rm -rf /', '$(id)', '`id`', 'a b', '../x', 'a..b', '-n', 'x.lock', "main'", 'main"', '${{ secrets.A }}', 'main\n- evil', '*', '']
test('hostile branch and application names are refused before anything is written', () => {
  const schema = Profile.extend(own)
  for (const defaultBranch of hostileBranches) expect(() => parseStrict(schema, { defaultBranch }, 'x'), defaultBranch).toThrow(InputError)
  for (const app of ['web', 'we b:vercel', 'web:$(id)', 'WEB:vercel', 'web:vercel;id', `${'a'.repeat(40)}:vercel`]) expect(() => parseStrict(schema, { apps: [app] }, 'x'), app).toThrow(InputError)
  for (const runtimeVersion of ['24; id', 'latest', '3.x', '${{ 1 }}']) expect(() => parseStrict(schema, { runtimeVersion }, 'x'), runtimeVersion).toThrow(InputError)
  expect(() => parseStrict(schema, { defaultBranch: 'release/2.x-lts_1', apps: ['web:vercel'], runtimeVersion: '3.13.1' }, 'x')).not.toThrow()
})

test('free text of a project reaches no generated file', () => {
  const hostile = '"; rm -rf / # ${{ secrets.X }} $(id)'
  const plain = run({ stack: ['nextjs'], hosting: 'fly' })
  const files = run({ stack: ['nextjs', hostile], hosting: 'fly', name: hostile, framework: hostile, requested: [hostile], existing: [hostile] }).files
  expect(files.map(({ sha256 }) => sha256)).toEqual(plain.files.map(({ sha256 }) => sha256))
})

test('the listing stays small: description, fields', () => {
  expect(pipelineTemplate.description.length).toBeLessThanOrEqual(300)
  const schema = z.toJSONSchema(listedBy(pipelineTemplate as never), { io: 'input' })
  expect(JSON.stringify(schema).length).toBeLessThan(4500)
})

test('a result at normal detail fits, and every citation has a day', { timeout: 30_000 }, () => {
  const sizes = sampled('github-actions').map((input) => {
    const result = answer(run(input), false)
    expect(result.sources.length).toBeGreaterThan(0)
    expect(result.sources.every(({ checked, url }) => /^\d{4}-\d\d-\d\d$/.test(checked) && url.startsWith('https://'))).toBe(true)
    return JSON.stringify(result).length
  })
  expect(Math.max(...sizes)).toBeLessThan(12_000)
})

test('every pin that may be written has evidence from its own repository or three others', () => {
  const sheets = Object.values(knowledge().actions)
  expect(sheets.length).toBeGreaterThan(30)
  for (const { id, facts } of sheets) {
    expect(facts.sha.value, id).toMatch(/^[0-9a-f]{40}$/)
    expect(facts.evidence.value === 'own-repository' || (facts.independentRepositories.value ?? 0) >= 3, id).toBe(true)
  }
})
