import { branchStrategy, type BranchStrategy } from '../../core/branching.ts'
import { withDefaults } from '../../core/defaults.ts'
import { plannedEnvironments, type PlannedEnvironment } from '../../core/environments.ts'
import { InputError } from '../../core/errors.ts'
import { deployHostingId } from '../../core/hosting.ts'
import { didYouMean } from '../../core/nearest.ts'
import { stageRank, type Profile } from '../../core/profile.ts'
import type { Assumption } from '../../core/result.ts'
import { serviceLanguage } from '../../core/service-language.ts'
import { readStack, technologyId } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { advisedVersion, toolVersion } from './facts.ts'
import { reads, type Own } from './input.ts'
import { languages, laterLanguages } from './languages.ts'
import { providerIds, type App, type ProviderId, type Toolchain } from './model.ts'
import { targetAlias, targets } from './targets.ts'

export type Given = Profile & Own

const databases = ['postgresql', 'mysql', 'mariadb', 'mongodb', 'sqlite', 'sqlserver', 'dynamodb', 'firestore']

/** The input after defaults, aliases and checks: everything the decision compares. */
export interface Settings {
  readonly given: Given
  readonly profile: Given
  readonly provider: ProviderId
  readonly providerRule: 'pinned' | 'given' | 'house-rule' | 'default'
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
  /** Depth dial, 0 to 5, after money, public code and compliance have pushed it up to early. */
  readonly rank: number
  readonly assumptions: readonly Assumption[]
}

function pickProvider(given: Given): { readonly provider: ProviderId, readonly rule: Settings['providerRule'] } {
  const isProvider = (id: string | undefined): id is ProviderId => (providerIds as readonly string[]).includes(id ?? '')
  const pin = given.decisions?.ciProvider
  if (pin !== undefined && !isProvider(pin)) throw new InputError(`Unexpected decisions.ciProvider ${JSON.stringify(pin)}, expected one of ${providerIds.join(', ')}.${didYouMean(pin, providerIds)}`)
  if (isProvider(pin)) return { provider: pin, rule: 'pinned' }
  if (given.ciProvider !== undefined) return { provider: given.ciProvider, rule: 'given' }
  const wanted = [...(given.houseRules?.require ?? []), ...(given.houseRules?.prefer ?? [])].map(({ id }) => id).find(isProvider)
  if (wanted !== undefined) return { provider: wanted, rule: 'house-rule' }
  const forbidden = (given.houseRules?.forbid ?? []).map(({ id }) => id)
  const allowed = providerIds.find((id) => !forbidden.includes(id)) ?? 'github-actions'
  return { provider: allowed, rule: allowed === 'github-actions' ? 'default' : 'house-rule' }
}

function pickLanguage(given: Given): { readonly language: string, readonly assumed: boolean } {
  const known = [...Object.keys(languages), ...laterLanguages]
  if (given.language !== undefined) {
    const id = technologyId(given.language)
    if (id === undefined || !known.includes(id)) throw new InputError(`Unexpected language ${JSON.stringify(given.language)}, expected one of ${known.join(', ')}.${didYouMean(given.language, known)}`)
    return { language: id, assumed: false }
  }
  const stack = readStack({ stack: [...(given.stack ?? []), ...(given.framework === undefined ? [] : [given.framework])] })
  // What runs on the servers is what is built and deployed; a front end beside it comes after.
  const served = serviceLanguage(stack)
  const found = served !== null && known.includes(served) ? served : stack.languages.find((id) => known.includes(id))
  return found === undefined ? { language: 'typescript', assumed: true } : { language: found, assumed: false }
}

function pickTarget(text: string, known: readonly string[]): string {
  const id = targetAlias(deployHostingId(text))
  if (id === 'undecided') return 'none'
  if (id in targets || known.includes(id)) return id
  const supported = [...Object.keys(targets), 'none']
  throw new InputError(`Unexpected deployTarget ${JSON.stringify(text)}, expected one of ${supported.join(', ')}.${didYouMean(text, [...supported, ...known])}`)
}

