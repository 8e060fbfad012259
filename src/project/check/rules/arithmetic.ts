import type { Document } from '../document.ts'
import { seen } from '../inline.ts'
import { statements } from '../statements.ts'
import { rule, type Hit } from '../subject.ts'
import { budgetFaults } from './budgets.ts'

const minutes: Readonly<Record<string, number>> = { second: 1 / 60, minute: 1, hour: 60, day: 1440 }
const spans: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90, year: 365 }

const percent = (text: string | undefined): number => Number(/(\d+(?:[.,]\d+)?) ?%/.exec(text ?? '')?.[1]?.replace(',', '.'))
const differ = (a: number, b: number): boolean => Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) > 0.01 + 0.02 * Math.abs(b)

/** Tables of objectives whose columns follow from each other: what a target leaves, and the failing share of a burn rate. */
function tableFaults({ blocks, file }: Document, availability: number): readonly Hit[] {
  return blocks.flatMap(({ block, sections }) => {
    if (block.kind !== 'table' || !sections.has('slos')) return []
    const at = (head: RegExp): number => block.header.findIndex((cell) => head.test(seen(cell)))
    const [target, leaves, burn, share] = [at(/^target$/i), at(/^leaves$/i), at(/^burn rate$/i), at(/^failing share$/i)]
    return block.rows.flatMap(({ line, cells }): readonly Hit[] => {
      const cell = (index: number): string => seen(index < 0 ? '' : cells[index] ?? '')
      const [slow, left] = [percent(cell(target)), /% may be slower/.test(cell(leaves)) ? percent(cell(leaves)) : NaN]
      if (differ(left, 100 - slow)) return [{ file, line, found: `${slow} % and ${left} % that may be slower`, expected: `${Math.round((100 - slow) * 100) / 100} %` }]
      const [rate, failing] = [Number(cell(burn) || NaN), percent(cell(share))]
      const wanted = rate * (100 - availability)
      return differ(failing, wanted) ? [{ file, line, found: `burn rate ${rate} and ${failing} % failing for ${availability} %`, expected: `${Math.round(wanted * 1000) / 1000} %` }] : []
    })
  })
}

/** Objectives whose percentage and downtime do not fit each other. */
export const objectiveArithmetic = rule({
  id: 'objective-arithmetic', severity: 'error',
  about: 'An availability target and the time it leaves do not fit each other.',
  expected: 'the time that the percentage leaves', next: 'Correct the one that is wrong.',
  check: ({ documents, stands }) => documents.flatMap((document) => {
    const targets = stands.filter(({ kind, file }) => kind === 'availability' && file === document.file)
    return [...tableFaults(document, Number(targets[0]?.values[0])), ...budgetFaults(document), ...statements(document).filter(({ sections }) => sections.has('slos')).flatMap(({ text, line }): readonly Hit[] => {
      const target = targets.find((stand) => stand.line === line)
      const [, amount, unit = '', count, span = ''] = /(\d+(?:[.,]\d+)?) (second|minute|hour|day)s?(?: of downtime)? (?:in|per|a|each|every)(?: a)? ?(\d+)? ?(day|week|month|quarter|year)s?\b/i.exec(text) ?? []
      if (target === undefined || amount === undefined) return []
      const allowed = (1 - Number(target.values[0]) / 100) * Number(count ?? 1) * (spans[span.toLowerCase()] ?? 1) * 1440
      const said = Number(amount.replace(',', '.')) * (minutes[unit.toLowerCase()] ?? 1)
      // Months have 28 to 31 days, and people round.
      return Math.abs(said - allowed) <= Math.max(0.12 * allowed, 0.1) ? [] : [{ file: document.file, line, found: `${target.said} and ${amount} ${unit}s`, expected: `about ${Math.round(allowed * 10) / 10} minutes` }]
    })]
  }),
})
