import type { Line } from './blocks.ts'

/** What is wrong with a diagram, on which line. */
export interface Fault { readonly line: number, readonly problem: string }

/** First words of every kind of diagram that mermaid draws. */
const kinds = /^(?:flowchart(?:-elk)?|graph|sequenceDiagram|classDiagram(?:-v2)?|stateDiagram(?:-v2)?|erDiagram|journey|gantt|pie|quadrantChart|requirementDiagram|gitGraph|C4(?:Context|Container|Component|Dynamic|Deployment)|mindmap|timeline|sankey(?:-beta)?|xychart(?:-beta)?|block(?:-beta)?|packet(?:-beta)?|kanban|architecture(?:-beta)?|radar-beta|treemap(?:-beta)?|zenuml|info)\b/
const pairs: Readonly<Record<string, string>> = { ']': '[', ')': '(', '}': '{' }
const names: Readonly<Record<string, string>> = { '[': 'square bracket', '(': 'bracket', '{': 'brace' }
/** Arrows and lines of a flowchart, with a text between the dashes or not. */
const link = /\s*(?:<|[xo](?=-))?(?:--+|==+|-\.+-|~~~+)(?:[>xo](?=\s|$|\||[\w("[{])|(?=\s|\||$))/
const afterLink = /^\s*(?:\|[^|]*\|)?\s*/

/** Text of labels taken out, so that what is left is structure. Returns the problem where a quote never closes. */
function withoutLabels(text: string): { readonly rest: string, readonly open: boolean } {
  const rest = text.replace(/"[^"]*"/g, '""')
  return { rest, open: (rest.match(/"/g) ?? []).length % 2 === 1 }
}

/** Brackets of one line that do not pair up. Asymmetric shapes end in another bracket than they begin: `>text]`, `[/text\]`. */
function bracketFault(rest: string): string | undefined {
  const open: string[] = []
  for (const sign of rest.replace(/(^|[\w\s&])>(?=[^\]>|]*\])/g, '$1[')) {
    if ('[({'.includes(sign)) open.push(sign)
    else if (sign in pairs) {
      const last = open.pop()
      if (last !== pairs[sign]) return last === undefined ? `a closing ${names[pairs[sign] ?? ''] ?? 'bracket'} too many` : `a ${names[last]} closed by ${sign}`
    }
  }
  const left = open.at(-1)
  return left === undefined ? undefined : `a ${names[left]} that is never closed`
}

const shape = /(?:\[\[.*?\]\]|\[\(.*?\)\]|\(\(\(?.*?\)\)\)?|\(\[.*?\]\)|\{\{.*?\}\}|\[.*?\]|\(.*?\)|\{.*?\}|>.*?\]|@\{.*?\})/
const node = new RegExp(`^\\s*(?:\\w+@)?[\\p{L}\\d_][\\p{L}\\d_.:/-]*?(?:${shape.source})?(?::::[\\w-]+)?(?:\\s*&\\s*[\\p{L}\\d_][\\p{L}\\d_.:/-]*?(?:${shape.source})?)*\\s*;?\\s*$`, 'u')
const statement = /^\s*(?:subgraph\b|end\b|direction\b|classDef\b|class\b|style\b|linkStyle\b|click\b|accTitle|accDescr|%%|title\b)/

/** Parts of a flowchart line between its links; a text on a link (`-- text -->`) is no part. */
function partsOf(rest: string): readonly string[] {
  return rest
    .replace(/-\.(?![-.>])[^-=>|.]+\.-+(?=>?)/g, '-.-')
    .replace(/(--|==|-\.)\s+(?!\s*>)[^-=>|]+?\s+(-->|---|--x|--o|==>|===|\.->|\.-)/g, '$2')
    .replace(/(?<![-.])\.+-(?=>?)/g, '-.-').split(new RegExp(link.source, 'g')).map((part) => part.replace(afterLink, ''))
}

function flowchartFaults(body: readonly Line[]): readonly Fault[] {
  const faults: Fault[] = []
  const groups: number[] = []
  for (const { line, text } of body) {
    if (text.trim() === '' || /^\s*%%/.test(text)) continue
    const { rest, open } = withoutLabels(text)
    if (open) faults.push({ line, problem: 'a quote that is never closed' })
    else {
      const brackets = bracketFault(rest)
      if (brackets !== undefined) faults.push({ line, problem: brackets })
      else if (/^\s*subgraph\b/.test(rest)) groups.push(line)
      else if (/^\s*end\s*;?\s*$/.test(rest)) {
        if (groups.pop() === undefined) faults.push({ line, problem: 'an end without a subgraph' })
      } else if (/(?:^|[\s&>])end(?=\s*(?:$|[[({&]|--|==|-\.))/.test(rest.replace(/"[^"]*"/g, ''))) faults.push({ line, problem: 'a node called end, which is a word of the language' })
      else if (!statement.test(rest)) {
        const parts = rest.split(';').filter((piece) => piece.trim() !== '').flatMap(partsOf)
        if (/(?<![-=~.<xo])(?:->|=>)(?!>)/.test(rest.replace(/-\.+->|--+>|==+>/g, ''))) faults.push({ line, problem: 'an arrow that flowcharts do not know; they write -->' })
        else if (parts.some((part) => part.trim() === '')) faults.push({ line, problem: 'an arrow that lacks a node on one side' })
        else if (parts.some((part) => !node.test(part))) faults.push({ line, problem: `text that is neither a node nor an arrow: ${parts.find((part) => !node.test(part))?.trim().slice(0, 40)}` })
      }
    }
  }
  for (const line of groups) faults.push({ line, problem: 'a subgraph without an end' })
  return faults
}

/** Messages that name nobody on one side. */
function sequenceFaults(body: readonly Line[]): readonly Fault[] {
  const open: number[] = []
  const faults = body.flatMap(({ line, text }): readonly Fault[] => {
    const words = text.trim()
    if (/^(?:loop|alt|opt|par|critical|break|rect|box)\b/.test(words)) open.push(line)
    if (/^end\b/.test(words) && open.pop() === undefined) return [{ line, problem: 'an end without a block' }]
    const message = /^(.*?)(?:<<)?(?:-->>|->>|-->|->|--x|-x|--\)|-\))[+-]?(.*)$/.exec(words)
    if (message === null || /^(?:note|title|%%|participant|actor)/i.test(words)) return []
    if ((message[1] ?? '').trim() === '' || (message[2] ?? '').split(':')[0]?.trim() === '') return [{ line, problem: 'a message that lacks a side' }]
    return (message[2] ?? '').includes(':') ? [] : [{ line, problem: 'a message without a text: put a colon and words behind it' }]
  })
  return [...faults, ...open.map((line) => ({ line, problem: 'a block without an end' }))]
}

/**
 * Faults in a mermaid diagram: no or an unknown kind, open quotes, brackets and groups, arrows to nowhere. It reads less than mermaid
 * does, so what it reports is wrong, and what it passes may still fail there.
 */
export function diagramFaults(body: readonly Line[], at: number): readonly Fault[] {
  // Front matter and directives come before the kind.
  let from = 0
  if (/^---\s*$/.test(body[0]?.text ?? '')) from = Math.max(0, body.findIndex(({ text }, index) => index > 0 && /^---\s*$/.test(text)) + 1)
  const start = body.findIndex(({ text }, index) => index >= from && text.trim() !== '' && !/^\s*%%/.test(text))
  const head = body[start]
  if (head === undefined) return [{ line: at, problem: 'an empty diagram' }]
  const kind = kinds.exec(head.text.trim())?.[0]
  if (kind === undefined) return [{ line: head.line, problem: `a kind of diagram that does not exist: ${head.text.trim().split(/\s/)[0]?.slice(0, 40)}` }]
  const rest = body.slice(start + 1)
  if (kind.startsWith('flowchart') || kind === 'graph') {
    const direction = head.text.trim().slice(kind.length).trim().replace(/;.*$/, '')
    return [...(direction === '' || /^(?:TB|TD|BT|RL|LR|[<>^v])$/.test(direction) ? [] : [{ line: head.line, problem: `a direction that does not exist: ${direction.slice(0, 20)}` }]), ...flowchartFaults(rest)]
  }
  return kind === 'sequenceDiagram' ? sequenceFaults(rest) : []
}
