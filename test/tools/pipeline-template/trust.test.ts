import { beforeAll, expect, test } from 'vitest'
import { providerIds } from '../../../src/tools/pipeline-template/model.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { trustFiles, trustLines } from '../../../src/tools/pipeline-template/trust/trust.ts'
import { knowledge } from '../../support/knowledge.ts'
import { planOf } from './plans.ts'

beforeAll(() => { knowledge() }, 60_000)

const base: Given = { stack: ['express', 'drizzle', 'postgresql'], stage: 'growth', developers: 5, environments: ['staging', 'production'] }
const bodyOf = (given: Given): string => trustFiles(planOf({ ...base, ...given }))[0]?.body ?? ''
const clouds = Object.values(targets).filter(({ cloud }) => cloud !== null).map(({ id }) => id)

test('each cloud target has its script on each provider whose tokens that cloud can match, and a line that says so', () => {
  expect(clouds.length).toBeGreaterThan(5)
  for (const ciProvider of providerIds) for (const deployTarget of Object.keys(targets)) {
    const plan = planOf({ ...base, ciProvider, deployTarget })
    const cloud = targets[deployTarget]?.cloud
    // Azure matches whole subjects; those of CircleCI and Bitbucket name a user or a step.
    const expected = cloud == null || (cloud === 'azure' && ['circleci', 'bitbucket'].includes(ciProvider)) ? [] : [`deploy/trust-${cloud}.sh`]
    expect([ciProvider, deployTarget, trustFiles(plan).map(({ path }) => path)]).toEqual([ciProvider, deployTarget, expected])
    expect(trustLines(plan)).toHaveLength(expected.length)
  }
})

test('two applications on two clouds get two scripts, and each asks for its own application', () => {
  const files = trustFiles(planOf({ ...base, ciProvider: 'github-actions', apps: ['web:aws-ecs', 'edge-api:vercel', 'jobs:aws'] }))
  expect(files.map(({ path }) => path)).toEqual(['deploy/trust-aws.sh'])
  expect(files[0]?.body).toContain('Identities: build staging-web staging-jobs production-web production-jobs')
  expect(files[0]?.body).toContain('"$SUBJECT_PREFIX:environment:production-web"')
  expect(files[0]?.body).toContain('need PRODUCTION_WEB_ECS_CLUSTER ')
})

test('a target on a registry of its own has no build role', () => {
  expect(bodyOf({ ciProvider: 'gitlab', deployTarget: 'aws' })).toContain('Identities: staging production')
})

test.each<[NonNullable<Given['ciProvider']>, string]>([['github-actions', '"$SUBJECT_PREFIX:ref:refs/heads/release/*"'], ['gitlab', '"project_path:$PROJECT_PATH:ref_type:branch:ref:release/*"']])('only what follows release branches on %s is a pattern', (ciProvider, pattern) => {
  const body = bodyOf({ ciProvider, deployTarget: 'aws-ecs', branchStrategy: 'gitflow', environments: ['dev', 'uat', 'production'] })
  const patterns = [...body.matchAll(/trust StringLike (.*?)[;}]/g)].flatMap(([, subjects = '']) => subjects.match(/"[^"]+"/g) ?? [])
  expect([...new Set(patterns)]).toEqual([pattern])
})

test('a part of a subject that changes with every run has a fixed length, so that no branch name can stand in for it', () => {
  for (const ciProvider of ['circleci', 'bitbucket'] as const) {
    const subjects = [...bodyOf({ ciProvider, deployTarget: 'aws-ecs' }).matchAll(/trust StringLike (.*?)[;}]\s/g)].map(([, text = '']) => text)
    expect(subjects.length).toBeGreaterThan(1)
    for (const subject of subjects) expect(subject).toMatch(/^[^*]*\?{8}-\?{4}-\?{4}-\?{4}-\?{12}[^*]*$/)
  }
})

test('no script grants with ForAllValues, spells a key, or takes every subject', () => {
  for (const ciProvider of providerIds) for (const deployTarget of clouds) {
    for (const { body } of trustFiles(planOf({ ...base, ciProvider, deployTarget }))) expect(body).not.toMatch(/ForAllValues|create-access-key|keys create|--password|"\*:|trust String\w+ "\*/)
  }
})
