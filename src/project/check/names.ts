import { asWord } from '../../core/words.ts'
import type { ClaimKind, Product } from './facts.ts'

/** A product found in a text: where it starts and ends. */
export interface Named { readonly product: Product, readonly text: string, readonly start: number, readonly end: number }

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Ordinary English words, which mean a product only with their capital letter. */
const isOrdinary = (name: string): boolean => /^[A-Za-z]+$/.test(name) && name !== name.toUpperCase() && !/[a-z][A-Z]|\d/.test(name)

/** Finds product names in text. Longer names win over shorter ones, and a name never starts or ends inside a word. */
export class NameIndex {
  readonly #byName = new Map<string, Product[]>()
  readonly #pattern: RegExp

  constructor(products: readonly Product[]) {
    for (const product of products) {
      for (const name of product.names) {
        const key = name.toLowerCase()
        this.#byName.set(key, [...(this.#byName.get(key) ?? []), product])
      }
    }
    const names = [...this.#byName.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    this.#pattern = names.length === 0 ? /(?!)/g : new RegExp(`(?<![\\w.@/-])(?:${names.map(escaped).join('|')})(?![\\w@-]|\\.\\w)`, 'gi')
  }

  /** Products that can fill one of `kinds`, in the order they are named; a name that several products share gives each. */
  find(text: string, kinds?: readonly ClaimKind[]): readonly Named[] {
    const found: Named[] = []
    for (const match of text.matchAll(this.#pattern)) {
      const written = match[0]
      for (const product of this.#byName.get(written.toLowerCase()) ?? []) {
        if (kinds !== undefined && !product.kinds.some((kind) => kinds.includes(kind))) continue
        const name = product.names.find((candidate) => candidate.toLowerCase() === written.toLowerCase()) ?? ''
        // `Render` is a platform, `render` a verb; an id in code or alone in a cell is always the product.
        if (isOrdinary(name) && /^[a-z]/.test(written) && text.trim() !== written) continue
        found.push({ product, text: written, start: match.index, end: match.index + written.length })
      }
    }
    return found
  }

  /** The product that the whole text names. */
  whole(text: string, kinds?: readonly ClaimKind[]): Product | undefined {
    return (this.#byName.get(text.trim().toLowerCase()) ?? this.#byName.get(asWord(text)) ?? []).find((product) => kinds === undefined || product.kinds.some((kind) => kinds.includes(kind)))
  }
}

/** Ids of one product in its hosted and its self-hosted form share a family. */
export const familyOf = (id: string): string => id.replace(/-(self|cloud)$/, '')
