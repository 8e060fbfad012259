import type { CheckFinding } from '../check-finding.ts'

const shown = 3
const clip = (text: string): string => (text.length > 70 ? `${text.slice(0, 67)}...` : text)

/** Several findings of one rule as one: how many, and the first places. */
function joined(group: readonly CheckFinding[]): CheckFinding {
  const [first] = group as [CheckFinding, ...CheckFinding[]]
  if (group.length === 1) return first
  const files = new Set(group.map(({ file }) => file)).size
  const places = group.slice(0, shown).map(({ found, file, line }) => `${clip(found)} (${files === 1 ? 'line ' : `${file}:`}${line})`)
  return { ...first, found: `${group.length} places${files === 1 ? '' : ` in ${files} files`}: ${places.join('; ')}${group.length > shown ? `; and ${group.length - shown} more` : ''}` }
}

/** One finding for each rule in a file; information is joined over all files. Keeps the order of what comes first. */
export function groupFindings(findings: readonly CheckFinding[]): readonly CheckFinding[] {
  const groups = new Map<string, CheckFinding[]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.severity, finding.expected, finding.severity === 'info' ? '' : finding.file])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [finding])
    else group.push(finding)
  }
  return [...groups.values()].map(joined)
}
