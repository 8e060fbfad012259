import { isPublished, isStaticSite } from '../../core/environments.ts'
import { isServerFramework, serverLanguages, serviceLanguage as spokenBy } from '../../core/service-language.ts'
import { readStack } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { isForbidden, required } from './candidates.ts'
import type { Input } from './input.ts'
import type { ValidationRule } from './rules.ts'

/** `also` lists what checks the configuration of services in other languages. */
export interface ValidationChoice { readonly id: string, readonly rule: ValidationRule, readonly language: string | null, readonly also?: readonly { readonly language: string, readonly id: string }[] }

/** The language whose configuration is checked at start, or null when nothing runs on a server. */
export const serviceLanguage = (input: Input): string | null => spokenBy(readStack(input))

/** Chooses what checks the configuration at start. */
export function chooseValidation(input: Input, knowledge: Knowledge): ValidationChoice {
  const language = serviceLanguage(input)
  const sheets = Object.values(knowledge['config-validators']).filter((sheet) => !isForbidden(sheet.id, input))
  const pinned = input.decisions?.validation
  if (pinned !== undefined) return { id: pinned, rule: 'pinned', language }
  const house = required(sheets.map((sheet) => sheet.id), input)
  if (house !== undefined) return { id: house, rule: 'house-requires', language }
  if (isPublished(input) || isStaticSite(input)) return { id: 'none', rule: 'nothing-to-check', language }
  if (language === null) return { id: 'none', rule: readStack(input).languages.length === 0 ? 'no-language' : 'client-only', language }
  const { frameworks } = readStack(input)
  const speaks = sheets.filter((sheet) => sheet.facts.languages.value?.includes(language))
  // A module made for one framework is no use to a second service beside it.
  const several = frameworks.filter(isServerFramework).length > 1
  const made = several ? undefined : speaks.find((sheet) => sheet.facts.frameworks.value?.some((framework) => frameworks.includes(framework)))
  const order = ['zod', 'pydantic-settings', 'spring-validation', 'dotnet-options', 'go-env']
  const usualOf = (spoken: string): string | undefined => { const able = sheets.filter((sheet) => sheet.facts.languages.value?.includes(spoken)); return order.find((id) => able.some((sheet) => sheet.id === id)) ?? able[0]?.id }
  const found = serverLanguages(readStack(input)).flatMap((spoken) => { const id = usualOf(spoken); return id === undefined ? [] : [{ language: spoken, id }] })
  const [first, ...also] = found
  if (made !== undefined) return { id: made.id, rule: 'framework', language, also: found.filter((other) => other.language !== language) }
  return first === undefined ? { id: 'none', rule: 'no-sheet', language } : { ...first, rule: 'language', also }
}
