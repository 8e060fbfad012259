import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { knowledge } from '../../support/knowledge.ts'
import { gitlabFile } from '../../tools/pipeline-template/gitlab-file.ts'
import { commit, isLocal, repository, runJobs, type Ran } from './local.ts'
import { digest, machine, type Machine } from './programs.ts'
import { withoutContainers } from './without-containers.ts'

const hasJq = spawnSync('jq', ['--version']).status === 0
const secrets = { AWS_ID_TOKEN: 'token-for-aws', GCP_ID_TOKEN: 'token-for-google', AZURE_ID_TOKEN: 'token-for-azure', CI_REGISTRY_PASSWORD: 'job-token', KUBE_CONFIG: 'kubeconfig-text', FLY_API_TOKEN: 'fly-token' }
const settings = {
  CI_REGISTRY_USER: 'gitlab-ci-token', CI_REGISTRY: 'registry.example.com', CI_REGISTRY_IMAGE: 'registry.example.com/acme/shop', HEALTH_URL: 'https://shop.example.com/health',
  AWS_REGION: 'eu-west-1', AWS_ROLE_ARN: 'arn:deploy', AWS_BUILD_ROLE_ARN: 'arn:build', ECR_REGISTRY: '1.dkr.ecr.example.com', ECR_REPOSITORY: 'Shop', ECS_CLUSTER: 'c', ECS_SERVICE: 's', ECS_TASK_FAMILY: 'shop', ECS_CONTAINER: 'app',
  LAMBDA_FUNCTION: 'f', LAMBDA_ALIAS: 'live', GCP_WORKLOAD_IDENTITY_PROVIDER: 'projects/1/p', GCP_SERVICE_ACCOUNT: 'deploy@shop-1.iam.gserviceaccount.com', GCP_BUILD_IDENTITY_PROVIDER: 'projects/1/b', GCP_BUILD_SERVICE_ACCOUNT: 'build@shop-1.iam.gserviceaccount.com',
  ARTIFACT_REGISTRY_HOST: 'europe-docker.pkg.dev', ARTIFACT_REGISTRY_IMAGE: 'shop-1/app/shop', CLOUD_RUN_SERVICE: 'shop', CLOUD_RUN_REGION: 'europe-west1', GKE_CLUSTER: 'k', GKE_LOCATION: 'europe-west1', GKE_PROJECT: 'shop-1',
  AZURE_CLIENT_ID: 'a', AZURE_BUILD_CLIENT_ID: 'b', AZURE_TENANT_ID: 't', AZURE_SUBSCRIPTION_ID: 'u', AZURE_WEBAPP: 'w', AZURE_RESOURCE_GROUP: 'g', ACR_NAME: 'shop', ACR_IMAGE: 'app',
  K8S_NAMESPACE: 'n', K8S_DEPLOYMENT: 'd', K8S_CONTAINER: 'app', EKS_CLUSTER: 'e', FLY_APP: 'shop', FLYCTL_VERSION: '0.4.87',
}

const folders: string[] = []
beforeAll(() => { knowledge() }, 60_000)
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

