import type { Judgement } from '../drift.ts'
import type { Subject } from '../subject.ts'
import { healthRoutes, likelyFiles, type HealthRoute } from './health-routes.ts'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a path is asked for: whether the program lives, or whether it may get traffic. Most names say neither. */
const purposes: readonly (readonly [purpose: string, pattern: RegExp])[] = [['live', /live|alive/], ['ready', /ready|readiness/]]
const purposeOf = (path: string): string => purposes.find(([, pattern]) => pattern.test(path))?.[0] ?? 'any'

/** Frameworks that answer only what the code declares. Rails, Laravel and Spring bring paths of their own along. */
const plainServers: readonly string[] = ['express', 'fastify', 'nestjs', 'hono', 'nextjs', 'fastapi', 'flask', 'django']

/** Health paths of the documents, against what the code and the settings of platforms declare. Only likely files are read. */
export function healthJudgements({ stands, repository }: Subject): readonly Judgement[] {
  const said = stands.filter(({ kind, weight }) => kind === 'health-path' && weight === 'statement')
  if (repository === null || said.length === 0) return []
  const { files, detection } = repository
  const { paths, all } = likelyFiles(files)
  const waiting = repository.waiting !== null && repository.waiting.filesSeen > 0
  let known: readonly HealthRoute[] | undefined
  const routes = (): readonly HealthRoute[] => (known ??= healthRoutes(files, paths))
  const seen = new Set<string>()
  return said.flatMap((stand) => stand.values.flatMap((value): readonly Judgement[] => {
    if (seen.has(value)) return []
    seen.add(value)
    const claim = { ...stand, value, said: value }
    const pattern = new RegExp(`(?<![\\w-])${escaped(value)}(?![\\w-])`, 'i')
    const implemented = (file: string, line: number): readonly Judgement[] => [{ claim, verdict: 'implemented', evidence: { file, line }, found: `health path ${value}` }]
    // A router may put a prefix in front of what a controller declares.
    const same = routes().find(({ path }) => path === value || value.endsWith(path))
    if (same !== undefined) return implemented(same.file, same.line)
    const file = paths.find((path) => pattern.test(files.text(path) ?? ''))
    if (file !== undefined) return implemented(file, (files.text(file) ?? '').split('\n').findIndex((line) => pattern.test(line)) + 1)
    const actuator = value.startsWith('/actuator/') ? files.named('pom.xml', 'build.gradle', 'build.gradle.kts').find((path) => (files.text(path) ?? '').includes('spring-boot-starter-actuator')) : undefined
    if (actuator !== undefined) return implemented(actuator, (files.text(actuator) ?? '').split('\n').findIndex((line) => line.includes('spring-boot-starter-actuator')) + 1)
    if (waiting) return [{ claim, verdict: 'undecidable', evidence: null, found: `health path ${value}, in generated files that are not in their place yet` }]
    // `/readyz` in the code says nothing about where `/livez` went; `/health` may be either.
    const purpose = purposeOf(value)
    // A path far down belongs to one part of the program.
    const others = routes().filter(({ path }) => path.split('/').length <= 4 && (purpose === 'any' || [purpose, 'any'].includes(purposeOf(path))))
    const other = others.find(({ path }) => purposeOf(path) === purpose) ?? others[0]
    if (other !== undefined) return [{ claim, verdict: 'contradicted', evidence: { file: other.file, line: other.line }, found: `health path ${value}, but ${other.path} in ${other.file}:${other.line}`, shown: 'the path that the code answers' }]
    const hasServer = detection.evidence.some(({ field, value: id, hint }) => field === 'stack' && hint !== true && plainServers.includes(String(id)))
    return [{ claim, verdict: hasServer && all && paths.length > 0 ? 'absent' : 'undecidable', evidence: null, found: `health path ${value}, and no code that answers it yet`, shown: `a route for ${value}`, next: 'Add the route, or correct the path.' }]
  }))
}
