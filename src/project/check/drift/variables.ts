import type { Evidence } from '../../detect/findings.ts'
import type { Claim } from '../claim.ts'
import type { Judgement } from '../drift.ts'
import type { Subject } from '../subject.ts'

const names = (evidence: readonly Evidence[]): readonly Evidence[] => evidence.filter(({ field }) => field === 'variables')

/** Variables of the table against the generated example file that waits beside the documents: both were written by one run. */
function waitingJudgements(listed: readonly Claim[], waiting: readonly Evidence[]): readonly Judgement[] {
  const [file] = waiting
  const lacking = listed.filter(({ key }) => !waiting.some(({ value }) => value === key))
  const unlisted = waiting.filter(({ value }) => !listed.some(({ key }) => key === value))
  const [first] = listed
  const [missing, ...more] = lacking
  if (file === undefined || first === undefined || unlisted.length === 0) return []
  const path = `files/${file.file}`
  const [other, ...others] = unlisted
  // One on each side: the same variable under two names.
  if (missing !== undefined && other !== undefined && more.length + others.length === 0) return [{ claim: missing, verdict: 'partial', evidence: null, found: `variable ${missing.key}, where ${path} has ${other.value}`, shown: 'one name in both', next: 'Correct the one that is wrong, or run the blueprint again.' }]
  return unlisted.map(({ value }): Judgement => ({ claim: { ...first, value: String(value) }, verdict: 'partial', evidence: null, found: `no variable ${value}, which ${path} names`, shown: `a row for ${value}`, next: 'Add it to the table, or run the blueprint again.' }))
}

/** Variables of `.env.example` against the table that lists them, both ways. */
export function variableJudgements({ claims, repository }: Subject): readonly Judgement[] {
  const listed = claims.filter(({ kind }) => kind === 'variable')
  const example = names(repository?.detection.evidence ?? [])
  const [first] = listed
  if (first === undefined || example.length === 0) return waitingJudgements(listed, names(repository?.waiting?.evidence ?? []))
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
  const all = lacking.map(({ key }) => key)
  return [...unlisted, { claim: missing, verdict: waiting ? 'undecidable' : 'absent', evidence: file ?? null, found: `${all.slice(0, 6).join(', ')}${all.length > 6 ? ` and ${all.length - 6} more` : ''}, not in ${file?.file}`, shown: 'the same names in both', next: 'Add the names to the example file, without values.' }]
}
