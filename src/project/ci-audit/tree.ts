import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from 'yaml'

interface Place { readonly line: number, readonly last: number }
/** A key with its value; `line` is the key's. */
export interface Entry { readonly key: string, readonly line: number, readonly value: Tree }
export interface TreeMap extends Place { readonly kind: 'map', readonly entries: readonly Entry[] }
export interface TreeList extends Place { readonly kind: 'list', readonly items: readonly Tree[], readonly tag?: string }
export interface TreeText extends Place {
  readonly kind: 'text'
  readonly value: string
  /** False for numbers, booleans and nothing. */
  readonly isString: boolean
  /** Line in the file of the character at `index` of `value`. */
  lineAt(index: number): number
}
/** YAML with the line of everything; aliases and merge keys are resolved. Lines count from 1. */
export type Tree = TreeMap | TreeList | TreeText

/** What parsing gave: the documents, or why the file cannot be used, in a clause. `fault` beside documents: readers disagree on it. */
export interface Parsed { readonly documents: readonly Tree[], readonly fault?: { readonly problem: string, readonly line: number } }

const maxChars = 512 * 1024
const maxNodes = 100_000

class Unusable extends Error {}

/** Index of the last element that is at most `value`; -1 when there is none. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

const starts = (text: string, pattern: RegExp): readonly number[] => [...text.matchAll(pattern)].map(({ index }) => index)

/** Lines from the start of a text to the character at an index of what YAML made of it; counts once, on the first question. */
function lineCounter(value: string, raw: string, literal: boolean): (index: number) => number {
  let breaks: readonly number[] | undefined
  let words: readonly number[] | undefined
  let rawWords: readonly number[] | undefined
  return (index) => {
    breaks ??= starts(literal ? value : raw, /\n/g)
    if (literal) return lastAtMost(breaks, index - 1) + 1
    // Folding changes line breaks and keeps the words.
    words ??= starts(value, /\S+/g)
    rawWords ??= starts(raw, /\S+/g)
    return lastAtMost(breaks, rawWords[Math.max(0, lastAtMost(words, index))] ?? 0) + 1
  }
}

function converter(text: string, counter: LineCounter, document: Document): (node: unknown) => Tree {
  const done = new Map<unknown, { readonly tree: Tree, readonly size: number }>()
  const open = new Set<unknown>()
  const lineOf = (node: unknown): number => counter.linePos((node as Node | null)?.range?.[0] ?? 0).line
  const lastOf = (node: unknown): number => Math.max(lineOf(node), counter.linePos(Math.max(0, ((node as Node | null)?.range?.[1] ?? 1) - 1)).line)

  function textOf(node: unknown): TreeText {
    const scalar = isScalar(node) ? node : null
    const line = lineOf(node)
    const value = scalar === null || scalar.value === null || scalar.value === undefined ? '' : typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value))
    const [start = 0, end = 0] = scalar?.range ?? []
    const raw = text.slice(start, end)
    const isBlock = scalar?.type === 'BLOCK_LITERAL' || scalar?.type === 'BLOCK_FOLDED'
    const count = lineCounter(value, isBlock ? raw.slice(raw.indexOf('\n') + 1) : raw, scalar?.type === 'BLOCK_LITERAL')
    const lineAt = (index: number): number => (raw.includes('\n') ? line + (isBlock ? 1 : 0) + count(index) : line)
    return { kind: 'text', line, last: lastOf(node), value, isString: typeof scalar?.value === 'string', lineAt }
  }

  function entriesOf(node: { readonly items: readonly { readonly key: unknown, readonly value: unknown }[] }, sizes: number[]): Entry[] {
    const merged: Entry[] = []
    const own: Entry[] = []
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value ?? '') : ''
      const { tree, size } = convert(pair.value ?? pair.key)
      sizes.push(size)
      const value = pair.value === null || pair.value === undefined ? { ...textOf(null), line: lineOf(pair.key), last: lineOf(pair.key), lineAt: () => lineOf(pair.key) } : tree
      if (key !== '<<') own.push({ key, line: lineOf(pair.key), value })
      else for (const from of value.kind === 'list' ? value.items : [value]) if (from.kind === 'map') merged.push(...from.entries)
    }
    return [...merged.filter(({ key }, at) => !own.some((entry) => entry.key === key) && merged.findIndex((entry) => entry.key === key) === at), ...own]
  }

  function convert(node: unknown): { readonly tree: Tree, readonly size: number } {
    const target = isAlias(node) ? node.resolve(document) : node
    if (isAlias(node) && target === undefined) throw new Unusable(`the alias *${node.source} has no anchor`)
    const known = done.get(target)
    if (known !== undefined && target !== null) return known
    if (open.has(target)) throw new Unusable('an alias stands inside its own anchor')
    if (target !== null) open.add(target)
    const sizes: number[] = [1]
    const place = { line: lineOf(target), last: lastOf(target) }
    const tree: Tree = isMap(target)
      ? { kind: 'map', ...place, entries: entriesOf(target, sizes) }
      : isSeq(target)
        ? { kind: 'list', ...place, ...(target.tag === undefined ? {} : { tag: target.tag }), items: target.items.map((item) => {
            const converted = convert(item)
            sizes.push(converted.size)
            return converted.tree
          }) }
        : textOf(target)
    open.delete(target)
    const result = { tree, size: sizes.reduce((sum, size) => sum + size, 0) }
    if (result.size > maxNodes) throw new Unusable(`its aliases expand to more than ${maxNodes} values`)
    done.set(target, result)
    return result
  }
  return (node) => convert(node).tree
}

