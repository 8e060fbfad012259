import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { az, fakeClouds, gcloud, optionOf } from './clouds.ts'
import { asked, base, id, resources } from './settings.ts'
import { planOf } from '../../tools/pipeline-template/plans.ts'
import { trustFiles } from '../../../src/tools/pipeline-template/trust/trust.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'

const missing = ['bash', 'jq'].filter((program) => spawnSync(program, ['--version']).error !== undefined)
const scriptOf = (given: Given, cloud: string): string => trustFiles(planOf({ ...base, ...given })).find(({ path }) => path === `deploy/trust-${cloud}.sh`)?.body ?? ''

const conditions: readonly [string, string, string | undefined, string][] = [
  ['github-actions', 'https://token.actions.githubusercontent.com', undefined, "assertion.sub == 'repo:acme@12/shop@34:environment:production'"],
  ['gitlab', 'https://gitlab.com', 'https://gitlab.com', "assertion.sub == 'project_path:acme/shop:ref_type:branch:ref:main' && assertion.ref_protected == 'true' && assertion.environment == 'production'"],
  ['circleci', `https://oidc.circleci.com/org/${id(1)}`, id(1), `assertion['oidc.circleci.com/project-id'] == '${id(2)}' && assertion['oidc.circleci.com/vcs-origin'] == 'github.com/acme/shop' && assertion['oidc.circleci.com/vcs-ref'] == 'refs/heads/main'`],
  ['bitbucket', 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', `ari:cloud:bitbucket::workspace/${id(1)}`, `assertion.repositoryUuid == '{${id(2)}}' && assertion.deploymentEnvironmentUuid == '{${id(4)}}'`],
  ['azure-pipelines', `https://login.microsoftonline.com/${id(5)}/v2.0`, 'api://AzureADTokenExchange', `assertion.sub == '/eid1/c/pub/t/abc-_1/a/def/sc/${id(1)}/${id(0)}'`],
]

test.skipIf(missing.length > 0).each(conditions)('Google Cloud takes exactly the jobs of %s into a pool of their own, and a second run changes nothing (bash, jq)', (ciProvider, issuer, audience, condition) => {
  const cloud = fakeClouds({ gcloud })
  const script = scriptOf({ ciProvider: ciProvider as Given['ciProvider'], deployTarget: 'gcp' }, 'gcp')
  const settings = { ...resources['gcp'], ...asked[ciProvider] }
  const first = cloud.run(script, settings)
  expect(first.status, first.stderr).toBe(0)
  const provider = first.calls.find((call) => call.includes('create-oidc') && optionOf(call, 'workload-identity-pool') === 'shop-production')
  expect([optionOf(provider, 'issuer-uri'), optionOf(provider, 'allowed-audiences'), optionOf(provider, 'attribute-condition')]).toEqual([issuer, audience, condition])
  const bound = first.calls.filter((call) => call.includes('add-iam-policy-binding')).map((call) => [call[call.indexOf('add-iam-policy-binding') + 1], optionOf(call, 'role'), optionOf(call, 'member')])
  const account = 'shop-production@shop-prod.iam.gserviceaccount.com'
  expect(bound).toEqual(expect.arrayContaining([
    [account, 'roles/iam.workloadIdentityUser', 'principalSet://iam.googleapis.com/projects/424242/locations/global/workloadIdentityPools/shop-production/*'],
    ['shop', 'roles/run.developer', `serviceAccount:${account}`], ['images', 'roles/artifactregistry.reader', `serviceAccount:${account}`],
    ['images', 'roles/artifactregistry.writer', 'serviceAccount:shop-build@shop-prod.iam.gserviceaccount.com'],
  ]))
  expect(bound.filter(([resource]) => resource === 'shop-prod')).toEqual([])
  expect(first.stdout).toContain('production: GCP_WORKLOAD_IDENTITY_PROVIDER=projects/424242/locations/global/workloadIdentityPools/shop-production/providers/ci')
  const second = cloud.run(script, settings)
  expect(second.status, second.stderr).toBe(0)
  expect(second.calls.filter((call) => call.some((word) => /^(create|create-oidc|update-oidc|add-iam-policy-binding)$/.test(word)))).toEqual([])
  expect(second.stdout).toBe(first.stdout)
})

test.skipIf(missing.length > 0).each([
  ['github-actions', 'https://token.actions.githubusercontent.com', 'repo:acme@12/shop@34:environment:production'],
  ['gitlab', 'https://gitlab.com', 'project_path:acme/shop:ref_type:branch:ref:main'],
  ['azure-pipelines', `https://login.microsoftonline.com/${id(5)}/v2.0`, `/eid1/c/pub/t/abc-_1/a/def/sc/${id(1)}/${id(0)}`],
])('Azure takes exactly the jobs of %s, and a second run changes nothing (bash, jq)', (ciProvider, issuer, subject) => {
  const cloud = fakeClouds({ az })
  const script = scriptOf({ ciProvider: ciProvider as Given['ciProvider'], deployTarget: 'azure' }, 'azure')
  const settings = { ...resources['azure'], ...asked[ciProvider] }
  const first = cloud.run(script, settings)
  expect(first.status, first.stderr).toBe(0)
  const credential = first.calls.find((call) => call[2] === 'federated-credential' && call[3] === 'create' && optionOf(call, 'identity-name') === 'shop-ci-production')
  expect([optionOf(credential, 'issuer'), optionOf(credential, 'subject'), optionOf(credential, 'audiences')]).toEqual([issuer, subject, 'api://AzureADTokenExchange'])
  expect(first.calls.filter((call) => call[1] === 'role' && call[3] === 'create').map((call) => [optionOf(call, 'assignee-object-id'), optionOf(call, 'role'), optionOf(call, 'scope')])).toEqual([
    ['principal-of-shop-ci-build', 'AcrPush', `/subscriptions/${id(7)}/resourceGroups/shop/providers/Microsoft.ContainerRegistry/registries/shopimages`],
    ...['staging', 'production'].map((name) => [`principal-of-shop-ci-${name}`, 'Website Contributor', `/subscriptions/${id(7)}/resourceGroups/shop/providers/Microsoft.Web/sites/shop-web`]),
  ])
  const second = cloud.run(script, settings)
  expect(second.status, second.stderr).toBe(0)
  expect(second.calls.filter((call) => call.includes('create') || call.includes('update'))).toEqual([])
  expect(second.stdout).toBe(first.stdout)
  expect(first.stdout).toContain('production: AZURE_CLIENT_ID=client-of-shop-ci-production')
})
