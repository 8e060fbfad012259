import { isSpoken } from '../core/errors.ts'
import type { CheckFinding } from './check-finding.ts'
import { checkPlaceholders } from './check-placeholders.ts'
import { checkSections } from './check-sections.ts'
import type { DeliverableSpec } from './deliverables.ts'
import { parseManaged, type ManagedPart } from './managed-parse.ts'

/** Managed parts of a document, or the finding that its markers are broken. */
function managedParts(text: string, file: string): { parts: readonly ManagedPart[], findings: readonly CheckFinding[] } {
  try {
    const parts = parseManaged(text, file).filter((piece) => piece.kind === 'part')
    const edited = parts.filter((part) => part.edited).map((part): CheckFinding => ({
      rule: 'edited-part', severity: 'info', file, line: part.firstLine, found: `part ${part.id} was changed by a person`, expected: 'the text as it was generated, or a decision to keep the change',
      next: 'It is kept on every run. Move the change outside the markers, or pin the decision in the profile, if the part should follow the profile again.',
    }))
    return { parts, findings: edited }
  } catch (error) {
    if (!isSpoken(error)) throw error
    const line = Number(/:(\d+)\./.exec(error.message)?.[1] ?? 1)
    const found = error.message.replace(/ Nothing was written\.$/, '')
    return { parts: [], findings: [{ rule: 'broken-marker', severity: 'error', file, line, found, expected: 'each part between one begin and one end marker', next: 'Mend the markers: no part of this document can be updated until then.' }] }
  }
}

/** Everything found in one document. Loads the Markdown parser on demand. */
export async function checkDocument(spec: DeliverableSpec, text: string, file: string): Promise<CheckFinding[]> {
  const { parseMarkdown } = await import('./markdown.ts')
  const { parts, findings } = managedParts(text, file)
  const tree = parseMarkdown(text.replace(/^\uFEFF/, ''))
  return [...findings, ...checkSections(spec, tree, parts, file), ...checkPlaceholders(tree, file)]
}
