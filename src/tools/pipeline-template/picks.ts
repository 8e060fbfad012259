import { InputError } from '../../core/errors.ts'
import { deployHostingId } from '../../core/hosting.ts'
import { asWord } from '../../core/words.ts'
import { didYouMean } from '../../core/nearest.ts'
import { checkPin } from '../../core/pins.ts'
import type { Profile } from '../../core/profile.ts'
import { serviceLanguage } from '../../core/service-language.ts'
import { readStack, technologyId } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Own } from './input.ts'
import { languages, laterLanguages, otherLanguages } from './languages.ts'
import { providerIds, type App, type ProviderId } from './model.ts'
import { targetAlias, targets } from './targets.ts'

export type Given = Profile & Own
/** What settled the provider. */
export type ProviderRule = 'pinned' | 'given' | 'house-rule' | 'own-server' | 'default'

const databases = ['postgresql', 'mysql', 'mariadb', 'mongodb', 'sqlite', 'sqlserver', 'dynamodb', 'firestore']

/** The provider a pin, the caller, a house rule or nobody names. Throws InputError for a pin that is none. */
export function pickProvider(given: Given): { readonly provider: ProviderId, readonly rule: ProviderRule } {
  const isProvider = (id: string | undefined): id is ProviderId => (providerIds as readonly string[]).includes(id ?? '')
  const pin = given.decisions?.ciProvider
  checkPin('ciProvider', pin, providerIds)
  if (isProvider(pin)) return { provider: pin, rule: 'pinned' }
  if (given.ciProvider !== undefined) return { provider: given.ciProvider, rule: 'given' }
  const wanted = [...(given.houseRules?.require ?? []), ...(given.houseRules?.prefer ?? [])].map(({ id }) => id).find(isProvider)
  if (wanted !== undefined) return { provider: wanted, rule: 'house-rule' }
  const forbidden = (given.houseRules?.forbid ?? []).map(({ id }) => id)
  const allowed = providerIds.find((id) => !forbidden.includes(id)) ?? 'github-actions'
  // The one whose server people run themselves, where nothing outside may take part.
  if ((given.airGapped === true || given.noUsSubprocessors === true) && !forbidden.includes('gitlab')) return { provider: 'gitlab', rule: 'own-server' }
  return { provider: allowed, rule: allowed === 'github-actions' ? 'default' : 'house-rule' }
}

/** The language that is built and deployed. Throws InputError for a word that is none we know. */
export function pickLanguage(given: Given): { readonly language: string, readonly assumed: boolean } {
  const known = [...Object.keys(languages), ...laterLanguages]
  if (given.language !== undefined) {
    const id = technologyId(given.language)
    if (id === undefined || !known.includes(id)) throw new InputError(`Unexpected language ${JSON.stringify(given.language)}, expected one of ${known.join(', ')}.${didYouMean(given.language, known)}`)
    return { language: id, assumed: false }
  }
  const stack = readStack({ stack: [...(given.stack ?? []), ...(given.framework === undefined ? [] : [given.framework])] })
  // What runs on the servers is what is built and deployed; a front end beside it comes after.
  const served = serviceLanguage(stack)
  // The engine builds a game, not the compiler of its language.
  if (served === null && stack.frameworks.includes('unity')) return { language: 'unity', assumed: false }
  const found = served !== null && known.includes(served) ? served : stack.languages.find((id) => known.includes(id)) ?? stack.unknown.map((word) => otherLanguages[asWord(word)]).find((id) => id !== undefined)
  return found === undefined ? { language: 'typescript', assumed: true } : { language: found, assumed: false }
}

function pickTarget(text: string, known: readonly string[]): string {
  const id = targetAlias(deployHostingId(text))
  if (id === 'undecided') return 'none'
  if (id in targets || known.includes(id)) return id
  const supported = [...Object.keys(targets), 'none']
  throw new InputError(`Unexpected deployTarget ${JSON.stringify(text)}, expected one of ${supported.join(', ')}.${didYouMean(text, [...supported, ...known])}`)
}

/** What was said about hosting where no sheet describes a deploy to it. */
export function unknownPlatform(given: Given, knowledge: Knowledge): string | undefined {
  const id = deployHostingId(given.hosting)
  return given.deployTarget !== undefined || (given.apps ?? []).length > 0 || id === 'undecided' || id in knowledge['hosting-platforms'] ? undefined : given.hosting
}

/** True when the hosting is a cloud and nothing of it: the usual service there is then assumed. */
export const namesOnlyACloud = ({ hosting, deployTarget, apps = [] }: Pick<Given, 'hosting' | 'deployTarget' | 'apps'>): boolean =>
  deployTarget === undefined && apps.length === 0 && /^(?:aws|amazon|amazon-web-services|gcp|google-cloud|google-cloud-platform|azure|microsoft-azure)$/.test(asWord(hosting ?? ''))

/** One target for each application; an undecided one is `none`. */
export function pickApps(given: Given, knowledge: Knowledge): readonly App[] {
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
export function pickDatabase(given: Given): string | undefined {
  if (given.database === undefined) return readStack(given).databases[0]
  const id = readStack({ stack: [given.database] }).databases[0]
  if (id === undefined) throw new InputError(`Unexpected database ${JSON.stringify(given.database)}, expected one of ${databases.join(', ')}.${didYouMean(given.database, databases)}`)
  return id
}

/** Programs that apply migrations and have no sheet: the stage is there, and its job is written by hand. */
const otherRunners: readonly string[] = ['liquibase', 'goose', 'golang-migrate', 'atlas', 'sequelize', 'mikro-orm', 'doctrine', 'yoyo', 'sqitch', 'ecto', 'diesel', 'sea-orm', 'sqlx', 'evolve', 'dbup', 'fluentmigrator']

/** The runner that is named, else the one of the stack; the name itself when no sheet has it. */
export function pickMigrationTool(given: Given, knowledge: Knowledge): string | undefined {
  const sheets = Object.values(knowledge['migration-tools']).filter((sheet) => sheet.facts.kind.value === 'migration-runner' && sheet.lifecycle.status === 'active')
  const named = (given.decisions?.migrationTool ?? given.migrationTool)?.toLowerCase()
  if (named !== undefined) return sheets.find((sheet) => sheet.id === named || sheet.facts.aliases.value?.includes(named))?.id ?? named
  const { orms, frameworks, unknown } = readStack(given)
  const words = [...unknown, ...(given.existing ?? [])].map(asWord)
  const used = [...orms, ...frameworks.filter((id) => id === 'django' || id === 'rails' || id === 'laravel'), ...words]
  return sheets.find((sheet) => used.some((id) => id === sheet.id || sheet.facts.aliases.value?.includes(id)))?.id ?? words.find((word) => otherRunners.includes(word))
}
