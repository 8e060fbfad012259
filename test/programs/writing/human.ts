/** What people, editors and tools do to a document of ours. `next` gives whole numbers; `said` a line that stands nowhere else. */
export interface Hand { next(): number, said(): string }

const linesOf = (text: string): string[] => text.split('\n')
const isMarker = (line: string): boolean => /<!--\s*ops:(begin|end)/.test(line)
const pick = <One>(hand: Hand, all: readonly One[]): One => all[hand.next() % all.length] as One

/** First and last line of each part, counted from 0. */
function partsOf(lines: readonly string[]): { first: number, last: number }[] {
  const found: { first: number, last: number }[] = []
  lines.forEach((line, index) => {
    if (/<!--\s*ops:begin/.test(line)) found.push({ first: index, last: index })
    else if (/<!--\s*ops:end/.test(line) && found.length > 0) found[found.length - 1]!.last = index
  })
  return found.filter(({ first, last }) => last > first)
}

type Edit = (text: string, hand: Hand, other: string) => string
const onLines = (change: (lines: string[], hand: Hand) => void): Edit => (text, hand) => {
  const lines = linesOf(text)
  change(lines, hand)
  return lines.join('\n')
}
const onPart = (change: (lines: string[], part: { first: number, last: number }, hand: Hand) => void): Edit => onLines((lines, hand) => {
  const parts = partsOf(lines)
  if (parts.length > 0) change(lines, pick(hand, parts), hand)
})
const outside = (lines: readonly string[], hand: Hand): number => {
  const parts = partsOf(lines)
  const free = lines.map((_, index) => index).filter((index) => !parts.some(({ first, last }) => index > first && index <= last))
  return free.length === 0 ? lines.length : pick(hand, free)
}

/** A table as a formatter aligns it. */
function aligned(rows: readonly string[]): string[] {
  const cells = rows.map((row) => row.trim().slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()))
  const widths = (cells[0] ?? []).map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)))
  return cells.map((row, index) => `| ${row.map((cell, column) => (index === 1 ? cell.replace(/-+/, '-'.repeat(Math.max(1, (widths[column] ?? 3) - cell.replace(/-+/, '').length))) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`)
}

