import { daysBetween, isIsoDate, staleAfterDays } from '../../../core/dates.ts'
import type { Line } from '../blocks.ts'
import type { Document } from '../document.ts'
import { rule, type Hit } from '../subject.ts'

interface Dated extends Line { readonly day: string, readonly asOf: boolean }

const dated = /\b(read|checked|last checked|verified|accessed|retrieved|as of)\b:?\s+(?:on\s+)?(\d{4}-\d{2}-\d{2})\b/gi

/** Days on which facts were read, and the day the document speaks for, with their lines. */
function daysIn({ blocks }: Document): readonly Dated[] {
  const lines = blocks.flatMap(({ block }): readonly Line[] => (block.kind === 'table' ? block.rows.map(({ line, cells }) => ({ line, text: cells.join(' | ') })) : block.kind === 'paragraph' || block.kind === 'item' ? block.lines : []))
  return lines.flatMap((line) => [...line.text.matchAll(dated)].map(([, word = '', day = '']) => ({ ...line, day, asOf: word.toLowerCase() === 'as of' })))
}

/** Facts that were read too long ago, one finding for a document. */
export const staleFact = rule({
  id: 'stale-fact', severity: 'warning',
  about: 'A fact was read longer ago than prices, limits and versions can be trusted.',
  expected: `facts read within ${staleAfterDays} days`, next: 'Read the sources again and write the new day, or run the blueprint again.',
  check: ({ documents, facts: { asOf } }) => documents.flatMap((document): readonly Hit[] => {
    const days = daysIn(document)
    const spoken = days.find((day) => day.asOf && isIsoDate(day.day))?.day ?? asOf
    const wrong = days.filter(({ day }) => !isIsoDate(day) || daysBetween(asOf, day) > 1)
    const old = days.filter(({ day, text }) => isIsoDate(day) && daysBetween(day, asOf) > staleAfterDays && !/\bstale\b|look up/i.test(text))
    // What was old already when the document was written is shown there without its figure: worth knowing, and no fault.
    const fresh = old.filter(({ day, asOf: speaks }) => speaks || spoken === asOf && document.parts.length === 0 || daysBetween(day, spoken) <= staleAfterDays)
    const [first] = fresh.length > 0 ? fresh : old
    const shown = fresh.length > 0 ? fresh : old
    return [
      ...wrong.map(({ day, line }) => ({ file: document.file, line, severity: 'error' as const, found: `${day}, ${isIsoDate(day) ? 'a day to come' : 'which is no day'}`, expected: 'the day on which the page was read', next: 'Correct the date.' })),
      ...(first === undefined ? [] : [{ file: document.file, line: first.line, severity: fresh.length > 0 ? 'warning' as const : 'info' as const, found: shown.length === 1 ? `a fact of ${first.day}, ${daysBetween(first.day, asOf)} days old` : `${shown.length} facts that are too old, on lines ${[...new Set(shown.map(({ line }) => line))].slice(0, 8).join(', ')}` }]),
    ]
  }),
})
