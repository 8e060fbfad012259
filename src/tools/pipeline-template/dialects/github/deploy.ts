import type { DeployedEnvironment, Step } from '../../model.ts'
import type { Deploy, Plan } from '../../plan.ts'
import { healthCheck } from '../../health.ts'
import { toYaml } from '../../yaml.ts'
import { imageJob } from './image.ts'
import { checkout, job, paths, pinned, type Github } from './jobs.ts'
import { signIn } from './sign-in.ts'

const variable = (name: string): string => `\${{ vars.${name} }}`

function synthJob(plan: Plan, github: Github): Record<string, unknown> {
  return job({
    name: 'Synthesize the assembly once', minutes: 15, needs: ['ci'], if: "${{ !cancelled() && needs.ci.result == 'success' }}",
    steps: [checkout(github), ...github.setup, { name: 'Synthesize', run: plan.synthLine }, { name: 'Keep the assembly', uses: github.pin('actions/upload-artifact'), with: { name: 'cdk-out', path: 'cdk.out', 'include-hidden-files': true, 'retention-days': 7 } }],
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
  const before = environment.after === null ? [] : plan.deploys.filter(({ target }) => target.serves).map(({ name }) => `deploy-${environment.after}${suffix(name)}`)
  const shared = [...(plan.deploys.some(({ target }) => target.image !== null) ? ['image'] : []), ...(plan.deploys.some(({ target }) => target.synthesizes) ? ['synth'] : [])]
  const first = ['ci', ...shared]
  const needs = [...first, ...before]
  const migrates = migration?.command != null && migration.hook === null
  const migrateId = `migrate-${environment.name}`
  const migrate = migrates ? {
    [migrateId]: job({
      name: `Migrate ${environment.name}`, minutes: 15, needs, if: condition(environment, plan, first, before), environment: environment.name, concurrency: migrateId,
      steps: [checkout(github), ...github.setup, { name: 'Apply the expanding migrations', env: Object.fromEntries(migration.addressVariables.map((name) => [name, `\${{ secrets.${migration.addressVariables[0]} }}`])), run: migration.command ?? '' }],
    }),
  } : {}
  const deploy = plan.deploys.filter(({ target }) => target.serves).map((deploy) => [`deploy-${environment.name}${suffix(deploy.name)}`, deployJob(environment, plan, github, deploy, migrates ? [...first, migrateId] : needs, migrates ? `\${{ !cancelled() && needs.${migrateId}.result == 'success' }}` : condition(environment, plan, first, before))] as const)
  return { ...migrate, ...Object.fromEntries(deploy) }
}

/** Steps of a deploy: sign in, fetch what was built once, run the target's lines with the settings they name. */
function deploySteps(deploy: Deploy, environment: DeployedEnvironment, plan: Plan): readonly Step[] {
  const { target } = deploy
  const lines = plan.deployLines(deploy, environment.name)
  const named = (name: string) => lines.some((line) => new RegExp(`\\$\\{?${name}\\b`).test(line))
  const env = {
    ...Object.fromEntries(target.secrets.map((name) => [name, `\${{ secrets.${name} }}`])), ...Object.fromEntries(target.variables.filter(named).map((name) => [name, variable(name)])),
    ...(named('IMAGE') ? { IMAGE: '${{ needs.image.outputs.reference }}' } : {}), ...(named('COMMIT_SHA') ? { COMMIT_SHA: '${{ github.sha }}' } : {}),
  }
  return [
    ...(target.programs.includes('flyctl') ? [{ name: 'Set up flyctl', uses: 'superfly/flyctl-actions/setup-flyctl', with: { version: variable('FLYCTL_VERSION') } }] : []),
    ...(target.cloud === null ? [] : [signIn(target.cloud)]),
    ...(target.synthesizes ? [{ name: 'Fetch the assembly', uses: 'actions/download-artifact', with: { name: 'cdk-out', path: 'cdk.out' } }] : []),
    { name: 'Deploy', ...(Object.keys(env).length > 0 ? { env } : {}), run: lines.join('\n') },
  ]
}

function deployJob(environment: DeployedEnvironment, plan: Plan, github: Github, deploy: Deploy, needs: readonly string[], condition: string): Record<string, unknown> {
  const { name, target } = deploy
  const installs = target.installs && plan.toolchain.locksNpmTools
  const checksOut = installs || target.readsSource
  return job({
    name: `Deploy${name === null ? '' : ` ${name}`} to ${environment.name}`, minutes: 30, needs, if: condition,
    permissions: { ...(checksOut ? { contents: 'read' } : {}), ...(target.cloud === null ? {} : { 'id-token': 'write' }) },
    environment: `${environment.name}${suffix(name)}`, concurrency: `deploy-${environment.name}${suffix(name)}`,
    steps: [...(checksOut ? [checkout(github)] : []), ...(installs ? github.setup : []), ...pinned(github, deploySteps(deploy, environment, plan)), ...(target.serves ? [{ name: 'Ask the new version whether it is healthy', env: { HEALTH_URL: variable('HEALTH_URL') }, run: healthCheck }] : [])],
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
      ci: { name: 'CI', uses: `./${paths(plan).ci}`, permissions: { contents: 'read' } },
      ...(registry === undefined ? {} : { image: imageJob(plan, github, registry) }),
      ...(plan.deploys.some(({ target }) => target.synthesizes) ? { synth: synthJob(plan, github) } : {}),
      ...Object.assign({}, ...environments.map((environment) => environmentJobs(environment, plan, github))) as Record<string, unknown>,
    },
  }, plan.header, { versions: github.versions })
}
