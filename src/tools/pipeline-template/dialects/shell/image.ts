import type { ImageRegistry } from '../../model.ts'
import { registries } from '../../registries.ts'

/** Settings of a registry that the user names, where the provider has none of its own. */
export const namedRegistry = { secrets: ['REGISTRY_PASSWORD'], variables: ['REGISTRY_HOST', 'REGISTRY_IMAGE', 'REGISTRY_USER'] } as const

interface ImageRequest {
  readonly registry: ImageRegistry
  /** Variable that holds the commit. */
  readonly commit: string
  /** Image of the scanner; undefined for no scan. */
  readonly trivy: string | undefined
  /** `buildkit` adds provenance and a bill of materials to the image; `file` writes the bill beside it. */
  readonly evidence: 'buildkit' | 'file' | 'none'
  /** File that takes the reference. */
  readonly output: string
}

/** Bash lines that let `docker push` write to the registry. */
export const registrySignIn = (registry: ImageRegistry): readonly string[] =>
  registry === 'own' ? ['printf \'%s\' "$REGISTRY_PASSWORD" | docker login --username "$REGISTRY_USER" --password-stdin "$REGISTRY_HOST"'] : registries[registry].signIn

// The scanner gets the image and nothing else: no socket, no folder, no sign-in.
const scanner = (trivy: string, options: string): string => `docker save "$tag" | docker run --rm --interactive --entrypoint sh ${trivy} -c 'cat > /tmp/image.tar && trivy image --input /tmp/image.tar --quiet ${options}'`

/** A builder of its own, which can state what it did. Of a daemon reached over TLS it learns from a context only. */
export const createBuilder = ['docker context create builder > /dev/null', 'docker buildx create --use builder > /dev/null']

const build = (evidence: ImageRequest['evidence']): readonly string[] => (evidence === 'buildkit'
  ? [...createBuilder, 'docker buildx build --pull --push --provenance mode=max --sbom true --tag "$tag" .', 'docker pull --quiet "$tag"']
  : ['BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker build --pull --tag "$tag" .'])

/** Builds the image once a commit and writes its reference by digest. A second run of the commit finds the image and promotes the same digest. */
export function imageLines({ registry, commit, trivy, evidence, output }: ImageRequest): readonly string[] {
  return [
    // Registries want lower case; names of repositories may not be.
    `image="${registry === 'own' ? '$REGISTRY_HOST/$REGISTRY_IMAGE' : registries[registry].image}"`, 'image="${image,,}"', `tag="$image:$${commit}"`,
    ...(evidence === 'buildkit'
      ? ['if ! docker pull --quiet "$tag" 2> /dev/null; then', ...build(evidence).map((line) => `  ${line}`), 'fi']
      : ['if docker pull --quiet "$tag" 2> /dev/null; then found=yes; else', '  found=no', ...build(evidence).map((line) => `  ${line}`), 'fi']),
    ...(trivy === undefined ? [] : [scanner(trivy, '--severity HIGH,CRITICAL --ignore-unfixed --exit-code 1')]),
    ...(trivy === undefined || evidence !== 'file' ? [] : [`${scanner(trivy, '--format cyclonedx')} > sbom.cdx.json`]),
    ...(evidence === 'buildkit' ? [] : ['if [ "$found" = no ]; then docker push --quiet "$tag"; fi']),
    `docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$tag" > "$HOME/digests.txt"`,
    `grep --max-count=1 --fixed-strings "$image@sha256:" "$HOME/digests.txt" > ${output}`,
    `echo "built once: $(cat ${output})"`,
  ]
}
