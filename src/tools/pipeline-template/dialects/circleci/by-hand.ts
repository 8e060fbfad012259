import { code } from '../../../../core/markdown.ts'
import { deploySettings, list, sharedSettings, type DeploySettings } from '../../checklist.ts'
import type { Plan } from '../../plan.ts'
import { namedRegistry } from '../shell/image.ts'
import { fetchSettings } from '../shell/programs.ts'
import { registryOf } from '../shell/registry.ts'
import { checkJobs } from './jobs.ts'

const usual = '.circleci/config.yml'
/** Where the configuration lies; another name where the repository has one of its own. */
export const configFile = ({ freePath }: Pick<Plan, 'freePath'>): string => freePath(usual, '.circleci/operational-patterns.yml')

/** How a context is called: contexts belong to the organization, so the project's slug stands before the environment. */
const context = (name: string): string => `SLUG/${name}`

/** What a token says about the branch or tag it was issued for. */
const vcsRef = (branch: string): string => (branch === 'v*' ? 'refs/tags/v*' : `refs/heads/${branch.replace('**', '*')}`)

/** Azure compares the whole subject, which names the person who started the run; the other clouds are set up by a script. */
const azureTrust = (refs: readonly string[]): string => `In Azure trust the issuer ${code('https://oidc.circleci.com/org/ORGANIZATION-ID')} with the organization's id as audience, one federated credential for each person who deploys (at most 20): ${code(`org/ORGANIZATION-ID/project/PROJECT-ID/user/USER-ID/vcs-origin/github.com/OWNER/REPOSITORY/vcs-ref/${refs[0] ?? ''}`)}.`

function contexts(plan: Plan, { serving, migrates, address, secrets, variables, clouds }: DeploySettings): readonly string[] {
  const refs = [...new Set(plan.environments.map(({ branch }) => vcsRef(branch)))]
  const apart = migrates && serving.some((app) => app.name !== null)
  const names = plan.environments.flatMap(({ name }) => [...(apart ? [context(name)] : []), ...serving.map((app) => context(app.name === null ? name : `${name}/${app.name}`))])
  const approved = plan.environments.filter(({ start }) => start === 'approval').map(({ name }) => name)
  const production = plan.environments.find(({ name }) => name === 'production')
  const only = production === undefined || production.branch.includes('*') ? undefined : production
  return [
    `Create the ${names.length === 1 ? 'context' : 'contexts'} ${list(names)}, where ${code('SLUG')} is the project's slug, such as ${code('gh/OWNER/REPOSITORY')}, and restrict ${names.length === 1 ? 'it' : 'each'} to this project.${only === undefined ? '' : ` Restrict ${serving.length > 1 || apart ? 'those' : 'the one'} of production with the expression ${code(`pipeline.git.branch == "${only.branch}" and not job.ssh.enabled`)} too.`}`,
    ...(serving.length > 1
      ? serving.map(({ name, target }) => `For ${code(name ?? target.id)}: ${list([...target.secrets, 'HEALTH_URL', ...target.variables, ...fetchSettings(target)])}.`)
      : [`In ${names.length === 1 ? 'it' : 'each'}: ${list([...secrets, ...variables, ...serving.flatMap(({ target }) => fetchSettings(target))])}.`]),
    ...(apart ? [`The migration jobs read ${code(address)} from ${list(plan.environments.map(({ name }) => context(name)))}.`] : []),
    ...(approved.length > 0 && (plan.settings.profile.developers ?? 2) > 1 ? [`Anybody with push access may approve ${list(approved)}: who approves must also be in the security group of that context, which only organizations on the OAuth app of GitHub can set.`] : []),
    ...(clouds.includes('azure') ? [azureTrust(refs)] : []),
  ]
}

/** Contexts, trust and settings of the project, in CircleCI's words. */
export function byHand(plan: Plan): readonly string[] {
  const needed = deploySettings(plan)
  const registry = registryOf(plan.deploys)
  const path = configFile(plan)
  const build = registry === 'own' ? [...namedRegistry.secrets, ...namedRegistry.variables] : [...needed?.build.secrets ?? [], ...needed?.build.variables ?? []]
  const elsewhere = plan.environments.filter(({ branch }) => branch !== plan.settings.mainBranch && branch !== 'v*')
  return [
    ...(path === usual ? [] : [`In the project settings add a pipeline that reads ${code(path)}, with a trigger for pushes (repositories on GitHub only); until the old configuration is gone, both run.`]),
    ...(needed === undefined ? [] : contexts(plan, needed)),
    ...(build.length > 0 ? [`For the image, in the context ${code(context('images'))}: ${list(build)}.`] : []),
    ...(plan.publish === undefined ? [] : [`On npmjs.com name CircleCI as trusted publisher of the package: ids of organization, project, pipeline definition and of the context ${code(context(plan.publish.registry))}, which you create empty and restrict to this project and ${code('pipeline.git.tag starts-with "v"')}. The first version is published by hand; there is no provenance.`]),
    `In the branch rule of the code host require ${list(Object.keys(checkJobs(plan)).map((id) => `ci/circleci: ${id}`))}.`,
    elsewhere.length > 0 && needed !== undefined ? `Leave “Auto-cancel redundant workflows” off: it would stop a deploy from ${list([...new Set(elsewhere.map(({ branch }) => branch))])}.` : 'Switch on “Auto-cancel redundant workflows” (Project Settings, Advanced): it never stops the default branch.',
    ...(plan.settings.profile.repositoryVisibility === 'public' ? ['Keep “Pass secrets to builds from forked pull requests” off.'] : []),
    ...(needed === undefined ? [] : sharedSettings(plan, needed)),
  ]
}
