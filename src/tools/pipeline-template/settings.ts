import { branchStrategies, branchStrategy, type BranchStrategy } from '../../core/branching.ts'
import { withDefaults } from '../../core/defaults.ts'
import { isPublished, isStaticSite, isTinyDespiteStage, plannedEnvironments, type PlannedEnvironment } from '../../core/environments.ts'
import { InputError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import { stageRank } from '../../core/profile.ts'
import type { Assumption } from '../../core/result.ts'
import { readStack } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { advisedVersion, ciImage, toolSha256, toolVersion } from './facts.ts'
import { reads } from './input.ts'
import { languages } from './languages.ts'
import { requestedExtras } from './requested.ts'
import type { App, ProviderId } from './model.ts'
import type { Toolchain } from './toolchain.ts'
import { namesOnlyACloud, pickApps, pickDatabase, pickLanguage, pickMigrationTool, pickProvider, type Given, type ProviderRule } from './picks.ts'

/** The input after defaults, aliases and checks: everything the decision compares. */
export interface Settings {
  readonly given: Given
  readonly profile: Given
  readonly provider: ProviderId
  readonly providerRule: ProviderRule
  readonly language: string
  /** Undefined for languages that are decided and not generated yet. */
  readonly toolchain: Toolchain | undefined
  readonly packageManager: string
  readonly runtimeVersion: string | undefined
  /** The version a project runs and no other; undefined where it allows a range or nobody said. */
  readonly pinnedVersion: string | undefined
  readonly framework: string | undefined
  readonly database: string | undefined
  readonly migrationTool: string | undefined
  readonly apps: readonly App[]
  readonly branch: BranchStrategy
  readonly mainBranch: string
  readonly environments: readonly PlannedEnvironment[]
  /** Depth dial, 0 to 5: money, public code and compliance push it up to early, one person or a handful of users hold it there. */
  readonly rank: number
  /** True where lint, test and build share a job: each further one is billed and waits for its own installation. */
  readonly shallow: boolean
  readonly assumptions: readonly Assumption[]
}

/** `>=22` allows newer versions; anything else is the one version that runs. */
const readVersion = (text: string | undefined): { readonly pin?: string | undefined, readonly lowest?: string } => (text?.startsWith('>=') ? { lowest: text.slice(2) } : { pin: text })

/** True when `version` comes before `lowest`, number by number. */
function isBelow(version: string, lowest: string): boolean {
  const [mine, other] = [version, lowest].map((text) => text.split('.').map(Number)) as [number[], number[]]
  const index = mine.findIndex((part, at) => part !== (other[at] ?? part))
  return index !== -1 && (mine[index] ?? 0) < (other[index] ?? 0)
}

/** Reads, fills and checks the input. Throws InputError for names that no list holds. */
export function readSettings(given: Given, knowledge: Knowledge): Settings {
  const pinned: Given = given.branchStrategy === undefined ? given : { ...given, decisions: { ...given.decisions, branchStrategy: given.branchStrategy } }
  const branching = pinned.decisions?.branchStrategy
  if (branching !== undefined && !(branchStrategies as readonly string[]).includes(branching)) throw new InputError(`Unexpected decisions.branchStrategy ${JSON.stringify(branching)}, expected one of ${branchStrategies.join(', ')}.${didYouMean(branching, branchStrategies)}`)
  const { filled, assumptions } = withDefaults(pinned, reads)
  // Where it is deployed to says what the hosting is.
  const noted: Assumption[] = assumptions.filter(({ field }) => field !== 'hosting' || (given.deployTarget === undefined && given.apps === undefined))
  const { provider, rule } = pickProvider(given)
  if (rule === 'default' || rule === 'own-server') noted.push({ field: 'ciProvider', assumed: provider, changes: 'the syntax of every generated file' })
  const { language, assumed } = pickLanguage(given)
  if (assumed) noted.push({ field: 'language', assumed: language, changes: 'install, test and build commands' })
  const managers = languages[language]?.managers ?? []
  const fits = given.packageManager !== undefined && managers.includes(given.packageManager)
  const packageManager = fits ? given.packageManager ?? '' : managers[0] ?? given.packageManager ?? 'unknown'
  if (!fits && managers.length > 1) noted.push({ field: 'packageManager', assumed: packageManager, changes: 'the locked install, the cache and the audit command' })
  const { pin, lowest } = readVersion(given.runtimeVersion)
  const advised = advisedVersion(knowledge, language)
  const runtimeVersion = pin ?? (lowest !== undefined && (advised === undefined || isBelow(advised, lowest)) ? lowest : advised)
  if (pin === undefined && runtimeVersion !== undefined && language !== 'go') noted.push({ field: 'runtimeVersion', assumed: runtimeVersion, changes: 'the version everything is tested on' })
  if (given.scripts === undefined && language in languages && language !== 'go') noted.push({ field: 'scripts', assumed: languages[language]?.assumes ?? '', changes: 'which checks run: a step without its script fails' })
  const advisedBranch = branchStrategy(filled)
  const queuePlan = knowledge['ci-providers'][provider]?.facts[filled.repositoryVisibility === 'public' ? 'mergeQueuePlanPublic' : 'mergeQueuePlan'].value ?? 'none'
  const branch: BranchStrategy = {
    ...advisedBranch, mergeQueue: advisedBranch.mergeQueue && queuePlan !== 'none',
    requiredReviews: requestedExtras({ given }).includes('required-review') && (filled.developers ?? 2) > 1 ? 1 : advisedBranch.requiredReviews,
  }
  const framework = given.framework ?? readStack(given).frameworks[0]
  const database = pickDatabase(given)
  // go.mod names the version of Go itself.
  const version = language === 'go' ? pin : runtimeVersion
  const named = pickApps(given, knowledge)
  // What is published runs nowhere of its own; an image of it may still go to a registry.
  const apps = isPublished(filled) ? named.map(({ name, target }) => ({ name, target: target === 'docker' ? target : 'none' })) : named
  const assumedTarget = knowledge['hosting-platforms'][apps[0]?.target ?? '']
  if (namesOnlyACloud(given) && assumedTarget !== undefined) noted.push({ field: 'deployTarget', assumed: assumedTarget.id === 'aws' ? 'AWS CDK' : assumedTarget.name, changes: 'the deploy job and its settings' })
  const previews = knowledge['hosting-platforms'][apps[0]?.target ?? '']?.facts.previewEnvironments.value ?? false
  const raised = filled.takesPayments === true || filled.repositoryVisibility === 'public' || (filled.compliance ?? []).length > 0
  const small = filled.developers === 1 || isTinyDespiteStage(given)
  const stage = Math.min(stageRank(filled.stage ?? 'mvp'), small ? 2 : Infinity)
  return {
    given, profile: filled, provider, providerRule: rule, language, packageManager, runtimeVersion: version, pinnedVersion: pin,
    toolchain: languages[language]?.toolchain({ language, packageManager, runtimeVersion: version, advised, scripts: given.scripts, versionOf: toolVersion(knowledge), sha256Of: toolSha256(knowledge), imageOf: ciImage(knowledge, language), framework, monorepo: filled.monorepo, database, typescript: language === 'typescript' && given.scripts !== undefined }),
    framework,
    database,
    migrationTool: pickMigrationTool(given, knowledge), apps, branch, mainBranch: given.defaultBranch ?? 'main',
    environments: plannedEnvironments(pinned, { previewEnvironments: previews, ...(given.environments === undefined ? {} : { only: given.environments }) }),
    rank: Math.max(stage, raised ? 2 : 0), shallow: stage < 2 || small || isStaticSite(filled), assumptions: noted,
  }
}
