import { readHtmlTable } from './html-table.ts'

/** One line of text a person reads, with the number it stands on in the file. */
export interface Line { readonly line: number, readonly text: string }

/** A block of Markdown as far as checks need it. Lines count from 1; texts are as written, markup included. */
export type Block =
  | { readonly kind: 'heading', readonly line: number, readonly depth: number, readonly text: string }
  | { readonly kind: 'paragraph' | 'item', readonly line: number, readonly lines: readonly Line[] }
  | { readonly kind: 'table', readonly line: number, readonly header: readonly string[], readonly rows: readonly { readonly line: number, readonly cells: readonly string[] }[] }
  | { readonly kind: 'code', readonly line: number, readonly language: string, readonly body: readonly Line[], readonly closed: boolean }
  | { readonly kind: 'comment', readonly line: number, readonly text: string }

const fenceStart = /^(\s{0,12})(`{3,}|~{3,})\s*([^\s`]*)([^`]*)$/
const delimiter = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/
const itemStart = /^\s{0,12}(?:[-*+]|\d{1,9}[.)])(?:\s+(.*)|)$/
const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/

/** Cells of a table row: split at pipes that are neither escaped nor first or last. */
export function cellsOf(line: string): string[] {
  const cells = line.trim().replace(/^\|/, '').split(/(?<!\\)\|/)
  if (/(?<!\\)\|\s*$/.test(line) && cells.length > 1) cells.pop()
  return cells.map((cell) => cell.trim())
}

/** Where a fenced block ends: the index after its closing line, or the end of the text. */
function readFence(lines: readonly string[], at: number, open: RegExpExecArray): { readonly block: Block, readonly next: number } {
  const [, , ticks = '', language = ''] = open
  const body: Line[] = []
  for (let index = at + 1; index < lines.length; index += 1) {
    const text = lines[index] ?? ''
    const close = /^\s{0,12}(`{3,}|~{3,})\s*$/.exec(text)?.[1]
    if (close !== undefined && close[0] === ticks[0] && close.length >= ticks.length) return { block: { kind: 'code', line: at + 1, language: language.toLowerCase(), body, closed: true }, next: index + 1 }
    body.push({ line: index + 1, text })
  }
  return { block: { kind: 'code', line: at + 1, language: language.toLowerCase(), body, closed: false }, next: lines.length }
}

function readComment(lines: readonly string[], at: number): { readonly block: Block, readonly next: number } {
  let index = at
  while (index < lines.length - 1 && !(lines[index] ?? '').includes('-->')) index += 1
  return { block: { kind: 'comment', line: at + 1, text: lines.slice(at, index + 1).join('\n') }, next: index + 1 }
}

function readTable(lines: readonly string[], at: number): { readonly block: Block, readonly next: number } {
  const rows: { line: number, cells: readonly string[] }[] = []
  let index = at + 2
  for (; index < lines.length; index += 1) {
    const text = lines[index] ?? ''
    if (text.trim() === '' || !text.includes('|')) break
    rows.push({ line: index + 1, cells: cellsOf(text) })
  }
  return { block: { kind: 'table', line: at + 1, header: cellsOf(lines[at] ?? ''), rows }, next: index }
}

const startsTable = (lines: readonly string[], at: number): boolean => {
  const [first = '', second = ''] = [lines[at], lines[at + 1]]
  return first.includes('|') && second.includes('-') && second.length < 10_000 && delimiter.test(second) && cellsOf(first).length === cellsOf(second).length
}

/** True where a line ends the paragraph or item before it. */
const endsText = (lines: readonly string[], at: number): boolean => {
  const text = lines[at] ?? ''
  return text.trim() === '' || heading.test(text) || fenceStart.test(text) || itemStart.test(text) || /^\s*<!--/.test(text) || startsTable(lines, at)
}

/**
 * Blocks of a Markdown text in one pass over its lines. It reads what documents of this kind are made of: headings, paragraphs, list
 * items (each a block of its own), tables, code and comments. Quotes read as paragraphs, an indented line after an empty one as code.
 */
export function readBlocks(source: string): readonly Block[] {
  const lines = source.split(/\r\n?|\n/)
  const blocks: Block[] = []
  let at = 0
  let inList = false
  while (at < lines.length) {
    const text = lines[at] ?? ''
    const fence = fenceStart.exec(text)
    const title = heading.exec(text)
    const item = itemStart.exec(text)
    let next = at + 1
    if (text.trim() === '') { at = next; continue }
    const table = readHtmlTable(lines, at)
    if (table !== undefined) {
      blocks.push(table.block)
      at = table.next
      continue
    }
    if (fence !== null) {
      const read = readFence(lines, at, fence)
      blocks.push(read.block)
      next = read.next
    } else if (/^\s*<!--/.test(text)) {
      const read = readComment(lines, at)
      blocks.push(read.block)
      next = read.next
    } else if (title !== null) {
      blocks.push({ kind: 'heading', line: at + 1, depth: (title[1] ?? '#').length, text: title[2] ?? '' })
      inList = false
    } else if (/^ {0,3}([-*_])(?:\s*\1){2,}\s*$/.test(text)) {
      inList = false
    } else if (startsTable(lines, at)) {
      const read = readTable(lines, at)
      blocks.push(read.block)
      next = read.next
    } else if (/^(?: {4}|\t)/.test(text) && item === null && !inList && (at === 0 || (lines[at - 1] ?? '').trim() === '')) {
      while (next < lines.length && /^(?: {4}|\t|\s*$)/.test(lines[next] ?? '')) next += 1
      blocks.push({ kind: 'code', line: at + 1, language: '', body: lines.slice(at, next).map((line, index) => ({ line: at + index + 1, text: line.trim() })), closed: true })
    } else {
      const first = (item === null ? text.replace(/^(?:\s{0,3}>\s?)+/, '') : item[1] ?? '').trim()
      const parts: Line[] = [{ line: at + 1, text: first.replace(/^\[[ xX]\]\s+/, '') }]
      while (next < lines.length && !endsText(lines, next)) {
        const following = (lines[next] ?? '').trim()
        // A line of = or - under a paragraph makes it a heading.
        if (item === null && parts.length === 1 && /^(=+|-+)$/.test(following)) break
        parts.push({ line: next + 1, text: following.replace(/^(?:>\s?)+/, '') })
        next += 1
      }
      const underline = item === null && parts.length === 1 ? /^\s{0,3}(=+|-+)\s*$/.exec(lines[next] ?? '')?.[1] : undefined
      if (underline !== undefined) {
        blocks.push({ kind: 'heading', line: at + 1, depth: underline.startsWith('=') ? 1 : 2, text: parts[0]?.text ?? '' })
        next += 1
        inList = false
      } else {
        blocks.push({ kind: item === null ? 'paragraph' : 'item', line: at + 1, lines: parts })
        inList = item !== null || (inList && /^\s/.test(text))
      }
    }
    at = next
  }
  return blocks
}
