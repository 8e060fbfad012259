import type { CheckFinding } from '../../check-finding.ts'
import type { RequiredSection } from '../../deliverables.ts'
import type { Block } from '../blocks.ts'
import type { Document } from '../document.ts'
import { seen } from '../inline.ts'
import { columnNamed } from './columns.ts'
import { speaksOf } from './spoken.ts'

/** Where a section stands: the blocks of its body and the line of its heading or begin marker. */
interface Found { readonly line: number, readonly blocks: readonly Block[] }

const names = (section: RequiredSection, text: string): boolean => text.trim().toLowerCase() === section.title.toLowerCase() || section.also.test(text)

/** The managed part with the section's id, else the first heading whose text names it, down to the next heading of its level. */
function findSection(section: RequiredSection, { blocks, parts }: Document): Found | undefined {
  const all = blocks.map(({ block }) => block)
  const part = parts.find(({ id }) => id === section.id)
  if (part !== undefined) return { line: part.firstLine, blocks: all.filter(({ line }) => line > part.firstLine && line < part.lastLine) }
  const start = all.findIndex((block) => block.kind === 'heading' && block.depth > 1 && names(section, seen(block.text)))
  const heading = all[start]
  if (heading?.kind !== 'heading') return undefined
  const end = all.findIndex((block, index) => index > start && block.kind === 'heading' && block.depth <= heading.depth)
  return { line: heading.line, blocks: all.slice(start + 1, end < 0 ? undefined : end) }
}

const isContent = (block: Block): boolean => block.kind === 'table' || block.kind === 'code' || ((block.kind === 'paragraph' || block.kind === 'item') && block.lines.some(({ text }) => seen(text) !== ''))

type Table = Extract<Block, { kind: 'table' }>

function checkTable(section: RequiredSection, columns: readonly string[], found: Found, { file, parts }: Document): CheckFinding[] {
  const tables = found.blocks.filter((block): block is Table => block.kind === 'table')
  const lacks = (table: Table): readonly string[] => columns.filter((column) => columnNamed(column, table.header, parts.length === 0) < 0)
  const expected = `a table with the columns ${columns.join(' | ')}`
  const fitting = tables.find((table) => lacks(table).length === 0)
  if (fitting === undefined) {
    const nearest = tables.toSorted((a, b) => lacks(a).length - lacks(b).length)[0]
    // A list says the same to a person who reads it.
    if (nearest === undefined && parts.length === 0 && found.blocks.filter(({ kind }) => kind === 'item').length > 1) return []
    return [{ rule: 'missing-columns', severity: 'error', file, line: nearest?.line ?? found.line, found: nearest === undefined ? `no table in ${section.title}` : `a table without ${lacks(nearest).join(', ')}`, expected, next: 'Add the missing columns and fill them for every row.' }]
  }
  if (fitting.rows.length === 0) return [{ rule: 'empty-table', severity: 'error', file, line: fitting.line, found: `a table without rows in ${section.title}`, expected, next: 'Add a row for each one that applies.' }]
  return fitting.rows.flatMap(({ line, cells }): CheckFinding[] => {
    const empty = columns.filter((column) => (cells[columnNamed(column, fitting.header, parts.length === 0)] ?? '').trim() === '')
    return empty.length === 0 ? [] : [{ rule: 'empty-cell', severity: 'warning', file, line, found: `nothing under ${empty.join(', ')}`, expected: 'a value in every cell', next: 'Fill it, or say why it does not apply.' }]
  })
}

/** What a missing section is worth: in a document that people wrote, a list of what waits and what is not in every project are no fault. */
function severityOf({ id, conditional }: RequiredSection, managed: boolean): CheckFinding['severity'] {
  if (managed) return conditional ? 'warning' : 'error'
  return id === 'not-yet' || conditional ? 'info' : id === 'trust-boundaries' ? 'warning' : 'error'
}

/** Rows that name something and say nothing about it, in tables whose other rows do. */
function unsaidRows({ blocks, file, parts }: Document): CheckFinding[] {
  if (parts.length > 0) return []
  return blocks.flatMap(({ block }): CheckFinding[] => {
    if (block.kind !== 'table') return []
    const unsaid = block.rows.filter(({ cells: [first = '', ...rest] }) => seen(first) !== '' && !/^\*\*|^_/.test(first.trim()) && rest.length > 0 && rest.every((cell) => seen(cell) === ''))
    const [row] = unsaid
    return row === undefined || unsaid.length > 1 || block.rows.length < 2 ? [] : [{ rule: 'empty-cell', severity: 'warning', file, line: row.line, found: `nothing about ${seen(row.cells[0] ?? '').slice(0, 60)}`, expected: 'a value in every cell', next: 'Fill it, or say why it does not apply.' }]
  })
}

/** Sections that are missing or empty, and tables that lack what the deliverable promises. */
export function checkSections(document: Document): CheckFinding[] {
  const { spec, file, parts } = document
  return [...unsaidRows(document), ...spec.sections.flatMap((section): CheckFinding[] => {
    const found = findSection(section, document)
    if (found === undefined && section.conditional && parts.length > 0) return []
    // People and assistants order a document in their own way: what it speaks of is there, and a list of sources is ours.
    if (found === undefined && parts.length === 0 && (section.id === 'sources' || speaksOf(section.id, document))) return []
    if (found === undefined) return [{ rule: 'missing-section', severity: severityOf(section, parts.length > 0), file, line: 1, found: `no section ${section.title}`, expected: `a section ${section.title} (part ${section.id})`, next: 'Write the section, or run the blueprint again to add it.' }]
    if (!found.blocks.some(isContent)) return [{ rule: 'empty-section', severity: 'error', file, line: found.line, found: `nothing under ${section.title}`, expected: 'at least one sentence', next: 'Say what holds here, or why it is not needed yet and when it will be.' }]
    return section.columns === undefined ? [] : checkTable(section, section.columns, found, document)
  })]
}
