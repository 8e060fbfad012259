import { InputError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import { stageRank } from '../../core/profile.ts'
import { readStack, type Stack } from '../../core/stack.ts'
import { byText } from '../../core/order.ts'
import { asWord } from '../../core/words.ts'
import type { SheetOf } from '../../knowledge/collections.ts'
import type { Database } from './database.ts'
import { isSchemaless } from './database.ts'
import type { MigrationInput } from './input.ts'
import type { ToolReason } from './rules.ts'
import { serverLanguages } from './server-languages.ts'

export type ToolSheet = SheetOf<'migration-tools'>
export type ToolSheets = Readonly<Record<string, ToolSheet>>
export type UnfitRule = 'end-of-life' | 'test-double' | 'moves-no-data' | 'wrong-database' | 'forbidden-by-house-rule'

/** The tool, why, what was set aside, and what is wrong with it where a person insisted. */
export interface ToolChoice {
  readonly id: string
  readonly reason: ToolReason
  readonly rejected: readonly { readonly id: string, readonly rule: UnfitRule }[]
  readonly alternatives: readonly string[]
  /** Tools in the stack that no sheet describes: they may be in use. */
  readonly unlisted: readonly string[]
  /** Other tools that libraries in the stack bring. */
  readonly besides: readonly string[]
  /** Why the pinned tool does not fit; it stays all the same. */
  readonly pinnedUnfit: UnfitRule | undefined
}

/** Sheet id for what a person wrote. Throws InputError with the known tools. */
export function toolId(text: string, sheets: ToolSheets): string {
  const word = asWord(text).replace(/-?@?v?\d+(\.\d+)*$/, '')
  const found = Object.values(sheets).find((sheet) => sheet.id === word || sheet.id === word.replace(/-migrations?$/, '') || sheet.facts.aliases.value?.includes(word))
  if (found !== undefined) return found.id
  const known = Object.keys(sheets).sort()
  if (copyTools.includes(word)) throw new InputError(`Unexpected migration tool ${JSON.stringify(text)}, expected one that keeps a record of migrations: ${known.join(', ')}. It changes one table at a time: leave tool out and name it in constraints.`)
  throw new InputError(`Unexpected migration tool ${JSON.stringify(text)}, expected one of ${known.join(', ')}.${unlistedTools.includes(word) ? ' Keep it, leave tool out, and put the SQL of the plan into its files.' : didYouMean(word, known)}`)
}

/** `moves` is true when documents have to be changed, or built upon, now. */
function unfit(sheet: ToolSheet, database: Database, forbidden: readonly string[], moves: boolean): UnfitRule | undefined {
  if (sheet.facts.kind.value === 'schema-on-read' && moves) return 'moves-no-data'
  if (sheet.facts.kind.value === 'test-double') return 'test-double'
  if (sheet.lifecycle.status === 'end-of-life') return 'end-of-life'
  if (!sheet.facts.databases.value?.some((kind) => kind === database.id)) return 'wrong-database'
  return forbidden.includes(sheet.id) ? 'forbidden-by-house-rule' : undefined
}

/** ORMs and frameworks that bring a tool, strongest first. */
const byTechnology: readonly (readonly [string, string])[] = [
  ['prisma', 'prisma-migrate'], ['drizzle', 'drizzle-kit'], ['typeorm', 'typeorm'], ['knex', 'knex'], ['node-pg-migrate', 'node-pg-migrate'], ['django', 'django-migrations'], ['django-orm', 'django-migrations'],
  ['alembic', 'alembic'], ['sqlalchemy', 'alembic'], ['ef-core', 'ef-core'], ['flyway', 'flyway'], ['rails', 'rails-migrations'], ['laravel', 'laravel-migrations'],
]
const byLanguage: Readonly<Record<string, readonly string[]>> = {
  typescript: ['node-pg-migrate', 'knex'], javascript: ['node-pg-migrate', 'knex'], python: ['alembic'], java: ['flyway'], kotlin: ['flyway'], scala: ['flyway'], csharp: ['ef-core'], go: ['dbmate'], rust: ['dbmate'], elixir: ['dbmate'],
}
const anyLanguage = ['dbmate', 'flyway']
/** Libraries and runners with migrations of their own that no sheet describes. */
const unlistedTools = ['sequelize', 'umzug', 'mikro-orm', 'liquibase', 'goose', 'golang-migrate', 'atlas', 'sqitch', 'ecto', 'diesel', 'sqlx', 'sea-orm', 'refinery', 'tern', 'gorm', 'ent', 'bytebase', 'mongock', 'fluentmigrator', 'dbup', 'doctrine', 'phinx', 'yoyo', 'aerich', 'tortoise-orm', 'peewee', 'exposed', 'graphile-migrate', 'supabase', 'payload', 'strapi', 'directus', 'hasura', 'dbt']
/** Programs that change one large table beside the migrations. */
const copyTools = ['gh-ost', 'ghost', 'pt-online-schema-change', 'pt-osc', 'pgroll', 'pg-osc', 'pg-repack', 'lhm', 'spirit']
const unlistedIn = (stack: readonly string[]): readonly string[] => [...new Set(stack.map(asWord))].filter((word) => unlistedTools.includes(word))

const broughtBy = (stack: Stack): readonly string[] => [...new Set(byTechnology.filter(([technology]) => stack.ids.includes(technology)).map(([, tool]) => tool))]

function candidates(database: Database, stack: Stack, languages: readonly string[]): readonly (readonly [string, ToolReason])[] {
  if (isSchemaless(database.id)) {
    const node = languages.length === 0 || languages.some((language) => language === 'typescript' || language === 'javascript')
    return [...(node && stack.orms.includes('mongoose') ? [['mongoose', 'in-stack'] as const] : []), ...(node ? [['migrate-mongo', 'default-for-stack'] as const] : []), ['versioned-scripts', 'default-for-stack']]
  }
  const brought = broughtBy(stack).map((tool) => [tool, 'in-stack'] as const)
  // Spring Boot runs Flyway at start, whichever language comes first.
  const usual = [...(stack.ids.includes('spring-boot') ? ['flyway'] : []), ...languages.flatMap((language) => byLanguage[language] ?? []), ...anyLanguage].map((tool) => [tool, 'default-for-stack'] as const)
  return [...brought, ...usual]
}

/** Chooses the tool: a pin stays whatever it breaks; a tool in use stays unless it is dead or cannot reach the database; else the stack decides. */
export function selectTool(input: MigrationInput, database: Database, sheets: ToolSheets): ToolChoice {
  const stack = readStack(input)
  const forbidden = (input.houseRules?.forbid ?? []).map(({ id }) => id)
  // What the client is written in says nothing about who changes the schema.
  const languages = serverLanguages(stack, input.stack ?? [])
  const ids = stack.ids.filter((id) => languages.includes(id) || !stack.languages.includes(id))
  // Until there is something to lose, readers that cope with old documents are enough.
  const moves = input.change !== undefined || stageRank(input.stage ?? 'mvp') >= stageRank('growth')
  const unlisted = unlistedIn([...(input.stack ?? []), ...(input.existing ?? [])])
  const brought = broughtBy(stack)
  const related = (sheet: ToolSheet): boolean => sheet.facts.stacks.value?.some((id) => ids.includes(id)) ?? false
  const outcome = (id: string, reason: ToolReason, more: ToolChoice['rejected'] = [], pinnedUnfit?: UnfitRule): ToolChoice => {
    const others = Object.values(sheets).filter((sheet) => sheet.id !== id && related(sheet)).sort((a, b) => byText(a.id, b.id))
    const rejected = others.flatMap((sheet) => {
      const rule = unfit(sheet, database, forbidden, moves)
      return rule === undefined || rule === 'wrong-database' || more.some((one) => one.id === sheet.id) || (sheet.facts.databases.value?.some((kind) => kind === database.id) !== true) ? [] : [{ id: sheet.id, rule }]
    })
    return { id, reason, rejected: [...more, ...rejected], alternatives: others.filter((sheet) => unfit(sheet, database, forbidden, moves) === undefined).map((sheet) => sheet.id).slice(0, 4), unlisted: reason === 'default-for-stack' ? unlisted : [], besides: reason === 'in-stack' ? brought.filter((tool) => tool !== id) : [], pinnedUnfit }
  }
  if (input.decisions?.migrationTool !== undefined && input.decisions.migrationTool !== 'none') {
    const id = toolId(input.decisions.migrationTool, sheets)
    return outcome(id, 'pinned', [], unfit(sheets[id] as ToolSheet, database, forbidden, moves))
  }
  if (database.id === 'none') return { id: 'none', reason: 'no-database', rejected: [], alternatives: [], unlisted: [], besides: [], pinnedUnfit: undefined }

  const required = (input.houseRules?.require ?? []).map(({ id }) => id).find((id) => id in sheets && unfit(sheets[id] as ToolSheet, database, [], moves) === undefined)
  if (required !== undefined) return outcome(required, 'house-rule')

  const inUse = input.tool ?? input.migrationTool
  const dropped: { id: string, rule: UnfitRule }[] = []
  if (inUse !== undefined && inUse.trim().toLowerCase() !== 'none') {
    const id = toolId(inUse, sheets)
    const sheet = sheets[id] as ToolSheet
    const rule = unfit(sheet, database, forbidden, moves)
    if (rule === undefined) return outcome(id, 'in-use')
    dropped.push({ id, rule })
    const heir = sheet.lifecycle.replacedBy
    if (heir !== undefined && sheets[heir] !== undefined && unfit(sheets[heir], database, forbidden, moves) === undefined) return outcome(heir, 'replaces-unfit', dropped)
  }
  const inUseIsUnfit = dropped.length > 0
  const preferred = (input.houseRules?.prefer ?? []).map(({ id }) => id).filter((id) => id in sheets).map((id) => [id, 'house-rule'] as const)
  for (const [id, reason] of [...preferred, ...candidates(database, stack, languages)]) {
    const rule = unfit(sheets[id] as ToolSheet, database, forbidden, moves)
    if (rule === undefined) return outcome(id, inUseIsUnfit ? 'replaces-unfit' : reason, dropped)
    if (rule !== 'wrong-database' && !dropped.some((one) => one.id === id)) dropped.push({ id, rule })
  }
  return outcome('none', 'no-database', dropped)
}
