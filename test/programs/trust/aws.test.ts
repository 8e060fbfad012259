import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { aws, fakeClouds, optionOf } from './clouds.ts'
import { planOf } from '../../tools/pipeline-template/plans.ts'
import { trustFiles } from '../../../src/tools/pipeline-template/trust/trust.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { asked, base, id, resources } from './settings.ts'

const missing = ['bash', 'jq'].filter((program) => spawnSync(program, ['--version']).error !== undefined)
const scriptOf = (given: Given): string => trustFiles(planOf({ ...base, ...given })).find(({ path }) => path === 'deploy/trust-aws.sh')?.body ?? ''

interface Statement { readonly Effect: string, readonly Action: string | string[], readonly Resource?: string[], readonly Condition?: Record<string, Record<string, unknown>> }
const statements = (text: string | undefined): Statement[] => (JSON.parse(text ?? '') as { Statement: Statement[] }).Statement

const providers: readonly [NonNullable<Given['ciProvider']>, string, string, Record<string, unknown>, Record<string, unknown>][] = [
  ['github-actions', 'token.actions.githubusercontent.com', 'sts.amazonaws.com',
    { StringEquals: ['repo:acme@12/shop@34:environment:production'] }, { StringEquals: ['repo:acme@12/shop@34:ref:refs/heads/main'] }],
  ['gitlab', 'gitlab.com', 'sts.amazonaws.com',
    { StringEquals: ['project_path:acme/shop:ref_type:branch:ref:main'] }, { StringEquals: ['project_path:acme/shop:ref_type:branch:ref:main'] }],
  ['circleci', `oidc.circleci.com/org/${id(1)}`, id(1),
    { StringLike: [`org/${id(1)}/project/${id(2)}/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main`] },
    { StringLike: [`org/${id(1)}/project/${id(2)}/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/shop/vcs-ref/refs/heads/main`] }],
  ['bitbucket', 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', `ari:cloud:bitbucket::workspace/${id(1)}`,
    { StringLike: [`{${id(2)}}:{${id(4)}}:{????????-????-????-????-????????????}`] }, { StringLike: [`{${id(2)}}:{????????-????-????-????-????????????}`, `{${id(2)}}:{????????-????-????-????-????????????}:{????????-????-????-????-????????????}`] }],
  ['azure-pipelines', `vstoken.dev.azure.com/${id(1)}`, 'api://AzureADTokenExchange',
    { StringEquals: ['sc://acme/Web Shop/aws-production'] }, { StringEquals: ['sc://acme/Web Shop/aws-build'] }],
]

test.skipIf(missing.length > 0).each(providers)('the roles of %s trust exactly its jobs, and a second run changes nothing (bash, jq)', (ciProvider, host, audience, production, build) => {
  const cloud = fakeClouds({ aws })
  const script = scriptOf({ ciProvider, deployTarget: 'aws-ecs' })
  const settings = { ...resources['aws-ecs'], ...asked[ciProvider] }
  const first = cloud.run(script, settings)
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
  const second = cloud.run(script, settings)
  expect(second.status, second.stderr).toBe(0)
  expect(second.calls.length).toBeGreaterThan(5)
  expect(second.calls.filter(([, , command = '']) => !/^(get|describe|list)-/.test(command))).toEqual([])
  expect(second.stdout).toBe(first.stdout)
})

const allowed = (deployTarget: string, role: string): Statement[] => {
  const { status, stderr, calls } = fakeClouds({ aws }).run(scriptOf({ ciProvider: 'github-actions', deployTarget }), { ...resources[deployTarget], ...asked['github-actions'] })
  expect(status, stderr).toBe(0)
  return statements(optionOf(calls.find((call) => call[2] === 'put-role-policy' && optionOf(call, 'role-name') === role), 'policy-document'))
}

test.skipIf(missing.length > 0).each([
  ['aws', 'shop-ci-production', ['sts:AssumeRole'], []],
  ['aws-ecs', 'shop-ci-production', ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks', 'ecs:RegisterTaskDefinition', 'ecs:RunTask', 'ecs:UpdateService', 'iam:PassRole'], ['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition']],
  ['aws-lambda', 'shop-ci-production', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'lambda:GetFunction', 'lambda:GetFunctionConfiguration', 'lambda:PublishVersion', 'lambda:UpdateAlias', 'lambda:UpdateFunctionCode'], []],
  ['aws-kubernetes', 'shop-ci-production', ['eks:DescribeCluster'], []],
  ['aws-ecs', 'shop-ci-build', ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:DescribeImages', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'], ['ecr:GetAuthorizationToken']],
] as const)('for %s, %s may do only what its lines do, on named resources (bash, jq)', (deployTarget, role, actions, everywhere) => {
  const found = allowed(deployTarget, role)
  expect(found.flatMap(({ Action }) => Action).sort()).toEqual(actions)
  expect(found.filter(({ Resource }) => Resource?.includes('*')).flatMap(({ Action }) => Action).sort()).toEqual(everywhere)
  expect(found.every(({ Effect, Resource = [] }) => Effect === 'Allow' && Resource.length > 0 && Resource.every((arn) => arn === '*' || /^arn:aws:[a-z]+:[a-z0-9-]*:123456789012:[\w/:*.-]+$/.test(arn)))).toBe(true)
})