interface World { readonly cwd: string, readonly machine: Machine, readonly run: (jobs: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ran> }

/** A repository with the pipeline of an input, and stand-ins for every cloud. */
function world(input: Given): World {
  const cwd = repository()
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-programs-'))
  folders.push(cwd, folder)
  writeFileSync(join(cwd, '.gitlab-ci.yml'), withoutContainers(gitlabFile(input).text))
  commit(cwd)
  const stage = machine(folder)
  return { cwd, machine: stage, run: (jobs, env = {}) => runJobs(cwd, jobs, { env: { ...stage.env, ...env }, variables: { ...secrets, ...settings, FLYCTL_SHA256: stage.flySum } }) }
}

const input: Given = { stack: ['go'], stage: 'growth', developers: 5, environments: ['staging', 'production'] }
const both = ['deploy-staging', 'deploy-production']

describe.skipIf(!isLocal || !hasJq)('deploys with stand-ins for the programs of each cloud (gitlab-ci-local, jq)', { timeout: 240_000 }, () => {
  test.each([
    ['aws-ecs', '1.dkr.ecr.example.com/shop', 'token-for-aws', ['ecs register-task-definition', 'ecs update-service', 'ecs wait services-stable']],
    ['aws-lambda', '1.dkr.ecr.example.com/shop', 'token-for-aws', ['lambda update-function-code', 'lambda wait function-updated-v2', 'lambda publish-version', 'lambda update-alias']],
    ['gcp', 'europe-docker.pkg.dev/shop-1/app/shop', 'token-for-google', ['iam workload-identity-pools create-cred-config', 'auth login', 'run deploy shop']],
    ['gke', 'europe-docker.pkg.dev/shop-1/app/shop', 'token-for-google', ['container clusters get-credentials', 'set image', 'rollout status']],
    ['azure', 'shop.azurecr.io/app', 'token-for-azure', ['login --service-principal', 'account set', 'webapp config container set', 'webapp deployment slot swap']],
    ['kubernetes', 'registry.example.com/acme/shop', '', ['set image', 'rollout status']],
    ['aws-kubernetes', '1.dkr.ecr.example.com/shop', 'token-for-aws', ['eks update-kubeconfig', 'set image', 'rollout status']],
  ] as const)('%s: one build, the same digest everywhere, and no secret in an argument', async (deployTarget, image, token, order) => {
    const { machine: { calls, state }, run } = world({ ...input, deployTarget })
    const ran = await run(['build-image', ...both])
    expect(ran.code, ran.output).toBe(0)
    const lines = calls().map((call) => call.join(' '))
    expect(lines.filter((line) => line.startsWith('docker buildx build'))).toHaveLength(1)
    expect(state('password')).toBe(image.startsWith('registry.example.com') ? 'job-token' : 'registry-password')
    expect(state('token')).toBe(token)
    const built = lines.findIndex((line) => line.startsWith('docker buildx build'))
    const scanned = lines.findIndex((line) => line.includes('trivy image'))
    expect(scanned).toBeGreaterThan(built)
    // Each environment goes through the same steps in the same order, after the scan, and ends with its health.
    let at = scanned
    for (const _ of both) {
      for (const step of [...order, '/health']) {
        const next = lines.findIndex((line, index) => index > at && line.includes(step))
        expect(next, `${step} after ${lines[at]}\n${lines.join('\n')}`).toBeGreaterThan(at)
        at = next
      }
    }
    const deployed = [...lines.slice(scanned + 1), state('task-definition.json')].join('\n')
    expect(deployed.split(`${image}@${digest}`).length - 1, deployed).toBeGreaterThanOrEqual(deployTarget === 'aws-ecs' ? 1 : 2)
    for (const line of lines) for (const secret of [...Object.values(secrets), 'registry-password']) expect(line).not.toContain(secret)
    expect(ran.output).not.toMatch(/token-for|job-token|registry-password|kubeconfig-text/)
  })

  test('a second pipeline of the same commit builds nothing and hands the same digest on', async () => {
    const { cwd, machine: { calls }, run } = world({ ...input, deployTarget: 'gcp' })
    for (const _ of [1, 2]) expect((await run(['build-image'])).code, cwd).toBe(0)
    expect(calls().filter(([program, first, second]) => program === 'docker' && first === 'buildx' && second === 'build')).toHaveLength(1)
    expect((await run(['deploy-staging'])).code).toBe(0)
    expect(calls().some((call) => call.join(' ').includes(`--image europe-docker.pkg.dev/shop-1/app/shop@${digest}`))).toBe(true)
  })

  test('a finding of the scan stops everything after it', async () => {
    const { machine: { calls }, run } = world({ ...input, deployTarget: 'gcp' })
    const ran = await run(['build-image', 'deploy-staging'], { SCAN_EXIT: '1' })
    expect(ran.code, ran.output).toBe(1)
    expect(calls().some(([program]) => program === 'gcloud')).toBe(false)
  })

  test('without an image nothing is deployed', async () => {
    const { machine: { calls }, run } = world({ ...input, deployTarget: 'gcp' })
    const ran = await run(['deploy-staging'])
    expect([ran.code, ran.output.includes('handed nothing on')], ran.output).toEqual([1, true])
    expect(calls()).toEqual([])
  })

  test('a new version that does not get healthy fails the job', async () => {
    const { machine: { calls }, run } = world({ ...input, deployTarget: 'fly' })
    expect((await run(['deploy-staging'])).code).toBe(0)
    const before = calls().length
    const ran = await run(['deploy-staging'], { HEALTH_EXIT: '22' })
    expect([ran.code, calls().slice(before).some(([program]) => program === 'flyctl')], ran.output).toEqual([1, true])
  })

  test('flyctl with another sum than the one written down is not started', async () => {
    const { machine: stage, cwd } = world({ ...input, deployTarget: 'fly' })
    const ran = await runJobs(cwd, ['deploy-staging'], { env: stage.env, variables: { ...secrets, ...settings, FLYCTL_SHA256: '0'.repeat(64) } })
    expect([ran.code, stage.calls().some(([program]) => program === 'flyctl')], ran.output).toEqual([1, false])
  })

  test('an assembly is made once, and a migration comes before the deploy', async () => {
    const cdk = world({ ...input, stack: ['typescript'], packageManager: 'npm', deployTarget: 'aws' })
    const ran = await cdk.run(['synth', ...both])
    expect(ran.code, ran.output).toBe(0)
    const started = cdk.machine.calls().filter(([program]) => program === 'npx').map((call) => call.join(' '))
    expect(started.map((line) => /cdk (synth|deploy)/.exec(line)?.[1])).toEqual(['synth', 'deploy', 'deploy'])
    const prisma = world({ ...input, stack: ['nextjs', 'prisma', 'postgresql'], packageManager: 'npm', deployTarget: 'vercel' })
    const migrated = await prisma.run(['migrate-staging', 'deploy-staging'])
    expect(migrated.code, migrated.output).toBe(0)
    const steps = prisma.machine.calls().filter(([program]) => program === 'npx').map((call) => call.join(' '))
    expect(steps.findIndex((line) => line.includes('prisma migrate deploy'))).toBe(0)
    expect(steps.at(-2)).toContain('vercel deploy --prebuilt')
    expect(steps.at(-1)).toContain('vercel alias set https://shop-1.vercel.app')
  })
})
