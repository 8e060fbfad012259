import type { Block } from './blocks.ts'

const longest = 200_000
/** Text of a cell as Markdown would hold it: code and bold keep their marks, other tags go. */
const textOf = (html: string): string => html.replace(/<\/?code>/gi, '`').replace(/<\/?(?:b|strong)>/gi, '**').replace(/<br\s*\/?>/gi, ' ').replace(/<[^<>]{0,200}>/g, '').replace(/\s+/g, ' ').trim()

/** A table written in HTML that starts at a line (from 0), as a table of Markdown, with the index after it; undefined when it holds no row. */
export function readHtmlTable(lines: readonly string[], at: number): { readonly block: Block, readonly next: number } | undefined {
  if (!/^\s*<table\b/i.test(lines[at] ?? '')) return undefined
  let end = at
  for (let length = 0; !/<\/table>/i.test(lines[end] ?? ''); end += 1) {
    length += (lines[end] ?? '').length + 1
    // Tables in tables, and what never ends, are left to the reader.
    if (end + 1 >= lines.length || length > longest || (end > at && /<table\b/i.test(lines[end] ?? ''))) return undefined
  }
  const text = lines.slice(at, end + 1).join('\n')
  const rows = text.split(/<tr\b[^<>]{0,200}>/i).reduce<{ readonly found: { line: number, cells: readonly string[] }[], line: number }>((state, piece, index) => {
    if (index > 0) state.found.push({ line: state.line, cells: piece.split(/<t[hd]\b[^<>]{0,200}>/i).slice(1).map(textOf) })
    state.line += piece.split('\n').length - 1
    return state
  }, { found: [], line: at + 1 }).found.filter(({ cells }) => cells.length > 0)
  const [head, ...body] = rows
  return head === undefined ? undefined : { block: { kind: 'table', line: head.line, header: head.cells, rows: body }, next: end + 1 }
}
