import type { Finding } from './findings.ts'

const servers = ['express', 'fastify', 'nestjs', 'hono', 'fastapi', 'flask', 'spring-boot', 'aspnet', 'rails', 'laravel', 'go']
const webFrameworks = ['nextjs', 'remix', 'vue', 'sveltekit', 'react', 'django', 'rails', 'laravel']

/** What the findings together suggest: the kind of project. Only hints, each pointing at the finding it rests on; at most one. */
export function derive(findings: readonly Finding[]): Finding[] {
  const stack = (...ids: readonly string[]) => findings.find((finding) => finding.field === 'stack' && finding.weight !== 'hint' && ids.includes(String(finding.value)))
  const suggest = (projectType: string, because: Finding): Finding[] => [{ field: 'projectType', value: projectType, file: because.file, line: because.line, weight: 'hint' }]
  const mobile = stack('react-native', 'flutter', 'swift')
  const web = stack(...webFrameworks)
  const tenants = findings.find((finding) => finding.field === 'tenancy' && finding.value === 'multi')
  const cli = findings.find((finding) => finding.field === 'clients' && finding.value === 'cli')
  const server = stack(...servers)
  if (stack('unity')) return suggest('game', stack('unity') as Finding)
  if (mobile !== undefined) return suggest('mobile-app', mobile)
  if (web !== undefined) return tenants === undefined ? suggest('web-app', web) : suggest('b2b-saas', tenants)
  const astro = stack('astro')
  if (astro !== undefined) return suggest('content-site', astro)
  if (server !== undefined && !(server.value === 'go' && cli !== undefined)) return suggest('api', server)
  return cli === undefined ? [] : suggest('cli', cli)
}
