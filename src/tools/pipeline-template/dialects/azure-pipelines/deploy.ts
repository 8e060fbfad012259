import { healthCheck } from '../../health.ts'
import type { DeployedEnvironment } from '../../model.ts'
import { migratingApp, type Deploy, type Plan } from '../../plan.ts'
import { withLater } from '../shell/asked.ts'
import { signedIn } from './sign-in.ts'
import { bash, checkout, setUp, type Part } from './steps.ts'
import { imageReference } from './image.ts'

/** Value of the parameter `deployTo` that leaves the choice to branch and order. */
export const byBranch = 'by branch'

/** Stage ids hold letters, digits and underscores. */
export const stageId = (environment: string): string => environment.charAt(0).toUpperCase() + environment.slice(1).replace(/\W/g, '_')

/** Variable group of an application in an environment; the environment alone where the repository holds one application. */
export const groupOf = (environment: string, app: string | null): string => (app === null ? environment : `${environment}-${app}`)

/** True for runs of the branch or tag that an environment follows. */
export const onRef = (branch: string): string => {
  const ref = "variables['Build.SourceBranch']"
  return branch === 'v*' ? `startsWith(${ref}, 'refs/tags/v')` : branch === 'release/**' ? `startsWith(${ref}, 'refs/heads/release/')` : `eq(${ref}, 'refs/heads/${branch}')`
}

const deployId = ({ name }: Deploy): string => `deploy_${(name ?? 'app').replace(/\W/g, '_')}`
const passed = (stage: string): string => `in(dependencies.${stage}.result, 'Succeeded', 'SucceededWithIssues')`
const asked = (value: string): string => `eq('\${{ parameters.deployTo }}', '${value}')`

/** When a stage runs: what it needs passed, the branch is right, and it is its turn or somebody asked for it, or for what comes after it. */
function condition(environment: DeployedEnvironment, plan: Plan, needs: readonly string[]): string {
  const start = [...(environment.start === 'manual' ? [] : [byBranch]), ...withLater(environment, plan.environments)].map(asked)
  return `and(not(canceled()), ${[...needs, ...(environment.after === null ? [] : [stageId(environment.after)])].map(passed).concat(onRef(environment.branch), start.length === 1 ? start : `or(${start.join(', ')})`).join(', ')})`
}

/** The image has no shell and no tag that moves; the version is a setting of the environment. */
const flyctl = 'flyctl() { docker run --rm --env FLY_API_TOKEN --volume "$PWD:/source" --workdir /source "flyio/flyctl:v$FLYCTL_VERSION" "$@"; }'

function deploySteps(deploy: Deploy, environment: DeployedEnvironment, plan: Plan): readonly Part[] {
  const { target, name } = deploy
  const lines = plan.deployLines(deploy, environment.name)
  const installs = target.installs && plan.toolchain.locksNpmTools
  const env = {
    ...Object.fromEntries(target.secrets.map((secret) => [secret, `$(${secret})`])),
    ...(lines.some((line) => line.includes('$COMMIT_SHA')) ? { COMMIT_SHA: '$(Build.SourceVersion)' } : {}),
  }
  const all = target.programs.includes('flyctl') ? [flyctl, ...lines] : lines
  return [
    // Secrets reach the one step that names them; plain settings of the group are in every step's environment.
    ...(target.synthesizes ? [{ download: 'current', artifact: 'cdk-out', displayName: 'Fetch the assembly' }] : [{ download: 'none' }]),
    ...(installs ? setUp(plan) : [target.readsSource ? checkout() : { checkout: 'none' }]),
    ...(target.programs.includes('node') && !installs ? [{ task: 'UseNode@1', displayName: 'Set up Node.js', inputs: { version: `${plan.nodeVersion}.x` } }] : []),
    ...(target.synthesizes ? [bash('Put the assembly in its place', ['cp -R "$PIPELINE_WORKSPACE/cdk-out" cdk.out'])] : []),
    target.cloud === null ? bash('Deploy', all, Object.keys(env).length === 0 ? {} : { env }) : signedIn(target.cloud, groupOf(environment.name, name), 'Deploy', all, env),
  ]
}

function deployJob(deploy: Deploy, environment: DeployedEnvironment, plan: Plan, after: readonly string[]): Part {
  const { name, target } = deploy
  return {
    deployment: deployId(deploy), displayName: `Deploy${name === null ? '' : ` ${name}`} to ${environment.name}`, ...(after.length === 0 ? {} : { dependsOn: after }), timeoutInMinutes: 30,
    environment: environment.name,
    variables: [
      { group: groupOf(environment.name, name) }, ...(target.image === null ? [] : [{ name: 'IMAGE', value: imageReference }]),
      // Credentials of the AWS task end after a quarter of an hour unless it is told otherwise.
      ...(target.cloud === 'aws' ? [{ name: 'aws.rolecredential.maxduration', value: '3600' }] : []),
    ],
    strategy: {
      runOnce: {
        deploy: { steps: deploySteps(deploy, environment, plan) },
        postRouteTraffic: { steps: [{ checkout: 'none' }, bash('Ask the new version whether it is healthy', [healthCheck])] },
        on: { failure: { steps: [{ checkout: 'none' }, bash('Say how to go back', [`echo "##vso[task.logissue type=error]Deploy to ${environment.name} failed: run this pipeline for the last commit that worked, with deployTo ${environment.name}"`])] } },
      },
    },
  }
}

/** Migrations run in the environment whose lock the whole stage holds, before anything is deployed. */
function migrateJob(environment: DeployedEnvironment, plan: Plan): Part | undefined {
  const { migration } = plan
  if (migration?.command == null || migration.hook !== null) return undefined
  const [main = 'DATABASE_URL'] = migration.addressVariables
  return {
    deployment: 'migrate', displayName: `Migrate ${environment.name}`, timeoutInMinutes: 15, environment: environment.name, variables: [{ group: environment.name }],
    strategy: { runOnce: { deploy: { steps: [{ download: 'none' }, ...setUp(plan), bash('Apply the expanding migrations', [migration.command], { env: Object.fromEntries(migration.addressVariables.map((variable) => [variable, `$(${main})`])) })] } } },
  }
}

/** One stage an environment: migrate, deploy, ask for health. Its lock lets one run in, and the others wait in order. */
export function environmentStage(environment: DeployedEnvironment, plan: Plan, deploys: readonly Deploy[]): Part {
  const needs = ['Checks', ...(deploys.some(({ target }) => target.image !== null) ? ['Image'] : []), ...(deploys.some(({ target }) => target.synthesizes) ? ['Synth'] : [])]
  const migrate = migrateJob(environment, plan)
  const besides = migratingApp(plan, deploys)
  const after = (deploy: Deploy): readonly string[] => (migrate !== undefined ? ['migrate'] : besides !== undefined && deploy !== besides ? [deployId(besides)] : [])
  return {
    stage: stageId(environment.name), displayName: `Deploy to ${environment.name}`,
    dependsOn: [...needs, ...(environment.after === null ? [] : [stageId(environment.after)])], condition: condition(environment, plan, needs), lockBehavior: 'sequential',
    jobs: [...(migrate === undefined ? [] : [migrate]), ...deploys.map((deploy) => deployJob(deploy, environment, plan, after(deploy)))],
  }
}
