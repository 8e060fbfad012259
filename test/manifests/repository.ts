import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { parse } from 'yaml'

/** The folder of this repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')
export const readJson = (path: string): Record<string, unknown> => JSON.parse(read(path)) as Record<string, unknown>

/** Base names of the slash commands, without `.md`, sorted. */
export const commandNames = (): string[] => readdirSync(join(root, 'commands')).filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -3)).sort()

/** Front matter of a Markdown file as values and as the lines they were written in. Throws when there is none. */
export function frontMatter(path: string): { readonly values: Record<string, unknown>, readonly lines: readonly string[], readonly body: string } {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(read(path))
  if (match === null) throw new Error(`${path} has no front matter`)
  return { values: parse(match[1] as string) as Record<string, unknown>, lines: (match[1] as string).split('\n'), body: match[2] as string }
}

interface Node { readonly type: string, readonly url?: string, readonly children?: readonly Node[] }

const linksOf = (node: Node): string[] => [...(node.url === undefined ? [] : [node.url]), ...(node.children ?? []).flatMap(linksOf)]

/** Links and images of a Markdown file, as written. */
export const links = (path: string): string[] => linksOf(unified().use(remarkParse).use(remarkGfm).parse(read(path)) as Node)

/** Relative links that lead nowhere, or out of the repository. */
export function deadLinks(path: string): string[] {
  return links(path).filter((url) => !/^[a-z]+:|^#/.test(url)).filter((url) => {
    const target = resolve(root, dirname(path), decodeURI(url.replace(/#.*$/, '')))
    return !target.startsWith(resolve(root)) || !existsSync(target) || (url.endsWith('/') && !statSync(target).isDirectory())
  })
}

/** Rows of the first GFM table under a heading, the header left out; cells as plain Markdown. Throws when there is no such table. */
export function tableUnder(path: string, heading: string): string[][] {
  const lines = read(path).split('\n')
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading)
  if (from === -1) throw new Error(`${path} has no heading "${heading}"`)
  const next = lines.findIndex((line, at) => at > from && /^#+ /.test(line))
  const rows = lines.slice(from, next === -1 ? undefined : next).filter((line) => line.startsWith('|'))
  if (rows.length < 3) throw new Error(`${path} has no table under "${heading}"`)
  return rows.slice(2).map((row) => row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()))
}

/** Ids in inline code within a cell. */
export const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string)
