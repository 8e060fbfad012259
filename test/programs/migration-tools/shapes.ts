import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { parsePlPgSQLSync, parseSync } from 'libpg-query'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { parseAst } from 'vitest/node'
import { python } from './python.ts'

/** What a text is to the language that reads it, without names and values; and the texts that it hands on. */
export interface Shape { readonly shape: string, readonly texts: readonly string[] }

const positions = new Set(['location', 'stmt_len', 'stmt_location', 'lineno', 'list_start', 'list_end', 'rexpr_list_start', 'rexpr_list_end'])
/** A tree without names, values and places. */
const bare = (node: unknown): unknown => {
  if (typeof node === 'string') return 's'
  if (Array.isArray(node)) return node.map(bare)
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(Object.entries(node).filter(([key]) => !positions.has(key)).map(([key, value]) => [key, bare(value)]))
}
interface Parsed { readonly stmts?: readonly { readonly stmt: { readonly DoStmt?: { readonly args: readonly { readonly DefElem: { readonly defname: string, readonly arg: { readonly String: { readonly sval: string } } } }[] }, readonly CreateFunctionStmt?: unknown }, readonly stmt_location?: number, readonly stmt_len?: number }[] }
/** PostgreSQL's own tree of a script, with those of its functions and blocks. */
export function pgShape(sql: string): Shape {
  // What undoes a file, and psql's own lines, are no part of it.
  const script = (sql.startsWith('-- migrate:up') ? sql.replace(/\n-- migrate:down[^]*/, '') : sql).replace(/(?<=^|\n)\\[^\n]*/g, '')
  const tree = parseSync(script) as Parsed
  const bytes = Buffer.from(script)
  const bodies = (tree.stmts ?? []).flatMap(({ stmt, stmt_location: from = 0, stmt_len: length }) => {
    const text = bytes.subarray(from, length === undefined ? undefined : from + length).toString()
    const block = stmt.DoStmt?.args.find(({ DefElem: { defname } }) => defname === 'as')?.DefElem.arg.String.sval
    const body = block !== undefined ? `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS '${block.replaceAll("'", "''")}'` : stmt.CreateFunctionStmt !== undefined && /LANGUAGE plpgsql/.test(text) ? text : undefined
    return body === undefined ? [] : [JSON.stringify(bare(parsePlPgSQLSync(body)))]
  })
  return { shape: JSON.stringify([bare(tree), bodies]), texts: [] }
}

/** Kinds of nodes in order; the words of strings and templates. */
export function scriptShape(text: string, typescript: boolean): Shape {
  const [kinds, texts]: [string[], string[]] = [[], []]
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit)
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return
    const { type, value, cooked } = node as { readonly type?: string, readonly value?: unknown, readonly cooked?: string }
    if (type !== undefined) kinds.push(type)
    if (type === 'Literal' && typeof value === 'string') texts.push(value)
    if (cooked !== undefined) texts.push(cooked)
    Object.values(node).forEach(visit)
  }
  visit(parseAst(typescript ? transformSync(text, { loader: 'ts' }).code : text))
  return { shape: kinds.join(), texts }
}

/** One process reads many texts. */
function read(program: string, words: readonly string[], texts: readonly string[]): readonly Shape[] {
  const done = spawnSync(program, words, { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1e9 })
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr.slice(-2000)}`)
  return JSON.parse(done.stdout) as readonly Shape[]
}
// SQLAlchemy says what its text() sends.
export const pythonShapes = (texts: readonly string[]): readonly Shape[] => read(python, ['-c', `
import ast, json, sys
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import psycopg2
class Bare(ast.NodeTransformer):
    def visit_Constant(self, node):
        found.append(node.value) if isinstance(node.value, str) else None
        return ast.copy_location(ast.Constant(type(node.value).__name__), node)
out = []
for source in json.load(sys.stdin):
    found = []
    tree = ast.dump(Bare().visit(ast.parse(source)))
    out.append({"shape": tree, "texts": [str(text(one).compile(dialect=psycopg2.dialect())).replace("%%", "%") if "from sqlalchemy import text" in source else one for one in found]})
