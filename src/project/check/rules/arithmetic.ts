import { statements } from '../statements.ts'
import { rule, type Hit } from '../subject.ts'

const minutes: Readonly<Record<string, number>> = { second: 1 / 60, minute: 1, hour: 60, day: 1440 }
const spans: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 }

/** Objectives whose percentage and downtime do not fit each other. */
export const objectiveArithmetic = rule({
  id: 'objective-arithmetic', severity: 'error',
  about: 'An availability target and the time it leaves do not fit each other.',
  expected: 'the time that the percentage leaves', next: 'Correct the one that is wrong.',
  check: ({ documents, stands }) => documents.flatMap((document) => {
    const targets = stands.filter(({ kind, file }) => kind === 'availability' && file === document.file)
    return statements(document).filter(({ sections }) => sections.has('slos')).flatMap(({ text, line }): readonly Hit[] => {
      const target = targets.find((stand) => stand.line === line)
      const [, amount, unit = '', count, span = ''] = /(\d+(?:[.,]\d+)?) (second|minute|hour|day)s?(?: of downtime)? (?:in|per|a|each|every)(?: a)? ?(\d+)? ?(day|week|month|quarter|year)s?\b/i.exec(text) ?? []
      if (target === undefined || amount === undefined) return []
      const allowed = (1 - Number(target.values[0]) / 100) * Number(count ?? 1) * (spans[span.toLowerCase()] ?? 1) * 1440
      const said = Number(amount.replace(',', '.')) * (minutes[unit.toLowerCase()] ?? 1)
      // Months have 28 to 31 days, and people round.
      return Math.abs(said - allowed) <= Math.max(0.12 * allowed, 0.1) ? [] : [{ file: document.file, line, found: `${target.said} and ${amount} ${unit}s`, expected: `about ${Math.round(allowed * 10) / 10} minutes` }]
    })
  }),
})
