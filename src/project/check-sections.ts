import type { CheckFinding } from './check-finding.ts'
import type { DeliverableSpec, RequiredSection } from './deliverables.ts'
import type { ManagedPart } from './managed-parse.ts'
import { textOf, type MarkdownNode } from './markdown-text.ts'

/** Where a section stands: the nodes of its body and the line of its heading or begin marker. */
interface Found { readonly line: number, readonly nodes: readonly MarkdownNode[] }

const lineOf = (node: MarkdownNode): number => node.position?.start.line ?? 1

/** The managed part with the section's id, else the first heading whose text names it, down to the next heading of its level. */
function findSection(section: RequiredSection, tree: MarkdownNode, parts: readonly ManagedPart[]): Found | undefined {
  const nodes = tree.children ?? []
  const part = parts.find(({ id }) => id === section.id)
  if (part !== undefined) return { line: part.firstLine, nodes: nodes.filter((node) => lineOf(node) > part.firstLine && lineOf(node) < part.lastLine) }
  const start = nodes.findIndex((node) => node.type === 'heading' && (node.depth ?? 1) > 1 && (textOf(node).trim().toLowerCase() === section.title.toLowerCase() || section.also.test(textOf(node))))
  const heading = nodes[start]
  if (heading === undefined) return undefined
  const end = nodes.findIndex((node, index) => index > start && node.type === 'heading' && (node.depth ?? 1) <= (heading.depth ?? 1))
  return { line: lineOf(heading), nodes: nodes.slice(start + 1, end < 0 ? undefined : end) }
}

const isContent = (node: MarkdownNode): boolean => node.type !== 'heading' && !(node.type === 'html' && /^\s*<!--[\s\S]*-->\s*$/.test(node.value ?? '')) && node.type !== 'thematicBreak' && (node.type === 'code' || node.type === 'table' || textOf(node).trim() !== '')

const tablesIn = (nodes: readonly MarkdownNode[]): MarkdownNode[] => nodes.flatMap((node) => (node.type === 'table' ? [node] : tablesIn(node.children ?? [])))

function checkTable(section: RequiredSection, columns: readonly string[], found: Found, file: string): CheckFinding[] {
  const tables = tablesIn(found.nodes)
  const headers = tables.map((table) => (table.children?.[0]?.children ?? []).map((cell) => textOf(cell).trim().toLowerCase()))
  const index = headers.findIndex((header) => columns.every((column) => header.includes(column.toLowerCase())))
  const expected = `a table with the columns ${columns.join(' | ')}`
  if (index < 0) {
    const nearest = tables[0]
    const missing = columns.filter((column) => !(headers[0] ?? []).includes(column.toLowerCase()))
    return [{ rule: 'missing-columns', severity: 'error', file, line: nearest === undefined ? found.line : lineOf(nearest), found: nearest === undefined ? `no table in ${section.title}` : `a table without ${missing.join(', ')}`, expected, next: 'Add the missing columns and fill them for every row.' }]
  }
  const table = tables[index] as MarkdownNode
  return (table.children ?? []).length > 1 ? [] : [{ rule: 'empty-table', severity: 'error', file, line: lineOf(table), found: `a table without rows in ${section.title}`, expected, next: 'Add a row for each one that applies.' }]
}

/** Sections that are missing or empty, and tables that lack what the deliverable promises. */
export function checkSections(spec: DeliverableSpec, tree: MarkdownNode, parts: readonly ManagedPart[], file: string): CheckFinding[] {
  return spec.sections.flatMap((section): CheckFinding[] => {
    const found = findSection(section, tree, parts)
    if (found === undefined && section.conditional && parts.length > 0) return []
    if (found === undefined) return [{ rule: 'missing-section', severity: section.conditional ? 'warning' : 'error', file, line: 1, found: `no section ${section.title}`, expected: `a section ${section.title} (part ${section.id})`, next: 'Write the section, or run the blueprint again to add it.' }]
    if (!found.nodes.some(isContent)) return [{ rule: 'empty-section', severity: 'error', file, line: found.line, found: `nothing under ${section.title}`, expected: 'at least one sentence', next: 'Say what holds here, or why it is not needed yet and when it will be.' }]
    return section.columns === undefined ? [] : checkTable(section, section.columns, found, file)
  })
}
