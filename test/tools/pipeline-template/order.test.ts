import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { readPipeline, type AzureJob } from './azure.ts'
import { bitbucketFile } from './bitbucket-file.ts'
import { circleFile, runs } from './circleci-file.ts'
import { gitlabFile } from './gitlab-file.ts'
import { run } from './matrix.ts'

const apps: Given = { apps: ['web:vercel', 'api:aws-ecs'], stack: ['nextjs', 'prisma', 'postgresql'], packageManager: 'pnpm', stage: 'growth', developers: 4, environments: ['staging', 'production'] }

test('GitLab: what migrates beside its application goes before the other applications, and one yes is enough', () => {
  const { jobs } = gitlabFile(apps)
  expect(jobs.get('deploy-production-web')?.needs).toContain('deploy-production-api')
  expect(jobs.get('deploy-production-api')?.needs).not.toContain('deploy-production-web')
  expect([jobs.get('deploy-production-api')?.rules?.[0]?.when, jobs.get('deploy-production-web')?.rules?.[0]?.when]).toEqual(['manual', undefined])
})

test('CircleCI: what migrates beside its application goes before the other applications', () => {
  const { entries } = circleFile(apps)
  expect(entries.find(({ name }) => name === 'deploy-production-web')?.requires).toEqual(['deploy-production-api'])
  expect(entries.find(({ name }) => name === 'deploy-staging-api')?.requires).toEqual(['image'])
})

test('Bitbucket: what migrates beside its application goes before the other applications, and a person starts it', () => {
  const steps = bitbucketFile(apps).pipelines.find(({ kind, name }) => kind === 'branches' && name === 'main')?.steps.filter(({ deployment }) => deployment?.startsWith('production') === true)
  expect(steps?.map(({ deployment, manual }) => [deployment, manual])).toEqual([['production-api', true], ['production-web', false]])
})

const one: Given = { stack: ['express', 'drizzle', 'postgresql'], packageManager: 'pnpm', stage: 'growth', developers: 5, deployTarget: 'gcp', environments: ['staging', 'production'] }

test('CircleCI: production that is asked for by name passes staging first', () => {
  expect(runs(circleFile(one), { branch: 'main', deployTo: 'production' }, true).filter((name) => /^(deploy|approve)-/.test(name))).toEqual(['deploy-staging', 'approve-production', 'deploy-production'])
  expect(runs(circleFile(one), { branch: 'main', deployTo: 'staging' }, true).filter((name) => /^(deploy|approve)-/.test(name))).toEqual(['deploy-staging'])
})

/** The stages of a run in which everything passes, by what their conditions say. */
function reached(input: Given, deployTo: string, fails: readonly string[] = []): readonly string[] {
  const { stages } = readPipeline(run({ ...input, ciProvider: 'azure-pipelines' }).files[0]?.body ?? '')
  const results: Record<string, string> = {}
  for (const { stage, condition = 'succeeded()' } of stages) {
    const text = condition.replaceAll('${{ parameters.deployTo }}', deployTo).replace(/variables\['Build\.SourceBranch'\]/g, "'refs/heads/main'").replace(/variables\['Build\.Reason'\]/g, "'Manual'").replace(/dependencies\.(\w+)\.result/g, (_, id: string) => `'${results[id] ?? 'Skipped'}'`)
    const code = text.replace(/\bin\(/g, 'isIn(')
    const truth = new Function('and', 'or', 'not', 'eq', 'ne', 'isIn', 'canceled', 'succeeded', `return ${code}`) as (...all: unknown[]) => boolean
    const runs = truth((...all: boolean[]) => all.every(Boolean), (...all: boolean[]) => all.some(Boolean), (value: boolean) => !value, (a: string, b: string) => a === b, (a: string, b: string) => a !== b, (a: string, ...all: string[]) => all.includes(a), () => false, () => true)
    results[stage] = !runs ? 'Skipped' : fails.includes(stage) ? 'Failed' : 'Succeeded'
  }
  return Object.entries(results).flatMap(([stage, result]) => (result === 'Skipped' ? [] : [stage]))
}

test('Azure: production that is asked for by name passes staging first, and waits for it', () => {
  expect(reached(one, 'by branch')).toEqual(['Checks', 'Image', 'Staging', 'Production'])
  expect(reached(one, 'production')).toEqual(['Checks', 'Image', 'Staging', 'Production'])
  expect(reached(one, 'staging')).toEqual(['Checks', 'Image', 'Staging'])
  expect(reached(one, 'production', ['Staging'])).toEqual(['Checks', 'Image', 'Staging'])
})

const jobNames = (jobs: readonly AzureJob[]): readonly string[] => jobs.map((job) => ('deployment' in job ? job.deployment : job.job))
test('Azure: what migrates beside its application goes before the other applications', () => {
  const { stages } = readPipeline(run({ ...apps, ciProvider: 'azure-pipelines' }).files[0]?.body ?? '')
  const jobs = stages.find(({ stage }) => stage === 'Production')?.jobs ?? []
  expect(jobNames(jobs)).toEqual(['deploy_web', 'deploy_api'])
  expect(jobs[0]?.dependsOn).toEqual(['deploy_api'])
})

test('GitHub: an older commit whose checks take longer does not deploy over a newer one, and nobody waits for a person', () => {
  const concurrencyOf = (input: Given): unknown => (parse(run({ ...one, ...input, ciProvider: 'github-actions' }).files.find(({ path }) => path.endsWith('deploy.yml'))?.body ?? '') as { concurrency?: unknown }).concurrency
  const inOrder = { group: "deploy-${{ github.event_name == 'push' && github.ref || github.run_id }}", 'cancel-in-progress': false }
  expect(concurrencyOf({})).toEqual(inOrder)
  expect(concurrencyOf({ environments: ['production'], stage: 'mvp', repositoryVisibility: 'public' })).toEqual(inOrder)
  // A run that waits for reviewers would hold back every push after it.
  expect(concurrencyOf({ repositoryVisibility: 'public', compliance: ['soc2'] })).toBeUndefined()
})

test('Azure: pushes are delivered one after the other, except where a run waits for a person', () => {
  const triggerOf = (input: Given): unknown => readPipeline(run({ ...one, ...input, ciProvider: 'azure-pipelines' }).files[0]?.body ?? '').trigger.batch
  expect(triggerOf({ releaseCadence: 'on-merge', developers: 40 })).toBe(true)
  expect(triggerOf({ compliance: ['soc2'] })).toBeUndefined()
})
