import type { CiRuleId } from './ci-audit/rules.ts'

export const checkRules = ['missing-document', 'missing-section', 'empty-section', 'placeholder', 'broken-marker', 'edited-part', 'missing-columns', 'empty-table'] as const
/** Rules of the documents, those of the audit of CI files, and a CI file that could not be read. */
export type CheckRule = (typeof checkRules)[number] | CiRuleId | 'unreadable-ci-file'

/** One thing found in a deliverable or a CI file. `file` is relative to the project, `line` counts from 1. */
export interface CheckFinding {
  readonly rule: CheckRule
  readonly severity: 'error' | 'warning' | 'info'
  readonly file: string
  readonly line: number
  readonly found: string
  readonly expected: string
  readonly next: string
}
