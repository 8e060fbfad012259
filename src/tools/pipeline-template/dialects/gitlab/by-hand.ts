import { code } from '../../../../core/markdown.ts'
import { codeOwners } from '../../code-owners.ts'
import { deploySettings, list, sharedSettings } from '../../checklist.ts'
import type { Plan } from '../../plan.ts'
import { environmentName, reaches } from './deploy.ts'
import { registryOf } from './image.ts'
import { publishEnvironment } from './publish.ts'

/** Where the pipeline lies; another name where the repository has one of its own. */
export const pipelineFile = ({ freePath }: Pick<Plan, 'freePath'>): string => freePath('.gitlab-ci.yml', '.gitlab/ci/operational-patterns.yml')

/** Environments with their variables, the trust between GitLab and the cloud, and what only a paid plan forces. */
export function byHand(plan: Plan): readonly string[] {
  const path = pipelineFile(plan)
  return [
    ...(path === '.gitlab-ci.yml' ? [] : [`Add ${code(`include: [{local: ${path}}]`)} to ${code('.gitlab-ci.yml')}, and take ${list(['workflow', 'stages', 'default'])} out of it: the included file brings them, and two sets contradict each other.`]),
    ...environments(plan), ...publishing(plan), ...maintenance(plan),
  ]
}

function environments(plan: Plan): readonly string[] {
  const needed = deploySettings(plan)
  const registry = registryOf({ deploys: plan.deploys.filter((deploy) => reaches(deploy, plan)) })
  const images = registry === undefined ? [] : ['Building an image needs runners in privileged mode, as GitLab\'s own are; elsewhere build rootless, with BuildKit or Buildah.']
  if (needed === undefined) return images
  const { serving, migrates, address, secrets, variables, build, clouds } = needed
  const { mainBranch } = plan.settings
  // A migration belongs to no application: where these have names, its environment has none.
  const apart = migrates && serving.some((app) => app.name !== null)
  const namesOf = (name: string) => [...(apart ? [name] : []), ...serving.map((app) => environmentName(name, app.name))]
  const names = plan.environments.flatMap(({ name }) => namesOf(name))
  const one = names.length === 1
  const others = [...new Set(plan.environments.map(({ branch }) => branch.replace('/**', '/*')))].filter((branch) => branch.includes('*'))
  const fly = serving.some(({ target }) => target.programs.includes('flyctl')) ? ['FLYCTL_SHA256'] : []
  const approved = plan.environments.filter(({ start }) => start === 'approval').flatMap(({ name }) => namesOf(name))
  return [
    `Create the ${one ? 'environment' : 'environments'} ${list(names)}${plan.environments.some(({ name }) => name === 'production') ? `; only ${code(mainBranch)} deploys to production` : ''}.`,
    ...(serving.length > 1 ? serving.map(({ name, target }) => `In each environment of ${code(name ?? target.id)}, protected and scoped to it: ${[...(target.secrets.length > 0 ? [`${list(target.secrets)} as masked secrets`] : []), `${list(['HEALTH_URL', ...target.variables, ...(target.programs.includes('flyctl') ? fly : [])])} as variables`].join('; ')}.`) : [
      ...(secrets.length > 0 ? [`In ${one ? 'it' : 'each'}, as secrets (protected, masked, scoped to the environment): ${list(secrets)}.`] : []),
      `In ${one ? 'it' : 'each'}, as variables (protected, scoped): ${list([...variables, ...fly])}.`,
    ]),
    ...(apart ? [`The migration jobs run in ${list(plan.environments.map(({ name }) => name))}: ${code(address)} belongs there as a secret.`] : []),
    ...(secrets.includes('KUBE_CONFIG') ? [`${code('KUBE_CONFIG')} has several lines, which GitLab cannot mask: keep it protected, and let its account change the one deployment only.`] : []),
    ...(fly.length > 0 ? [`${code('FLYCTL_SHA256')} is the sum of the archive in ${code('checksums.txt')} of that release.`] : []),
    ...(build.variables.length > 0 ? [`For the project, as protected variables: ${list(build.variables)}.`] : []),
    ...(clouds.some((cloud) => cloud !== 'gcp') ? ['GitLab\'s token names the branch, not the environment: let only maintainers push there.'] : []),
    ...(others.length > 0 ? [`Protect ${list(others)} too: nothing else gets protected variables.`] : []),
    ...(plan.settings.rank < 2 ? [] : [`Let deploys follow the order of commits: the process mode of the resource groups is ${code('oldest_first')} (API), and “Prevent outdated deployment jobs” stays on.`]),
    ...(approved.length > 0 ? [`Protect ${list(approved)}: who may deploy there, and with Premium the approvals. On Free the click on the manual job is the yes, by whoever may push to ${code(mainBranch)}.`] : []),
    ...images, ...sharedSettings(plan, needed),
  ]
}

/** The trust between a package registry and the pipeline that publishes. */
function publishing(plan: Plan): readonly string[] {
  if (plan.publish === undefined) return []
  const isNpm = plan.publish.registry === 'npm'
  return [
    `On ${isNpm ? 'npmjs.com' : 'pypi.org'}, name a trusted publisher for the package: GitLab, this project, pipeline file ${code('.gitlab-ci.yml')}, environment ${code(publishEnvironment(plan))}.${isNpm ? ' It takes jobs of GitLab.com\'s own runners only, and the very first version is published by hand.' : ' PyPI takes that before the first version too (a pending publisher).'}`,
    `Protect the tags ${code('v*')}${(plan.settings.profile.developers ?? 2) > 1 ? ` and the environment ${code(publishEnvironment(plan))} (Premium)` : ''}.`,
  ]
}

/** What keeps the files current, and what GitLab's free plan shows without forcing it. */
const maintenance = (plan: Plan): readonly string[] => [
  ...(plan.settings.rank >= 2 ? ['Switch on Renovate (its app, or a scheduled runner): GitLab has no Dependabot. Read the secret scan\'s report: on Free a finding stops no merge.'] : []),
  ...(codeOwners(plan) === undefined ? [] : ['Require the approval of code owners on protected branches (Premium); on Free the file only names them.']),
]
