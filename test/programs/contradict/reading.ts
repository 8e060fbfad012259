/** A place in a document where a value stands. `line` counts from 0, `start` from the first sign of the line. */
export interface Occurrence {
  readonly kind: string
  /** What the value is about where there are several: an environment, a cost line. */
  readonly key: string
  /** As it is compared with the other places. */
  readonly value: string
  /** As it stands there. */
  readonly text: string
  readonly document: string
  readonly part: string
  readonly line: number
  readonly start: number
}

/** A line of a part with its number in the document. */
export interface PartLine { readonly line: number, readonly text: string }

/** One document as its generated parts; deliberately no Markdown parser: what we write has a fixed form, and this reads that form alone. */
export interface Reading { readonly document: string, readonly lines: readonly string[], readonly parts: ReadonlyMap<string, readonly PartLine[]> }

export function readDocument(document: string, text: string): Reading {
  const lines = text.split('\n')
  const parts = new Map<string, PartLine[]>()
  let open: PartLine[] | undefined
  lines.forEach((line, index) => {
    const begin = /^<!-- ops:begin id=(\S+) /.exec(line)?.[1]
    if (begin !== undefined) parts.set(begin, open = [])
    else if (line.startsWith('<!-- ops:end')) open = undefined
    else open?.push({ line: index, text: line })
  })
  return { document, lines, parts }
}

type Value = string | ((match: RegExpExecArray) => string | undefined)

/** What to look for: each named group of `pattern` in each line of a part is an occurrence of the kind of that name. */
export interface Look { readonly parts: readonly string[], readonly pattern: RegExp, readonly kind: string, readonly group?: number, readonly key?: Value, readonly value?: Value, readonly every?: boolean }

const asked = (value: Value | undefined, match: RegExpExecArray, otherwise: string): string | undefined => (value === undefined ? otherwise : typeof value === 'string' ? value : value(match))

/** Occurrences of one look in a document; `group` (1 where left out) is the place that holds the value. */
export function find(reading: Reading, { parts, pattern, kind, group = 1, key, value, every = true }: Look): readonly Occurrence[] {
  const searched = new RegExp(pattern.source, `${[...new Set([...pattern.flags, 'd', 'g'])].join('')}`)
  const found = parts.flatMap((part) => (reading.parts.get(part) ?? []).flatMap(({ line, text }): readonly Occurrence[] => [...text.matchAll(searched)].flatMap((match) => {
    const written = match[group]
    const place = match.indices?.[group]
    const about = asked(key, match, '')
    const said = written === undefined ? undefined : asked(value, match, written)
    return written === undefined || place === undefined || about === undefined || said === undefined ? [] : [{ kind, key: about, value: said, text: written, document: reading.document, part, line, start: place[0] }]
  })))
  return every ? found : found.slice(0, 1)
}

/** A cell of a table with where it stands. */
export interface Cell { readonly text: string, readonly line: number, readonly start: number }
export interface Row { readonly cells: readonly Cell[], readonly get: (head: string) => Cell | undefined }

/** Rows of all tables of a part. */
export function rowsOf(reading: Reading, part: string): readonly Row[] {
  let header: readonly string[] = []
  return (reading.parts.get(part) ?? []).flatMap(({ line, text }, index, all): readonly Row[] => {
    if (!text.startsWith('|')) return []
    if (/^\|( -+ \|)+$/.test(text)) return []
    const cells: Cell[] = []
    let at = 1
    for (const piece of text.slice(1, text.endsWith('|') ? -1 : undefined).split(/(?<!\\)\|/)) {
      cells.push({ text: piece.trim(), line, start: at + (piece.length - piece.trimStart().length) })
      at += piece.length + 1
    }
    if (/^\|( -+ \|)+$/.test(all[index + 1]?.text ?? '')) {
      header = cells.map((cell) => cell.text)
      return []
    }
    const heads = header
    return [{ cells, get: (head) => cells[heads.indexOf(head)] }]
  })
}

/** An occurrence made of a whole cell, or of a piece of it. */
export function inCell(reading: Reading, part: string, kind: string, key: string, cell: Cell | undefined, piece?: string, value?: string): readonly Occurrence[] {
  const at = cell === undefined ? -1 : piece === undefined ? 0 : cell.text.indexOf(piece)
  if (cell === undefined || at < 0 || cell.text === '') return []
  const text = piece ?? cell.text
  return [{ kind, key, value: value ?? text, text, document: reading.document, part, line: cell.line, start: cell.start + at }]
}

/** The document with other words at the place of an occurrence. */
export function replaced(reading: Reading, { line, start, text }: Occurrence, by: string): string {
  return reading.lines.map((each, index) => (index === line ? `${each.slice(0, start)}${by}${each.slice(start + text.length)}` : each)).join('\n')
}
