import { areCompatible, type Stand } from '../claim.ts'
import type { ClaimKind } from '../facts.ts'
import { aboutWords, rule, type Hit } from '../subject.ts'

/** The document in which a kind of decision is at home: what it says there counts. */
const home: Readonly<Partial<Record<ClaimKind, string>>> = {
  'identity-provider': 'security-architecture.md', 'token-check': 'security-architecture.md', compliance: 'security-architecture.md', retention: 'security-architecture.md',
  logs: 'observability.md', errors: 'observability.md', metrics: 'observability.md', tracing: 'observability.md', alerting: 'observability.md', availability: 'observability.md', latency: 'observability.md', 'health-path': 'observability.md',
}
/** Kinds with rules of their own: sets that may differ in part. */
const sets: readonly ClaimKind[] = ['environment', 'health-path', 'variable', 'compliance']

const isHome = ({ kind, file }: Stand): boolean => file.endsWith(home[kind] ?? 'devops-blueprint.md')
/** Statements before traces, the home document before the others, then as they stand. */
const authority = (a: Stand, b: Stand): number => Number(b.weight === 'statement') - Number(a.weight === 'statement') || Number(isHome(b)) - Number(isHome(a)) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)

/** Two places that cannot both be right. */
export const contradiction = rule({
  id: 'contradiction', severity: 'error',
  about: 'Two places of the documents say different things about the same decision.',
  expected: 'one answer in all documents', next: 'Decide which one holds, and write it in both places.',
  check: ({ stands }) => {
    const groups = new Map<string, Stand[]>()
    for (const stand of stands) {
      if (sets.includes(stand.kind)) continue
      const key = `${stand.kind}\n${stand.key}`
      groups.set(key, [...(groups.get(key) ?? []), stand])
    }
    return [...groups.values()].flatMap((group): readonly Hit[] => {
      const [first, ...others] = group.toSorted(authority)
      if (first === undefined || first.weight === 'trace') return []
      return others.filter((other) => !areCompatible(first, other)).map((other) => ({
        file: other.file, line: other.line, found: `${aboutWords(other)} ${other.said}`, expected: `${first.said}, as in ${first.file}:${first.line}`, other: { file: first.file, line: first.line },
      }))
    })
  },
})
