import { healthPaths } from '../../../core/health.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import { codeFile } from '../../code-file.ts'
import type { FileWithBody } from '../../tool.ts'
import { identityFieldsOf } from '../identity-fields.ts'
import { serviceNames } from '../services.ts'
import type { View } from '../view.ts'
import { numberOf } from '../volumes.ts'
import { isEdge, languageOf, takesCode, takesMiddleware, templateOf } from './placement.ts'

const quotedList = (items: readonly string[]): string => items.map((item) => JSON.stringify(item)).join(', ')
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The logger in the language of the services, or undefined when none is due or none is written for it. Lists and limits come from the sheets that the report prints. */
export function loggerFile(view: View, knowledge: Knowledge): FileWithBody | undefined {
  const template = takesCode(view) && !isEdge(view) ? templateOf('logger', view, knowledge) : undefined
  if (template === undefined) return undefined
  const { values, conditions } = template.facts
  const limit = (name: string): string => String(numberOf(knowledge, 'log-redaction', name))
  const all: Record<string, string | boolean> = {
    service: JSON.stringify(serviceNames(view)[0] ?? 'app'),
    secretEndings: quotedList(knowledge.practices['log-redaction']?.facts.items.value ?? []),
    identityFields: quotedList([...new Set(identityFieldsOf(view, knowledge).fields.map(bare))]),
    maxDepth: limit('depth'), maxItems: limit('items'), maxCharacters: limit('characters'),
    pseudonymCharacters: String(numberOf(knowledge, 'log-identity-fields', 'pseudonymCharacters')),
    quietPaths: quotedList([healthPaths.live, healthPaths.ready]),
    levels: (knowledge.practices['log-levels']?.facts.items.value ?? []).join('; '),
    http: languageOf(view) === 'python' ? view.stack.frameworks.includes('fastapi') : takesMiddleware(view),
  }
  const asked = [...(values.value ?? []), ...(conditions.value ?? [])]
  return codeFile(template, Object.fromEntries(asked.map((name) => [name, all[name] ?? ''])), languageOf(view) !== 'javascript')
}
