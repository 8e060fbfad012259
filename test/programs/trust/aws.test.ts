import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { aws, fakeClouds, optionOf } from './clouds.ts'
import { planOf } from '../../tools/pipeline-template/plans.ts'
import { trustFiles } from '../../../src/tools/pipeline-template/trust/trust.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'

const missing = ['bash', 'jq'].filter((program) => spawnSync(program, ['--version']).error !== undefined)
const base: Given = { stack: ['express', 'prisma', 'postgresql'], stage: 'growth', developers: 5, environments: ['staging', 'production'] }
const id = (last: number): string => `00000000-0000-0000-0000-00000000000${last}`
const ecs = ['STAGING', 'PRODUCTION'].reduce((all, prefix) => ({
  ...all, [`${prefix}_ECS_CLUSTER`]: 'main', [`${prefix}_ECS_SERVICE`]: 'shop', [`${prefix}_ECS_TASK_FAMILY`]: 'shop', [`${prefix}_ECS_PASSED_ROLES`]: 'arn:aws:iam::123456789012:role/task arn:aws:iam::123456789012:role/execution',
}), { AWS_REGION: 'eu-central-1', ROLE_PREFIX: 'shop-ci', ECR_REPOSITORY: 'shop' } as Record<string, string>)
const scriptOf = (given: Given): string => trustFiles(planOf({ ...base, ...given })).find(({ path }) => path.endsWith('aws.sh'))?.body ?? ''

interface Statement { readonly Effect: string, readonly Action: string | string[], readonly Resource?: string[], readonly Condition?: Record<string, Record<string, unknown>> }
const statements = (text: string | undefined): Statement[] => (JSON.parse(text ?? '') as { Statement: Statement[] }).Statement

const providers: readonly [Given['ciProvider'], Record<string, string>, string, string, Record<string, unknown>, Record<string, unknown>][] = [
  ['github-actions', { SUBJECT_PREFIX: 'repo:acme@12/shop@34' }, 'token.actions.githubusercontent.com', 'sts.amazonaws.com',
    { StringEquals: ['repo:acme@12/shop@34:environment:production'] }, { StringEquals: ['repo:acme@12/shop@34:ref:refs/heads/main'] }],
  ['gitlab', { PROJECT_PATH: 'acme/shop' }, 'gitlab.com', 'sts.amazonaws.com',
    { StringEquals: ['project_path:acme/shop:ref_type:branch:ref:main'] }, { StringEquals: ['project_path:acme/shop:ref_type:branch:ref:main'] }],
  ['circleci', { ORGANIZATION_ID: id(1), PROJECT_ID: id(2), VCS_ORIGIN: 'github.com/acme/shop' }, `oidc.circleci.com/org/${id(1)}`, id(1),
    { StringLike: [`org/${id(1)}/project/${id(2)}/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main`] },
    { StringLike: [`org/${id(1)}/project/${id(2)}/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main`] }],
  ['bitbucket', { WORKSPACE: 'acme', WORKSPACE_UUID: id(1), REPOSITORY_UUID: id(2), STAGING_ENVIRONMENT_UUID: id(3), PRODUCTION_ENVIRONMENT_UUID: id(4) }, 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', `ari:cloud:bitbucket::workspace/${id(1)}`,
    { StringLike: [`{${id(2)}}:{${id(4)}}:{????????-????-????-????-????????????}`] }, { StringLike: [`{${id(2)}}:{????????-????-????-????-????????????}`] }],
  ['azure-pipelines', { ORGANIZATION_ID: id(1), ORGANIZATION: 'acme', PROJECT: 'Web Shop' }, `vstoken.dev.azure.com/${id(1)}`, 'api://AzureADTokenExchange',
    { StringEquals: ['sc://acme/Web Shop/aws-production'] }, { StringEquals: ['sc://acme/Web Shop/aws-build'] }],
]

test.skipIf(missing.length > 0).each(providers)('the roles of %s trust exactly its jobs, and a second run changes nothing (bash, jq)', (ciProvider, settings, host, audience, production, build) => {
  const cloud = fakeClouds({ aws })
  const script = scriptOf({ ciProvider, deployTarget: 'aws-ecs' })
  const first = cloud.run(script, { ...ecs, ...settings })
  expect(first.stderr).not.toContain('expected')
  expect(first.status, first.stderr).toBe(0)
  const made = (role: string) => first.calls.find((call) => call[2] === 'create-role' && optionOf(call, 'role-name') === role)
  for (const [role, subjects] of [['shop-ci-production', production], ['shop-ci-build', build]] as const) {
    const found = statements(optionOf(made(role), 'assume-role-policy-document'))
    const conditions = found.map(({ Condition }) => Object.fromEntries(Object.entries(Condition ?? {}).flatMap(([operator, keys]) => (keys[`${host}:sub`] === undefined ? [] : [[operator, keys[`${host}:sub`]]]))))
    expect(conditions).toEqual([subjects])
    for (const { Effect, Action, Condition } of found) {
      expect([Effect, Action]).toEqual(['Allow', 'sts:AssumeRoleWithWebIdentity'])
      expect(Condition?.['StringEquals']?.[`${host}:aud`]).toBe(audience)
      expect(JSON.stringify(Condition)).not.toContain('ForAllValues')
    }
  }
  expect(first.stdout).toContain('production: AWS_ROLE_ARN=arn:aws:iam::123456789012:role/shop-ci-production')
  expect(first.stdout).toContain('build: AWS_BUILD_ROLE_ARN=arn:aws:iam::123456789012:role/shop-ci-build')
  const second = cloud.run(script, { ...ecs, ...settings })
  expect(second.status, second.stderr).toBe(0)
  expect(second.calls.length).toBeGreaterThan(5)
  expect(second.calls.filter(([, , command = '']) => !/^(get|describe|list)-/.test(command))).toEqual([])
  expect(second.stdout).toBe(first.stdout)
})
