/** A piece of an expression. `name` was in double quotes, `text` in single ones; both are given without them. */
export type Token = { readonly kind: 'word' | 'name' | 'number' | 'text' | 'sign' | 'end', readonly text: string }

const tokenShape = /\s*(?:("(?:[^"]|"")+")|('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff$]*)|(<>|!=|<=|>=|\|\||::|[=<>+\-*/%(),]))/y

/** Splits an expression into its pieces, `end` last; calls `refuse` with what is none. */
export function readTokens(source: string, refuse: (found: string) => never): Token[] {
  const list: Token[] = []
  tokenShape.lastIndex = 0
  while (tokenShape.lastIndex < source.length && source.slice(tokenShape.lastIndex).trim() !== '') {
    const start = tokenShape.lastIndex
    const match = tokenShape.exec(source)
    if (match === null) return refuse(source.slice(start).trim().slice(0, 20))
    const [, name, text, number, word, sign] = match
    if (name !== undefined) list.push({ kind: 'name', text: name.slice(1, -1).replaceAll('""', '"') })
    else if (text !== undefined) list.push({ kind: 'text', text: text.slice(1, -1).replaceAll("''", "'") })
    else if (number !== undefined) list.push({ kind: 'number', text: number })
    else if (word !== undefined) list.push({ kind: 'word', text: word })
    else list.push({ kind: 'sign', text: sign as string })
  }
  return [...list, { kind: 'end', text: 'the end' }]
}
