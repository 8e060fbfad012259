import { asWord } from '../../core/words.ts'
import type { ClaimKind, Product } from './facts.ts'

/** A product found in a text: where it starts and ends. */
export interface Named { readonly product: Product, readonly text: string, readonly start: number, readonly end: number }

/** Words that could be ordinary English: they mean a product only with their capital letter. A product whose own name has none is no such word. */
const isOrdinary = (name: string, product: Product): boolean => /^[A-Za-z]+$/.test(name) && name !== name.toUpperCase() && !/[a-z][A-Z]|\d/.test(name) && name !== product.name

/** True for the signs after which no name starts: letters, digits and `_ . @ / -`. */
const joins = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 45 && code <= 57) || code === 95 || code === 64 || (code >= 65 && code <= 90)

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\w@-]/.test(sign)

/** Finds product names in text. Longer names win over shorter ones, and a name never starts or ends inside a word. */
export class NameIndex {
  readonly #byName = new Map<string, Product[]>()
  /** Names by their first two letters, longest first. */
  readonly #byStart = new Map<string, string[]>()
  /** Texts that were looked at: each is asked about many kinds. */
  readonly #known = new Map<string, readonly Named[]>()

  constructor(products: readonly Product[]) {
    for (const product of products) {
      for (const name of product.names) {
        const key = name.toLowerCase()
        this.#byName.set(key, [...(this.#byName.get(key) ?? []), product])
      }
    }
    for (const name of [...this.#byName.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))) this.#byStart.set(name.slice(0, 2), [...(this.#byStart.get(name.slice(0, 2)) ?? []), name])
  }

  /** Products that can fill one of `kinds`, in the order they are named; a name that several products share gives each. */
  find(text: string, kinds?: readonly ClaimKind[]): readonly Named[] {
    const found = this.#known.get(text) ?? this.#all(text)
    this.#known.set(text, found)
    return kinds === undefined || found.length === 0 ? found : found.filter(({ product }) => product.kinds.some((kind) => kinds.includes(kind)))
  }

  #all(text: string): readonly Named[] {
    const found: Named[] = []
    const lower = text.toLowerCase()
    for (let at = 0; at < lower.length; at += 1) {
      if (at > 0 && joins(lower.charCodeAt(at - 1))) continue
      const name = this.#byStart.get(lower.slice(at, at + 2))?.find((candidate) => lower.startsWith(candidate, at) && !isWordSign(lower[at + candidate.length]) && !(lower[at + candidate.length] === '.' && isWordSign(lower[at + candidate.length + 1])))
      if (name === undefined) continue
      const written = text.slice(at, at + name.length)
      for (const product of this.#byName.get(name) ?? []) {
        // `Render` is a platform, `render` a verb; an id in code or alone in a cell is always the product.
        const spelt = product.names.find((candidate) => candidate.toLowerCase() === name) ?? ''
        if (!(isOrdinary(spelt, product) && /^[a-z]/.test(written) && text.trim() !== written)) found.push({ product, text: written, start: at, end: at + name.length })
      }
      at += name.length - 1
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
