import type { CheckFinding } from '../check-finding.ts'
import { objectiveArithmetic } from './rules/arithmetic.ts'
import { contradiction } from './rules/contradiction.ts'
import { missingControl } from './rules/controls.ts'
import { costArithmetic } from './rules/costs.ts'
import { brokenDiagram } from './rules/diagrams.ts'
import { drift } from './rules/drift.ts'
import { endOfLife } from './rules/end-of-life.ts'
import { houseRule } from './rules/house-rules.ts'
import { brokenLink } from './rules/links.ts'
import { overEngineered } from './rules/over-engineered.ts'
import { realData } from './rules/real-data.ts'
import { contradictsRecord } from './rules/record.ts'
import { repeatedRow } from './rules/repeated.ts'
import { secretValue } from './rules/secrets.ts'
import { staleFact } from './rules/stale.ts'
import { missingVariables } from './rules/variables.ts'
import type { DocumentRule, Subject } from './subject.ts'

/** Every rule that looks at all documents together. A new one is a file and a line here. */
export const documentRules = [
  brokenDiagram, brokenLink, contradiction, contradictsRecord, costArithmetic, drift, endOfLife, houseRule, missingControl, missingVariables, objectiveArithmetic, overEngineered, realData, repeatedRow, secretValue, staleFact,
] as const satisfies readonly DocumentRule[]

/** Rules about the structure of one document; they live where it is read. */
export const structureRules = ['missing-document', 'missing-section', 'empty-section', 'placeholder', 'broken-marker', 'merge-conflict', 'edited-part', 'missing-columns', 'empty-table', 'empty-cell'] as const

export type DocumentRuleId = (typeof documentRules)[number]['id'] | (typeof structureRules)[number]

/** All findings of the rules, each once. */
export function applyRules(subject: Subject): readonly CheckFinding[] {
  const seen = new Set<string>()
  return documentRules.flatMap(({ id, severity, expected, next, check }) => check(subject).map((hit): CheckFinding => ({ rule: id, severity, expected, next, ...hit })))
    .filter((finding) => {
      const key = JSON.stringify([finding.rule, finding.file, finding.line, finding.found])
      return !seen.has(key) && seen.add(key)
    })
}
