import type { MarkdownNode } from '../../project/markdown-text.ts'
import { textOf } from '../../project/markdown-text.ts'
import { html, join, none, type Html } from './html.ts'
import { table } from './table.ts'

/** Parses Markdown; the real one is loaded on demand. */
export type Parse = (text: string) => MarkdownNode

interface Node extends MarkdownNode {
  readonly children?: readonly Node[]
  readonly url?: string
  readonly alt?: string | null
  readonly lang?: string | null
  readonly ordered?: boolean | null
  readonly checked?: boolean | null
}

interface Options {
  /** Caption of tables. */
  readonly title: string
  /** Leaves tables out, where the page draws one from the data. */
  readonly withoutTables?: boolean
}

const within = (node: Node, options: Options): Html => join((node.children ?? []).map((child) => element(child, options)), '')

/** A link that somebody wrote as one. An address that only looks like one stays text, because a user may have typed it. */
function link(node: Node, options: Options): Html {
  const said = textOf(node)
  const url = node.url ?? ''
  const literal = [said, `http://${said}`, `mailto:${said}`].includes(url)
  return literal || !/^https:\/\//.test(url) ? within(node, options) : html`<a href="${url}" rel="noreferrer">${within(node, options)}</a>`
}

function item(node: Node, options: Options): Html {
  // A lone paragraph needs no element of its own in a list.
  const inner = (node.children ?? []).map((child) => (child.type === 'paragraph' ? within(child, options) : element(child, options)))
  return html`<li>${typeof node.checked === 'boolean' && html`<span class="tick" aria-hidden="true">${node.checked ? '☑' : '☐'}</span>`}${join(inner, ' ')}</li>`
}

function grid(node: Node, options: Options): Html {
  const [head, ...rows] = (node.children ?? []).map((row) => (row.children ?? []).map((cell) => within(cell, options)))
  return head === undefined ? none : table(options.title, head, rows, 'said')
}

function element(node: Node, options: Options): Html {
  switch (node.type) {
    case 'paragraph': return html`<p>${within(node, options)}</p>`
    case 'heading': return html`<h4>${within(node, options)}</h4>`
    case 'strong': return html`<strong>${within(node, options)}</strong>`
    case 'emphasis': return html`<em>${within(node, options)}</em>`
    case 'delete': return html`<del>${within(node, options)}</del>`
    case 'inlineCode': return html`<code>${node.value}</code>`
    // Diagrams are drawn from the data they were made of.
    case 'code': return node.lang === 'mermaid' ? none : html`<pre><code>${node.value}</code></pre>`
    case 'list': return node.ordered === true ? html`<ol>${within(node, options)}</ol>` : html`<ul${(node.children ?? []).some(({ checked }) => typeof checked === 'boolean') && html` class="tasks"`}>${within(node, options)}</ul>`
    case 'listItem': return item(node, options)
    case 'table': return options.withoutTables === true ? none : grid(node, options)
    case 'blockquote': return html`<blockquote>${within(node, options)}</blockquote>`
    case 'link': return link(node, options)
    case 'image': return html`${node.alt}`
    case 'break': return html`<br>`
    case 'thematicBreak': return none
    // Markup that somebody typed is shown as what it is: text.
    default: return node.value === undefined ? within(node, options) : html`${node.value}`
  }
}

/** Markdown as HTML; markup inside it stays text. */
export const prose = (parse: Parse, markdown: string, options: Options): Html => element(parse(markdown) as Node, options)

/** Markdown of one paragraph, without the paragraph. */
export function inline(parse: Parse, markdown: string): Html {
  if (!/[\\`*_[\]<&~!|:]|www\.|^\s*([-+#>]|\d+[.)])/.test(markdown)) return html`${markdown}`
  const root = parse(markdown) as Node
  const [only] = root.children ?? []
  return root.children?.length === 1 && only?.type === 'paragraph' ? within(only, { title: '' }) : html`${textOf(root)}`
}
