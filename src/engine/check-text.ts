import { blocks, bullets, code, plain } from '../core/markdown.ts'
import { counted } from '../core/words.ts'
import type { CheckReport } from '../project/check.ts'
import { verdicts, type CheckFinding } from '../project/check-finding.ts'

const severities = ['error', 'warning', 'info'] as const
const titles: Readonly<Record<CheckFinding['severity'], string>> = { error: 'Errors', warning: 'Warnings', info: 'For your information' }

/** Findings with the worst first; within a severity they keep their order, by place. */
export const worstFirst = (findings: readonly CheckFinding[]): readonly CheckFinding[] => findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))

/** How often each verdict was given; those that were not are left out. */
export const verdictCounts = ({ judged }: CheckReport): Readonly<Record<string, number>> => Object.fromEntries(verdicts.map((verdict) => [verdict, judged.filter((each) => each.verdict === verdict).length] as const).filter(([, count]) => count > 0))

/** The same in words; empty where the repository was not asked. */
export function verdictLine(report: CheckReport): string {
  const counts = Object.entries(verdictCounts(report)).map(([verdict, count]) => `${count} ${verdict}`)
  return counts.length === 0 ? '' : `Documents against the repository: ${counts.join(', ')}.`
}

const readLine = ({ documents, ciFiles }: CheckReport): string => `Read ${counted(documents.length, 'document')} and ${counted(ciFiles.length, 'CI file')}.`

/** Text of a user's file for a terminal: one line, nothing that moves the cursor or turns the direction of writing. */
const safe = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ')

/** For people: grouped, worst first, each with its place, what was found, what was expected and what to do. No markup. */
export function shellText(report: CheckReport, notes: readonly string[]): string {
  const findings = worstFirst(report.findings)
  const groups = severities.flatMap((severity) => {
    const group = findings.filter((finding) => finding.severity === severity)
    if (group.length === 0) return []
    return [[`${titles[severity]} (${group.length})`, ...group.map(({ rule, file, line, found, expected, next }) => [`  ${safe(file)}:${line}  ${rule}`, `    found:    ${safe(found)}`, `    expected: ${safe(expected)}`, `    next:     ${safe(next)}`].join('\n'))].join('\n\n')]
  })
  const totals = severities.map((severity) => counted(findings.filter((finding) => finding.severity === severity).length, severity === 'info' ? 'note' : severity)).join(', ')
  return blocks(readLine(report), ...groups, findings.length === 0 ? 'Nothing to report.' : totals, verdictLine(report), ...notes.map(safe))
}

/** For a model, as Markdown: what fits, and how many more there are. */
export const answerText = (report: CheckReport, shown: readonly CheckFinding[], more: number, notes: readonly string[]): string => blocks(
  `${readLine(report)} ${report.findings.length === 0 ? 'Nothing to report.' : `${counted(report.findings.length, 'finding')}:`}`,
  bullets(shown.map(({ rule, severity, file, line: at, found, expected, next }) => `${severity} ${code(`${file}:${at}`)} (${rule}): found ${plain(found)}; expected ${expected}. ${next}`)),
  more > 0 && `And ${more} more, less urgent. Mend these, then check again.`,
  verdictLine(report), ...notes,
)