json.dump(out, sys.stdout)`], texts)
export const rubyShapes = (texts: readonly string[]): readonly Shape[] => read('ruby', ['-rripper', '-rjson', '-e', `
puts JSON.generate(JSON.parse(STDIN.read).map { |source|
  raise source if Ripper.sexp(source).nil?
  lexed = Ripper.lex(source)
  { shape: lexed.map { |token| token[1] }.reject { |kind| [:on_tstring_content, :on_comment].include?(kind) }.join(','), texts: lexed.select { |token| token[1] == :on_tstring_content }.map { |token| token[2] } } })`], texts)
export const phpShapes = (texts: readonly string[]): readonly Shape[] => read('php', ['-r', `
echo json_encode(array_map(function ($source) {
  $tokens = token_get_all($source, TOKEN_PARSE);
  $texts = array_values(array_map(fn ($t) => $t[1], array_filter($tokens, fn ($t) => is_array($t) && $t[0] === T_ENCAPSED_AND_WHITESPACE)));
  return ['shape' => implode(',', array_map(fn ($t) => is_array($t) ? $t[0] : $t, array_filter($tokens, fn ($t) => !is_array($t) || $t[0] !== T_COMMENT))), 'texts' => $texts];
}, json_decode(stream_get_contents(STDIN))), JSON_INVALID_UTF8_SUBSTITUTE);`], texts)

/** C#: what stands outside the quoted texts, and those texts. That it compiles is asked of the compiler elsewhere. */
export function csharpShape(text: string): Shape {
  const texts: string[] = []
  return { shape: text.replace(/@"((?:[^"]|"")*)"/g, (_, inner: string) => { texts.push(inner.replaceAll('""', '"')); return '@' }).replace(/^\/\/.*$/gm, '').replace(/\w*_?[A-Z]\w*/g, 'N'), texts }
}

const quotes: Readonly<Record<string, RegExp>> = {
  mysql: /`(?:[^`]|``)*`|'(?:[^'\\]|''|\\[^])*'|"(?:[^"\\]|""|\\[^])*"|--[ \t][^\n]*|#[^\n]*|\/\*[^]*?\*\/|\/{2,}|[\w$\u0080-\uffff]+|\s+|[^]/g,
  sqlite: /"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|--[^\n]*|\/\*[^]*?\*\/|[\w$\u0080-\uffff]+|\s+|[^]/g,
  sqlserver: /\[(?:[^\]]|\]\])*\]|N?'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|[\w$@#\u0080-\uffff]+|\s+|[^]/g,
}
/** Tokens by the quoting rules of a server whose parser cannot be had: a name or a text is one token, whatever is in it. Throws for a quote that never ends. */
export function tokenShape(sql: string, database: string): Shape {
  const [kinds, texts]: [string[], string[]] = [[], []]
  // MySQL's texts with a backslash are spelled so that no setting of the server changes them.
  for (const [token] of sql.replace(/CONVERT\(0x[0-9a-f]+ USING utf8mb4\)/g, "'x'").matchAll(quotes[database === 'mariadb' ? 'mysql' : database] ?? /$/g)) {
    if (/^(--|#|\/\*|\s)/.test(token)) continue
    if (/^['"`[]$/.test(token) && !(database === 'sqlserver' && token === ']')) throw new Error(`a quote that never ends in:\n${sql}`)
    // A name may be quoted or not.
    kinds.push(/^(["`[]|\w)/.test(token) && !/^N?'/.test(token) ? 'w' : /^N?'/.test(token) ? "'" : token.startsWith('//') ? '//' : token)
    if (/^N?'/.test(token)) texts.push(token)
  }
  return { shape: kinds.join(' '), texts }
}

/** What a shell hands to the programs of a script: the words of each call. The programs are stand-ins. */
export function shellShape(text: string): Shape {
  const folder = mkdtempSync(join(tmpdir(), 'ops-shell-'))
  try {
    for (const name of ['pt-online-schema-change', 'gh-ost', 'mysql', 'mariadb', 'psql']) writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s' "${name}" >>"$SAID"; for word; do printf '\\001%s' "$word" >>"$SAID"; done; printf '\\002' >>"$SAID"\n`, { mode: 0o755 })
    writeFileSync(join(folder, 'script.sh'), text)
    const said = join(folder, 'said')
    writeFileSync(said, '')
    const done = spawnSync('sh', [join(folder, 'script.sh')], { cwd: folder, encoding: 'utf8', env: { PATH: `${folder}:/usr/bin:/bin`, SAID: said, DATABASE_NAME: 'shop', MYSQL_DEFAULTS_FILE: 'my.cnf', DATABASE_HOST: 'localhost', HOME: folder } })
    const calls = spawnSync('cat', [said], { encoding: 'utf8' }).stdout.split('\u0002').filter((call) => call !== '').map((call) => call.split('\u0001'))
    return { shape: `${done.status} ${calls.map((words) => `${words[0]}/${words.length}`).join(' ')}`, texts: calls.flat() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const markdown = unified().use(remarkParse).use(remarkGfm)
/** Kinds of blocks of a report. Words within them differ: a name is code or plain, and SQL that is too long is a sentence that names the files. */
export function markdownShape(text: string): Shape {
  const blocks = (node: { readonly type: string, readonly children?: readonly unknown[] }): string => (['paragraph', 'heading', 'tableCell', 'code', 'html'].includes(node.type) ? (node.type === 'code' ? 'paragraph' : node.type) : `${node.type}(${(node.children ?? []).map((child) => blocks(child as { type: string })).join(' ')})`)
  return { shape: blocks(markdown.parse(text) as never).replace(/(paragraph )+/g, 'paragraph '), texts: [] }
}
