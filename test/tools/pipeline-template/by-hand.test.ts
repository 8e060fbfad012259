import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { planOf } from './plans.ts'
import { run } from './matrix.ts'

const team: Given = { stack: ['flask', 'mariadb'], packageManager: 'poetry', stage: 'production', developers: 9 }
const gitflow: Given = { ...team, branchStrategy: 'gitflow', releaseCadence: 'scheduled' }
const list = (input: Given): string => run(input).sections.find(({ id }) => id === 'deploy')?.body ?? ''

test('GitLab: what deploys from release branches or tags protects them, or its protected variables stay empty', () => {
  const input: Given = { ...gitflow, ciProvider: 'gitlab', hosting: 'fly' }
  expect(planOf(input).environments.map(({ branch }) => branch)).toContain('release/**')
  expect(list(input)).toContain('Protect `release/*` too')
  expect(list({ ...team, ciProvider: 'gitlab', hosting: 'fly', branchStrategy: 'trunk-based' })).not.toContain('` too')
  expect(list({ ...team, ciProvider: 'gitlab', hosting: 'fly', environments: ['demo', 'production'] })).toContain('Protect `v*` too')
})

test('Dependabot follows the branch that changes go to', () => {
  const targets = (input: Given): unknown[] => (parse(run({ ...input, ciProvider: 'github-actions' }).files.find(({ path }) => path.endsWith('dependabot.yml'))?.body ?? '') as { updates: { 'target-branch'?: string }[] }).updates.map((update) => update['target-branch'])
  expect(targets({ ...gitflow, hosting: 'fly' })).toEqual(['develop', 'develop'])
  expect(targets({ ...team, hosting: 'fly', branchStrategy: 'github-flow' })).toEqual([undefined, undefined])
})

test('CDK: one assembly for several environments needs an account for each', () => {
  const cdk: Given = { stack: ['express'], packageManager: 'npm', deployTarget: 'aws', stage: 'growth', developers: 5 }
  expect(list({ ...cdk, environments: ['staging', 'production'] })).toContain('an account of its own')
  expect(list({ ...cdk, environments: ['production'] })).not.toContain('an account of its own')
})

test('a cluster that pulls from the registry of the provider is told how', () => {
  expect(list({ ...team, ciProvider: 'github-actions', deployTarget: 'kubernetes' })).toContain('pull secret')
  expect(list({ ...team, ciProvider: 'github-actions', deployTarget: 'gke' })).not.toContain('pull secret')
})
