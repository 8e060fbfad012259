import type { Judgement } from '../drift.ts'
import type { Subject } from '../subject.ts'

/** The main branch of the documents, against the one that the clone names and those that pipelines start on. */
export function branchJudgements({ stands, repository }: Subject): readonly Judgement[] {
  const said = stands.filter(({ kind }) => kind === 'main-branch')
  const stand = said.find(({ weight }) => weight === 'statement') ?? said[0]
  if (stand === undefined || repository === null) return []
  const found = repository.detection.evidence.filter(({ field }) => field === 'defaultBranch')
  const claim = { ...stand, value: stand.values.join(', ') }
  const same = found.find(({ value }) => stand.values.includes(String(value)))
  const [first] = found
  if (same !== undefined || first === undefined) return [{ claim, verdict: same === undefined ? 'undecidable' : 'implemented', evidence: same ?? null, found: `main branch ${stand.said}` }]
  return [{ claim, verdict: 'contradicted', evidence: first, found: `main branch ${stand.said}, but ${first.value} in ${first.file}:${first.line}`, shown: `${first.value}, or pipelines that start on ${stand.said}` }]
}
