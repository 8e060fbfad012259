import { beforeAll, expect, test } from 'vitest'
import { knowledge } from '../../support/knowledge.ts'
import { azureProblems, readPipeline, readTemplate, stepsOf, type AzurePipeline } from './azure.ts'
import { run, sampled } from './matrix.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'

beforeAll(() => { knowledge() }, 60_000)

const filesOf = (input: Given) => {
  const { files } = run({ ...input, ciProvider: 'azure-pipelines' })
  return { files, pipeline: readPipeline(files.find(({ path }) => path === 'azure-pipelines.yml')?.body ?? '') }
}
const stage = (pipeline: AzurePipeline, id: string) => pipeline.stages.find((found) => found.stage === id)
const base: Given = { stack: ['express', 'drizzle', 'postgresql'], stage: 'growth', developers: 5, environments: ['staging', 'production'] }

test('every pipeline holds only what Azure knows, and keeps every rule', { timeout: 120_000 }, () => {
  const inputs = sampled('azure-pipelines')
  expect(inputs.length).toBeGreaterThan(50)
  for (const input of inputs) {
    const { files, pipeline } = filesOf(input)
    expect(azureProblems(pipeline), JSON.stringify(input)).toEqual([])
    for (const { body } of files.filter(({ path }) => path === 'azure-pipelines/setup.yml')) expect(readTemplate(body).steps.length).toBeGreaterThan(1)
  }
})

const broken: readonly [string, (pipeline: AzurePipeline) => unknown][] = [
  ['needs-what-is-not-before', (pipeline) => ({ ...pipeline, stages: [...pipeline.stages].reverse() })],
  ['deploy-without-lock', ({ stages, ...rest }) => ({ ...rest, stages: stages.map(({ lockBehavior: _, ...one }) => one) })],
  ['goes-on-after-a-failure', (pipeline) => JSON.parse(JSON.stringify(pipeline).replaceAll('set -euo pipefail\\n', '')) as unknown],
  ['macro-in-script', (pipeline) => JSON.parse(JSON.stringify(pipeline).replaceAll('echo ', 'echo $(Build.SourceVersionMessage) ')) as unknown],
  ['asks-for-no-value', ({ parameters: _, ...rest }) => rest],
  ['group-outside-environment', ({ stages: [first, ...others], ...rest }) => ({ ...rest, stages: [{ ...first, jobs: first?.jobs.map((one) => ({ ...one, variables: [{ group: 'production' }] })) }, ...others] })],
  ['uses-the-token-of-the-job', (pipeline) => JSON.parse(JSON.stringify(pipeline).replaceAll('$(DATABASE_URL)', '$(System.AccessToken)')) as unknown],
  ['secret-in-several-steps', (pipeline) => JSON.parse(JSON.stringify(pipeline).replaceAll('"displayName":"Install from the lock file"', '"displayName":"Install","env":{"DATABASE_URL":"$(DATABASE_URL)"}')) as unknown],
]

test.each(broken)('the checker rejects %s', (problem, spoil) => {
  const { pipeline } = filesOf({ ...base, stage: 'mvp', hosting: 'vercel' })
  expect(azureProblems(pipeline)).toEqual([])
  expect(azureProblems(spoil(pipeline) as AzurePipeline).map((text) => text.split(':')[0])).toContain(problem)
})

test.each([['unknown keys', 'dependsOn:', 'needs:'], ['a floating machine', 'ubuntu-24.04', 'ubuntu-latest'], ['kept credentials', 'persistCredentials: false', 'persistCredentials: true'], ['a task without a version', 'Cache@2', 'Cache']])('the reader rejects %s', (_, from, to) => {
  const body = filesOf({ ...base, stage: 'mvp', hosting: 'vercel' }).files[0]?.body ?? ''
  expect(body).toContain(from)
  expect(() => readPipeline(body.replaceAll(from, to))).toThrow()
})

