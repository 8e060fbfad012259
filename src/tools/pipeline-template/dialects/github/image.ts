import type { ImageRegistry } from '../../model.ts'
import type { Step } from '../../toolchain.ts'
import type { Plan } from '../../plan.ts'
import { registries } from '../../registries.ts'
import { checkout, job, pinned, type Github } from './jobs.ts'
import { signIn } from './sign-in.ts'

interface GithubRegistry { readonly image: string, readonly env: Readonly<Record<string, string>>, readonly signIn: readonly Step[], readonly permissions: Readonly<Record<string, string>> }

/** GitHub's own registry takes the token of the job; the clouds' take what signing in to the cloud gives. */
function registryOf(id: ImageRegistry): GithubRegistry {
  if (id === 'own') {
    return {
      image: 'ghcr.io/$GITHUB_REPOSITORY', env: {}, permissions: { contents: 'read', packages: 'write' },
      signIn: [{ name: 'Sign in to the registry', uses: 'docker/login-action', with: { registry: 'ghcr.io', username: '${{ github.actor }}', password: '${{ github.token }}' } }],
    }
  }
  const { cloud, variables, image, signIn: lines } = registries[id]
  const env = (text: string) => Object.fromEntries(variables.filter((name) => text.includes(`$${name}`)).map((name) => [name, `\${{ vars.${name} }}`]))
  return {
    image, env: env(image), permissions: { contents: 'read', 'id-token': 'write' },
    signIn: [...(cloud === null ? [] : [signIn(cloud, true)]), { name: 'Sign in to the registry', env: env(lines.join(' ')), run: lines.join('\n') }],
  }
}

/** Builds the image once a commit. A second run of the same commit finds it and promotes the same digest. */
export function imageJob(plan: Plan, github: Github, registry: ImageRegistry): Record<string, unknown> {
  const { image, signIn, env, permissions } = registryOf(registry)
  const scans = plan.settings.rank >= 3
  const statements: Step['with'] = { full: { provenance: 'mode=max', sbom: true }, none: { provenance: false, sbom: false }, usual: {} }[plan.imageStatements]
  const reference = '${{ steps.names.outputs.image }}@${{ steps.build.outputs.digest || steps.found.outputs.digest }}'
  const steps: Step[] = [
    checkout(github),
    ...pinned(github, signIn),
    // Registries want lower case; repository names may not be.
    { name: 'Name the image', id: 'names', env, run: `image="${image}"\necho "image=\${image,,}" >> "$GITHUB_OUTPUT"` },
    { name: 'Set up BuildKit', uses: github.pin('docker/setup-buildx-action') },
    {
      name: 'Look for an image of this commit', id: 'found', env: { TAG: '${{ steps.names.outputs.image }}:${{ github.sha }}' },
      run: 'digest=$(docker buildx imagetools inspect "$TAG" --format \'{{.Manifest.Digest}}\' 2>/dev/null || true)\necho "digest=$digest" >> "$GITHUB_OUTPUT"',
    },
    {
      name: 'Build and push', id: 'build', if: "${{ steps.found.outputs.digest == '' }}", uses: github.pin('docker/build-push-action'),
      with: { context: '.', push: true, tags: '${{ steps.names.outputs.image }}:${{ github.sha }}', ...statements },
    },
    ...(scans ? [{
      name: 'Scan the image', uses: github.pin('aquasecurity/trivy-action'),
      with: { 'image-ref': reference, severity: 'HIGH,CRITICAL', 'ignore-unfixed': true, 'exit-code': '1' },
    }] : []),
  ]
  return job({ name: 'Build the image once', minutes: 30, needs: ['ci'], if: "${{ !cancelled() && needs.ci.result == 'success' }}", permissions, outputs: { reference }, steps })
}

