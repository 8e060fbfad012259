import type { Line } from './blocks.ts'
import { isAside, type Document, type Placed } from './document.ts'
import { seen } from './inline.ts'

/**
 * One thing a document says, as a reader sees it: a sentence, or a cell of a table. `label` is what it is about: the words before a
 * colon, or the first cell of the row; `column` the head of its column. `leads` marks the first sentence below a heading.
 */
export interface Statement {
  readonly line: number
  readonly text: string
  readonly label: string
  readonly column: string
  /** The head of the first column, which says what the rows are. */
  readonly rowHead: string
  /** All heads of its table. */
  readonly heads: readonly string[]
  /** The heading it stands below, without its number and signs. */
  readonly heading: string
  readonly kind: 'sentence' | 'cell' | 'first-cell'
  readonly leads: boolean
  readonly sections: ReadonlySet<string>
  /** Written by us and not changed since: only its fixed forms are read, never its prose. */
  readonly generated: boolean
}

const pair = /^(?:[-*]\s+)?([^:.!?]{2,60}):\s+(\S[\s\S]*)$/

/** A line that starts with a label says one thing, whatever stands on the line before it. */
const labelled = /^(?:\*\*)?\p{Lu}[\p{L}\d /&-]{1,40}(?:\*\*)?:(?:\*\*)?\s/u

/** Sentences of a text that spans lines, each with the line it starts on. */
function sentences(all: readonly Line[]): readonly Line[] {
  const breaks = all.flatMap(({ text }, index) => (index > 0 && labelled.test(text) ? [index] : []))
  return [0, ...breaks].flatMap((from, index) => sentencesOf(all.slice(from, breaks[index])))
}

function sentencesOf(lines: readonly Line[]): readonly Line[] {
  const found: Line[] = []
  let text = ''
  const starts: (readonly [at: number, line: number])[] = []
  for (const { line, text: raw } of lines) {
    starts.push([text.length, line])
    text += `${seen(raw)} `
  }
  let from = 0
  const add = (to: number): void => {
    const piece = text.slice(from, to)
    const lead = piece.length - piece.trimStart().length
    if (piece.trim() !== '') found.push({ line: starts.findLast(([at]) => at <= from + lead)?.[1] ?? 1, text: piece.trim() })
    from = to
  }
  for (const match of text.matchAll(/[.!?](?=\s+["'(“]?[\p{Lu}\d/])/gu)) add(match.index + 1)
  add(text.length)
  return found
}

const plainHeading = (title: string): string => title.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}\d)]+$/u, '')

function statementsOf({ block, sections, headings }: Placed, leads: boolean, generated: boolean): readonly Statement[] {
  const common = { sections, generated, column: '', rowHead: '', heads: [] as readonly string[], heading: plainHeading(headings.at(-1) ?? '') }
  if (block.kind === 'table') {
    const header = block.header.map(seen)
    const rowHead = header[0] ?? ''
    return block.rows.flatMap(({ line, cells }) => {
      const [first = '', ...rest] = cells.map(seen)
      return [
        { ...common, heads: header, line, text: first, label: '', column: header[0] ?? '', kind: 'first-cell' as const, leads: false },
        ...rest.map((text, index) => ({ ...common, rowHead, heads: header, line, text, label: first, column: header[index + 1] ?? '', kind: 'cell' as const, leads: false })),
      ]
    })
  }
  if (block.kind !== 'paragraph' && block.kind !== 'item') return []
  return sentences(block.lines).map(({ line, text }, index) => {
    const [, label = '', value] = pair.exec(text) ?? []
    return { ...common, line, text: value ?? text, label: label.trim(), kind: 'sentence' as const, leads: leads && index === 0 }
  })
}

/** Everything a document says outside the parts where nothing is decided ("Not yet", alternatives, sources, conflicts, assumptions). */
export function statements(document: Document): readonly Statement[] {
  const found = read.get(document) ?? statementsIn(document)
  read.set(document, found)
  return found
}

/** Several rules read the same document. */
const read = new WeakMap<Document, readonly Statement[]>()

/** Labels of what was weighed and not taken. */
const refused = /^(?:rejected|considered|alternatives?(?: considered)?|not chosen|ruled out|runners?-up|previously|formerly|before|history|why not\b.{0,40})$/i

function statementsIn(document: Document): readonly Statement[] {
  const found: Statement[] = []
  let afterHeading = false
  for (const placed of document.blocks) {
    const { block, sections } = placed
    if (block.kind === 'heading') {
      afterHeading = true
      continue
    }
    if (block.kind === 'comment') continue
    const part = document.parts.find(({ firstLine, lastLine }) => block.line > firstLine && block.line < lastLine)
    if (!isAside(sections)) found.push(...statementsOf(placed, afterHeading || placed.opens === true, part !== undefined && !part.edited).filter(({ label, kind }) => kind !== 'sentence' || !refused.test(label)))
    afterHeading = false
  }
  return found
}
