import type { CiRuleId } from './ci-audit/rules.ts'
import type { DocumentRuleId } from './check/rules.ts'

/** How what a document says stands to what the repository holds. */
export const verdicts = ['implemented', 'partial', 'contradicted', 'absent', 'stronger', 'undecidable'] as const
export type Verdict = (typeof verdicts)[number]

/** Rules of the documents, those of the audit of CI files, and a CI file that could not be read. */
export type CheckRule = DocumentRuleId | CiRuleId | 'unreadable-ci-file'

/** One thing found in a deliverable or a CI file. `file` is relative to the project, `line` counts from 1. */
export interface CheckFinding {
  readonly rule: CheckRule
  readonly severity: 'error' | 'warning' | 'info'
  readonly file: string
  readonly line: number
  readonly found: string
  readonly expected: string
  readonly next: string
  /** The other place, where two places contradict each other. */
  readonly other?: { readonly file: string, readonly line: number }
  readonly verdict?: Verdict
}
