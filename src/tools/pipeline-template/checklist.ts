import { isStaticSite } from '../../core/environments.ts'
import { code, plain } from '../../core/markdown.ts'
import { healthPaths } from '../../core/health.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Decision } from './decide.ts'
import { dialects, reached } from './files.ts'
import type { Cloud } from './model.ts'
import type { MigrationStep } from './migration.ts'
import type { Deploy, Plan } from './plan.ts'
import { registries } from './registries.ts'
import { existingFiles, existingSystems } from './existing-ci.ts'
import type { Settings } from './settings.ts'
import { trustLines } from './trust/trust.ts'
import { toolLines } from './tool-lines.ts'

/** Names as inline code, with commas. */
export const list = (names: readonly string[]): string => names.map(code).join(', ')

/** Name of the result that the branch rule has to require. */
const requiredCheck = (decision: Decision): string => (decision.jobs === 'split' || decision.stages.includes('security') ? 'CI passed' : 'Checks')

/** What each environment of a pipeline has to know, whatever the provider calls the place where it is kept. */
export interface DeploySettings {
  readonly serving: readonly Deploy[]
  /** True when the pipeline itself migrates, with `address` as the variable that holds the database's address. */
  readonly migrates: boolean
  readonly address: string
  readonly secrets: readonly string[]
  readonly variables: readonly string[]
  /** Settings of the image build, which belongs to no environment. */
  readonly build: { readonly secrets: readonly string[], readonly variables: readonly string[] }
  readonly clouds: readonly Cloud[]
}

/** Undefined when nothing is deployed that serves requests. */
export function deploySettings(plan: Plan): DeploySettings | undefined {
  const { migration } = plan
  const serving = reached(plan).filter(({ target }) => target.serves)
  if (serving.length === 0) return undefined
  const migrates = migration?.command != null && migration.hook === null
  const address = migration?.addressVariables[0] ?? 'DATABASE_URL'
  const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]
  const needed = unique(serving.flatMap(({ target }) => (target.image === null || target.image === 'own' ? [] : [target.image]))).map((id) => registries[id])
  return {
    serving, migrates, address, secrets: unique([...serving.flatMap(({ target }) => target.secrets), ...(migrates ? [address] : [])]), variables: unique(['HEALTH_URL', ...serving.flatMap(({ target }) => target.variables)]),
    build: { secrets: unique(needed.flatMap(({ secrets }) => secrets)), variables: unique(needed.flatMap(({ variables }) => variables)) },
    clouds: unique(serving.flatMap(({ target }) => target.cloud ?? [])),
  }
}

/** What the image and the platform need before a migration can run beside the application. */
const besideLines = ({ imageCommand, beside }: MigrationStep): readonly string[] => [
  `Migrations run once with the new image before each deploy, as ${code(imageCommand ?? '')}: the image has to hold the tool and the migration files, and the address it reads is the direct one.`,
  ...(beside === 'gcp' ? [`Create the Cloud Run job of ${code('CLOUD_RUN_MIGRATION_JOB')} once by hand: account, database connection and secrets of the service, that command, no retries.`] : []),
]

/** Instructions that hold on every provider: what `HEALTH_URL` is, which address migrations use, and what the platform runs itself. */
export const sharedSettings = (plan: Plan, { serving, migrates, address }: DeploySettings): readonly string[] => [
  isStaticSite(plan.settings.profile) ? `${code('HEALTH_URL')} is the address of a page that has to be there, for example ${code('https://example.com/')}.` : `${code('HEALTH_URL')} is the full readiness address, for example ${code(`https://example.com${healthPaths.ready}`)}.`,
  ...(serving.some(({ target }) => target.synthesizes) && plan.environments.length > 1 ? ['Every environment gets the same stacks: name no account in them, and give each environment an account of its own.'] : []),
  ...(serving.some(({ target }) => target.image === 'own') ? ['Give the cluster a pull secret for the image registry.'] : []),
  ...(serving.some(({ target }) => target.id === 'vercel') && plan.environments.some(({ name }) => name !== 'production') ? ['On Vercel its host outside production is pointed at each preview: switch Deployment Protection off there, or the check gets a 401.'] : []),
  ...(migrates ? [`${code(address)} for migrations is the direct address, not one behind a transaction pooler, and its user may change the schema.`] : []),
  ...(plan.migration?.beside != null ? besideLines(plan.migration) : plan.migration?.hook != null ? [`Let the platform run the migration${plan.migration.imageCommand === null ? '' : ` (${code(plan.migration.imageCommand)})`} as its ${code(plan.migration.hook)}.`] : []),
]

/** Rules a person sets on the branches; they hold for every provider and language. `writes`: files are generated. */
export function branchChecklist(settings: Settings, decision: Decision, writes: boolean): readonly string[] {
  const { branch, mainBranch } = settings
  const protectedBranches = [mainBranch, ...(branch.releaseBranch === null ? [] : [branch.releaseBranch])]
  return [
    `Protect ${list(protectedBranches)}: no direct or forced push, changes by ${settings.provider === 'gitlab' ? 'merge' : 'pull'} request${!writes ? ', green checks' : settings.provider === 'github-actions' ? `, required check ${code(requiredCheck(decision))}` : ', pipelines must succeed'}${branch.requiredReviews > 0 ? `, ${branch.requiredReviews} approval, stale approvals dismissed` : ', no required review'}.`,
    ...(branch.mergeQueue ? [settings.provider === 'gitlab' ? 'Switch on merge trains (GitLab\'s merge queue; they need a paid plan).' : 'Switch on the merge queue (organizations only; private repositories need the plan that has it).'] : []),
    ...(settings.provider === 'github-actions' && decision.gates.some(({ id, before }) => id === 'approval' && before !== 'publish') && settings.profile.repositoryVisibility === 'public' ? [`Add required reviewers to ${settings.apps.some(({ name }) => name !== null) ? 'each environment of production' : code('production')}, and forbid approving one's own run.`] : []),
    ...(writes && existingFiles(settings).length === 0 && existingSystems(settings).includes(settings.provider) ? ['Files of the same name are never overwritten: `write_files` shows the difference.'] : []),
  ]
}

/** What no file can hold and a person sets once: environments, their settings, trust and tools. */
export const deployChecklist = (plan: Plan, knowledge: Knowledge): readonly string[] => [
  ...(dialects[plan.settings.provider]?.byHand(plan) ?? []), ...trustLines(plan, reached(plan)), ...toolLines(plan),
  ...[...new Set(plan.deploys.map(({ target }) => target.id))].filter((id) => knowledge['hosting-platforms'][id]?.facts.ownGitIntegration.value === true).map((id) => `Switch off deploys of ${code(plan.settings.mainBranch)} from Git in ${plain(knowledge['hosting-platforms'][id]?.name ?? id)}, or it deploys beside the pipeline.`),
]
