import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const percent = /(?<![\d.,-])(9\d(?:[.,]\d{1,4})?)\s?%/g
const days: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, monthly: 30, quarter: 90, quarterly: 90, year: 365, yearly: 365, annually: 365, weekly: 7 }
const window = /^[^.;%|]{0,40}?\b(?:(?:over|per|in|in a|within|across|a|each|every|rolling|of) )?(?:(\d{1,3})[ -])?(days?|weeks?|months?|monthly|quarters?|quarterly|years?|yearly|annually|weekly)\b/i
const named = /\b(?:SLOs?|service level objectives?|availability targets?)\b(?: (?:of|is|at|stays at|was set to))?:? (?:at least |about )?(9\d(?:[.,]\d{1,4})?)\s?%|(?<![\d.,])(9\d(?:[.,]\d{1,4})?)\s?% SLOs?\b/gi

const plain = (text: string): string => String(Number(text.replace(',', '.')))

/**
 * Percentages of objectives: all that the section on them holds are listed, and elsewhere those that a text calls an objective are
 * used. Services have objectives of their own, so what is used has only to be one of those listed.
 */
export function objectiveClaims({ text, label, line, sections, kind, generated, heading }: Statement, file: string): readonly Claim[] {
  if (kind === 'first-cell' || !text.includes('%')) return []
  const whole = label === '' || kind === 'cell' ? text : `${label}: ${text}`
  const claim = (of: 'objective' | 'objective-window', key: string, value: string, said: string, weight: Claim['weight']): Claim => ({ kind: of, key, value, said, file, line, weight })
  const inSection = sections.has('slos')
  const listed = inSection ? [...whole.matchAll(percent)].map(([, value = '']) => claim('objective', '', plain(value), `${plain(value)} %`, 'statement')) : []
  const used = inSection || generated ? [] : [...whole.matchAll(named)].map(([, before, after]) => plain(before ?? after ?? '')).map((value) => claim('objective', '', value, `${value} %`, 'trace'))
  const windows = generated || (!inSection && !/\bSLO|objective|error budget|availab/i.test(`${heading} ${whole}`)) ? [] : [...whole.matchAll(percent)].flatMap((match): readonly Claim[] => {
    const [, count = '1', unit] = window.exec(whole.slice(match.index + match[0].length)) ?? []
    const length = unit === undefined ? undefined : days[unit.toLowerCase()] ?? days[unit.toLowerCase().replace(/s$/, '')]
    return length === undefined ? [] : [claim('objective-window', `${plain(match[1] ?? '')} %`, String(Number(count) * length), `${Number(count) * length} days`, 'statement')]
  })
  return [...listed, ...used, ...windows]
}
