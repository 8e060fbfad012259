import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { MarkdownNode } from './markdown-text.ts'

/**
 * Parses GitHub-flavoured Markdown. This file is the only one that loads a Markdown parser at run time: import it with
 * `await import('./markdown.ts')`, so that the heavy code is a bundle of its own.
 */
export const parseMarkdown = (text: string): MarkdownNode => unified().use(remarkParse).use(remarkGfm).parse(text) as MarkdownNode
