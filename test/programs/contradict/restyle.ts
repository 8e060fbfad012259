/** Texts that say the same in another style of Markdown; none of them may raise a finding. */
type Restyle = (text: string) => string

/** Applies a change to lines outside code blocks and markers. */
const outside = (change: (line: string, index: number, lines: readonly string[]) => string): Restyle => (text) => {
  let inCode = false
  return text.split('\n').map((line, index, lines) => {
    if (/^```/.test(line)) inCode = !inCode
    return inCode || /^(```|<!--)/.test(line) ? line : change(line, index, lines)
  }).join('\n')
}

/** Applies a change to runs of lines that `belongs` holds for. */
const runs = (belongs: (line: string) => boolean, change: (run: readonly string[]) => readonly string[]): Restyle => (text) => {
  const done: string[] = []
  let run: string[] = []
  for (const line of [...text.split('\n'), '\0']) {
    if (belongs(line)) run.push(line)
    else {
      done.push(...(run.length > 0 ? change(run) : []), ...(line === '\0' ? [] : [line]))
      run = []
    }
  }
  return done.join('\n')
}

const isRow = (line: string): boolean => line.startsWith('|')
const cellsOf = (row: string): readonly string[] => row.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim())
const wrap = (line: string): string => {
  if (/^(\||#|<|\s)/.test(line) || line.length < 90) return line
  const lines: string[] = []
  let rest = line
  while (rest.length > 80) {
    const at = rest.lastIndexOf(' ', 80)
    // A line that begins with a sign would begin a list or a heading.
    const cut = at < 20 || /^\s*([-*+#>|=]|\d+[.)])/.test(rest.slice(at)) ? -1 : at
    if (cut < 0) break
    lines.push(rest.slice(0, cut))
    rest = `${/^- /.test(line) ? '  ' : ''}${rest.slice(cut + 1)}`
  }
  return [...lines, rest].join('\n')
}
const escapeHtml = (text: string): string => text.replace(/`([^`]*)`/g, '<code>$1</code>').replace(/\*\*([^*]*)\*\*/g, '<b>$1</b>').replaceAll('\\|', '|')

/** Tables in HTML, as editors with a preview write them. */
const htmlTable = (rows: readonly string[]): readonly string[] => [
  '<table>', '<thead>', `<tr>${cellsOf(rows[0] ?? '').map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr>`, '</thead>', '<tbody>',
  ...rows.slice(2).map((row) => `<tr>${cellsOf(row).map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`), '</tbody>', '</table>',
]

/** Links as references, with their addresses at the end. */
const references: Restyle = (text) => {
  const targets: string[] = []
  const changed = outside((line) => line.replace(/(?<!\\)\[([^\][]+)\]\(([^()\s]+)\)/g, (_, words: string, target: string) => `[${words}][link-${targets.push(target)}]`))(text)
  return `${changed.trimEnd()}\n\n${targets.map((target, index) => `[link-${index + 1}]: ${target}`).join('\n')}\n`
}

const titleCase = (text: string): string => text.replace(/(?<![\w`'-])[a-z](?=[a-z]{3,})/g, (letter) => letter.toUpperCase())

export const restyles: Readonly<Record<string, Restyle>> = {
  'CRLF line ends': (text) => text.replaceAll('\n', '\r\n'),
  'a byte-order mark': (text) => `\uFEFF${text}`,
  'a byte-order mark and CRLF': (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
  'no markers': (text) => text.split('\n').filter((line) => !line.startsWith('<!-- ops:')).join('\n'),
  'stars as bullets': outside((line) => line.replace(/^- /, '* ')),
  'plus signs as bullets': outside((line) => line.replace(/^- (?!\[)/, '+ ')),
  'numbered lists': outside((line) => line.replace(/^- (?!\[)/, '1. ')),
  'setext headings': outside((line) => (line.startsWith('## ') ? `${line.slice(3)}\n---` : line.startsWith('# ') ? `${line.slice(2)}\n===` : line)),
  'closed headings': outside((line) => line.replace(/^(#+) (.*)$/, '$1 $2 $1')),
  'headings in title case': outside((line) => (line.startsWith('## ') ? titleCase(line) : line)),
  'headings in capitals': outside((line) => (line.startsWith('## ') ? line.toUpperCase() : line)),
  'numbered headings': (text) => { let count = 0; return outside((line) => (line.startsWith('## ') ? line.replace('## ', `## ${count += 1}. `) : line))(text) },
  'wrapped lines': outside(wrap),
  'tables in another order': runs(isRow, (rows) => (rows.length < 4 ? rows : [...rows.slice(0, 2), ...rows.slice(2).reverse()])),
  'lists in another order': runs((line) => /^- (?!\[)/.test(line), (items) => items.toReversed()),
  'padded and aligned tables': outside((line) => (!isRow(line) ? line : /^\|( -+ \|)+$/.test(line) ? line.replaceAll(' - ', ' :--- ') : line.replace(/(?<!\\)\|/g, '  |  ').trim())),
  'tables without outer pipes': outside((line) => (isRow(line) ? cellsOf(line).map((cell) => cell || ' ').join(' | ') : line)),
  'tables in HTML': runs(isRow, htmlTable),
  'reference links': references,
  'double blank lines and spaces at the ends': outside((line) => (line === '' ? '\n' : `${line}  `)),
  'names in italics': outside((line) => line.replace(/\*\*([^*`]+)\*\*/g, '*$1*')),
  'names with underscores': outside((line) => line.replace(/\*\*([^*`]+)\*\*/g, '__$1__')),
  'a sentence more in each part': (text) => text.replace(/\n(<!-- ops:end)/g, '\n\nReviewed by the team.\n$1'),
  'other words': outside((line) => (isRow(line) ? line : line.replace(/\bEach\b/g, 'Every').replace(/\beach\b/g, 'every').replace(/\bwho\b/g, 'that').replace(/\bneeds\b/g, 'requires').replace(/\bnothing else\b/g, 'no more'))),
}