test('one image is built, and each environment gets its digest after the one before it', () => {
  const { pipeline } = filesOf({ ...base, deployTarget: 'gcp' })
  expect(pipeline.stages.map(({ stage: id, dependsOn }) => [id, dependsOn])).toEqual([['Checks', []], ['Image', ['Checks']], ['Staging', ['Checks', 'Image']], ['Production', ['Checks', 'Image', 'Staging']]])
  for (const id of ['Staging', 'Production']) expect(stage(pipeline, id)?.jobs.at(-1)?.variables).toContainEqual({ name: 'IMAGE', value: "$[ stageDependencies.Image.build.outputs['reference.image'] ]" })
  expect(stage(pipeline, 'Production')?.condition).toContain("in(dependencies.Staging.result, 'Succeeded', 'SucceededWithIssues')")
})

test('the migration runs first, in the environment whose lock the stage holds, with the secret in its step alone', () => {
  const { pipeline } = filesOf({ ...base, hosting: 'vercel' })
  const [migrate, deploy] = stage(pipeline, 'Production')?.jobs ?? []
  expect([migrate, deploy].map((job) => job !== undefined && 'deployment' in job && [job.deployment, job.environment, job.dependsOn])).toEqual([['migrate', 'production', undefined], ['deploy_app', 'production', ['migrate']]])
  expect(migrate === undefined ? [] : stepsOf(migrate).flatMap((step) => ('env' in step && step.env !== undefined ? [step.env] : []))).toEqual([{ DATABASE_URL: '$(DATABASE_URL)' }])
})

test.each([['aws-ecs', ['AWSShellScript@1'], 'aws-production'], ['gcp', ['AzureCLI@2'], 'gcp-production'], ['azure', ['AzureCLI@2'], 'azure-production']] as const)('a deploy to %s signs in through its own connection and holds no key', (deployTarget, tasks, connection) => {
  const { pipeline } = filesOf({ ...base, deployTarget })
  const steps = stage(pipeline, 'Production')?.jobs.flatMap(stepsOf) ?? []
  const signedIn = steps.flatMap((step) => ('task' in step ? [step] : []))
  expect(signedIn.map(({ task }) => task)).toEqual(tasks)
  expect(Object.values(signedIn[0]?.inputs ?? {})).toContain(connection)
  expect(signedIn[0]?.env).toBeUndefined()
})

test('two applications share the approval of an environment, and each has variables of its own', () => {
  const { pipeline } = filesOf({ ...base, apps: ['web:vercel', 'edge-api:cloudflare-workers'] })
  const jobs = stage(pipeline, 'Production')?.jobs ?? []
  expect(jobs.map((job) => ('deployment' in job ? [job.deployment, job.environment, job.variables] : []))).toEqual([
    ['migrate', 'production', [{ group: 'production' }]], ['deploy_web', 'production', [{ group: 'production-web' }]], ['deploy_edge_api', 'production', [{ group: 'production-edge-api' }]],
  ])
})

test('files of the project keep their names, and the template is found under its own', () => {
  const { files } = run({ ...base, ciProvider: 'azure-pipelines', existingCi: ['azure-pipelines.yml'] })
  const paths = files.map(({ path }) => path).filter((path) => path.endsWith('.yml'))
  expect(paths).toEqual(['azure-pipelines.operational-patterns.yml', 'azure-pipelines/setup.yml'])
  expect(files[0]?.body).toContain(`template: ${paths[1]}`)
})

test('what a file cannot hold is on the list: checks, groups, connections, the policy of the branch', () => {
  const { sections } = run({ ...base, ciProvider: 'azure-pipelines', deployTarget: 'aws-ecs', compliance: ['soc2'] })
  const text = JSON.stringify(sections)
  for (const word of ['exclusive lock', 'branch control', 'may not approve', 'aws-production', 'aws-build', 'AWS Toolkit', 'ECS_SERVICE', 'build validation', 'job authorization scope']) expect(text).toContain(word)
  expect(text).not.toContain('AWS_ROLE_ARN')
})