/** Parses YAML of any quality. Never throws; bounded in size, depth and what aliases expand to. */
export function parseTree(text: string): Parsed {
  const refuse = (problem: string, line = 1): Parsed => ({ documents: [], fault: { problem, line } })
  if (text.length > maxChars) return refuse(`it holds ${text.length} characters and at most ${maxChars} are read`)
  if (text.includes('\u0000')) return refuse('it is binary or UTF-16, expected UTF-8 text')
  try {
    const counter = new LineCounter()
    const documents = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' })
    if (!Array.isArray(documents) || documents.length === 0) return refuse('it is empty')
    const error = documents.flatMap((document) => document.errors).sort((a, b) => Number(a.code === 'DUPLICATE_KEY') - Number(b.code === 'DUPLICATE_KEY'))[0]
    const fault = error === undefined ? undefined : { problem: `it is no valid YAML: ${error.message.split('\n')[0]?.slice(0, 120) ?? ''}`, line: counter.linePos(error.pos[0]).line }
    if (fault !== undefined && error?.code !== 'DUPLICATE_KEY') return { documents: [], fault }
    const trees = documents.map((document) => converter(text, counter, document)(document.contents))
    return { documents: trees, ...(fault === undefined ? {} : { fault }) }
  } catch (error) {
    if (error instanceof Unusable) return refuse(error.message)
    if (error instanceof RangeError) return refuse('it is nested too deep to be read')
    throw error
  }
}

/** Value of a key: the last one where a key stands twice. */
export const entry = (tree: Tree | undefined, key: string): Entry | undefined => (tree?.kind === 'map' ? tree.entries.findLast((one) => one.key === key) : undefined)
export const get = (tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined => keys.reduce<Tree | undefined>((at, key) => entry(at, key)?.value, tree)
export const entriesOf = (tree: Tree | undefined): readonly Entry[] => (tree?.kind === 'map' ? tree.entries : [])
export const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === 'list' ? tree.items : [])
export const textIn = (tree: Tree | undefined): TreeText | undefined => (tree?.kind === 'text' ? tree : undefined)
/** A text or the texts of a list: many keys take either. */
export const textsIn = (tree: Tree | undefined): readonly TreeText[] => (tree?.kind === 'text' ? [tree] : itemsOf(tree).flatMap((item) => (item.kind === 'text' ? [item] : [])))
/** Every text below `tree`. */
export const allTexts = (tree: Tree | undefined): readonly TreeText[] => (tree === undefined ? [] : tree.kind === 'text' ? [tree] : tree.kind === 'list' ? tree.items.flatMap(allTexts) : tree.entries.flatMap(({ value }) => allTexts(value)))
