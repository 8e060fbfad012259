import { basename } from 'node:path/posix'
import { code } from '../../../../core/markdown.ts'
import { deploySettings, list, sharedSettings } from '../../checklist.ts'
import type { Plan } from '../../plan.ts'
import { paths } from './jobs.ts'

/** Environments with their secrets and variables, and the trust between GitHub and the cloud. */
export function byHand(plan: Plan): readonly string[] {
  const { settings } = plan
  const needed = deploySettings(plan)
  if (needed === undefined) return publishing(plan)
  const { serving, migrates, address, secrets, build } = needed
  // The version of flyctl stands in the file.
  const needless = (name: string) => name === 'FLYCTL_VERSION' && plan.toolVersion('flyctl') !== undefined
  const variables = needed.variables.filter((name) => !needless(name))
  const apart = migrates && serving.some((app) => app.name !== null)
  const names = plan.environments.flatMap(({ name }) => [...(apart ? [name] : []), ...serving.map((app) => (app.name === null ? name : `${name}-${app.name}`))])
  const mayLack = settings.profile.repositoryVisibility !== 'public'
  return [
    `Create the ${names.length === 1 ? 'environment' : 'environments'} ${list(names)}${plan.environments.some(({ name }) => name === 'production') ? `; let only ${code(settings.mainBranch)} deploy to production` : ''}.${mayLack ? (names.length === 1 ? ' A private repository on the free plan has no environments: use repository secrets and variables there.' : ' A private repository needs a paid plan for that.') : ''}`,
    ...(serving.length > 1 ? serving.map(({ name, target }) => `For ${code(name ?? target.id)}: secrets ${list(target.secrets) || 'none'}; variables ${list(['HEALTH_URL', ...target.variables.filter((variable) => !needless(variable))])}.`) : [
      ...(secrets.length > 0 ? [`In ${names.length === 1 ? 'it' : 'each'}, as secrets: ${list(secrets)}.`] : []),
      `In ${names.length === 1 ? 'it' : 'each'}, as variables: ${list(variables)}.`,
    ]),
    ...(apart ? [`The migration job runs in ${list(plan.environments.map(({ name }) => name))}: ${code(address)} belongs there as a secret.`] : []),
    ...(build.variables.length > 0 ? [`For the repository, as variables: ${list(build.variables)}.`] : []),
    ...publishing(plan),
    ...sharedSettings(plan, needed),
  ]
}

/** The trust between a package registry and the workflow that publishes; the name of the file is part of it. */
function publishing(plan: Plan): readonly string[] {
  if (plan.publish === undefined) return []
  const { registry } = plan.publish
  const site = registry === 'npm' ? 'npmjs.com' : 'pypi.org'
  return [
    `On ${site}, name a trusted publisher for the package: GitHub Actions, this repository, workflow ${code(basename(paths(plan).release))}, environment ${code(registry)}.${registry === 'npm' ? ' The very first version is published by hand: npm knows no trust for a name that does not exist.' : ' PyPI takes that before the first version too (a pending publisher).'}`,
    `Create the environment ${code(registry)}: deployments from tags ${code('v*')} only${(plan.settings.profile.developers ?? 2) > 1 ? ', with a reviewer' : ''}; protect the tags ${code('v*')} with a ruleset.`,
    ...(registry === 'npm' ? [`Set ${code('repository')} in package.json to this repository: without it the registry refuses the provenance.`] : []),
  ]
}
