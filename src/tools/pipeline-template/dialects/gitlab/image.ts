import type { ImageRegistry } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import { registries } from '../../registries.ts'
import { createBuilder } from '../shell/image.ts'
import { cloudTool, toolImage } from './images.ts'
import { block, type Job } from './job.ts'
import { refsOf } from './refs.ts'
import { idToken, signInToRegistry } from './sign-in.ts'

/** The registry that the images of this plan go to; undefined when none is built. */
export const registryOf = (plan: Pick<Plan, 'deploys'>): ImageRegistry | undefined => plan.deploys.map(({ target }) => target.image).find((found) => found !== null) ?? undefined

/** True when a version is known of every image that building one needs. */
export function builds(plan: Plan, registry: ImageRegistry): boolean {
  const cloud = registry === 'own' ? null : registries[registry].cloud
  return toolImage(plan, 'docker') !== undefined && (cloud === null || toolImage(plan, cloudTool[cloud]) !== undefined)
}

const scan = [
  'docker pull --quiet "$image@$digest"',
  // The scanner gets the image and nothing else: no socket, no sign-in.
  'docker save "$image@$digest" | docker run --rm --interactive --entrypoint sh "$TRIVY_IMAGE" -c \'cat > /tmp/image.tar && trivy image --input /tmp/image.tar --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1\'',
]

/**
 * Builds the image once a commit, beside a Docker daemon that lives as long as the job. A second pipeline of the same commit finds
 * the tag and promotes the same digest. The lines are plain `sh`: the image of Docker has no Bash.
 */
export function imageJob(plan: Plan, registry: ImageRegistry, needs: readonly string[]): Job {
  const { rank } = plan.settings
  const docker = toolImage(plan, 'docker') ?? ''
  const trivy = rank >= 3 ? toolImage(plan, 'trivy') : undefined
  const cloud = registry === 'own' ? null : registries[registry].cloud
  const statements = { full: ' --provenance mode=max --sbom true', none: ' --provenance false --sbom false', usual: '' }[plan.imageStatements]
  const rules = refsOf(plan)
  return {
    stage: 'package', needs, rules,
    image: docker, services: [{ name: `${docker}-dind`, alias: 'docker' }],
    variables: {
      DOCKER_HOST: 'tcp://docker:2376', DOCKER_TLS_VERIFY: '1', DOCKER_TLS_CERTDIR: '/certs', DOCKER_CERT_PATH: '/certs/client',
      ...(cloud === null ? {} : { CLOUD_CLI_IMAGE: toolImage(plan, cloudTool[cloud]) }), ...(trivy === undefined ? {} : { TRIVY_IMAGE: trivy }),
    },
    ...(cloud === null ? {} : idToken(cloud)),
    // Two pipelines of one commit would both find no image.
    ...(rules.length > 1 ? { resource_group: 'image' } : {}),
    timeout: '30 minutes',
    script: [
      'timeout 60 sh -c \'until docker info > /dev/null 2>&1; do sleep 1; done\'',
      cloud === null ? 'printf \'%s\' "$CI_REGISTRY_PASSWORD" | docker login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"' : signInToRegistry(cloud),
      // Registries want lower case; names of repositories may not be.
      `image=$(printf '%s' "${registry === 'own' ? '$CI_REGISTRY_IMAGE' : registries[registry].image}" | tr '[:upper:]' '[:lower:]')`,
      'find_digest() { docker buildx imagetools inspect "$image:$CI_COMMIT_SHA" --format \'{{.Manifest.Digest}}\'; }',
      ...block([
        'digest=$(find_digest 2> /dev/null || true)',
        'if [ -z "$digest" ]; then',
        ...(plan.imageStatements === 'full' ? createBuilder.map((line) => `  ${line}`) : []),
        `  docker buildx build --push --tag "$image:$CI_COMMIT_SHA"${statements} .`,
        '  digest=$(find_digest)',
        'fi',
      ]),
      ...(trivy === undefined ? [] : scan),
      'echo "IMAGE=$image@$digest" > image.env',
    ],
    artifacts: { reports: { dotenv: 'image.env' }, expire_in: '90 days' },
  }
}
