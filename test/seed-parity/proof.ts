import { expect } from 'vitest'
import type { CollectionName } from '../../src/knowledge/collections.ts'
import type { Draft } from '../../src/tools/tool.ts'
import { decide, valueAt, type Decision } from '../support/decide.ts'
import { knowledge } from '../support/knowledge.ts'

/** Fails with an assertion when the product does not answer as a row says. */
export type Proof = () => void

/** One row of a table or list of the older guide this product grew from, in our words, and what the product answers now. */
export interface Row {
  readonly id: string
  readonly says: string
  /** `because` is the reason of a correction. */
  readonly now: 'same' | { readonly because: string }
  readonly proof: readonly Proof[]
}

const answered = new Map<string, Draft<Decision>>()
const draft = (tool: string, input: object): Draft<Decision> => {
  const key = `${tool} ${JSON.stringify(input)}`
  const known = answered.get(key) ?? decide(tool, input)
  answered.set(key, known)
  return known
}
const textOf = (tool: string, input: object): string => draft(tool, input).sections.map(({ title, body }) => `## ${title}\n${body}`).join('\n\n')

/** The decision holds one of `ids` at `path`; a list holds it as an element, an object as its id or name. */
export const decides = (tool: string, input: object, path: string, ...ids: readonly string[]): Proof => () => {
  const found = [valueAt(draft(tool, input).decision, path)].flat().map((value) => (typeof value === 'object' && value !== null ? ((value as Decision)['id'] ?? (value as Decision)['name']) : value))
  expect(ids.some((id) => found.includes(id)), `${tool} ${path}: ${JSON.stringify(found)}, expected one of ${ids.join(', ')}`).toBe(true)
}

/** The decision holds none of `ids` at `path`. */
export const neverDecides = (tool: string, input: object, path: string, ...ids: readonly string[]): Proof => () => {
  const found = [valueAt(draft(tool, input).decision, path)].flat().map((value) => (typeof value === 'object' && value !== null ? ((value as Decision)['id'] ?? (value as Decision)['name']) : value))
  for (const id of ids) expect(found).not.toContain(id)
}

/** The value at `path` of the decision, as JSON, matches. */
export const decisionMatches = (tool: string, input: object, path: string, pattern: RegExp): Proof => () => {
  expect(JSON.stringify(valueAt(draft(tool, input).decision, path))).toMatch(pattern)
}

/** The Markdown of the answer matches every pattern. */
export const reports = (tool: string, input: object, ...patterns: readonly RegExp[]): Proof => () => {
  for (const pattern of patterns) expect(textOf(tool, input)).toMatch(pattern)
}

/** The Markdown of the answer matches no pattern. */
export const neverReports = (tool: string, input: object, ...patterns: readonly RegExp[]): Proof => () => {
  for (const pattern of patterns) expect(textOf(tool, input)).not.toMatch(pattern)
}

/** One generated file whose path matches holds every pattern. */
export const generates = (tool: string, input: object, path: RegExp, ...patterns: readonly RegExp[]): Proof => () => {
  const bodies = draft(tool, input).files.filter((file) => path.test(file.path)).map(({ body }) => body)
  expect(bodies.length, `${tool} generates ${path}`).toBeGreaterThan(0)
  for (const pattern of patterns) expect(bodies.some((body) => pattern.test(body)), `${path} holds ${pattern}`).toBe(true)
}

/** Left out on purpose, with a trigger. */
export const leavesOut = (tool: string, input: object, pattern: RegExp): Proof => () => {
  expect(draft(tool, input).skipped.map(({ item }) => item).join('\n')).toMatch(pattern)
}

/** A conflict whose id matches is named. */
export const warns = (tool: string, input: object, id: RegExp): Proof => () => {
  expect(draft(tool, input).conflicts.map((conflict) => conflict.id).join('\n')).toMatch(id)
}

interface AnySheet { readonly name: string, readonly summary: string, readonly body: string, readonly lifecycle: { readonly status: string }, readonly facts: Record<string, { value: unknown }>, readonly price: unknown }
const sheetOf = (collection: CollectionName, id: string): AnySheet => {
  const sheet = (knowledge()[collection] as Record<string, AnySheet> | undefined)?.[id]
  if (sheet === undefined) throw new Error(`no sheet ${collection}/${id}`)
  return sheet
}

/** A fact of a sheet, as JSON, or its `body`, `summary` or `price`, matches every pattern. */
export const sheetSays = (collection: CollectionName, id: string, part: string, ...patterns: readonly RegExp[]): Proof => () => {
  const sheet = sheetOf(collection, id)
  const text = part === 'body' || part === 'summary' ? sheet[part] : JSON.stringify(part === 'price' ? sheet.price : sheet.facts[part]?.value)
  for (const pattern of patterns) expect(text, `${collection}/${id} ${part}`).toMatch(pattern)
}

/** There is an active sheet for each id. */
export const known = (collection: CollectionName, ...ids: readonly string[]): Proof => () => {
  for (const id of ids) expect(sheetOf(collection, id).lifecycle.status, id).toBe('active')
}

/** There is a sheet for the id that says it is past its time or unsafe. */
export const retired = (collection: CollectionName, id: string): Proof => () => {
  expect(sheetOf(collection, id).lifecycle.status).not.toBe('active')
}
