import type { DeliverableSpec } from '../deliverables.ts'
import type { ManagedPart } from '../managed-parse.ts'
import { readBlocks, type Block } from './blocks.ts'
import { seen } from './inline.ts'

/** A block with the sections it stands in: ids of the deliverable's sections, of managed parts, and of the kinds of text below. `opens` marks a paragraph that names its section itself. */
export interface Placed { readonly block: Block, readonly sections: ReadonlySet<string>, readonly headings: readonly string[], readonly opens?: true }

/** One deliverable, read. `parts` are its managed parts; empty when it has none or its markers are broken. */
export interface Document {
  readonly spec: DeliverableSpec
  readonly file: string
  readonly text: string
  readonly parts: readonly ManagedPart[]
  readonly blocks: readonly Placed[]
}

/** Headings below which nothing is said to be in use: what was weighed, refused, left for later, or only cited. */
const apart: readonly (readonly [id: string, heading: RegExp])[] = [
  ['not-yet', /\bnot (yet|now|doing|in scope)\b|\bleft out\b|\bdeferred\b|\bpostponed\b|\bparked\b|\bbacklog\b|\blater\b|\bfuture\b|\broadmap\b|\bnext steps\b|\bout of scope\b|\bnon-?goals\b|\bskipped\b/i],
  ['weighed', /\brejected\b|\balternatives?\b|\bconsidered\b|\bruled out\b|\boptions\b|\bcomparison\b|\btrade-?offs?\b|\bexit\b|\bhistory\b|\bchange ?log\b|\bprevious(ly)?\b|\bopen questions?\b|\brisks we accept/i],
  ['sources', /^sources\b|\breferences\b|\bfurther reading\b|\blinks\b/i],
  ['conflicts', /\bconflicts?\b/i],
  ['assumptions', /\bassum(ed|ptions?)\b/i],
]
/** Sections that a document may have, where no marker names them. */
const optional: readonly (readonly [id: string, heading: RegExp])[] = [
  ['summary', /^[^\p{L}]*(?:in short|summary|at a glance|overview)$/iu],
  ['cost', /^[^\p{L}]*(?:(?:monthly|estimated|running) )?costs?(?: estimate| breakdown)?$/iu],
]
/** Managed parts in which nothing is decided. */
const asideParts: readonly string[] = ['conflicts', 'assumptions', 'not-yet', 'sources', 'files', 'weighed', 'migration-plan']

function sectionsOf(headings: readonly string[], part: ManagedPart | undefined, spec: DeliverableSpec): ReadonlySet<string> {
  const ids = new Set<string>(part === undefined ? [] : [part.id])
  for (const title of headings) {
    for (const [id, pattern] of apart) if (pattern.test(title)) ids.add(id)
    if (part === undefined) for (const [id, pattern] of optional) if (pattern.test(title)) ids.add(id)
    if (part === undefined) for (const section of spec.sections) if (title.toLowerCase() === section.title.toLowerCase() || section.also.test(title)) ids.add(section.id)
  }
  return ids
}

/** A paragraph that begins with its subject, `Logs: ...` or `**Logs.** ...`, which people write in the place of a heading. */
const titled = /^(?:\*\*(\p{L}[\p{L}\d ,&/-]{1,40}?)(?:([.:])\*\*|\*\*:)|(\p{Lu}[\p{L} &/-]{1,30}):)\s+/u

/** The block with its subject as one more heading, where that names a section and no heading does. */
function placedByWord(block: Block, headings: readonly string[], spec: DeliverableSpec): Placed | undefined {
  if (block.kind !== 'paragraph') return undefined
  const [first, ...rest] = block.lines
  const match = titled.exec(first?.text ?? '')
  const word = match?.[1] ?? match?.[3]
  if (match === null || first === undefined || word === undefined) return undefined
  const sections = sectionsOf([word], undefined, spec)
  const lines = match[2] === '.' ? [{ line: first.line, text: first.text.slice(match[0].length) }, ...rest] : block.lines
  return sections.size === 0 ? undefined : { block: { ...block, lines }, sections, headings: [...headings, word], opens: true }
}

/** True for text in which products are named that are not in use. */
export const isAside = (sections: ReadonlySet<string>): boolean => asideParts.some((id) => sections.has(id))

/** Reads a deliverable into blocks, each with the sections it belongs to. The title (level 1) names no section. */
export function readDocument(spec: DeliverableSpec, text: string, file: string, parts: readonly ManagedPart[]): Document {
  const stack: { readonly depth: number, readonly title: string }[] = []
  const blocks: Placed[] = []
  let part = 0
  for (const block of readBlocks(text.replace(/^\uFEFF/, ''))) {
    if (block.kind === 'heading') {
      while ((stack.at(-1)?.depth ?? 0) >= block.depth) stack.pop()
      stack.push({ depth: block.depth, title: seen(block.text) })
    }
    while (part < parts.length && (parts[part]?.lastLine ?? 0) < block.line) part += 1
    const within = parts[part] !== undefined && block.line > (parts[part]?.firstLine ?? 0) ? parts[part] : undefined
    const headings = stack.filter(({ depth }) => depth > 1).map(({ title }) => title)
    const sections = sectionsOf(headings, within, spec)
    blocks.push((within === undefined && sections.size === 0 ? placedByWord(block, headings, spec) : undefined) ?? { block, sections, headings })
  }
  return { spec, file, text, parts, blocks }
}
