import type { DeployedEnvironment, ImageRegistry, Step, Target } from '../model.ts'
import type { Plan } from '../plan.ts'
import { awsSignIn } from '../targets/clouds.ts'
import { healthCheck } from '../health.ts'
import { toYaml } from '../yaml.ts'
import { checkout, job, pinned, type Github } from './github-jobs.ts'

const variable = (name: string): string => `\${{ vars.${name} }}`

/** How each registry is signed in to, and what the image is called there. */
const registries: Readonly<Record<ImageRegistry, { readonly image: string, readonly signIn: readonly Step[], readonly permissions: Readonly<Record<string, string>> }>> = {
  ghcr: {
    image: 'ghcr.io/${{ github.repository }}', permissions: { contents: 'read', packages: 'write' },
    signIn: [{ name: 'Sign in to the registry', uses: 'docker/login-action', with: { registry: 'ghcr.io', username: '${{ github.actor }}', password: '${{ github.token }}' } }],
  },
  ecr: {
    image: '${{ steps.registry.outputs.registry }}/${{ vars.ECR_REPOSITORY }}', permissions: { contents: 'read', 'id-token': 'write' },
    signIn: [awsSignIn('AWS_BUILD_ROLE_ARN'), { name: 'Sign in to the registry', id: 'registry', uses: 'aws-actions/amazon-ecr-login' }],
  },
  'artifact-registry': {
    image: '${{ vars.ARTIFACT_REGISTRY_HOST }}/${{ vars.ARTIFACT_REGISTRY_IMAGE }}', permissions: { contents: 'read', 'id-token': 'write' },
    signIn: [
      { name: 'Sign in to Google Cloud', id: 'auth', uses: 'google-github-actions/auth', with: { workload_identity_provider: variable('GCP_BUILD_IDENTITY_PROVIDER'), service_account: variable('GCP_BUILD_SERVICE_ACCOUNT'), token_format: 'access_token' } },
      { name: 'Sign in to the registry', uses: 'docker/login-action', with: { registry: variable('ARTIFACT_REGISTRY_HOST'), username: 'oauth2accesstoken', password: '${{ steps.auth.outputs.access_token }}' } },
    ],
  },
  acr: {
    image: '${{ vars.ACR_NAME }}.azurecr.io/${{ github.event.repository.name }}', permissions: { contents: 'read', 'id-token': 'write' },
    signIn: [
      { name: 'Sign in to Azure', uses: 'Azure/login', with: { 'client-id': variable('AZURE_BUILD_CLIENT_ID'), 'tenant-id': variable('AZURE_TENANT_ID'), 'subscription-id': variable('AZURE_SUBSCRIPTION_ID') } },
      { name: 'Sign in to the registry', run: 'az acr login --name "$ACR_NAME"', env: { ACR_NAME: variable('ACR_NAME') } },
    ],
  },
}

/** Builds the image once a commit. A second run of the same commit finds it and promotes the same digest. */
function imageJob(plan: Plan, github: Github, registry: ImageRegistry): Record<string, unknown> {
  const { image, signIn, permissions } = registries[registry]
  const scans = plan.settings.rank >= 3
  const attests = plan.settings.rank >= 4
  const reference = '${{ steps.names.outputs.image }}@${{ steps.build.outputs.digest || steps.found.outputs.digest }}'
  const steps: Step[] = [
    checkout(github),
    ...pinned(github, signIn),
    // Registries want lower case; repository names may not be.
    { name: 'Name the image', id: 'names', env: { IMAGE: image }, run: 'echo "image=${IMAGE,,}" >> "$GITHUB_OUTPUT"' },
    { name: 'Set up BuildKit', uses: github.pin('docker/setup-buildx-action') },
    {
      name: 'Look for an image of this commit', id: 'found', env: { TAG: '${{ steps.names.outputs.image }}:${{ github.sha }}' },
      run: 'digest=$(docker buildx imagetools inspect "$TAG" --format \'{{.Manifest.Digest}}\' 2>/dev/null || true)\necho "digest=$digest" >> "$GITHUB_OUTPUT"',
    },
    {
      name: 'Build and push', id: 'build', if: "${{ steps.found.outputs.digest == '' }}", uses: github.pin('docker/build-push-action'),
      with: { context: '.', push: true, tags: '${{ steps.names.outputs.image }}:${{ github.sha }}', ...(attests ? { provenance: 'mode=max', sbom: true } : {}) },
    },
    ...(scans ? [{
      name: 'Scan the image', uses: github.pin('aquasecurity/trivy-action'),
      with: { 'image-ref': reference, severity: 'HIGH,CRITICAL', 'ignore-unfixed': true, 'exit-code': '1' },
    }] : []),
  ]
  return job({ name: 'Build the image once', minutes: 30, needs: ['ci'], if: "${{ !cancelled() && needs.ci.result == 'success' }}", permissions, outputs: { reference }, steps })
}

function synthJob(plan: Plan, github: Github): Record<string, unknown> {
  const { cli } = plan.context('', false)
  return job({
    name: 'Synthesize the assembly once', minutes: 15, needs: ['ci'], if: "${{ !cancelled() && needs.ci.result == 'success' }}",
    steps: [...github.setup, { name: 'Synthesize', run: cli('cdk synth --quiet --output cdk.out', 'aws-cdk') }, { name: 'Keep the assembly', uses: github.pin('actions/upload-artifact'), with: { name: 'cdk-out', path: 'cdk.out', 'include-hidden-files': true, 'retention-days': 7 } }],
  })
}

