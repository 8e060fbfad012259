import type { Judgement } from '../drift.ts'
import type { Subject } from '../subject.ts'

/** Variables of `.env.example` against the table that lists them, both ways. */
export function variableJudgements({ claims, repository }: Subject): readonly Judgement[] {
  const listed = claims.filter(({ kind }) => kind === 'variable')
  const example = repository?.detection.evidence.filter(({ field }) => field === 'variables') ?? []
  const [first] = listed
  if (first === undefined || example.length === 0) return []
  const [file] = example
  const named = new Set(example.map(({ value }) => String(value)))
  const lacking = listed.filter(({ key }) => !named.has(key))
  const waiting = repository?.waiting?.evidence.some(({ field }) => field === 'variables') === true
  const unlisted = example.filter(({ value }) => !listed.some(({ key }) => key === value)).map((evidence): Judgement => ({
    claim: { ...first, value: String(evidence.value) }, verdict: 'partial', evidence,
    found: `no variable ${evidence.value}, which ${evidence.file}:${evidence.line} names`, shown: `a row for ${evidence.value}`, next: 'Add it to the table, or take it out of the example file.',
  }))
  const [missing] = lacking
  if (missing === undefined) return unlisted
  const names = lacking.map(({ key }) => key)
  return [...unlisted, { claim: missing, verdict: waiting ? 'undecidable' : 'absent', evidence: file ?? null, found: `${names.slice(0, 6).join(', ')}${names.length > 6 ? ` and ${names.length - 6} more` : ''}, not in ${file?.file}`, shown: 'the same names in both', next: 'Add the names to the example file, without values.' }]
}