/** What Prettier and its like do on save: tables aligned, other signs for bullets and emphasis, lines wrapped, empty lines around blocks. */
export function formatted(text: string, width = 60): string {
  const out: string[] = []
  let fenced = false
  let rows: string[] = []
  const flush = (): void => void out.push(...(rows.length > 1 ? aligned(rows) : rows).splice(0), ...(rows = []))
  for (const line of linesOf(text)) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced
    if (!fenced && /^\|.*\|\s*$/.test(line)) {
      rows.push(line)
      continue
    }
    flush()
    if (fenced || isMarker(line) || line.trim() === '' || /^\s*(```|~~~|#|>|<)/.test(line)) out.push(line, ...(!fenced && (isMarker(line) || line.startsWith('#')) ? [''] : []))
    else {
      const [, indent = '', sign = '', rest = line] = /^(\s*)([*+-] |\d+\. )?(.*)$/.exec(line) ?? []
      const words = rest.replace(/(?<![\w`])\*([^*`]+)\*(?![\w`])/g, '_$1_').split(/ (?=[\w(])/)
      let now = `${indent}${sign.replace(/[*+] /, '- ')}`
      for (const word of words) {
        if (now.length + word.length > width && now.trim() !== '' && !/`/.test(rest)) {
          out.push(now.trimEnd())
          now = `${indent}${' '.repeat(sign.length)}`
        }
        now += `${word} `
      }
      out.push(now.trimEnd())
    }
  }
  flush()
  return out.join('\n').replace(/\n{3,}/g, '\n\n')
}

/** What happens to a generated file, which holds no markers. */
export const fileEdits: Readonly<Record<string, (text: string, hand: Hand) => string | undefined>> = {
  'a line added': (text, hand) => `${text}# ${hand.said()}\n`,
  'a line first': (text, hand) => `// ${hand.said()}\n${text}`,
  'a line deleted': (text) => text.split('\n').slice(0, -2).join('\n'),
  deleted: () => undefined,
  CRLF: (text) => text.replace(/\r?\n/g, '\r\n'),
  'formatted on save': (text) => `${text.replace(/[ \t]+$/gm, '')}\n\n`,
  emptied: () => '',
}

/** What happens to the note of what was generated. */
export const ledgerEdits: readonly ((text: string) => string | undefined)[] = [
  () => undefined, () => 'nonsense', (text) => `<<<<<<< HEAD\n${text}=======\n{}\n>>>>>>> main\n`, (text) => text.replace(/\n/g, '\r\n'), (text) => text.replace(/[0-9a-f]{16}/, '0123456789abcdef'), (text) => text.split('\n').filter((_, index) => index % 2 === 0).join('\n'),
]

/** Everything by name, so that a failure says what was done. */
export const edits: Readonly<Record<string, Edit>> = {
  'prose outside': onLines((lines, hand) => void lines.splice(outside(lines, hand), 0, hand.said())),
  'a paragraph outside': onLines((lines, hand) => void lines.splice(outside(lines, hand), 0, '', `## ${hand.said()}`, '', hand.said(), '')),
  'prose at the end': (text, hand) => `${text}${hand.said()}`,
  'prose at the start': (text, hand) => `${hand.said()}\n${text}`,
  'a line inside a part': onPart((lines, { first, last }, hand) => void lines.splice(first + 1 + (hand.next() % (last - first)), 0, hand.said())),
  'a word inside a part': onPart((lines, { first, last }, hand) => {
    const at = first + 1 + (hand.next() % Math.max(1, last - first - 1))
    if (at < last) lines[at] += ` ${hand.said()}`
  }),
  'a cell in a table': onPart((lines, { first, last }, hand) => {
    const at = lines.findIndex((line, index) => index > first && index < last && line.startsWith('| '))
    if (at > 0) lines[at] = `${lines[at]} ${hand.said()} |`
  }),
  'words behind the begin marker': onPart((lines, { first }, hand) => void (lines[first] += ` ${hand.said()}`)),
  'words before the end marker': onPart((lines, { last }, hand) => void (lines[last] = `${hand.said()} ${lines[last]}`)),
  'a part deleted': onPart((lines, { first, last }) => void lines.splice(first, last - first + 1)),
  'the body of a part deleted': onPart((lines, { first, last }) => void lines.splice(first + 1, last - first - 1)),
  'a begin marker deleted': onPart((lines, { first }) => void lines.splice(first, 1)),
  'an end marker deleted': onPart((lines, { last }) => void lines.splice(last, 1)),
  'both markers deleted': onPart((lines, { first, last }) => void (lines.splice(last, 1), lines.splice(first, 1))),
  'a part moved': onPart((lines, { first, last }, hand) => {
    const part = lines.splice(first, last - first + 1)
    lines.splice(outside(lines, hand), 0, ...part)
  }),
  'a part twice': onPart((lines, { first, last }, hand) => void lines.splice(outside(lines, hand), 0, ...lines.slice(first, last + 1))),
  'a part of the other document': (text, hand, other) => {
    const from = linesOf(other)
    const parts = partsOf(from)
    if (parts.length === 0) return text
    const { first, last } = pick(hand, parts)
    const lines = linesOf(text)
    lines.splice(outside(lines, hand), 0, ...from.slice(first, last + 1))
    return lines.join('\n')
  },
  'another id in a marker': onPart((lines, { first }, hand) => void (lines[first] = (lines[first] ?? '').replace(/id=\S+/, `id=${pick(hand, ['x', 'sign-in', 'Ours', '../x', ''])}`))),
  'another hash in a marker': onPart((lines, { first }, hand) => void (lines[first] = (lines[first] ?? '').replace(/sha256=\S+/, `sha256=${pick(hand, ['0123456789abcdef', 'x', 'ABCDEF0123456789'])}`))),
  'a marker spaced otherwise': onPart((lines, { first, last }) => {
    lines[first] = (lines[first] ?? '').replace('<!-- ', '  <!--   ').replace(' -->', '-->')
    lines[last] = (lines[last] ?? '').replace(' -->', '   -->  ')
  }),
  CRLF: (text) => text.replace(/\r?\n/g, '\r\n'),
  LF: (text) => text.replace(/\r\n/g, '\n'),
  'mixed line ends': onLines((lines, hand) => void lines.forEach((line, index) => hand.next() % 3 === 0 && (lines[index] = `${line}\r`))),
  'a byte order mark': (text) => (text.startsWith('\uFEFF') ? text : `\uFEFF${text}`),
  'blank space at line ends': onLines((lines, hand) => void lines.forEach((line, index) => hand.next() % 4 === 0 && (lines[index] = `${line}  `))),
  'blank space taken away': (text) => text.replace(/[ \t]+(?=\r?\n)/g, ''),
  'no line break at the end': (text) => text.replace(/\s+$/, ''),
  'many line breaks at the end': (text) => `${text}\n\n\n`,
  'formatted on save': (text) => formatted(text),
  'formatted on save, wide': (text) => formatted(text, 100_000),
  'a fence that shows our markers': onLines((lines, hand) => void lines.splice(outside(lines, hand), 0, '', '````md', '```', '<!-- ops:begin id=sign-in sha256=0123456789abcdef -->', hand.said(), '<!-- ops:end id=sign-in -->', '```', '````', '')),
  'a fence inside a part that shows our markers': onPart((lines, { first }, hand) => void lines.splice(first + 1, 0, '```md', '<!-- ops:begin id=sign-in sha256=0123456789abcdef -->', hand.said(), '```')),
  'a fence that never closes': onLines((lines, hand) => void lines.splice(outside(lines, hand), 0, '```sh', hand.said())),
  'a merge that was not finished': onLines((lines, hand) => {
    const at = hand.next() % lines.length
    lines.splice(at, 0, '<<<<<<< HEAD', hand.said(), '=======', hand.said(), '>>>>>>> theirs')
  }),
  'a part in two versions': onPart((lines, { first, last }, hand) => void lines.splice(first, last - first + 1, '<<<<<<< HEAD', ...lines.slice(first, last + 1), '=======', ...lines.slice(first, last + 1).map((line) => (isMarker(line) ? line.replace(/sha256=\w+/, 'sha256=fedcba9876543210') : `${line} ${hand.said()}`)), '>>>>>>> theirs')),
  'everything deleted': () => '',
  'only blank space left': () => ' \n\n',
  'a quotation around a part': onPart((lines, { first, last }) => {
    for (let index = first; index <= last; index += 1) lines[index] = `> ${lines[index]}`
  }),
  'a part indented': onPart((lines, { first, last }) => {
    for (let index = first; index <= last; index += 1) lines[index] = `  ${lines[index]}`
  }),
}
