import { markdownTable } from 'markdown-table'

/** Text made safe inside one Markdown table cell or list item: markup characters are escaped, line breaks become spaces. */
export const plain = (text: string): string =>
  text.replace(/[\r\n\u2028\u2029]+/g, ' ').replace(/[\\`*_{}[\]<>|#~]/g, '\\$&')

/** `text` as inline code, with a fence longer than any run of backticks in it; pipes are escaped for tables. */
export function code(text: string): string {
  const flat = text.replace(/[\r\n\u2028\u2029]+/g, ' ')
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${flat.replace(/\|/g, '\\|')}${pad}${fence}`
}

/** A fenced code block whose fence is longer than any in the body. */
export function fence(language: string, body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/^`{3,}/gm)].map((run) => run[0].length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${language}\n${body.replace(/\n+$/, '')}\n${ticks}`
}

/** A GFM table. Cells are Markdown already: escape what users gave with `plain` or `code`. Empty without rows. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\s*[\r\n]+\s*/g, ' ').replace(/(?<!\\)\|/g, '\\|')))
  return markdownTable([[...header], ...clean], { alignDelimiters: false, padding: true })
}

/** Bullet list; empty without items. */
export const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')

/** Joins blocks with one empty line, dropping empty ones. */
export const blocks = (...parts: readonly (string | false | undefined)[]): string =>
  parts.filter((part): part is string => typeof part === 'string' && part !== '').join('\n\n')
