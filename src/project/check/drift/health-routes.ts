import type { ProjectFiles } from '../../detect/files.ts'
import { isBeside } from '../../detect/settle.ts'

/** A path that the code or the settings of a platform say is answered, always with a slash in front. */
export interface HealthRoute { readonly path: string, readonly file: string, readonly line: number }

const sourceEnds: ReadonlySet<string> = new Set(['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts', 'py', 'go', 'java', 'kt', 'cs', 'rb', 'php', 'rs', 'ex', 'exs', 'yml', 'yaml', 'toml', 'tf', 'conf'])
const isSource = (path: string): boolean => sourceEnds.has(path.slice(path.lastIndexOf('.') + 1)) || /(?:^|\/)(?:Dockerfile[\w.-]*|Caddyfile|Procfile|railway\.json|app\.json)$/.test(path)
const left = /(?:^|\/)(?:dist|generated|migrations|locales?|i18n|lang|public|assets|__snapshots__)[\w-]*\/|\.(?:test|spec|stories|d)\.|(?:^|\/)openapi|lock/i
/** Files by how likely they say it: those named after it, then settings of platforms, then what starts or routes. */
const ranks: readonly RegExp[] = [
  /health|livez|liveness|readyz|readiness|probe/i, /(?:^|\/)(?:render|fly|railway|compose|docker-compose|Dockerfile|deployment|values|app)[\w.-]*$|(?:^|\/)(?:k8s|kubernetes|manifests|charts?|deploy|helm)\//i,
  /(?:^|\/)(?:main|server|app|index|routes?|router|urls|web|api|program|startup|start|application|endpoint|extensions|settings|config)[\w.-]*\.\w+$|(?:^|\/)(?:routes?|routers?|controllers?|handlers?)\//i, /status|ping|url|serve|middleware|service/i,
]
const mostFiles = 300

/** The files that are read, the most likely first, shallow ones before deep ones, and whether some had to be left out. */
export function likelyFiles(files: ProjectFiles): { readonly paths: readonly string[], readonly all: boolean } {
  const rankOf = (path: string): number => {
    const end = path.slice(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1)
    return ranks.findIndex((pattern) => pattern.test(end))
  }
  const ranked = files.paths.filter(isSource).map((path) => ({ path, rank: rankOf(path) })).filter(({ path, rank }) => rank >= 0 && !left.test(path) && !isBeside(path))
  return { paths: ranked.sort((a, b) => a.rank - b.rank).slice(0, mostFiles).map(({ path }) => path), all: ranked.length <= mostFiles }
}

const word = '(?:healthz?|health[-_]?checks?|livez|liveness|alive|readyz|readiness|_health)(?:/(?:live|ready|liveness|readiness))?'
const path = `(/?(?:[\\w-]+/){0,4}${word})/?`
/** Ways to say that a path is answered. The word alone is none: it names modules, checks of other services and fields. */
const declarations: readonly RegExp[] = [
  new RegExp(`(?:\\.|->|::)(?:get|head|all|use|route|any|match|add|handle|handlefunc|map|mapget|maphealthchecks|usehealthchecks|add_api_route|add_url_rule|scope)\\(\\s*(?:"(?:GET|HEAD) )?['"\`]?${path}['"\`]`, 'i'),
  new RegExp(`@(?:\\w+\\.)?(?:get|route|getmapping|requestmapping|controller)\\(\\s*(?:(?:value|path)\\s*=\\s*)?\\{?['"\`]${path}['"\`]`, 'i'),
  new RegExp(`^\\s*(?:get|match)\\s*\\(?\\s*['"]${path}['"]`, 'i'), new RegExp(`\\b(?:re_)?path\\(\\s*r?['"]\\^?${path}\\$?['"]`),
  new RegExp(`\\b(?:health_?check_?path|health)["']?\\s*[:=]\\s*["']?(/${path.slice(3)}`, 'i'), new RegExp(`^\\s*path\\s*[:=]\\s*["']?(/${path.slice(3)}["']?\\s*$`),
  new RegExp(`^\\s*(?:HEALTHCHECK|CMD)\\b.*https?://(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0)[^/\\s"']*${path}`),
]
/** Rails and Laravel answer on `/up` where this line stands. */
const usual = /^\s*get\s+["']\/?(up)["']\s*=>\s*["']rails\/health#show|^\s*health:\s*['"]\/?(up)['"]/
const byFile = new RegExp(`(?:^|/)(?:app|pages|routes|src)/(?:.*/)?(?:api[+/.])?(${word})(?:/(?:route|index|\\+server|\\+get))?\\.[cm]?[jt]sx?$`)
/** Folders of a router by files that stand for no part of the path. */
const notInPath = /^(?:\(.*\)|\[.*\]|_.*|api\+|routes|app|pages|src)$/

/** Without one of these nothing on a line, or in a file, is worth a closer look. */
const words = /health|livez|liveness|alive|readyz|readiness|['"]\/?up['"]/i

const withSlash = (text: string): string => `/${text.replace(/^\//, '')}`

function routeOf(file: string): string | undefined {
  if (!byFile.test(file) || !/(?:^|\/)(?:app|pages|routes)\//.test(file)) return undefined
  const parts = file.replace(/\.[cm]?[jt]sx?$/, '').split('/')
  const start = parts.findLastIndex((part) => part === 'app' || part === 'pages' || part === 'routes')
  const inside = parts.slice(start + 1).filter((part, index, rest) => !(index === rest.length - 1 && /^(?:route|index|\+server|\+get)$/.test(part)))
  return withSlash(inside.flatMap((part) => (part === 'api+' ? ['api'] : notInPath.test(part) ? [] : [part])).join('/'))
}

/** Health paths that the repository declares, those of files named after it first. */
export function healthRoutes(files: ProjectFiles, paths: readonly string[]): readonly HealthRoute[] {
  const made = files.paths.filter((file) => words.test(file) && !isBeside(file)).flatMap((file): readonly HealthRoute[] => {
    const route = routeOf(file)
    return route === undefined ? [] : [{ path: route, file, line: 1 }]
  })
  const spoken = (file: string): readonly string[] => {
    const text = files.text(file) ?? ''
    return words.test(text) ? text.split('\n') : []
  }
  const declared = paths.flatMap((file) => spoken(file).flatMap((text, index): readonly HealthRoute[] => {
    if (text.length > 400 || !words.test(text) || /^\s*(?:\/\/|#|\*)/.test(text)) return []
    const found = declarations.map((pattern) => pattern.exec(text)?.[1]).find((match) => match !== undefined) ?? usual.exec(text)?.slice(1).find((match) => match !== undefined)
    return found === undefined ? [] : [{ path: withSlash(found.toLowerCase()), file, line: index + 1 }]
  }))
  return [...made, ...declared]
}
