import { posix } from 'node:path'
import type { Document } from '../document.ts'
import { seen, withoutCode } from '../inline.ts'
import { rule, type Hit } from '../subject.ts'

const link = /(?<!\\)\[[^\][]{0,300}\]\(\s*<?([^()\s>]{1,500})>?(?:\s+"[^"]*")?\s*\)/g

/** Anchors of a document's headings, as GitHub makes them. */
function anchorsOf({ blocks, text }: Document): ReadonlySet<string> {
  const counts = new Map<string, number>()
  const anchors = new Set<string>()
  for (const { block } of blocks) {
    if (block.kind !== 'heading') continue
    const slug = seen(block.text).toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
    const count = counts.get(slug) ?? 0
    counts.set(slug, count + 1)
    anchors.add(count === 0 ? slug : `${slug}-${count}`)
  }
  for (const [, id] of text.matchAll(/<a\s+(?:id|name)="([\w-]{1,100})"/g)) if (id !== undefined) anchors.add(id)
  return anchors
}

/** Links that lead to no file of the project, or to no heading of these documents. */
export const brokenLink = rule({
  id: 'broken-link', severity: 'error',
  about: 'A link leads to a file or a heading that is not there.',
  expected: 'a link to something that exists', next: 'Correct the path, or write the file.',
  check: ({ documents, exists }) => {
    const anchors = new Map(documents.map((document) => [document.file, anchorsOf(document)]))
    return documents.flatMap(({ blocks, file }) => blocks.flatMap(({ block }) => {
      const lines = block.kind === 'table' ? block.rows.map(({ line, cells }) => ({ line, text: cells.join(' | ') })) : block.kind === 'paragraph' || block.kind === 'item' ? block.lines : []
      return lines.flatMap(({ line, text }) => [...withoutCode(text).matchAll(link)].flatMap(([, target = '']): readonly Hit[] => {
        if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(target)) return []
        let path: string
        try {
          path = decodeURI(target.replace(/[?#].*$/, ''))
        } catch {
          return [{ file, line, found: `the link ${target}`, expected: 'a path that can be read' }]
        }
        const anchor = target.includes('#') ? target.slice(target.indexOf('#') + 1).toLowerCase() : ''
        const to = path === '' ? file : path.startsWith('/') ? path.slice(1) : posix.normalize(posix.join(posix.dirname(file), path))
        // A generated file that was moved to its place is no fault of the document.
        const moved = /(?:^|\/)files\/(.+)$/.exec(to)?.[1]
        if (path !== '' && !exists(to) && moved !== undefined && exists(moved)) return [{ file, line, severity: 'info', found: `a link to ${path}, which is at ${moved} now`, expected: `a link to ${posix.relative(posix.dirname(file), moved)}` }]
        if (path !== '' && !exists(to)) return [{ file, line, found: `a link to ${path}, which is not there` }]
        const known = anchors.get(to)
        return anchor !== '' && known !== undefined && !known.has(anchor) ? [{ file, line, found: `a link to #${anchor}, and no such heading`, expected: 'the anchor of a heading' }] : []
      }))
    }))
  },
})
