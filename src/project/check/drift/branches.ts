import type { Judgement } from '../drift.ts'
import type { Subject } from '../subject.ts'

const named = /^\s*(?:-\s*|branches:\s*\[?\s*)["']?(main|master|trunk)["']?\b/

/** The main branch of the documents, against the branches that workflows start on. */
export function branchJudgements({ stands, repository }: Subject): readonly Judgement[] {
  const said = stands.filter(({ kind }) => kind === 'main-branch')
  const stand = said.find(({ weight }) => weight === 'statement') ?? said[0]
  if (stand === undefined || repository === null) return []
  const found = repository.files.paths.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)).flatMap((file) => (repository.files.text(file) ?? '').split('\n').flatMap((text, index) => {
    const branch = named.exec(text)?.[1]
    return branch === undefined ? [] : [{ file, line: index + 1, branch }]
  }))
  const claim = { ...stand, value: stand.values.join(', ') }
  const same = found.find(({ branch }) => stand.values.includes(branch))
  const [first] = found
  if (same !== undefined || first === undefined) return [{ claim, verdict: same === undefined ? 'undecidable' : 'implemented', evidence: same ?? null, found: `main branch ${stand.said}` }]
  return [{ claim, verdict: 'contradicted', evidence: first, found: `main branch ${stand.said}, but ${first.branch} in ${first.file}:${first.line}`, shown: `${first.branch}, or workflows that start on ${stand.said}` }]
}
