import { extname } from 'node:path'
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { jsonMeaning, meaningOf } from './managed-meaning.ts'

/** A node without its layout; how a scalar is quoted does not count, that it is quoted does. */
function nodeText(node: unknown): string {
  const { tag = '', anchor = '' } = (node ?? {}) as { readonly tag?: string, readonly anchor?: string }
  const mark = tag + (anchor === '' ? '' : `&${anchor}`)
  if (isMap(node)) return `${mark}{${node.items.map(({ key, value }) => `${nodeText(key)}:${nodeText(value)}`).join()}}`
  if (isSeq(node)) return `${mark}[${node.items.map(nodeText).join()}]`
  if (isAlias(node)) return `*${node.source}`
  if (!isScalar(node)) return ''
  const { type = '', source = '', value } = node
  return mark + (type.startsWith('QUOTE') ? JSON.stringify(value) : type.startsWith('BLOCK') ? `|${JSON.stringify(value)}` : source)
}

/** YAML as its values in order, and its comments. */
function yamlMeaning(text: string): string {
  const documents = parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent', prettyErrors: false })
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return text
  const comments = text.split('\n').flatMap((line) => /(?:^|\s)(#.*)$/.exec(line)?.[1]?.trim() ?? [])
  return [...documents.map(({ contents }) => nodeText(contents)), ...comments].join('\n')
}

/** Without the brackets around the whole body of an arrow function, which formatters take away: `=> (a ?? b)`. */
function withoutArrowBrackets(text: string): string {
  let out = text
  for (const { index } of [...text.matchAll(/=>\s*\(/g)].reverse()) {
    const open = out.indexOf('(', index)
    let depth = 0
    let close = open
    do depth += out[close] === '(' ? 1 : out[close] === ')' ? -1 : 0
    while (depth > 0 && ++close < out.length && close - open < 5_000)
    if (depth === 0 && /^\s*(?:$|[,;)}\]])|^[ \t]*\n(?!\s*(?:[.?:+&|-]|[*/](?![/*])))/.test(out.slice(close + 1, close + 80))) out = `${out.slice(0, open)} ${out.slice(open + 1, close)}${out.slice(close + 1)}`
  }
  return out
}

/** Code as its words and signs: line breaks, indentation, commas, semicolons and the kind of quotes are what formatters change. */
const codeMeaning = (text: string): string => (withoutArrowBrackets(text).replace(/=\s*\|(?!\|)/g, '=').replace(/\((\w+)\)(?=\s*=>)/g, '$1').replace(/\((await [\w.]+\([^()]*\))\)/g, '$1').match(/[\w$]+|[^\w$\s,;'"]/g) ?? []).join(' ')

const kinds: Readonly<Record<string, (text: string) => string>> = { '.json': jsonMeaning, '.yml': yamlMeaning, '.yaml': yamlMeaning, '.md': meaningOf, ...Object.fromEntries(['.ts', '.tsx', '.js', '.mjs', '.cjs', '.css', '.scss'].map((kind) => [kind, codeMeaning])) }

/** No generated file is as long; a person's own file of that name may be, and is compared as it stands. */
const maxChars = 60_000

/** What a generated file says, without what an editor changes that formats on save. Files that no formatter of a web project knows keep every character but line ends. */
export function fileMeaning(path: string, text: string): string {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').replace(/\n+$/, '')
  return plain.length > maxChars ? plain : (kinds[extname(path)] ?? ((same) => same))(plain)
}
