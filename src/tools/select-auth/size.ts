import type { Detail } from '../tool.ts'

/** How much of an answer is shown. Nothing that applies is left out: what gets no row is named in one line. */
export interface Size {
  /** Rows of the controls table and entries of `decision.controls`. */
  readonly controls: number
  /** Whether controls that should be there have rows, names or nothing once those that must be there are shown. */
  readonly shoulds: 'rows' | 'names'
  /** Rows of the data-protection table. */
  readonly data: number
  /** Risks with what meets them, or their names alone. */
  readonly risks: 'table' | 'list' | 'names' | 'none'
  readonly regimes: 'sentence' | 'clause' | 'name'
  readonly diagram: boolean
  readonly rejected: number
  readonly skipped: number
  readonly flips: number
  readonly alternatives: number
  readonly sources: number
}

const all = Number.MAX_SAFE_INTEGER
const normal = { shoulds: 'rows', risks: 'list', regimes: 'clause', diagram: true, rejected: 4, skipped: 3, flips: 3, alternatives: 2, sources: 6 } as const

/** Sizes of a detail, roomiest first: the first whose result fits is used, else the last. */
export const sizes: Readonly<Record<Detail, readonly [Size, ...Size[]]>> = {
  full: [{ controls: all, shoulds: 'rows', data: all, risks: 'table', regimes: 'sentence', diagram: true, rejected: all, skipped: all, flips: all, alternatives: 5, sources: all }],
  normal: [
    { ...normal, controls: 14, data: 8 },
    { ...normal, controls: 11, data: 7, risks: 'names' },
    { ...normal, controls: 8, data: 6, risks: 'names', rejected: 3, skipped: 2 },
    { ...normal, controls: 6, data: 5, risks: 'names', rejected: 3, skipped: 2, flips: 2, sources: 5 },
    { ...normal, controls: 4, data: 4, risks: 'names', regimes: 'name', rejected: 2, skipped: 2, flips: 2, alternatives: 1, sources: 4 },
    { ...normal, controls: 3, data: 3, risks: 'names', regimes: 'name', diagram: false, rejected: 2, skipped: 1, flips: 1, alternatives: 1, sources: 3 },
  ],
  brief: [{ controls: 8, shoulds: 'rows', data: 4, risks: 'names', regimes: 'name', diagram: true, rejected: 3, skipped: 3, flips: 2, alternatives: 1, sources: 4 }],
}

/** Size in a document of normal detail: every control that must be there has a row, and every risk what meets it. */
export const inDocument: Size = { ...normal, controls: all, shoulds: 'names', data: all, skipped: all, rejected: 12, flips: all, alternatives: 3, sources: all }

/** What a text costs a model, roughly: pieces of words, numbers and marks. Measured against a real tokenizer it is 0.89 to 0.94 of the tokens. */
export function weightOf(text: string): number {
  const words = (text.match(/[A-Za-z]+/g) ?? []).reduce((sum, word) => sum + Math.ceil(word.length / 9), 0)
  return words + (text.match(/\d{1,3}/g) ?? []).length + (text.match(/[^A-Za-z0-9\s]+/g) ?? []).length
}

/** Weight of a result that stays within 2,400 tokens. */
export const room = 2_140
