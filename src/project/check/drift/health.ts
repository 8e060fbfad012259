import type { Judgement } from '../drift.ts'
import type { Subject } from '../subject.ts'

const sources = /\.(?:[cm]?[jt]sx?|py|go|java|kt|cs|rb|php|rs|exs?|ya?ml|toml|json|tf|conf)$|(?:^|\/)(?:Dockerfile|Caddyfile|Procfile)/
/** Said by the name of a file or of the folder it is in: a folder further up says it of everything below. */
const likely = /health|live|ready|probe|status|ping|route|controller|handler|server|main|app|index|url|api|web|start|program|fly|compose|docker|deploy|k8s|kubernetes|chart|values|nginx|render|railway/i
const lastTwo = (path: string): string => path.split('/').slice(-2).join('/')
const mostFiles = 300
const other = /["'`/](\/?(?:api\/)?(?:livez?|liveness|readyz?|readiness|health|healthz|healthcheck))["'`\s/]/

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Health paths of the documents, against the code: a route, a probe or a file that makes one. Only names and texts of likely files are read. */
export function healthJudgements({ stands, repository }: Subject): readonly Judgement[] {
  if (repository === null) return []
  const all = repository.files.paths.filter((path) => sources.test(path) && likely.test(lastTwo(path)) && !/(?:^|\/)(?:tests?|__tests__|spec)\/|\.(?:test|spec)\.|lock/.test(path))
  const files = all.slice(0, mostFiles)
  const waiting = repository.waiting !== null && repository.waiting.filesSeen > 0
  const seen = new Set<string>()
  return stands.filter(({ kind, weight }) => kind === 'health-path' && weight === 'statement').flatMap((stand) => stand.values.flatMap((value): readonly Judgement[] => {
    if (seen.has(value)) return []
    seen.add(value)
    const claim = { ...stand, value, said: value }
    const pattern = new RegExp(`(?<![\\w-])${escaped(value)}(?![\\w-])`)
    const route = files.find((path) => new RegExp(`(?:^|/)(?:app|pages|routes|src)(?:/[\\w()-]+)*${escaped(value)}(?:/(?:route|index|\\+server)|)\\.[cm]?[jt]sx?$`).test(path))
    const file = route ?? files.find((path) => pattern.test(repository.files.text(path) ?? ''))
    if (file !== undefined) return [{ claim, verdict: 'implemented', evidence: { file, line: route === undefined ? (repository.files.text(file) ?? '').split('\n').findIndex((line) => pattern.test(line)) + 1 : 1 }, found: `health path ${value}` }]
    if (waiting) return [{ claim, verdict: 'undecidable', evidence: null, found: `health path ${value}, in generated files that are not in their place yet` }]
    const elsewhere = files.find((path) => other.test(repository.files.text(path) ?? ''))
    if (elsewhere !== undefined) {
      const lines = (repository.files.text(elsewhere) ?? '').split('\n')
      const line = lines.findIndex((text) => other.test(text)) + 1
      const path = other.exec(lines[line - 1] ?? '')?.[1] ?? ''
      return [{ claim, verdict: 'contradicted', evidence: { file: elsewhere, line }, found: `health path ${value}, but ${path} in ${elsewhere}:${line}`, shown: 'the path that the code answers' }]
    }
    const hasServer = repository.detection.evidence.some(({ field, value: id }) => field === 'stack' && ['express', 'fastify', 'nestjs', 'hono', 'nextjs', 'fastapi', 'flask', 'django'].includes(String(id)))
    return [{ claim, verdict: hasServer && all.length > 0 && all.length <= mostFiles ? 'absent' : 'undecidable', evidence: null, found: `health path ${value}, and no code that answers it yet`, shown: `a route for ${value}`, next: 'Add the route, or correct the path.' }]
  }))
}
