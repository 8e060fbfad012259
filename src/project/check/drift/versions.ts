import { agrees } from '../../detect/agree.ts'
import type { Judgement } from '../drift.ts'
import type { Subject } from '../subject.ts'

/** Names that detection gives runtimes, by sheet id. */
const detected: Readonly<Record<string, string>> = { nodejs: 'node', python: 'python', java: 'java', dotnet: 'dotnet', ruby: 'ruby', php: 'php', go: 'go' }

/** Versions that documents name, against those that the repository pins or asks for. */
export function versionJudgements({ stands, repository }: Subject): readonly Judgement[] {
  return stands.filter(({ kind, key }) => kind === 'runtime' && key in detected).flatMap((stand): readonly Judgement[] => {
    const field = `runtimeVersions.${detected[stand.key]}`
    const found = repository?.detection.evidence.filter((item) => item.field === field) ?? []
    const claim = { ...stand, value: stand.values.join(', ') }
    const fits = (value: string): boolean => stand.values.some((said) => agrees(field, said, value) || agrees(field, value, said))
    const other = found.find(({ value }) => !fits(String(value)))
    if (other !== undefined) return [{ claim, verdict: found.some(({ value }) => fits(String(value))) ? 'partial' : 'contradicted', evidence: other, found: `${stand.said}, but ${other.value} in ${other.file}:${other.line}`, shown: `the version that ${other.file} names, or that file changed` }]
    const [same] = found
    return [{ claim, verdict: same === undefined ? 'undecidable' : 'implemented', evidence: same ?? null, found: stand.said }]
  })
}
