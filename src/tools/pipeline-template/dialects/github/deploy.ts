import type { DeployedEnvironment } from '../../model.ts'
import { migratingApp, type Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'
import { deployJob, suffix } from './deploy-job.ts'
import { imageJob } from './image.ts'
import { checkout, job, paths, type Github } from './jobs.ts'
import { promotionJob, promotionJobId } from './promotion.ts'

function synthJob(plan: Plan, github: Github): Record<string, unknown> {
  return job({
    name: 'Synthesize the assembly once', minutes: 15, needs: ['ci'], if: "${{ !cancelled() && needs.ci.result == 'success' }}",
    steps: [checkout(github), ...github.setup, { name: 'Synthesize', run: plan.synthLine }, { name: 'Keep the assembly', uses: github.pin('actions/upload-artifact'), with: { name: 'cdk-out', path: 'cdk.out', 'include-hidden-files': true, 'retention-days': 7 } }],
  })
}

/** When a deploy to an environment may start, as an expression: on a push to its branch, or when somebody asks for it by name. */
function condition(environment: DeployedEnvironment, plan: Plan, needs: readonly string[], before: readonly string[]): string {
  const ref = environment.branch === 'v*' ? "startsWith(github.ref, 'refs/tags/v')" : environment.branch === 'release/**' ? "startsWith(github.ref, 'refs/heads/release/')" : `github.ref == 'refs/heads/${environment.branch}'`
  const succeeded = (ids: readonly string[]) => ids.map((id) => `needs.${id}.result == 'success'`)
  // Only where every plan has required reviewers does a waiting approval hold a push back; elsewhere a person starts it.
  const waits = environment.start === 'automatic' || environment.start === 'after' || (environment.start === 'approval' && plan.settings.profile.repositoryVisibility === 'public')
  const pushed = waits ? [["github.event_name == 'push'", ref, ...succeeded(before)].join(' && ')] : []
  const asked = [`inputs.environment == '${environment.name}'`, ref, ...(environment.after === null ? [] : succeeded([promotionJobId(environment)]))].join(' && ')
  return `\${{ !cancelled() && ${[...succeeded(needs), `(${[...pushed, asked].join(' || ')})`].join(' && ')} }}`
}

/** The jobs of one environment: migrate first, then each application, then its health. */
function environmentJobs(environment: DeployedEnvironment, plan: Plan, github: Github): Record<string, unknown> {
  const { migration } = plan
  const serving = plan.deploys.filter(({ target }) => target.serves)
  const deployId = (name: string | null, to = environment.name) => `deploy-${to}${suffix(name)}`
  const before = environment.after === null ? [] : serving.map(({ name }) => deployId(name, environment.after ?? environment.name))
  const first = ['ci', ...(plan.deploys.some(({ target }) => target.image !== null) ? ['image'] : []), ...(plan.deploys.some(({ target }) => target.synthesizes) ? ['synth'] : [])]
  const start = { needs: [...first, ...(environment.after === null ? [] : [promotionJobId(environment)]), ...before], if: condition(environment, plan, first, before) }
  const after = (id: string) => ({ needs: [...first, id], if: `\${{ !cancelled() && needs.${id}.result == 'success' }}` })
  const migrateId = `migrate-${environment.name}`
  const migrates = migration?.command != null && migration.hook === null
  const besides = migratingApp(plan, serving)
  return {
    ...(environment.after === null ? {} : { [promotionJobId(environment)]: promotionJob(environment, plan) }),
    ...(migrates ? {
      [migrateId]: job({
        name: `Migrate ${environment.name}`, minutes: 15, ...start, environment: environment.name, concurrency: migrateId,
        steps: [checkout(github), ...github.setup, { name: 'Apply the expanding migrations', env: Object.fromEntries(migration.addressVariables.map((name) => [name, `\${{ secrets.${migration.addressVariables[0]} }}`])), run: migration.command ?? '' }],
      }),
    } : {}),
    ...Object.fromEntries(serving.map((deploy) => [deployId(deploy.name), deployJob(environment, plan, github, deploy, migrates ? after(migrateId) : besides !== undefined && deploy !== besides ? after(deployId(besides.name)) : start)])),
  }
}

/** Pushes to a branch one after the other: an older commit would else deploy over a newer one. Not where a run waits for a person. */
const inOrder = ({ settings }: Plan, environments: readonly DeployedEnvironment[]): Record<string, unknown> => {
  const waits = settings.profile.repositoryVisibility === 'public' && environments.some(({ start }) => start === 'approval')
  return environments.length === 0 || waits ? {} : { concurrency: { group: "deploy-${{ github.event_name == 'push' && github.ref || github.run_id }}", 'cancel-in-progress': false } }
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
    ...inOrder(plan, environments),
    jobs: {
      ci: { name: 'CI', uses: `./${paths(plan).ci}`, permissions: { contents: 'read' } },
      ...(registry === undefined ? {} : { image: imageJob(plan, github, registry) }),
      ...(plan.deploys.some(({ target }) => target.synthesizes) ? { synth: synthJob(plan, github) } : {}),
      ...Object.assign({}, ...environments.map((environment) => environmentJobs(environment, plan, github))) as Record<string, unknown>,
    },
  }, plan.header, { versions: github.versions })
}
