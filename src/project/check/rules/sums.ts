import type { Document } from '../document.ts'
import { statements } from '../statements.ts'
import type { Hit } from '../subject.ts'

const number = (text: string): number => Number(text.replaceAll(',', ''))
const sum = /((?:[^\d+=.;]{0,40}\d[\d,]*(?:\.\d+)?[^\d+=.;]{0,20}\+){1,12}[^\d+=.;]{0,40}\d[\d,]*(?:\.\d+)?)[^\d+=.;]{0,20}=\s*(?:about |~ ?)?[$€£]?\s?(\d[\d,]*(?:\.\d+)?)/g

/** Sums that a sentence writes out and gets wrong: `400 + 105 + 80 = 685`. */
export function writtenSums(document: Document): readonly Hit[] {
  return statements(document).filter(({ text }) => text.includes('+') && text.includes('=')).flatMap(({ text, line }) => [...text.matchAll(sum)].flatMap(([, parts = '', total = '']): readonly Hit[] => {
    const added = parts.split('+').map((part) => [...part.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([each]) => number(each)))
    if (added.some((each) => each.length !== 1)) return []
    const right = added.flat().reduce((all, each) => all + each, 0)
    // People round what they add.
    return Math.abs(right - number(total)) <= Math.max(0.02 * right, 1) ? [] : [{ file: document.file, line, found: `${total} as the sum of ${added.flat().join(' + ')}`, expected: String(Math.round(right * 100) / 100) }]
  }))
}
