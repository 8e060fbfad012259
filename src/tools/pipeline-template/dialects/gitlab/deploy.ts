import { healthCheck } from '../../health.ts'
import type { DeployedEnvironment } from '../../model.ts'
import { migratingApp, type Deploy, type Plan } from '../../plan.ts'
import { builds } from './image.ts'
import { shellIn, toolImage, toolOf } from './images.ts'
import { block, guarded, installed, sharing, type Job, type Jobs } from './job.ts'
import { canBring, programsFor } from './programs.ts'
import { deployRule, pushedTo } from './refs.ts'
import { idToken, signIn } from './sign-in.ts'

const tiers: Readonly<Partial<Record<DeployedEnvironment['name'], string>>> = { production: 'production', staging: 'staging', preprod: 'staging', uat: 'testing', test: 'testing', sit: 'testing', load: 'testing', dev: 'development' }

/** The environment of GitLab that a job belongs to; its variables and approvals hang on the name. */
const environmentOf = ({ name }: DeployedEnvironment, app: string | null): Readonly<Record<string, unknown>> => ({ name: environmentName(name, app), deployment_tier: tiers[name] ?? 'other' })

export const environmentName = (name: string, app: string | null): string => (app === null ? name : `${name}/${app}`)

/** True when a job can be written with images of known versions, and with what the project itself locks. */
export function reaches(deploy: Deploy, plan: Plan): boolean {
  const { target } = deploy
  const tool = toolOf(target)
  if (target.synthesizes && !plan.toolchain.locksNpmTools) return false
  return canBring(deploy, plan) && (tool === undefined || toolImage(plan, tool) !== undefined) && (target.image === null || builds(plan, target.image))
}

function deployJob(environment: DeployedEnvironment, deploy: Deploy, plan: Plan, nodeImage: string): Job {
  const { name, target } = deploy
  const lines = plan.deployLines(deploy, environment.name)
  const installs = target.installs && plan.toolchain.locksNpmTools
  const tool = toolOf(target)
  const image = tool === undefined ? undefined : toolImage(plan, tool)
  const brought = programsFor(deploy, plan, lines)
  const variables = { ...brought.variables, ...(lines.some((line) => line.includes('$COMMIT_SHA')) ? { COMMIT_SHA: '$CI_COMMIT_SHA' } : {}), ...(installs || target.readsSource ? {} : { GIT_STRATEGY: 'none' }) }
  return {
    ...(installs ? { extends: installed } : image === undefined ? { image: nodeImage } : { image: shellIn(image) }),
    ...guarded, timeout: '30 minutes', environment: environmentOf(environment, name), resource_group: environmentName(environment.name, name),
    ...(Object.keys(variables).length === 0 ? {} : { variables }), ...(target.cloud === null ? {} : idToken(target.cloud)),
    script: [
      ...brought.lines,
      ...(target.image === null ? [] : [': "${IMAGE:?the job that builds the image handed nothing on: run it again}"']),
      ...(target.cloud === null ? [] : block(signIn(target.cloud))),
      ...block(lines), ...(target.serves ? [healthCheck] : []),
    ],
  }
}

/** What an environment waits for: the checks, or what was made from them once, and the environment before it. */
interface Before { readonly made: readonly string[], readonly deploys: readonly Deploy[], readonly nodeImage: string }

/** Migrates an environment before anything is deployed there; `environment` without a deployment gives the job its variables. */
function migrateJob(environment: DeployedEnvironment, plan: Plan, command: string): Job {
  const [main = 'DATABASE_URL', ...others] = plan.migration?.addressVariables ?? []
  return {
    extends: installed, ...guarded, timeout: '15 minutes', environment: { ...environmentOf(environment, null), action: 'prepare' }, resource_group: `migrate-${environment.name}`,
    ...(others.length > 0 ? { variables: Object.fromEntries(others.map((name) => [name, `$${main}`])) } : {}), script: [command],
  }
}

/** Jobs of all environments: migrate, then each application and its health. `resource_group` makes two pipelines take turns. */
export function environmentJobs(plan: Plan, { made, deploys, nodeImage }: Before): Jobs {
  const { migration, environments } = plan
  if (deploys.length === 0) return {}
  const migrate = migration?.command != null && migration.hook === null ? migration.command : null
  const after = (environment: DeployedEnvironment) => (environment.after === null ? [] : deploys.map((deploy) => deployId(environment.after ?? '', deploy)))
  const migrations = migrate === null ? {} : Object.fromEntries(environments.map((environment) => [`migrate-${environment.name}`, {
    stage: environment.name, needs: [...made, ...after(environment)], rules: [deployRule(environment)], ...migrateJob(environment, plan, migrate),
  }]))
  // One click is enough: after a migration that a person started, the deploy follows by itself.
  const besides = migratingApp(plan, deploys)
  const start = (environment: DeployedEnvironment, deploy: Deploy) => {
    const first = migrate !== null ? `migrate-${environment.name}` : besides === undefined || deploy === besides ? null : deployId(environment.name, besides)
    return first === null ? { needs: [...made, ...after(environment)], rules: [deployRule(environment)] } : { needs: [...made, first], rules: [pushedTo(environment.branch)] }
  }
  const deployed = deploys.map((deploy) => sharing(`.deploy${deploy.name === null ? '' : `-${deploy.name}`}`, Object.fromEntries(environments.map((environment) => [
    deployId(environment.name, deploy), { stage: environment.name, ...start(environment, deploy), ...deployJob(environment, deploy, plan, nodeImage) },
  ]))))
  return inOrder({ ...sharing('.migrate', migrations), ...Object.assign({}, ...deployed) as Jobs }, environments.map(({ name }) => name))
}

/** Hidden jobs first, then environment by environment: the file reads as the deploy goes. */
function inOrder(jobs: Jobs, stages: readonly string[]): Jobs {
  const place = ([id, job]: readonly [string, Job]) => (id.startsWith('.') ? -1 : stages.indexOf(String(job['stage'])))
  return Object.fromEntries(Object.entries(jobs).sort((a, b) => place(a) - place(b)))
}

const deployId = (environment: string, { name }: Deploy): string => `deploy-${environment}${name === null ? '' : `-${name}`}`
