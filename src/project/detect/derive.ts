import type { Finding } from './findings.ts'

const servers = ['express', 'fastify', 'nestjs', 'hono', 'fastapi', 'flask', 'spring-boot', 'aspnet', 'rails', 'laravel', 'elixir', 'go']
const webFrameworks = ['nextjs', 'remix', 'vue', 'sveltekit', 'react', 'angular', 'django', 'rails', 'laravel']
const mobileFrameworks = ['react-native', 'flutter', 'swift']
/** Frameworks that answer with pages unless a file says that they answer with data alone. */
const pageServers = ['django', 'rails', 'laravel']

/** What the findings together suggest: the kind of project, and that people use it in a browser. Only hints, each pointing at the finding it rests on. */
function derive(findings: readonly Finding[]): Finding[] {
  const strong = findings.filter(({ weight }) => weight !== 'hint')
  const stack = (...ids: readonly string[]) => strong.find(({ field, value }) => field === 'stack' && ids.includes(String(value)))
  const client = (...ids: readonly string[]) => findings.find(({ field, value }) => field === 'clients' && ids.includes(String(value)))
  const hint = (field: Finding['field'], value: string, { file, line }: Finding): Finding => ({ field, value, file, line, weight: 'hint' })
  const told = findings.find(({ field, weight }) => field === 'projectType' && weight !== 'hint')
  const library = findings.find(({ field, value }) => field === 'projectType' && value === 'library')
  const web = stack(...webFrameworks)
  const served = client('web')
  const game = client('game')
  const tenants = findings.find(({ field, value }) => field === 'tenancy' && value === 'multi')
  const mobile = stack(...mobileFrameworks) ?? (client('android') === undefined ? undefined : stack('kotlin', 'java'))
  const server = stack(...servers)
  const cli = client('cli')
  const page = web !== undefined && pageServers.includes(String(web.value)) && told?.value !== 'api' && served === undefined ? [hint('clients', 'web', web)] : []
  const typeOf = (): readonly Finding[] => {
    if (told !== undefined) return []
    if (game !== undefined) return [hint('projectType', 'game', game)]
    // An application with a web front and a mobile one is a web application that has clients.
    // React Native draws with React; any other front beside it is one for browsers.
    const isNative = mobile?.value === 'react-native' && strong.every(({ field, value, file }) => field !== 'stack' || !webFrameworks.includes(String(value)) || (value === 'react' && file === mobile.file && file.endsWith('package.json')))
    if (mobile !== undefined && (isNative || (web === undefined && (served === undefined || server === undefined)))) return [hint('projectType', 'mobile-app', mobile)]
    if (web !== undefined) return [tenants === undefined ? hint('projectType', 'web-app', web) : hint('projectType', 'b2b-saas', tenants)]
    const astro = stack('astro')
    if (astro !== undefined) return [hint('projectType', 'content-site', astro)]
    if (server !== undefined && served !== undefined) return [hint('projectType', 'web-app', served)]
    if (server !== undefined && !(server.value === 'go' && cli !== undefined)) return [hint('projectType', 'api', server)]
    if (served !== undefined && served.weight !== 'hint') return [hint('projectType', 'web-app', served)]
    return cli === undefined || library !== undefined ? [] : [hint('projectType', 'cli', cli)]
  }
  return [...typeOf(), ...page]
}

/** The findings with what they suggest. That a package can be published makes it a library only where nothing says more. */
export function withDerived(findings: readonly Finding[]): Finding[] {
  const derived = derive(findings)
  const says = [...findings, ...derived].some(({ field, value }) => field === 'projectType' && value !== 'library')
  return [...findings, ...derived].filter(({ field, value }) => !(says && field === 'projectType' && value === 'library'))
}
