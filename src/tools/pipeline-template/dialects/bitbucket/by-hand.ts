import { code } from '../../../../core/markdown.ts'
import { deploySettings, list, sharedSettings, type DeploySettings } from '../../checklist.ts'
import type { DeployedEnvironment } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import { namedRegistry } from '../shell/image.ts'
import { fetchSettings } from '../shell/programs.ts'
import { registryOf } from '../shell/registry.ts'
import { deploymentName, migration } from './pipelines.ts'
import { azureSecret, imageEnvironment } from './steps.ts'

export const usualFile = 'bitbucket-pipelines.yml'
/** Where the pipelines lie; Bitbucket reads one file only, so another one waits for a person to merge it. */
export const pipelinesFile = ({ freePath }: Pick<Plan, 'freePath'>): string => freePath(usualFile, 'bitbucket-pipelines.operational-patterns.yml')

const types: Readonly<Partial<Record<DeployedEnvironment['name'], string>>> = { production: 'Production', staging: 'Staging', preprod: 'Staging', uat: 'Staging' }

function deployments(plan: Plan, { serving, migrates, address, secrets, variables, clouds }: DeploySettings): readonly string[] {
  const { mainBranch } = plan.settings
  const named = plan.environments.flatMap(({ name }) => serving.map((app) => `${code(deploymentName(name, app.name))} (${types[name] ?? 'Test'})`))
  const apart = migrates && serving.length > 1
  const one = named.length === 1
  const azure = clouds.includes('azure') ? [azureSecret.deploy] : []
  const production = plan.environments.some(({ name }) => name === 'production')
  return [
    `Create the deployment ${one ? 'environment' : 'environments'} ${named.join(', ')}${one ? '' : ', in this order'}${apart ? `, and ${list(plan.environments.map(({ name }) => name))} for the migrations` : ''}.${production ? ` With Premium let only ${code(plan.environments.find(({ name }) => name === 'production')?.branch ?? mainBranch)}${plan.environments.some(({ start }) => start === 'approval') ? ' and the people who may say yes' : ''} deploy to production; without it everybody with write access may.` : ''}`,
    ...(serving.length > 1
      ? serving.map(({ name, target }) => `For ${code(name ?? target.id)}: ${list([...target.secrets, ...(target.cloud === 'azure' ? azure : [])]) || 'no secrets'} as secured variables; ${list(['HEALTH_URL', ...target.variables, ...fetchSettings(target)])} as plain ones.`)
      : [
          ...(secrets.length + azure.length > 0 ? [`In ${one ? 'it' : 'each'}, as secured variables: ${list([...secrets, ...azure])}.`] : []),
          `In ${one ? 'it' : 'each'}, as plain variables: ${list([...variables, ...serving.flatMap(({ target }) => fetchSettings(target))])}.`,
        ]),
    ...(apart ? [`The migrations read ${code(address)} from ${list(plan.environments.map(({ name }) => name))}.`] : []),
    ...(migration(plan) !== null && !apart ? ['A release that finds its environment busy is paused: resume it when the other one is done.'] : []),
    ...(azure.length > 0 ? ['Azure compares whole subjects, and those of Bitbucket change with every run: the service principal has a secret here. Give it one role on one resource, and rotate it.'] : []),
  ]
}

/** Deployments, trust and settings of the repository, in Bitbucket's words. */
export function byHand(plan: Plan): readonly string[] {
  const needed = deploySettings(plan)
  const registry = registryOf(plan.deploys)
  const path = pipelinesFile(plan)
  const build = registry === 'own' ? namedRegistry : needed?.build
  const secured = [...build?.secrets ?? [], ...(registry === 'acr' ? [azureSecret.build] : [])]
  return [
    ...(path === usualFile ? [] : [`Bitbucket reads ${code(usualFile)} only: merge ${code(path)} into it.`]),
    ...(needed === undefined ? [] : deployments(plan, needed)),
    ...(registry === undefined ? [] : [`For the image, in a deployment environment ${code(imageEnvironment)} (Test): ${secured.length > 0 ? `${list(secured)} as secured variables; ` : ''}${list(build?.variables ?? [])}.`]),
    'Merge checks: one successful build on the last commit and none failed; Premium enforces them.',
    ...(registry !== undefined && plan.settings.rank >= 4 ? ['The bill of materials is an artifact of the image step; builds here write no provenance.'] : []),
    ...(needed === undefined ? [] : sharedSettings(plan, needed)),
  ]
}
