import { inWords, minutesOf, span } from '../claims/durations.ts'
import type { Document } from '../document.ts'
import { statements } from '../statements.ts'
import type { Hit } from '../subject.ts'

const percent = /(?<![\d.,-])(9\d(?:[.,]\d{1,4})?)\s?%/g
const window = /\b(?:(\d{1,3})[ -](day|d)s?\b|(month(?:ly)?|quarter(?:ly)?|week(?:ly)?|year(?:ly)?))/i
const days: Readonly<Record<string, number>> = { month: 30, monthly: 30, quarter: 90, quarterly: 90, week: 7, weekly: 7, year: 365, yearly: 365 }
const budget = new RegExp(`\\b(?:(?:error )?budget|downtime)\\b[^.;%]{0,20}?${span}|\\(${span}\\)|${span} (?:of )?(?:error )?(?:budget|downtime)\\b`, 'gi')

/** An objective with its window and the time it leaves, in one sentence, where the three do not fit. */
export function budgetFaults(document: Document): readonly Hit[] {
  return statements(document).filter(({ sections, generated }) => sections.has('slos') && !generated).flatMap(({ text, label, line, kind }): readonly Hit[] => {
    const whole = kind === 'cell' ? text : `${label}: ${text}`
    const targets = [...whole.matchAll(percent)]
    const [, count, , word] = window.exec(whole) ?? []
    const length = count === undefined ? days[word?.toLowerCase() ?? ''] : Number(count)
    const [first, ...more] = [...whole.matchAll(budget)].map((match) => match.slice(1).filter((part) => part !== undefined)).map(([amount = '', unit = '']) => minutesOf(amount, unit))
    if (targets.length !== 1 || length === undefined || first === undefined || more.length > 0 || first > length * 1440 / 2) return []
    const allowed = (1 - Number(targets[0]?.[1]?.replace(',', '.')) / 100) * length * 1440
    return Math.abs(first - allowed) <= Math.max(0.12 * allowed, 0.1) ? [] : [{ file: document.file, line, found: `${targets[0]?.[1]} % and ${inWords(first)}`, expected: `about ${Math.round(allowed * 10) / 10} minutes` }]
  })
}
