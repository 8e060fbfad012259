import type { DeployedEnvironment } from '../../model.ts'
import { migratingApp, type Deploy, type Plan } from '../../plan.ts'
import { registryOf } from '../shell/registry.ts'
import { checkSteps, deployStep, imageStep, migrateStep, synthStep, type Step } from './steps.ts'

/** An entry of a pipeline: a step, steps side by side, or a stage. */
export type Item = Readonly<Record<string, unknown>>

const step = (body: Step): Item => ({ step: body })

/** A pipeline that people start runs wherever they like: this first step lets it run on one branch only. */
const onlyOn = (branch: string): Item => step({ name: `Only from ${branch}`, 'max-time': 2, clone: { enabled: false }, script: [`if [ "$BITBUCKET_BRANCH" != '${branch}' ]; then echo 'start this pipeline on ${branch}' >&2; exit 1; fi`] })

/** Steps side by side; the first that fails stops the others. */
const sideBySide = (steps: readonly Step[]): readonly Item[] => (steps.length < 2 ? steps.map(step) : [{ parallel: { 'fail-fast': true, steps: steps.map(step) } }])

/** Name of a deployment environment; each may stand once in a pipeline. */
export const deploymentName = (environment: string, app: string | null): string => (app === null ? environment : `${environment}-${app}`)

/** A command that the pipeline itself runs against the database; null where the platform migrates or a target does. */
export const migration = ({ migration: found }: Plan): string | null => (found?.command != null && found.hook === null ? found.command : null)

/**
 * What one environment gets: a step that queues behind another run, or a stage that keeps the environment locked from the
 * migration to the deploy. A person starts the first of them where somebody has to say yes.
 */
function environmentItems(environment: DeployedEnvironment, plan: Plan, deploys: readonly Deploy[]): readonly Item[] {
  const command = migration(plan)
  const trigger = environment.start === 'approval' ? { trigger: 'manual' } : {}
  const alone = (deploy: Deploy, first: boolean): Item => {
    const deployment = deploymentName(environment.name, deploy.name)
    const { name, ...rest } = deployStep(deploy, environment, plan)
    return { step: { name, deployment, 'concurrency-group': `deploy-${deployment}`.slice(0, 50), ...(first ? trigger : {}), ...rest } }
  }
  const [only] = deploys
  const besides = migratingApp(plan, deploys)
  if (command === null) return (besides === undefined ? deploys : [besides, ...deploys.filter((deploy) => deploy !== besides)]).map((deploy, index) => alone(deploy, index === 0))
  const migrate = migrateStep(environment, plan, command)
  if (deploys.length === 1 && only !== undefined) return [{ stage: { name: `Release to ${environment.name}`, deployment: deploymentName(environment.name, only.name), ...trigger, steps: [step(migrate), step(deployStep(only, environment, plan))] } }]
  const { name, ...rest } = migrate
  return [{ step: { name, deployment: environment.name, 'concurrency-group': `migrate-${environment.name}`, ...trigger, ...rest } }, ...deploys.map((deploy) => alone(deploy, false))]
}

export interface Pipelines { readonly pipelines: Readonly<Record<string, unknown>>, readonly checks: readonly Step[], readonly shared: readonly Step[] }

/** Pull requests are checked; branches and tags are checked, built once and delivered; what nobody pushes to is started by hand. */
export function pipelines(plan: Plan, deploys: readonly Deploy[]): Pipelines {
  const { settings, environments } = plan
  const checks = checkSteps(plan)
  const registry = registryOf(deploys)
  const made = [...(registry === undefined ? [] : [imageStep(plan, registry)]), ...(deploys.some(({ target }) => target.synthesizes) ? [synthStep(plan)] : [])]
  const serving = deploys.filter(({ target }) => target.serves)
  const run = (chosen: readonly DeployedEnvironment[]): readonly Item[] => [...sideBySide(checks), ...made.map(step), ...(serving.length === 0 ? [] : chosen.flatMap((environment) => environmentItems(environment, plan, serving)))]
  const pushed = environments.filter(({ start }) => start !== 'manual')
  const branches = [...new Set([settings.mainBranch, ...(settings.branch.releaseBranch === null ? [] : [settings.branch.releaseBranch]), ...pushed.map(({ branch }) => branch)])].filter((branch) => branch !== 'v*')
  const manual = serving.length === 0 ? [] : environments.filter(({ start }) => start === 'manual')
  return {
    checks, shared: [...checks, ...made],
    pipelines: {
      'pull-requests': { '**': sideBySide(checks) },
      branches: Object.fromEntries(branches.map((branch) => [branch, run(pushed.filter((environment) => environment.branch === branch))])),
      ...(pushed.some(({ branch }) => branch === 'v*') ? { tags: { 'v*': run(pushed.filter(({ branch }) => branch === 'v*')) } } : {}),
      ...(manual.length === 0 ? {} : { custom: Object.fromEntries(manual.map((environment) => [`deploy-${environment.name}`, [onlyOn(environment.branch), ...run([environment])]])) }),
    },
  }
}