/** When a deploy to an environment may start, as an expression: on a push to its branch, or when somebody asks for it by name. */
function condition(environment: DeployedEnvironment, plan: Plan, needs: readonly string[], before: readonly string[]): string {
  const ref = environment.branch === 'v*' ? "startsWith(github.ref, 'refs/tags/v')" : environment.branch === 'release/**' ? "startsWith(github.ref, 'refs/heads/release/')" : `github.ref == 'refs/heads/${environment.branch}'`
  // Only where every plan has required reviewers does a waiting approval hold a push back; elsewhere a person starts it.
  const waits = environment.start === 'automatic' || environment.start === 'after' || (environment.start === 'approval' && plan.settings.profile.repositoryVisibility === 'public')
  const rehearsed = before.map((id) => ` && needs.${id}.result == 'success'`).join('')
  const pushed = waits ? [`github.event_name == 'push' && ${ref}${rehearsed}`] : []
  const asked = `inputs.environment == '${environment.name}' && ${ref}`
  const ready = needs.map((need) => `needs.${need}.result == 'success'`)
  return `\${{ !cancelled() && ${[...ready, `(${[...pushed, asked].join(' || ')})`].join(' && ')} }}`
}

const suffix = (app: string | null): string => (app === null ? '' : `-${app}`)

/** The jobs of one environment: migrate first, then each application, then its health. */
function environmentJobs(environment: DeployedEnvironment, plan: Plan, github: Github): Record<string, unknown> {
  const { migration } = plan
  const before = environment.after === null ? [] : plan.deploys.map(({ name }) => `deploy-${environment.after}${suffix(name)}`)
  const shared = [...(plan.deploys.some(({ target }) => target.image !== null) ? ['image'] : []), ...(plan.deploys.some(({ target }) => target.synthesizes) ? ['synth'] : [])]
  const first = ['ci', ...shared]
  const needs = [...first, ...before]
  const migrates = migration?.command != null && migration.hook === null
  const migrateId = `migrate-${environment.name}`
  const migrate = migrates ? {
    [migrateId]: job({
      name: `Migrate ${environment.name}`, minutes: 15, needs, if: condition(environment, plan, first, before), environment: environment.name, concurrency: migrateId,
      steps: [...github.setup, { name: 'Apply the expanding migrations', env: Object.fromEntries(migration.addressVariables.map((name) => [name, `\${{ secrets.${migration.addressVariables[0]} }}`])), run: migration.command ?? '' }],
    }),
  } : {}
  const deploy = plan.deploys.map(({ name, target }) => [`deploy-${environment.name}${suffix(name)}`, deployJob(environment, plan, github, { name, target }, migrates ? [...first, migrateId] : needs, migrates ? `\${{ !cancelled() && needs.${migrateId}.result == 'success' }}` : condition(environment, plan, first, before))] as const)
  return { ...migrate, ...Object.fromEntries(deploy) }
}

function deployJob(environment: DeployedEnvironment, plan: Plan, github: Github, { name, target }: { readonly name: string | null, readonly target: Target }, needs: readonly string[], condition: string): Record<string, unknown> {
  const context = plan.context(environment.name, environment.name === 'production')
  const actions = pinned(github, target.actions(context)).map((step) => (step.run?.includes('$COMMIT_SHA') === true ? { ...step, env: { ...step.env, COMMIT_SHA: '${{ github.sha }}' } } : step))
  const checksOut = target.image === null
  return job({
    name: `Deploy${name === null ? '' : ` ${name}`} to ${environment.name}`, minutes: 30, needs,
    if: condition,
    permissions: { ...(target.installs || checksOut ? { contents: 'read' } : {}), ...(target.oidc ? { 'id-token': 'write' } : {}) },
    environment: `${environment.name}${suffix(name)}`, concurrency: `deploy-${environment.name}${suffix(name)}`,
    steps: [...(target.installs && plan.toolchain.locksNpmTools ? github.setup : checksOut ? [checkout(github)] : []), ...actions, ...(target.serves ? [{ name: 'Ask the new version whether it is healthy', env: { HEALTH_URL: variable('HEALTH_URL') }, run: healthCheck }] : [])],
  })
}

/** deploy.yml, or undefined when nothing is deployed. */
export function deployWorkflow(plan: Plan, github: Github): string | undefined {
  if (plan.deploys.length === 0) return undefined
  const registry = plan.deploys.map(({ target }) => target.image).find((found) => found !== null)
  const serves = plan.deploys.some(({ target }) => target.serves)
  const environments = serves ? plan.environments : []
  const patterns = [...new Set([plan.settings.mainBranch, ...(plan.settings.branch.releaseBranch === null ? [] : [plan.settings.branch.releaseBranch]), ...environments.map(({ branch }) => branch)])]
  const branches = patterns.filter((pattern) => pattern !== 'v*')
  const names = environments.map(({ name }) => name)
  return toYaml({
    name: 'Deploy',
    on: {
      push: { branches, ...(patterns.includes('v*') ? { tags: ['v*'] } : {}) },
      workflow_dispatch: names.length === 0 ? {} : { inputs: { environment: { description: 'Where to deploy this commit', type: 'choice', required: true, options: names, default: names[0] } } },
    },
    permissions: {},
    jobs: {
      ci: { name: 'CI', uses: './.github/workflows/ci.yml', permissions: { contents: 'read' } },
      ...(registry === undefined ? {} : { image: imageJob(plan, github, registry) }),
      ...(plan.deploys.some(({ target }) => target.synthesizes) ? { synth: synthJob(plan, github) } : {}),
      ...Object.assign({}, ...environments.map((environment) => environmentJobs(environment, plan, github))) as Record<string, unknown>,
    },
  }, plan.header, { versions: github.versions })
}
