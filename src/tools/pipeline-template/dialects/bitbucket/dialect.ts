import { generatedFile } from '../../../../core/file.ts'
import { codeOwners } from '../../code-owners.ts'
import type { Dialect } from '../../files.ts'
import type { Deploy, Plan } from '../../plan.ts'
import { registries } from '../../registries.ts'
import { toYaml } from '../../yaml.ts'
import { renovateFile } from '../renovate.ts'
import { byHand, pipelinesFile, usualFile } from './by-hand.ts'
import { pipelines } from './pipelines.ts'
import { caches, cloudImage } from './steps.ts'

/** True when every step an application needs has an image of a known version, and what the project itself locks. */
function reaches({ target }: Deploy, plan: Plan): boolean {
  if (target.synthesizes && !plan.toolchain.locksNpmTools) return false
  const builder = target.image === null || target.image === 'own' ? null : registries[target.image].cloud
  const clouds = [builder, target.installs ? null : target.cloud].filter((cloud) => cloud !== null)
  return clouds.every((cloud) => cloudImage(plan, cloud) !== undefined) && (!target.programs.includes('kubectl') || plan.toolVersion('kubectl') !== undefined)
}

/** bitbucket-pipelines.yml in Bitbucket's own terms: steps under anchors, deployments that lock an environment, artifacts that hand on. */
function file(plan: Plan): string {
  const found = pipelines(plan, plan.deploys.filter((deploy) => reaches(deploy, plan)))
  const { service } = plan
  const withDatabase = service !== undefined && found.checks.some((step) => 'services' in step)
  const services = {
    ...(withDatabase ? { database: { image: service.image, memory: 1024, ...(Object.keys(service.setup).length === 0 ? {} : { variables: service.setup }) } } : {}),
    ...(found.shared.some((step) => Array.isArray(step['services']) && step['services'].includes('docker')) ? { docker: { memory: 2048 } } : {}),
  }
  const kept = caches(plan)
  return toYaml({
    image: plan.toolchain.container('$BITBUCKET_CLONE_DIR').image,
    options: { 'max-time': 30 },
    definitions: {
      ...(Object.keys(kept).length === 0 ? {} : { caches: kept }), ...(Object.keys(services).length === 0 ? {} : { services }),
      steps: found.shared.map((step) => ({ step })),
    },
    pipelines: found.pipelines,
  }, plan.header, { yaml: '1.1', anchors: true })
}

/** Bitbucket Pipelines: one file, owners beside it, and Renovate where a security stage exists. */
export const bitbucket: Dialect = {
  files(plan) {
    const owners = codeOwners(plan)
    const path = pipelinesFile(plan)
    return [
      generatedFile(path, `checks pull requests and deploys what passed${path === usualFile ? '' : '; merge it into bitbucket-pipelines.yml'}`, 'the validator of Bitbucket Pipelines', file(plan)),
      ...renovateFile(plan, path === usualFile ? {} : { 'bitbucket-pipelines': path }),
      ...(owners === undefined ? [] : [generatedFile('.bitbucket/CODEOWNERS', 'who has to look at which change', 'Bitbucket adds owners as reviewers', owners)]),
    ]
  },
  reaches, byHand,
}
