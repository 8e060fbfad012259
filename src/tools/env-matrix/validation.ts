import { readStack } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { isForbidden, required } from './candidates.ts'
import type { Input } from './input.ts'
import type { ValidationRule } from './rules.ts'

export interface ValidationChoice { readonly id: string, readonly rule: ValidationRule, readonly language: string | null }

/** Server frameworks speak for the language of the service, before what runs in a browser or on a phone. */
const serverFrameworks: Readonly<Record<string, string>> = {
  fastapi: 'python', django: 'python', flask: 'python', 'spring-boot': 'java', aspnet: 'csharp', rails: 'ruby', laravel: 'php', express: 'javascript', fastify: 'javascript', nestjs: 'typescript', hono: 'typescript', nextjs: 'typescript', remix: 'typescript', sveltekit: 'typescript', astro: 'typescript',
}
const clientLanguages: readonly string[] = ['swift', 'dart']
const clientFrameworks: readonly string[] = ['unity', 'flutter', 'react-native']

/** The language whose configuration is checked: that of the first server framework, else the first language a server runs. */
export function serviceLanguage(input: Input): string | null {
  const stack = readStack(input)
  const framework = stack.frameworks.find((id) => id in serverFrameworks)
  const spoken = framework === undefined ? undefined : serverFrameworks[framework]
  if (spoken !== undefined) return spoken === 'javascript' && stack.languages.includes('typescript') ? 'typescript' : spoken === 'java' && stack.languages.includes('kotlin') ? 'kotlin' : spoken
  if (stack.frameworks.some((id) => clientFrameworks.includes(id))) return null
  return stack.languages.find((language) => !clientLanguages.includes(language)) ?? null
}

/** Chooses what checks the configuration at start. */
export function chooseValidation(input: Input, knowledge: Knowledge): ValidationChoice {
  const language = serviceLanguage(input)
  const sheets = Object.values(knowledge['config-validators']).filter((sheet) => !isForbidden(sheet.id, input))
  const pinned = input.decisions?.validation
  if (pinned !== undefined) return { id: pinned, rule: 'pinned', language }
  const house = required(sheets.map((sheet) => sheet.id), input)
  if (house !== undefined) return { id: house, rule: 'house-requires', language }
  if (language === null) return { id: 'none', rule: readStack(input).ids.length === 0 ? 'no-language' : 'client-only', language }
  const { frameworks } = readStack(input)
  const speaks = sheets.filter((sheet) => sheet.facts.languages.value?.includes(language))
  // A module made for one framework is no use to a second service beside it.
  const several = frameworks.filter((framework) => serverFrameworks[framework] !== undefined).length > 1
  const made = several ? undefined : speaks.find((sheet) => sheet.facts.frameworks.value?.some((framework) => frameworks.includes(framework)))
  if (made !== undefined) return { id: made.id, rule: 'framework', language }
  const order = ['zod', 'pydantic-settings', 'spring-validation', 'dotnet-options', 'go-env']
  const usual = order.find((id) => speaks.some((sheet) => sheet.id === id)) ?? speaks[0]?.id
  return usual === undefined ? { id: 'none', rule: 'no-sheet', language } : { id: usual, rule: 'language', language }
}
