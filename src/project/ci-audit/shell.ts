import type { TreeText } from './tree.ts'

/** One simple command of a script: its words without quotes, where it starts, and where its output goes. */
export interface Command {
  readonly words: readonly string[]
  /** The command as written, on one line. */
  readonly text: string
  readonly line: number
  /** What the output is piped into. */
  readonly pipedTo?: readonly string[]
  /** True when the output goes into a file. */
  readonly redirected: boolean
}

interface Open { words: string[], start: number, redirected: boolean, piped: boolean }

const maxScript = 100_000
/** Words before a command that do not change which program runs. */
const prefixes = new Set(['sudo', 'time', 'exec', 'command', 'then', 'do', 'else', 'if', 'while', '!', '{', '(', 'env', 'retry', '&'])

const heredoc = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/y

/** Words of a command without prefixes and assignments in front. */
function bare(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !prefixes.has(word) && !/^\w+=/.test(word) && !/^-[EnHS]+$/.test(word))
  return start < 0 ? [] : words.slice(start)
}

/** The command behind a pipe: the first that starts after the one in front has ended. */
function following<One extends { readonly start: number, readonly end: number }>(all: readonly One[], index: number): One | undefined {
  for (let at = index + 1; at < all.length; at += 1) if ((all[at] as One).start >= (all[index] as One).end) return all[at]
  return undefined
}

function split(script: TreeText): readonly Command[] {
  const text = script.value.slice(0, maxScript)
  const done: { words: readonly string[], start: number, end: number, redirected: boolean, intoNext: boolean }[] = []
  const ends: string[] = []
  const groups: number[] = []
  let open: Open = { words: [], start: -1, redirected: false, piped: false }
  let word: string | undefined
  const stack: Open[] = []
  const endWord = (): void => {
    if (word !== undefined) open.words.push(word)
    word = undefined
  }
  const endCommand = (at: number, intoNext = false): void => {
    endWord()
    // What is sent into a file or a pipe behind a group is what the commands inside it print.
    if (/^(\{|while|for|until|if)$/.test(open.words[0] ?? '')) groups.push(done.length)
    else if (/^(\}|done|fi)$/.test(open.words[0] ?? '')) {
      const from = groups.pop() ?? done.length
      if (open.redirected || intoNext) for (const inside of done.slice(from)) inside.redirected = true
    }
    if (open.words.length > 0) done.push({ words: open.words, start: open.start, end: at, redirected: open.redirected, intoNext })
    open = { words: [], start: -1, redirected: false, piped: intoNext }
  }
  const add = (part: string, at: number): void => {
    if (open.start < 0) open.start = at
    word = (word ?? '') + part
  }
  let quote = ''
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string
    if (quote === "'") {
      if (char === "'") quote = ''
      else add(char, at)
    } else if (char === '\\' && at + 1 < text.length) {
      if (text[at + 1] !== '\n') add(text[at + 1] as string, at)
      else if (quote === '') endWord()
      at += 1
    } else if (text.startsWith('$(', at) && !text.startsWith('$((', at)) {
      add('$()', at)
      // Inside a substitution quotes start anew; the outer command goes on after it.
      stack.push({ ...open, words: [...open.words, `${quote}\u0000${word ?? ''}`] })
      open = { words: [], start: -1, redirected: false, piped: false }
      word = undefined
      quote = ''
      at += 1
    } else if (char === ')' && quote === '' && stack.length > 0) {
      endCommand(at)
      open = stack.pop() as Open
      const [outer = '', kept = ''] = (open.words.pop() ?? '').split('\u0000')
      quote = outer
      word = kept
    } else if (quote === '"') {
      if (char === '"') quote = ''
      else add(char, at)
    } else if (char === '"' || char === "'") {
      add('', at)
      quote = char
    } else if (char === '#' && word === undefined) {
      const end = text.indexOf('\n', at)
      at = (end < 0 ? text.length : end) - 1
    } else if (char === '\n') {
      endCommand(at)
      for (const end of ends.splice(0)) {
        // The body of a here-document is data.
        const body = new RegExp(`^[ \\t]*${end}[ \\t]*$`, 'm')
        const rest = text.slice(at + 1)
        const found = body.exec(rest)
        at = found === null ? text.length : at + found.index + found[0].length
      }
    } else if (text.startsWith('<<<', at)) at += 2
    else if (char === '<' && text[at + 1] === '<') {
      heredoc.lastIndex = at
      const match = heredoc.exec(text)
      if (match !== null) {
        ends.push(match[2] as string)
        at += match[0].length - 1
      }
    } else if (char === '<' && text[at + 1] === '(') {
      endWord()
      add('<()', at)
      endWord()
      stack.push({ ...open, words: [...open.words, '\u0000'] })
      open = { words: [], start: -1, redirected: false, piped: false }
      at += 1
    } else if (char === '>') {
      if (text[at + 1] !== '&' && !/^\s*&?\d?>?\s*(\/dev\/stderr|&)/.test(text.slice(at, at + 14))) open.redirected = true
      endWord()
    } else if (char === '|' && text[at + 1] !== '|') endCommand(at, true)
    else if (char === ';' || char === '|' || (char === '&' && text[at + 1] === '&')) {
      endCommand(at)
      if (char !== ';') at += 1
    } else if (/\s/.test(char)) endWord()
    else add(char, at)
  }
  endCommand(text.length)
  while (stack.length > 0) {
    open = stack.pop() as Open
    const kept = (open.words.pop() ?? '').split('\u0000')[1]
    word = kept === '' ? undefined : kept
    endCommand(text.length)
  }
  done.sort((a, b) => a.start - b.start)
  return done.flatMap((one, index): readonly Command[] => {
    const words = bare(one.words)
    if (words.length === 0) return []
    const next = one.intoNext ? following(done, index) : undefined
    return [{ words, text: text.slice(one.start, Math.min(one.end, one.start + 400)).replace(/\s+/g, ' ').trim(), line: script.lineAt(one.start), redirected: one.redirected, ...(next === undefined ? {} : { pipedTo: bare(next.words) }) }]
  })
}

const known = new WeakMap<TreeText, readonly Command[]>()

/**
 * Splits a shell script into simple commands. A careful approximation for bash, sh and PowerShell: comments, quotes, continued lines
 * and the bodies of here-documents are understood; what stands in `$(…)` and backticks counts as commands of its own.
 */
export function commandsOf(script: TreeText): readonly Command[] {
  const commands = known.get(script) ?? split(script)
  known.set(script, commands)
  return commands
}
