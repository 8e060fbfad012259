/** `${{ … }}` in a text: the body and where the whole stands. */
export interface Fenced { readonly body: string, readonly index: number, readonly end: number }

/** Every expression of a text; quotes inside may hold braces. */
export function fencedIn(text: string): readonly Fenced[] {
  const found: Fenced[] = []
  for (let index = text.indexOf('${{'); index >= 0; index = text.indexOf('${{', index)) {
    let at = index + 3
    for (let quoted = false; at < text.length && (quoted || !text.startsWith('}}', at)); at += 1) if (text[at] === "'") quoted = !quoted
    if (at >= text.length) return found
    found.push({ body: text.slice(index + 3, at), index, end: at + 2 })
    index = at + 2
  }
  return found
}

const token = /\s*(?:('(?:[^']|'')*')|(\|\||&&|==|!=|<=|>=|[!<>()[\],.*])|(-?(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?))|([a-z_][\w-]*)|(\S))/giy

/** Functions whose result cannot carry the text of an argument. */
const answersOnly = new Set(['contains', 'startswith', 'endswith', 'hashfiles', 'success', 'failure', 'always', 'cancelled'])

/**
 * Contexts whose text an expression may give, in lower case, indexes as `*` or as the key they name: `github.event.commits.*.message`.
 * What is only compared gives no text. An expression that cannot be parsed gives every context that it names.
 */
export function textSources(body: string): readonly string[] {
  const tokens = [...body.matchAll(token)].map((match) => match[0].trim()).filter((word) => word !== '')
  let at = 0
  const take = (word: string): boolean => tokens[at] === word && (at += 1) > 0
  const must = (word: string): void => {
    if (!take(word)) throw new SyntaxError(word)
  }
  const either = (): string[] => {
    let sources = both()
    while (take('||')) sources = [...sources, ...both()]
    return sources
  }
  // Of `a && b` the text is b's: a is only seen when it is empty or false.
  const both = (): string[] => {
    let sources = compared()
    while (take('&&')) sources = compared()
    return sources
  }
  const compared = (): string[] => {
    let sources = single()
    while (['==', '!=', '<', '>', '<=', '>='].includes(tokens[at] ?? '')) {
      at += 1
      single()
      sources = []
    }
    return sources
  }
  const single = (): string[] => {
    if (take('!')) return single().slice(0, 0)
    if (take('(')) {
      const inner = either()
      must(')')
      return path(inner.length === 1 ? (inner[0] ?? '') : '', inner)
    }
    const word = tokens[at] ?? ''
    at += 1
    if (/^('|-?\d)/.test(word) || /^(true|false|null|nan|infinity)$/i.test(word)) return []
    if (!/^[a-z_]/i.test(word)) throw new SyntaxError(word)
    if (!take('(')) return path(word.toLowerCase(), [])
    const inside: string[] = []
    while (!take(')')) {
      inside.push(...either())
      if (!take(',') && tokens[at] !== ')') throw new SyntaxError(word)
    }
    const sources = answersOnly.has(word.toLowerCase()) ? [] : inside
    return path('', sources)
  }
  const path = (start: string, others: string[]): string[] => {
    let name = start
    for (;;) {
      if (take('.')) name = `${name}.${(tokens[at++] ?? '').toLowerCase()}`
      else if (take('[')) {
        const key = /^'([\w-]+)'$/.exec(tokens[at] ?? '')?.[1]
        if (take('*')) name = `${name}.*`
        else {
          either()
          name = `${name}.${key?.toLowerCase() ?? '*'}`
        }
        must(']')
      } else return start === '' ? others : [name]
    }
  }
  try {
    const sources = either()
    if (at < tokens.length) throw new SyntaxError(tokens[at])
    return [...new Set(sources)]
  } catch {
    return [...new Set([...body.matchAll(/\b(?:github|inputs|env|steps|needs|matrix|vars|secrets)(?:\.[\w*-]+)+/gi)].map(([name]) => name.toLowerCase()))]
  }
}
