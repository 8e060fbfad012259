import type { Document } from '../document.ts'
import { isAside } from '../document.ts'
import type { ExpectedControl } from '../facts.ts'
import { seen } from '../inline.ts'
import { isSaid, notLiteral } from './control-words.ts'
import { rule, type Hit } from '../subject.ts'

const filler = new Set(['and', 'or', 'of', 'for', 'the', 'on', 'to', 'a', 'every', 'in', 'is', 'are', 'where', 'stays', 'outside', 'sql', 'nosql', 'route', 'your', 'own', 'from'])
/** A word without its ending, so that "limits", "limiting" and "limited" are one. */
const stem = (word: string): string => word.toLowerCase().replace(/(?:isation|ization)$/, 'iz').replace(/(?:ations?|ations|ings?|ions?|ments?|ers?|ed|es|s)$/, '').replace(/(.)\1$/, '$1')
const stems = (text: string): readonly string[] => text.split(/[^A-Za-z0-9]+/).filter((word) => word.length > 1 && !filler.has(word.toLowerCase())).map(stem)

/** Rows, items and sentences in which a protection may be named. */
function namedProtections({ blocks }: Document): readonly (readonly string[])[] {
  return blocks.flatMap(({ block, sections }): readonly (readonly string[])[] => {
    if (isAside(sections) || sections.has('owasp') && !sections.has('controls')) return []
    if (block.kind === 'table') return block.rows.map(({ cells }) => stems(cells.map(seen).join(' ')))
    if (block.kind === 'heading') return [stems(seen(block.text))]
    return block.kind === 'item' || block.kind === 'paragraph' ? [stems(block.lines.map(({ text }) => seen(text)).join(' '))] : []
  })
}

const isNamed = (control: ExpectedControl, protections: readonly (readonly string[])[], text: string): boolean =>
  control.words.some((words) => {
    const wanted = stems(words)
    return wanted.length > 0 && protections.some((said) => wanted.every((word) => said.includes(word)))
  }) || control.libraries.some((library) => library.length > 3 && text.includes(library))

/** Protections that the profile asks for and the security document does not name. */
export const missingControl = rule({
  id: 'missing-control', severity: 'warning',
  about: 'A protection that the profile or one of its standards asks for is not named.',
  expected: 'a row for it in the controls table', next: 'Add the row with how it is done here, or say under "Not yet" why it waits and until when.',
  check: ({ documents, facts: { expected } }) => {
    const document = documents.find(({ spec }) => spec.file === 'security-architecture.md')
    if (document === undefined || expected === null) return []
    const protections = namedProtections(document)
    const at = document.blocks.find(({ block, sections }) => sections.has('controls') && block.kind === 'table')?.block.line ?? document.blocks.find(({ sections }) => sections.has('controls'))?.block.line ?? 1
    const postponed = document.blocks.filter(({ sections }) => sections.has('not-yet')).flatMap(({ block }) => (block.kind === 'item' || block.kind === 'paragraph' ? [stems(block.lines.map(({ text }) => seen(text)).join(' '))] : []))
    const absent = expected.controls.filter((control) => !isNamed(control, protections, document.text)).filter((control) => control.regimes.length > 0 || !isNamed(control, postponed, ''))
    const byHand = document.parts.length === 0
    const hit = (control: ExpectedControl): Hit => ({
      file: document.file, line: at, severity: control.regimes.length > 0 ? 'error' : 'warning', found: `no protection "${control.name}"`, expected: control.regimes.length > 0 ? `a row for it: ${control.regimes.join(', ')} asks for it` : 'a row for it in the controls table',
    })
    if (!byHand) return absent.map(hit)
    // People name protections in their own words and in any document: only what a standard asks for is a fault where nothing speaks of it.
    const found = new Map(expected.controls.map(({ id }) => [id, isSaid(id, documents)] as const))
    const unsaid = absent.filter(({ id }) => found.get(id) !== true)
    const optional = unsaid.filter(({ id, regimes }) => regimes.length === 0 || notLiteral.has(id))
    return [...unsaid.filter((control) => !optional.includes(control)).map((control) => {
      const back = found.get(control.id)
      return typeof back === 'object' ? { ...hit(control), ...back, found: `${control.name}, and taken back` } : hit(control)
    }), ...(optional.length === 0 ? [] : [{ file: document.file, line: at, severity: 'info' as const, found: `no word on ${optional.map(({ name }) => name).join(', ')}`, expected: 'a row for each that applies' }])]
  },
})
