import type { Knowledge } from '../../knowledge/collections.ts'
import { triggerText, triggerWords } from '../../tools/env-matrix/words.ts'
import type { Draft } from '../../tools/tool.ts'
import type { Blueprint } from '../blueprint-run.ts'
import type { Parse } from './prose.ts'

/** What every part of the page is made from. */
export interface View {
  readonly blueprint: Blueprint
  readonly knowledge: Knowledge
  readonly parse: Parse
}

export type Decision = Readonly<Record<string, unknown>>

/** The draft of a tool, or undefined when it was not run. */
export const draftOf = ({ blueprint }: View, tool: string): Draft<unknown> | undefined => blueprint.drafts[tool]
export const decisionOf = (view: View, tool: string): Decision => (draftOf(view, tool)?.decision ?? {}) as Decision

/** A list of things with a field each, or nothing where the decision holds none. */
export const listOf = <Item>(value: unknown): readonly Item[] => (Array.isArray(value) ? (value as readonly Item[]) : [])

/** First letter as a capital. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** `a, b and c`. */
export const listed = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`)

/** The entry of a list of words, never something that every object inherits: ids may be what a user typed. */
export const own = <Value>(words: Readonly<Record<string, Value>>, id: string): Value | undefined => (Object.hasOwn(words, id) ? words[id] : undefined)

/** When an environment is deployed, in words that name the project's own main branch; undefined for what is no such id. */
export const triggerOf = ({ blueprint }: View, id: string): string | undefined =>
  (Object.hasOwn(triggerWords, id) ? triggerText(id as keyof typeof triggerWords, blueprint.facts.detection.defaultBranch) : undefined)
