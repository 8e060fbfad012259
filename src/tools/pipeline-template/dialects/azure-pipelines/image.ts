import type { ImageRegistry } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import { registries } from '../../registries.ts'
import { signedIn } from './sign-in.ts'
import { bash, checkout, type Part } from './steps.ts'

/** Name of the service connection to a registry that the user brings: Azure Pipelines has none of its own. */
export const registryConnection = 'image-registry'
/** Variable of the group `build` that names the image in such a registry, without a tag. */
export const imageVariable = 'IMAGE_REPOSITORY'

/** How a later stage reads the reference that the image job put out. */
export const imageReference = "$[ stageDependencies.Image.build.outputs['reference.image'] ]"

const nameAndBuild = (image: string, statements: string): readonly string[] => [
  `image="${image}"`,
  'image="${image,,}"',
  'tag="$image:$BUILD_SOURCEVERSION"',
  // A second run of the same commit promotes what the first one built.
  'digest=$(docker buildx imagetools inspect "$tag" --format \'{{.Manifest.Digest}}\' 2>/dev/null || true)',
  'if [ -z "$digest" ]; then',
  '  docker buildx create --use > /dev/null',
  `  docker buildx build --push${statements} --metadata-file "$AGENT_TEMPDIRECTORY/image.json" --tag "$tag" .`,
  '  digest=$(jq --raw-output \'."containerimage.digest"\' "$AGENT_TEMPDIRECTORY/image.json")',
  'fi',
  'case "$digest" in sha256:*) ;; *) echo "The registry named no digest" >&2; exit 1 ;; esac',
  'echo "##vso[task.setvariable variable=image;isOutput=true]$image@$digest"',
]

/** The stage that builds the image once a commit; every environment gets the same digest. */
export function imageStage(plan: Plan, registry: ImageRegistry, condition: string): Part {
  const { rank } = plan.settings
  const statements = { full: ' --provenance mode=max --sbom true', none: ' --provenance false --sbom false', usual: '' }[plan.imageStatements]
  const known = registry === 'own' ? undefined : registries[registry]
  const login: readonly Part[] = known === undefined
    ? [{ task: 'Docker@2', displayName: 'Sign in to the registry', inputs: { command: 'login', containerRegistry: registryConnection } }]
    : known.cloud === null ? [bash('Sign in to the registry', known.signIn)] : [signedIn(known.cloud, 'build', 'Sign in to the registry', known.signIn)]
  const trivy = rank >= 3 ? plan.toolVersion('trivy') : undefined
  return {
    stage: 'Image', displayName: 'Build the image once', dependsOn: ['Checks'], condition,
    jobs: [{
      job: 'build', displayName: 'Build the image', timeoutInMinutes: 30, variables: [{ group: 'build' }],
      steps: [
        checkout(), ...login, bash('Build and push', nameAndBuild(known?.image ?? `$${imageVariable}`, statements), { name: 'reference' }),
        ...(trivy === undefined ? [] : [bash('Scan the image', [
          `docker run --rm --volume "\${DOCKER_CONFIG:-$HOME/.docker}:/root/.docker:ro" ghcr.io/aquasecurity/trivy:${trivy} image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed "$IMAGE"`,
        ], { env: { IMAGE: '$(reference.image)' } })]),
      ],
    }],
  }
}
