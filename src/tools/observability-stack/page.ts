import { plain } from '../../core/markdown.ts'
import type { Cost } from '../../core/result.ts'
import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Detail } from '../tool.ts'
import type { Outcome } from './decide.ts'
import type { View } from './view.ts'

/** What sections are made from. `short` is set for brief answers and for projects at the beginning; `loggerPath` and `rulesPath` name the generated logger and burn-rate rules. */
export interface Page { readonly view: View, readonly outcome: Outcome, readonly cost: Cost, readonly knowledge: Knowledge, readonly detail: Detail, readonly short: boolean, readonly loggerPath: string | null, readonly rulesPath: string | null, readonly citations: Citations }

/** The list of a practice sheet; cited in full answers only. */
export const items = (page: Page, practice: string): readonly string[] => {
  const { knowledge, citations } = page
  const sheet = knowledge.practices[practice]
  if (sheet === undefined) return []
  if (page.detail === 'full') citations.cite(sheet, sheet.facts.items.source)
  return sheet.facts.items.value ?? []
}
/** Name of a product, safe in Markdown. */
export const nameOf = (knowledge: Knowledge, id: string): string => plain(knowledge.telemetry[id]?.name ?? id)
/** Names of products, joined; `none` without any. */
export const names = (knowledge: Knowledge, ids: readonly string[]): string => ids.map((id) => nameOf(knowledge, id)).join(' and ') || 'none'
