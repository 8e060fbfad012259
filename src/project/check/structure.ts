import { isSpoken } from '../../core/errors.ts'
import type { CheckFinding } from '../check-finding.ts'
import type { DeliverableSpec } from '../deliverables.ts'
import { parseManaged, type ManagedPart } from '../managed-parse.ts'
import { unfinishedMerges } from '../merge-conflict.ts'
import { readDocument, type Document } from './document.ts'
import { checkPlaceholders } from './structure/placeholders.ts'
import { checkSections } from './structure/sections.ts'

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

/** Where a merge of two branches was left unfinished: each reader would see both versions. */
const mergeConflicts = (text: string, file: string): CheckFinding[] => unfinishedMerges(text).map((line) => ({
  rule: 'merge-conflict', severity: 'error', file, line, found: 'a merge that was not finished', expected: 'one version of the text', next: 'Keep one of the two versions and delete the lines of <<<<<<<, ======= and >>>>>>>.',
}))

/** One document read, with what is wrong with its structure. */
export function checkStructure(spec: DeliverableSpec, text: string, file: string): { readonly document: Document, readonly findings: readonly CheckFinding[] } {
  const { parts, findings } = managedParts(text, file)
  const document = readDocument(spec, text, file, parts)
  return { document, findings: [...findings, ...mergeConflicts(text, file), ...checkSections(document), ...checkPlaceholders(document)] }
}
