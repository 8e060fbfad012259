/** Outside code spans: escapes, brackets around an address, and which of two signs stands for emphasis. Inside them every character is meant. */
const proseMeaning = (text: string): string => text.split(/(`+[^`]*`+)/).map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/_/g, '*').replace(/<(https?:[^<>\s]+)>/g, '$1'))).join('')

const isRow = (line: string): boolean => /^\s*\|.*\|\s*$/.test(line)
/** A row of a table without its padding; how many dashes stand below a header says nothing. */
const rowMeaning = (line: string): string => line.trim().split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/^(:?)-+(:?)$/, '$1-$2')).join('|')

/** JSON without its layout; a text that is none as it stands. */
export function jsonMeaning(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

/** Code keeps every character, except JSON, which formatters lay out anew. */
function codeMeaning(language: string, lines: readonly string[]): string {
  const body = lines.join('\n')
  return language === 'json' ? jsonMeaning(body) : body
}

/** A list item, a quotation and a heading begin a text of their own. */
const startsText = /^\s*(?:[*+-]|\d+[.)]|#{1,6}|>)(?:\s|$)/

/**
 * What a Markdown text says, without how it is laid out: padding of tables, wrapping of lines, empty lines, indentation, signs for
 * bullets and emphasis, escapes. Two texts of one meaning differ only by what an editor does when it formats on save.
 */
export function meaningOf(markdown: string): string {
  const said: string[] = []
  let prose: string[] = []
  let open: { readonly ticks: string, readonly language: string, readonly lines: string[] } | undefined
  // Lines of one paragraph may be wrapped anew: those that follow each other are one text.
  const flush = (): void => {
    if (prose.length > 0) said.push(proseMeaning(prose.join(' ').replace(/\s+/g, ' ').trim()))
    prose = []
  }
  for (const line of markdown.split('\n')) {
    const [, ticks = '', info = ''] = /^\s*(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line) ?? []
    if (open !== undefined) {
      if (ticks.startsWith(open.ticks) && info.trim() === '') {
        said.push(`\`\`\`${open.language}`, codeMeaning(open.language, open.lines), '```')
        open = undefined
      } else open.lines.push(line)
    } else if (ticks !== '') {
      flush()
      open = { ticks, language: info.trim(), lines: [] }
    } else if (isRow(line)) {
      flush()
      said.push(proseMeaning(rowMeaning(line)))
    } else {
      if (line.trim() === '' || startsText.test(line)) flush()
      prose.push(line.replace(/^(\s*)[*+](\s)/, '$1-$2'))
      if (/^ {0,3}#{1,6}(?:\s|$)/.test(line)) flush()
    }
  }
  flush()
  if (open !== undefined) said.push(...open.lines)
  return said.filter((text) => text !== '').join('\n')
}
