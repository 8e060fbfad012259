import { beforeAll, expect, test } from 'vitest'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { knowledge } from '../../support/knowledge.ts'
import { bitbucketFile, read, type BitbucketFile } from './bitbucket-file.ts'
import { covering, run } from './matrix.ts'

let files: readonly BitbucketFile[] = []
beforeAll(() => {
  knowledge()
  // A third of the matrix here; test/programs has all of it.
  files = [...new Map(covering('bitbucket').filter((_, index) => index % 3 === 1).map(bitbucketFile).map((file) => [file.text, file])).values()]
}, 120_000)

const settings = new Set([...Object.values(targets).flatMap(({ secrets, variables }) => [...secrets, ...variables]), 'HEALTH_URL', 'REGISTRY_PASSWORD', 'ECR_REGISTRY', 'ACR_NAME', 'ARTIFACT_REGISTRY_HOST', 'AWS_BUILD_ROLE_ARN', 'AZURE_CLIENT_SECRET', 'AZURE_BUILD_CLIENT_SECRET'])
const reads = (script: readonly string[]): string[] => [...script.join('\n').matchAll(/\$\{?([A-Z][A-Z0-9_]+)/g)].map(([, name = '']) => name).filter((name) => settings.has(name))

const known = `image: node:24
options: {max-time: 30}
definitions: {steps: [{step: &a {name: Test, max-time: 5, script: [npm test]}}]}
pipelines: {pull-requests: {"**": [{step: *a}]}, branches: {main: [{step: *a}]}}
`
test.each([
  ['an unknown key', known.replace('max-time: 5', 'maxtime: 5')], ['an image without a tag', known.replace('node:24', 'node')], ['a step without a limit', known.replace('max-time: 5, ', '')],
  ['a step without a script', known.replace(', script: [npm test]', '')], ['an unknown kind of pipeline', known.replace('pull-requests', 'pullrequests')], ['an anchor that nobody defined', known.replace('step: &a', 'step: ')],
])('the reader refuses %s', (_, text) => {
  expect(() => read(known)).not.toThrow()
  expect(() => read(text)).toThrow()
})

test('every file fits, and stays within what Bitbucket allows', () => {
  expect(files.length).toBeGreaterThan(40)
  for (const { text, config, pipelines } of files) {
    const memory = Object.values(config.definitions.services ?? {}).map((service) => service.memory)
    // A step of the usual size has 4096 MB, of which its own container keeps 1024.
    expect(memory.reduce((sum, each) => sum + each, 0), text).toBeLessThanOrEqual(3072)
    for (const { steps, items } of pipelines) {
      expect(steps.length).toBeLessThanOrEqual(100)
      expect(steps[0]?.manual, text).toBe(false)
      expect(items.length).toBeGreaterThan(0)
      for (const { step } of steps) {
        for (const name of step.caches ?? []) expect(Object.keys(config.definitions.caches ?? {}), step.name).toContain(name)
        for (const name of step.services ?? []) expect(Object.keys(config.definitions.services ?? {}), step.name).toContain(name)
      }
    }
  }
})

test('what several pipelines do is written once', () => {
  for (const { text, config } of files) {
    for (const { step } of config.definitions.steps) expect(text.split(`name: ${step.name}\n`).length - 1, text).toBe(1)
    expect(text).not.toMatch(/[&*]a\d+\b/)
  }
})

test('each environment is deployed by one run at a time, once a pipeline, and never from a pull request', () => {
  let found = 0
  for (const { text, pipelines } of files) {
    for (const { kind, steps } of pipelines) {
      const deployed = steps.filter(({ deployment }) => deployment !== null)
      if (kind === 'pull-requests') expect(deployed).toEqual([])
      for (const { step, locked, deployment } of deployed) {
        found += 1
        expect(locked || step['concurrency-group'] !== undefined, `${step.name}\n${text}`).toBe(true)
        expect(locked && step.deployment !== undefined, deployment ?? '').toBe(false)
      }
      const alone = deployed.filter(({ locked }) => !locked).map(({ deployment }) => deployment)
      expect(new Set(alone).size).toBe(alone.length)
    }
  }
  expect(found).toBeGreaterThan(50)
})

test('settings are read only in a deployment or in the environment of images, and checks have none', () => {
  for (const { text, pipelines } of files) {
    for (const { steps } of pipelines) {
      for (const { step, deployment } of steps) {
        if (deployment === null && step.environment === undefined) expect(reads(step.script), `${step.name}\n${text}`).toEqual([])
        if (step.environment !== undefined) expect(step.environment).toBe('images')
        expect(step.oidc === true, step.name).toBe(step.script.some((line) => line.includes('BITBUCKET_STEP_OIDC_TOKEN')))
        if (deployment !== null || step.artifacts !== undefined) expect(step.caches, step.name).toBeUndefined()
      }
    }
  }
})

test('what was built once comes before what deploys it, and checks come first of all', () => {
  for (const { text, pipelines } of files) {
    for (const { steps } of pipelines) {
      for (const [index, { step, deployment, group }] of steps.entries()) {
        const before = steps.filter((other) => other.group < group || (other.locked && steps.indexOf(other) < index)).flatMap((other) => other.step.artifacts ?? [])
        if (step.script.some((line) => line.includes('$(cat image.txt)') && line.startsWith('IMAGE='))) expect(before, text).toContain('image.txt')
        if (step.script.some((line) => line.includes('--app cdk.out'))) expect(before).toContain('cdk.out/**')
        if (deployment !== null) expect(group, step.name).toBeGreaterThan(0)
      }
    }
  }
})

test('images do not move, and a pipe that fails fails the step', () => {
  for (const { config, pipelines } of files) {
    for (const { step } of pipelines.flatMap(({ steps }) => steps)) {
      expect(step.image ?? config.image).toMatch(/:[\w.-]*\d[\w.-]*$/)
      if (!step.name.startsWith('Only from')) expect(step.script[0]).toBe('set -eo pipefail')
      expect(step.script.join('\n')).not.toMatch(/@latest|:latest|curl [^|\n]*\| *(ba)?sh\b/)
    }
  }
})

const team: Given = { stack: ['nextjs', 'prisma', 'postgresql'], packageManager: 'pnpm', stage: 'growth', developers: 5 }
const deploysOf = (input: Given) => main(input).filter(({ step }) => step.name.startsWith('Deploy'))
const main = (input: Given) => bitbucketFile(input).pipelines.find(({ kind, name }) => kind === 'branches' && name === 'main')?.steps ?? []

test('a stage keeps an environment locked from the migration to the deploy, and one click starts both', () => {
  const steps = main({ ...team, hosting: 'vercel', environments: ['staging', 'production'], requested: ['approval'] }).filter(({ deployment }) => deployment !== null)
  expect(steps.map(({ step, deployment, manual, locked }) => [step.name, deployment, manual, locked])).toEqual([
    ['Migrate staging', 'staging', false, true], ['Deploy to staging', 'staging', false, true], ['Migrate production', 'production', true, true], ['Deploy to production', 'production', false, true],
  ])
})

test('a deploy without a migration of its own queues behind the one before', () => {
  const steps = main({ ...team, deployTarget: 'aws-ecs', environments: ['staging', 'production'] }).filter(({ deployment }) => deployment !== null)
  expect(steps.map(({ step }) => [step.name, step['concurrency-group'], step.clone])).toEqual([['Deploy to staging', 'deploy-staging', { enabled: false }], ['Deploy to production', 'deploy-production', { enabled: false }]])
})

test('several applications have a deployment each, after one migration', () => {
  const steps = main({ ...team, apps: ['web:vercel', 'docs:netlify'], environments: ['production'] }).filter(({ deployment }) => deployment !== null)
  expect(steps.map(({ deployment }) => deployment)).toEqual(['production', 'production-web', 'production-docs'])
})

test('Azure, which compares whole subjects, gets a stored secret; the other clouds get a token', () => {
  const azure = deploysOf({ ...team, deployTarget: 'azure' })
  expect(azure.length).toBeGreaterThan(0)
  expect(azure.every(({ step }) => step.oidc === undefined && step.script.join('\n').includes('AZURE_CLIENT_SECRET'))).toBe(true)
  const gcp = deploysOf({ ...team, deployTarget: 'gcp' })
  expect(gcp.length).toBeGreaterThan(0)
  expect(gcp.every(({ step }) => step.oidc === true)).toBe(true)
})

test('what nobody pushes to is started by hand, from the main branch only', () => {
  const { pipelines } = bitbucketFile({ ...team, deployTarget: 'gcp', environments: ['staging', 'load', 'production'] })
  const custom = pipelines.find(({ kind }) => kind === 'custom')
  expect(custom?.name).toBe('deploy-load')
  expect(custom?.steps[0]?.step.script[0]).toContain('"$BITBUCKET_BRANCH" != \'main\'')
  expect(custom?.steps.at(-1)?.deployment).toBe('load')
  expect(pipelines.filter(({ kind }) => kind !== 'custom').flatMap(({ steps }) => steps).map(({ deployment }) => deployment)).not.toContain('load')
})

test('no registry trusts a token of Bitbucket: publishing is left to a person, and said', () => {
  expect(run({ ciProvider: 'bitbucket', projectType: 'library', stack: ['typescript'], packageManager: 'pnpm', stage: 'growth' }).skipped.map(({ item }) => item)).toContain('publish job')
})

test('an existing file is left alone, and the generated one waits to be merged', () => {
  const { files: written, sections } = run({ ...team, ciProvider: 'bitbucket', deployTarget: 'vercel', existingCi: ['bitbucket-pipelines.yml'] })
  expect(written[0]?.path).toBe('bitbucket-pipelines.operational-patterns.yml')
  expect(sections.find(({ id }) => id === 'deploy')?.body).toContain('merge `bitbucket-pipelines.operational-patterns.yml`')
  expect(JSON.parse(written[1]?.body ?? '{}')).toMatchObject({ 'bitbucket-pipelines': { managerFilePatterns: ['bitbucket-pipelines.operational-patterns.yml'] } })
})
