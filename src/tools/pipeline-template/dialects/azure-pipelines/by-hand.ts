import { needsSecondPerson } from '../../../../core/branching.ts'
import { code } from '../../../../core/markdown.ts'
import { deploySettings, list, sharedSettings } from '../../checklist.ts'
import type { Cloud } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import { groupOf } from './deploy.ts'
import { imageVariable, registryConnection } from './image.ts'
import { connection } from './sign-in.ts'
import { paths } from './steps.ts'

/** Settings that a service connection holds in place of a variable. */
const held: Readonly<Record<Cloud, readonly string[]>> = { aws: ['AWS_ROLE_ARN', 'AWS_BUILD_ROLE_ARN'], azure: ['AZURE_CLIENT_ID', 'AZURE_BUILD_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID'], gcp: [] }

/** Environments with their checks, variable groups and service connections: what decides about a deploy lives outside the file. */
export function byHand(plan: Plan): readonly string[] {
  const { settings } = plan
  const project = [
    `Create a pipeline from ${code(paths(plan).main)}. In Azure Repos ${code('pr')} has no effect: add it as build validation to the branch policy of ${list([settings.mainBranch, ...(settings.branch.releaseBranch === null ? [] : [settings.branch.releaseBranch])])}.`,
    'In the project settings limit the job authorization scope to the project, protect access to repositories, and limit variables that can be set at queue time.',
  ]
  const needed = deploySettings(plan)
  const pushed = plan.deploys.map(({ target }) => target.image).find((image) => image !== null)
  const ownRegistry = pushed === 'own' ? [`Create the Docker registry connection ${code(registryConnection)}, and ${code(imageVariable)} (the image's name without a tag) in the variable group ${code('build')}.`] : []
  if (needed === undefined) return [...project, ...ownRegistry]
  const { serving, migrates, address, build, clouds } = needed
  const connected = clouds.flatMap((cloud) => held[cloud])
  const plain = (names: readonly string[]): readonly string[] => names.filter((name) => !connected.includes(name))
  const groups = (app: string | null) => list(plan.environments.map(({ name }) => groupOf(name, app)))
  const connections = [
    ...serving.flatMap(({ name, target }) => (target.cloud === null ? [] : plan.environments.map((environment) => connection(target.cloud as Cloud, groupOf(environment.name, name))))),
    ...(build.variables.length > 0 ? clouds.map((cloud) => connection(cloud, 'build')) : []),
  ]
  const single = serving.length === 1 && serving[0]?.name === null
  const production = plan.environments.some(({ name }) => name === 'production')
  return [
    ...project, ...ownRegistry,
    `Create the ${plan.environments.length === 1 ? 'environment' : 'environments'} ${list(plan.environments.map(({ name }) => name))}, ${plan.environments.length === 1 ? '' : 'each '}with the checks exclusive lock and branch control${production && plan.environments.some(({ start }) => start === 'approval') ? `; ${code('production')} also with approvals${needsSecondPerson(settings.profile) ? ', where the person who started the run may not approve' : ''}` : ''}.`,
    ...serving.map(({ name, target }) => `Variable ${plan.environments.length === 1 ? 'group' : 'groups'} ${groups(name)}: ${[...target.secrets, ...(single && migrates ? [address] : [])].map((secret) => `${code(secret)} (secret)`).concat(['HEALTH_URL', ...plain(target.variables)].map(code)).join(', ')}; open to this pipeline only.`),
    ...(migrates && !single ? [`Variable groups ${groups(null)}: ${code(address)} (secret), for migrations.`] : []),
    ...(build.variables.length > 0 ? [`Variable group ${code('build')}: ${list(plain(build.variables))}.`] : []),
    ...(connections.length > 0 ? [`Service connections with workload identity federation, open to this pipeline only: ${list([...new Set(connections)])}.${clouds.includes('aws') ? ' Those to AWS are of type AWS with OIDC, from the extension AWS Toolkit.' : ''}${clouds.includes('gcp') ? ' Those to Google Cloud are of type Azure Resource Manager: their token is what Google trusts.' : ''}`] : []),
    ...sharedSettings(plan, needed),
  ]
}
