/** What is used of a Markdown syntax tree (mdast). */
export interface MarkdownNode {
  readonly type: string
  readonly children?: readonly MarkdownNode[]
  readonly value?: string
  readonly depth?: number
  readonly position?: { readonly start: { readonly line: number }, readonly end: { readonly line: number } }
}

/** All text below a node, without markup. */
export const textOf = (node: MarkdownNode): string => node.value ?? (node.children ?? []).map(textOf).join('')