/** One target for each application; an undecided one is `none`. */
function pickApps(given: Given, knowledge: Knowledge): readonly App[] {
  const known = Object.keys(knowledge['hosting-platforms']).filter((id) => id !== 'undecided')
  if (given.apps !== undefined && given.apps.length > 0) {
    return given.apps.map((text) => {
      const [name = '', target = ''] = text.split(':')
      return { name, target: pickTarget(target, known) }
    })
  }
  const asked = given.deployTarget ?? (deployHostingId(given.hosting) === 'undecided' ? 'none' : given.hosting)
  // Free text about hosting that no sheet knows is no deploy target: the deploy part is then left open, not refused.
  const target = given.deployTarget === undefined && !known.includes(deployHostingId(asked)) ? 'none' : pickTarget(asked ?? 'none', known)
  return [{ name: null, target }]
}

/** A database by any of its names. Throws InputError for a word that is none. */
function pickDatabase(given: Given): string | undefined {
  if (given.database === undefined) return readStack(given).databases[0]
  const id = readStack({ stack: [given.database] }).databases[0]
  if (id === undefined) throw new InputError(`Unexpected database ${JSON.stringify(given.database)}, expected one of ${databases.join(', ')}.${didYouMean(given.database, databases)}`)
  return id
}

function pickMigrationTool(given: Given, knowledge: Knowledge): string | undefined {
  const sheets = Object.values(knowledge['migration-tools']).filter((sheet) => sheet.facts.kind.value === 'migration-runner' && sheet.lifecycle.status === 'active')
  const named = (given.decisions?.migrationTool ?? given.migrationTool)?.toLowerCase()
  if (named !== undefined) return sheets.find((sheet) => sheet.id === named || sheet.facts.aliases.value?.includes(named))?.id ?? named
  const { orms, frameworks } = readStack(given)
  const used = [...orms, ...frameworks.filter((id) => id === 'django')]
  return sheets.find((sheet) => used.some((id) => id === sheet.id || sheet.facts.aliases.value?.includes(id)))?.id
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
  const { filled, assumptions } = withDefaults(pinned, reads)
  const noted: Assumption[] = [...assumptions]
  const { provider, rule } = pickProvider(given)
  if (rule === 'default') noted.push({ field: 'ciProvider', assumed: provider, changes: 'the syntax of every generated file' })
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
  if (given.scripts === undefined && language in languages && language !== 'go') noted.push({ field: 'scripts', assumed: language === 'python' ? 'ruff, pytest, pip-audit' : 'lint, test, build', changes: 'which checks run: a step for a script that does not exist fails' })
  const branch = branchStrategy(filled)
  // go.mod names the version of Go itself.
  const version = language === 'go' ? pin : runtimeVersion
  const previews = knowledge['hosting-platforms'][pickApps(given, knowledge)[0]?.target ?? '']?.facts.previewEnvironments.value ?? false
  const raised = filled.takesPayments === true || filled.repositoryVisibility === 'public' || (filled.compliance ?? []).length > 0
  return {
    given, profile: filled, provider, providerRule: rule, language, packageManager, runtimeVersion: version, pinnedVersion: pin,
    toolchain: languages[language]?.toolchain({ language, packageManager, runtimeVersion: version, advised, scripts: given.scripts, versionOf: toolVersion(knowledge), typescript: language === 'typescript' && given.scripts !== undefined }),
    framework: given.framework ?? readStack(given).frameworks[0],
    database: pickDatabase(given),
    migrationTool: pickMigrationTool(given, knowledge), apps: pickApps(given, knowledge), branch, mainBranch: given.defaultBranch ?? 'main',
    environments: plannedEnvironments(pinned, { previewEnvironments: previews, ...(given.environments === undefined ? {} : { only: given.environments }) }),
    rank: Math.max(stageRank(filled.stage ?? 'mvp'), raised ? 2 : 0), assumptions: noted,
  }
}
