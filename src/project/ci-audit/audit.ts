import type { CheckFinding } from '../check-finding.ts'
import type { AuditFacts } from './model.ts'
import { readCiFile } from './read.ts'
import { ciRules } from './rules.ts'
import { isSilenced } from './suppress.ts'

const severities = ['error', 'warning', 'info'] as const

/** A user's words on one line of bounded length. */
const short = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > 120 ? `${flat.slice(0, 117)}...` : flat
}

/**
 * Security findings in CI files, one for each place, sorted by severity, file, line and rule. Paths are relative to the project and say
 * which provider reads the file; files of no known provider are passed over. Never throws on what a file holds.
 */
export function auditCiFiles(files: readonly { readonly path: string, readonly text: string }[], facts: AuditFacts): readonly CheckFinding[] {
  const findings: CheckFinding[] = []
  for (const { path, text } of files) {
    const { file, fault } = readCiFile(path, text) ?? {}
    // A file with a doubled key is audited, and some providers take it.
    if (fault !== undefined) findings.push({ rule: 'unreadable-ci-file', severity: file === undefined ? 'error' : 'warning', file: path, line: fault.line, found: fault.problem, expected: 'a pipeline that can be read', next: file === undefined ? 'Mend the file: it was not checked.' : 'Keep one of the two: readers disagree on which one counts.' })
    if (file === undefined) continue
    for (const rule of ciRules) {
      for (const hit of rule.check(file, facts)) {
        if (isSilenced(file, rule.id, hit)) continue
        findings.push({ rule: rule.id, severity: hit.severity ?? rule.severity, file: path, line: hit.line, found: short(hit.found), expected: hit.expected ?? rule.expected, next: hit.next ?? rule.next })
      }
    }
  }
  const seen = new Set<string>()
  return findings
    .filter((finding) => !seen.has(JSON.stringify(finding)) && seen.add(JSON.stringify(finding)))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || (a.rule < b.rule ? -1 : 1)))
}
