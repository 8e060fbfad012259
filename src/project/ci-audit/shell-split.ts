/** A command as it stands in the script; `start` and `end` are places in its text, `intoNext` says that it is piped. */
export interface Part { readonly words: readonly string[], readonly start: number, readonly end: number, redirected: boolean, readonly intoNext: boolean }

interface Open { words: string[], start: number, redirected: boolean, isTarget?: boolean }

const heredoc = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/y

/**
 * Splits a script into simple commands, in no order. Comments, quotes, continued lines and the bodies of here-documents are understood;
 * what stands in `$(…)` and `<(…)` counts as commands of its own.
 */
export function splitScript(text: string): readonly Part[] {
  const done: Part[] = []
  const ends: string[] = []
  const groups: number[] = []
  let open: Open = { words: [], start: -1, redirected: false }
  let word: string | undefined
  const stack: Open[] = []
  /** The next word names a file that output goes to or input comes from. */
  let isTarget = false
  const endWord = (): void => {
    if (word !== undefined && !isTarget) open.words.push(word)
    if (word !== undefined) isTarget = false
    word = undefined
  }
  const endCommand = (at: number, intoNext = false): void => {
    endWord()
    isTarget = false
    // What is sent into a file or a pipe behind a group is what the commands inside it print.
    if (/^(\{|while|for|until|if)$/.test(open.words[0] ?? '')) groups.push(done.length)
    else if (/^(\}|done|fi)$/.test(open.words[0] ?? '')) {
      const from = groups.pop() ?? done.length
      if (open.redirected || intoNext) for (const inside of done.slice(from)) inside.redirected = true
    }
    if (open.words.length > 0) done.push({ words: open.words, start: open.start, end: at, redirected: open.redirected, intoNext })
    open = { words: [], start: -1, redirected: false }
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
      stack.push({ ...open, words: [...open.words, `${quote}\u0000${word ?? ''}`], isTarget })
      isTarget = false
      open = { words: [], start: -1, redirected: false }
      word = undefined
      quote = ''
      at += 1
    } else if (char === ')' && quote === '' && stack.length > 0) {
      endCommand(at)
      open = stack.pop() as Open
      isTarget = open.isTarget === true
      const [outer = '', kept = ''] = (open.words.pop() ?? '').split('\u0000')
      quote = outer
      word = kept === '' ? undefined : kept
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
      open = { words: [], start: -1, redirected: false }
      at += 1
    } else if (char === '>') {
      // `2>` sends away errors, `>&2` and /dev/stderr still show.
      const isErrors = word === '2'
      if (/^[\d&]$/.test(word ?? '')) word = undefined
      if (!isErrors && !/^>+\s*(&|\/dev\/(stderr|stdout|tty))/.test(text.slice(at, at + 16))) open.redirected = true
      endWord()
      if (text[at + 1] === '>' || text[at + 1] === '|') at += 1
      if (text[at + 1] === '&') at += 1
      isTarget = true
    } else if (char === '<') {
      endWord()
      isTarget = true
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
  return done
}
