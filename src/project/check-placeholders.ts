import type { CheckFinding } from './check-finding.ts'
import type { MarkdownNode } from './markdown-text.ts'

const inText = /\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\blorem ipsum\b|\[(?:insert|your|add|fill in)\b[^\]]*\]|\{\{\s*[\w .-]+\s*\}\}|<(?:insert|your|add|fill in)\b[^>]*>/i
/** Upper-case words are placeholders only as written: "todo list" is a product. */
const upperCase = /^(TODO|TBD|TBC|FIXME|XXX)$/
/** Tags people use on purpose in Markdown; any other lone tag is a slot somebody forgot to fill. */
const knownTags = new Set(['a', 'abbr', 'b', 'blockquote', 'br', 'code', 'dd', 'del', 'details', 'div', 'dl', 'dt', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'picture', 'pre', 's', 'small', 'source', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'u', 'ul', 'var', 'video'])

function placeholderIn(node: MarkdownNode): string | undefined {
  const value = node.value ?? ''
  if (node.type === 'text') {
    for (const match of value.matchAll(new RegExp(inText.source, 'gi'))) {
      const word = match[0]
      if (/^(todo|tbd|tbc|fixme|xxx)$/i.test(word) && !upperCase.test(word)) continue
      return word
    }
    return undefined
  }
  if (node.type !== 'html' || /^\s*<!--/.test(value)) return undefined
  const tag = /^<([a-z][\w.-]*)(?:\s[^<>]*)?>/i.exec(value)
  return tag !== null && !knownTags.has((tag[1] ?? '').toLowerCase()) ? tag[0] : undefined
}

/** Text that somebody meant to replace. Code is not looked at: `<id>` in a command is how commands are documented. */
export function checkPlaceholders(tree: MarkdownNode, file: string): CheckFinding[] {
  const findings: CheckFinding[] = []
  const visit = (node: MarkdownNode): void => {
    const word = placeholderIn(node)
    if (word !== undefined) {
      const line = (node.position?.start.line ?? 1) + ((node.value ?? '').split(word)[0]?.split('\n').length ?? 1) - 1
      findings.push({ rule: 'placeholder', severity: 'error', file, line, found: word.slice(0, 60), expected: 'the finished text', next: 'Replace it with what holds for this project, or delete the sentence.' })
    }
    for (const child of node.children ?? []) visit(child)
  }
  visit(tree)
  return findings
}
