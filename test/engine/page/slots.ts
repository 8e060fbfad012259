import type { Blueprint } from '../../../src/engine/blueprint-run.ts'
import { nameOf } from '../../../src/engine/page/names.ts'
import type { Knowledge } from '../../../src/knowledge/collections.ts'
import { gateWords } from '../../../src/tools/pipeline-template/words.ts'
import { accessWords, categoryWords, dataWords, purposeWords, triggerWords } from '../../../src/tools/env-matrix/words.ts'

const lists: readonly Readonly<Record<string, string>>[] = [purposeWords, dataWords, accessWords, triggerWords, categoryWords]
/** Words of the page for ids of a closed list; what they say is judged by who reads the page. */
const words: Readonly<Record<string, string>> = { picked: '', conditional: 'must', one: 'one job', split: 'one job a stage', 'deploy-config': 'deploy configuration', automatic: 'by itself', after: 'once the one before is healthy', approval: 'a person says yes', outside: 'outside the pipeline', manual: 'by hand' }

/** Where details of a control stand in the documents only. */
const inDocuments = new Set(['asvs', 'owasp2025', 'api2023', 'appliesTo'])

/** Paths of decisions whose value a page's text does not show, by name, words or id. */
export function missingSlots({ drafts }: Blueprint, text: string, knowledge: Knowledge): string[] {
  const page = text.toLowerCase()
  const shows = (said: string): boolean => page.includes(said.toLowerCase())
  const leaves = (value: unknown, path: string): string[] => {
    if (value === null || value === undefined || value === '') return []
    if (Array.isArray(value)) return value.flatMap((each) => leaves(each, path))
    if (typeof value === 'object') return Object.entries(value).filter(([key]) => !inDocuments.has(key)).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
    if (typeof value === 'boolean') return []
    const id = String(value)
    const slot = path.split('.').findLast((part) => !['id', 'name', 'tool'].includes(part)) ?? ''
    const known = [id, words[id], nameOf(knowledge, id, slot), ...lists.map((list) => list[id]), gateWords[id as keyof typeof gateWords]?.('').split('`')[0]?.trim()].filter((said) => said !== undefined)
    return known.some(shows) ? [] : [`${path} ${id}`]
  }
  return Object.entries(drafts).flatMap(([tool, { decision }]) => leaves(decision, tool))
}
