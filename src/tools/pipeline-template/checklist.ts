import { code, plain } from '../../core/markdown.ts'
import { healthPaths } from '../../core/health.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { gitlabLeavesOut } from './dialects/gitlab.ts'
import type { Decision } from './decide.ts'
import type { Plan } from './plan.ts'
import { existingCi } from './rules.ts'
import type { Settings } from './settings.ts'

const list = (names: readonly string[]): string => names.map(code).join(', ')

/** Name of the result that the branch rule has to require. */
const requiredCheck = (decision: Decision): string => (decision.jobs === 'split' ? 'CI passed' : 'Lint, test, build')

function toolLines(plan: Plan): string[] {
  const { toolchain, settings } = plan
  const clis = plan.deploys.flatMap(({ target }) => (target.installs && toolchain.locksNpmTools ? [({ vercel: 'vercel', railway: '@railway/cli', netlify: 'netlify-cli', 'cloudflare-workers': 'wrangler', aws: 'aws-cdk' } as Readonly<Record<string, string>>)[target.id] ?? []] : [])).flat()
  return [
    ...(clis.length > 0 ? [`Add ${list([...new Set(clis)])} to the development dependencies: the lock file then pins the version that deploys.`] : []),
    ...(toolchain.packageManager === 'pnpm' || toolchain.packageManager === 'yarn-berry' || toolchain.packageManager === 'bun' ? [`Name the exact ${toolchain.packageManager === 'yarn-berry' ? 'yarn' : toolchain.packageManager} version under ${code('packageManager')} in package.json.`] : []),
    ...(toolchain.packageManager === 'poetry' ? [`Set the repository variable ${code('POETRY_VERSION')} to the version that wrote the lock file.`] : []),
    ...(toolchain.packageManager === 'pip' ? ['Pin every line of requirements.txt, best with hashes: pip has no lock file of its own.'] : []),
    ...(toolchain.language === 'go' && toolchain.checks.audit.length > 0 && settings.rank >= 2 ? [`Run ${code('go get -tool golang.org/x/vuln/cmd/govulncheck')} once, so that go.mod pins it.`] : []),
    ...(toolchain.language === 'python' && settings.given.scripts === undefined ? [`Keep ${list(['ruff', 'pytest', ...(settings.rank >= 2 ? ['pip-audit'] : [])])} in the development dependencies.`] : []),
  ]
}

function environmentLines(plan: Plan): string[] {
  const { deploys, migration, settings } = plan
  const skipped = settings.provider === 'gitlab' ? gitlabLeavesOut(plan) : []
  const serving = deploys.filter(({ target }) => target.serves && !skipped.includes(target.id))
  if (serving.length === 0) return []
  const isGitlab = settings.provider === 'gitlab'
  const migrates = migration?.command != null && migration.hook === null
  const address = migration?.addressVariables[0] ?? 'DATABASE_URL'
  const secrets = [...new Set([...serving.flatMap(({ target }) => target.secrets), ...(migrates ? [address] : [])])]
  const variables = [...new Set(['HEALTH_URL', ...serving.flatMap(({ target }) => target.variables)])]
  const names = plan.environments.flatMap(({ name }) => serving.map((app) => (app.name === null ? name : `${name}${isGitlab ? '/' : '-'}${app.name}`)))
  const builds = [...new Set(serving.flatMap(({ target }) => target.imageVariables))]
  const mayLack = settings.provider === 'github-actions' && settings.profile.repositoryVisibility !== 'public'
  return [
    `Create the ${names.length === 1 ? 'environment' : 'environments'} ${list(names)}${plan.environments.some(({ name }) => name === 'production') ? `; let only ${code(settings.mainBranch)} deploy to ${code('production')}` : ''}.${mayLack ? (names.length === 1 ? ' A private repository on the free plan has no environments: use repository secrets and variables there.' : ' A private repository needs a paid plan for that.') : ''}`,
    ...(serving.length > 1 ? serving.map(({ name, target }) => `For ${code(name ?? target.id)}: ${list([...target.secrets, ...(migrates && name === serving[0]?.name ? [address] : [])]) || 'no secrets'} as secrets; ${list(['HEALTH_URL', ...target.variables])} as variables.`) : [
      ...(secrets.length > 0 ? [`In ${names.length === 1 ? 'it' : 'each'}, as secrets${isGitlab ? ' (protected, masked, with that scope)' : ''}: ${list(secrets)}.`] : []),
      `In ${names.length === 1 ? 'it' : 'each'}, as variables: ${list(variables)}.`,
    ]),
    `${code('HEALTH_URL')} is the full readiness address, for example ${code(`https://example.com${healthPaths.ready}`)}.`,
    ...(builds.length > 0 ? [`For the repository, as variables: ${list(builds)}.`] : []),
    ...(serving.some(({ target }) => target.oidc) ? [`In the cloud, trust the pipeline by OIDC: audience of the cloud, subject exactly ${code(`repo:OWNER/NAME:environment:${names[names.length - 1]}`)} and so for each environment, and ${code(`repo:OWNER/NAME:ref:refs/heads/${settings.mainBranch}`)} for the image build. Repositories made since 2026-07-15 carry ids in it: copy it from a first run.`] : []),
    ...(migrates ? [`${code(address)} for migrations is the direct address, not one behind a transaction pooler, and its user may change the schema.`] : []),
    ...(migration?.hook != null ? [`Let the platform run the migration${migration.command === null ? '' : ` (${code(migration.command)})`}: ${migration.hook}.`] : []),
  ]
}

/** Rules a person sets on the branches; they hold for every provider and language. `writes`: files are generated. */
export function branchChecklist(settings: Settings, decision: Decision, writes: boolean): readonly string[] {
  const { branch, mainBranch } = settings
  const protectedBranches = [mainBranch, ...(branch.releaseBranch === null ? [] : [branch.releaseBranch])]
  return [
    `Protect ${list(protectedBranches)}: no direct or forced push, changes by ${settings.provider === 'gitlab' ? 'merge' : 'pull'} request${settings.provider === 'github-actions' ? `, required check ${code(requiredCheck(decision))}` : ', pipelines must succeed'}${branch.requiredReviews > 0 ? `, ${branch.requiredReviews} approval, stale approvals dismissed` : ', no required review'}.`,
    ...(branch.mergeQueue ? ['Switch on the merge queue (organizations only; private repositories need the plan that has it).'] : []),
    ...(decision.gates.some(({ id }) => id === 'approval') && settings.profile.repositoryVisibility === 'public' ? ['Add required reviewers to `production`, and forbid approving one\'s own run.'] : []),
    ...(writes && existingCi(settings).includes(settings.provider) ? ['Files of the same name are never overwritten: `write_files` shows the difference.'] : []),
  ]
}

/** What no file can hold and a person sets once: environments, their settings, trust and tools. */
export const deployChecklist = (plan: Plan, knowledge: Knowledge): readonly string[] => [
  ...environmentLines(plan), ...toolLines(plan),
  ...plan.deploys.filter(({ target }) => knowledge['hosting-platforms'][target.id]?.facts.ownGitIntegration.value === true).map(({ target }) => `Switch off the Git deploys of ${plain(knowledge['hosting-platforms'][target.id]?.name ?? target.id)}, or it deploys beside the pipeline.`),
]
