import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { JSDOM } from 'jsdom'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

interface Vertex { readonly id: string, readonly text?: string, readonly type?: string }
interface FlowDb { getVertices(): Map<string, Vertex>, getEdges(): readonly unknown[], getSubGraphs(): readonly { readonly title: string }[] }
interface Mermaid { parse(text: string): Promise<unknown>, readonly mermaidAPI: { getDiagramFromText(text: string): Promise<{ readonly type: string, readonly db: FlowDb }> } }

/** What mermaid read. `unnamed` are nodes that only an edge mentions: the reader would see their id. */
export interface Diagram { readonly type: string, readonly nodes: number, readonly edges: number, readonly groups: number, readonly unnamed: readonly string[], readonly texts: readonly string[] }

let loaded: Promise<Mermaid> | undefined
/** Mermaid's own build for browsers, run in a window of jsdom. The tiny build has the parsers of the full one without mind maps, architecture diagrams and formulas, in 3 MB instead of 140. */
async function load(): Promise<Mermaid> {
  const dom = new JSDOM('', { runScripts: 'outside-only' })
  new Script(readFileSync(createRequire(import.meta.url).resolve('@mermaid-js/tiny'), 'utf8')).runInContext(dom.getInternalVMContext())
  const { mermaid } = dom.window as unknown as { mermaid: Mermaid }
  // The first parse() registers the kinds of diagram; getDiagramFromText is what parse() calls to read, and it also tells what was read.
  await mermaid.parse('flowchart LR\n  a')
  return mermaid
}

/** Mermaid's own spelling of an entity while it parses, as the character a reader sees. */
const shown = (text: string): string => text.replace(/ﬂ°°(\d+)¶ß/g, (_, point: string) => String.fromCodePoint(Number(point)))

const read = new Map<string, Promise<Diagram>>()
/** Reads a diagram with mermaid's parser, each text once. Rejects with mermaid's message when it is wrong. */
export function readDiagram(text: string): Promise<Diagram> {
  const diagram = read.get(text) ?? parse(text)
  read.set(text, diagram)
  return diagram
}

async function parse(text: string): Promise<Diagram> {
  const { mermaidAPI } = await (loaded ??= load())
  const { type, db } = await mermaidAPI.getDiagramFromText(text)
  const vertices = [...db.getVertices().values()]
  const groups = db.getSubGraphs()
  return {
    type, nodes: vertices.length, edges: db.getEdges().length, groups: groups.length,
    unnamed: vertices.filter(({ type: shape }) => shape === undefined).map(({ id }) => id),
    texts: [...groups.map(({ title }) => shown(title)), ...vertices.map(({ text: label }) => shown(label ?? ''))],
  }
}

/** Bodies of the mermaid blocks that a Markdown reader finds in a text. */
export const mermaidBlocks = (markdown: string): readonly string[] =>
  !markdown.includes('mermaid') ? [] : unified().use(remarkParse).parse(markdown).children.flatMap((node) => (node.type === 'code' && node.lang === 'mermaid' ? [node.value] : []))
