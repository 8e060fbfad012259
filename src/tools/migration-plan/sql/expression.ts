import { InputError } from '../../../core/errors.ts'
import { postgresDialect, type Dialect } from './dialect.ts'
import { readTokens, type Token } from './tokens.ts'

/** A checked SQL expression: only columns, constants, a few functions and operators can be in it. */
export interface Expression {
  /** Prints it with every column behind `prefix` (`NEW.`, `t.` or nothing). */
  readonly print: (prefix: string) => string
  /** Columns it reads, sorted. */
  readonly columns: readonly string[]
}

type Node = (prefix: string) => string

const functions = ['abs', 'btrim', 'ceil', 'char_length', 'coalesce', 'date_trunc', 'floor', 'greatest', 'least', 'left', 'length', 'lower', 'ltrim', 'mod', 'now', 'nullif', 'replace', 'right', 'round', 'rtrim', 'split_part', 'substr', 'trim', 'upper']
/** Give another value each time they are called. */
const volatileFunctions = ['clock_timestamp', 'gen_random_uuid', 'random', 'uuidv4', 'uuidv7']
const castable = ['text', 'integer', 'bigint', 'smallint', 'numeric', 'boolean', 'date', 'timestamp', 'timestamptz', 'uuid', 'jsonb', 'double precision']
const maxDepth = 30
/** Reads an expression a person wrote; with `volatile` it may call what gives another value each time. Bare words are columns in lower case, as in PostgreSQL. Throws InputError naming `field` and the part not understood. */
export function readExpression(source: string, field = 'expression', { volatile = false, dialect = postgresDialect }: { readonly volatile?: boolean, readonly dialect?: Dialect } = {}): Expression {
  const own = dialect.functions
  const callable = own !== undefined ? Object.keys(own) : volatile ? [...functions, ...volatileFunctions] : functions
  const refuse = (found: string): never => {
    throw new InputError(`Unexpected ${field} at ${JSON.stringify(found)}, expected columns, constants, = <> < > + - * / ||, and, or, not, is null, in, between, like, ::type and the functions ${callable.join(', ')}${own === undefined ? ", and interval '1 day'" : ''}. Simplify it, or write this step by hand.`)
  }
  const [list, columns] = [readTokens(source, refuse), new Set<string>()]
  let at = 0
  const [peek, next] = [(): Token => list[at] as Token, (): Token => list[at++] as Token]
  const isWord = (text: string): boolean => peek().kind === 'word' && peek().text.toLowerCase() === text
  const isSign = (...signs: readonly string[]): boolean => peek().kind === 'sign' && signs.includes(peek().text)
  const take = (test: boolean): boolean => {
    if (test) at += 1
    return test
  }
  const expect = (sign: string): void => {
    if (!take(isSign(sign))) refuse(peek().text)
  }
  const expectWord = (word: string): void => {
    if (!take(isWord(word))) refuse(peek().text)
  }
  const column = (name: string): Node => {
    const quoted = dialect.quoteName(name, `column in ${field}`)
    columns.add(name)
    return (prefix) => `${prefix}${quoted}`
  }
  const lengthOf = (time: string): Node => (/^[\w +:.-]{1,60}$/.test(time) ? () => `interval ${dialect.quoteText(time)}` : refuse(time))
  const listOf = (depth: number): Node => {
    const items = [either(depth)]
    while (take(isSign(','))) items.push(either(depth))
    expect(')')
    return (prefix) => items.map((item) => item(prefix)).join(', ')
  }
  const primary = (depth: number): Node => {
    if (depth > maxDepth) refuse('too many parentheses')
    const token = next()
    if (token.kind === 'number') return () => token.text
    if (token.kind === 'text') return () => dialect.quoteText(token.text)
    if (token.kind === 'name') return column(token.text)
    if (token.kind === 'sign' && token.text === '(') {
      const inner = either(depth + 1)
      expect(')')
      return inner
    }
    if (token.kind === 'sign' && token.text === '-') {
      const inner = cast(depth + 1)
      return (prefix) => `(- ${inner(prefix)})`
    }
    if (token.kind !== 'word') return refuse(token.text)
    const word = token.text.toLowerCase()
    if (['true', 'false', 'null', 'current_date', 'current_timestamp'].includes(word)) return () => dialect.constant(word.toUpperCase())
    if (word === 'interval' && own === undefined && peek().kind === 'text') return lengthOf(next().text)
    if (!take(isSign('('))) return ['and', 'or', 'not', 'is', 'in', 'between', 'like', 'select', 'case'].includes(word) ? refuse(token.text) : column(word)
    if (!callable.includes(word)) return refuse(`${token.text}(`)
    const called = own?.[word] ?? word
    if (take(isSign(')'))) return () => `${called}()`
    const args = listOf(depth + 1)
    return (prefix) => `${called}(${args(prefix)})`
  }
  const cast = (depth: number): Node => {
    let value = primary(depth)
    while (take(isSign('::'))) {
      let type = next().text.toLowerCase()
      if (type === 'double') { expectWord('precision'); type = 'double precision' }
      if (type === 'int') type = 'integer'
      if (!castable.includes(type) || dialect.cast('', type) === undefined) refuse(`::${type}`)
      const inner = value
      value = (prefix) => dialect.cast(inner(prefix), type) as string
    }
    return value
  }
  const chain = (operand: (depth: number) => Node, ...signs: readonly string[]) => (depth: number): Node => {
    let left = operand(depth)
    while (isSign(...signs)) {
      const [sign, before, after] = [next().text, left, operand(depth)]
      left = (prefix) => (sign === '||' ? dialect.join(before(prefix), after(prefix)) : `(${before(prefix)} ${sign} ${after(prefix)})`)
    }
    return left
  }
  const product = chain(cast, '*', '/', '%')
  const sum = chain(product, '+', '-', '||')
  const comparison = (depth: number): Node => {
    const left = sum(depth)
    if (isSign('=', '<>', '!=', '<', '<=', '>', '>=')) {
      const [sign, right] = [next().text, sum(depth)]
      return (prefix) => `(${left(prefix)} ${sign} ${right(prefix)})`
    }
    if (take(isWord('is'))) {
      const negated = take(isWord('not'))
      expectWord('null')
      return (prefix) => `(${left(prefix)} IS ${negated ? 'NOT ' : ''}NULL)`
    }
    const not = take(isWord('not')) ? 'NOT ' : ''
    if (take(isWord('in'))) {
      expect('(')
      const items = listOf(depth + 1)
      return (prefix) => `(${left(prefix)} ${not}IN (${items(prefix)}))`
    }
    if (take(isWord('like'))) {
      const pattern = sum(depth)
      return (prefix) => `(${left(prefix)} ${not}LIKE ${pattern(prefix)})`
    }
    if (take(isWord('between'))) {
      const low = sum(depth)
      expectWord('and')
      const high = sum(depth)
      return (prefix) => `(${left(prefix)} ${not}BETWEEN ${low(prefix)} AND ${high(prefix)})`
    }
    return not === '' ? left : refuse(peek().text)
  }
  const negation = (depth: number): Node => {
    if (depth > maxDepth) refuse('too many nested conditions')
    if (!take(isWord('not'))) return comparison(depth)
    const inner = negation(depth + 1)
    return (prefix) => `(NOT ${inner(prefix)})`
  }
  const joined = (operand: (depth: number) => Node, word: 'and' | 'or') => (depth: number): Node => {
    let left = operand(depth)
    while (take(isWord(word))) {
      const [before, after] = [left, operand(depth)]
      left = (prefix) => `(${before(prefix)} ${word.toUpperCase()} ${after(prefix)})`
    }
    return left
  }
  const all = joined(negation, 'and')
  const either: (depth: number) => Node = joined(all, 'or')
  const print = either(0)
  if (peek().kind !== 'end') refuse(peek().text)
  return { print, columns: [...columns].sort() }
}
