import { fence } from '../../core/markdown.ts'
import type { Decided } from './decide.ts'

/** Text for a quoted Mermaid label: markup and quotes as entities, one line, 60 characters. */
export const label = (text: string): string =>
  `"${[...text.replace(/[\r\n\u2028\u2029]+/g, ' ')].slice(0, 60).join('').replace(/[^\p{L}\p{N} .,:()/+-]/gu, (mark) => `#${mark.codePointAt(0)};`)}"`

const clientNames: Readonly<Record<string, string>> = { web: 'Browser', ios: 'iOS app', android: 'Android app', desktop: 'Desktop app', cli: 'Command line', machine: 'Client programs', iot: 'Devices', agent: 'Agents', mcp: 'MCP clients', game: 'Game client' }

/** Who talks to what across which boundary, as a Mermaid flowchart. */
export function trustDiagram({ situation, primary, decision }: Decided): string {
  const { input } = situation
  const clients = [...new Set(input.clients ?? ['web'])]
  const vendor = primary !== undefined && ['hosted', 'cloud-service', 'either'].includes(primary.facts.hosting.value ?? '') && !situation.mustSelfRun
  const signIn = decision.signInClass !== 'none'
  const money = input.takesPayments === true
  const model = input.usesLlm === true || input.projectType === 'ai-product'
  const name = primary?.name ?? 'Sign-in to be chosen'
  const outside = [
    ...(signIn && vendor ? [`    idp[${label(name)}]`] : []),
    ...(money ? ['    pay["Payment provider"]'] : []),
    ...(model ? ['    llm["Model provider"]'] : []),
  ]
  const people = clients.filter((client) => client !== 'machine' && client !== 'iot').slice(0, 2)
  const verifies = { none: 'HTTPS', 'session-cookie': 'HTTPS, session cookie', 'jwt-jwks': 'HTTPS, access token', 'signed-proxy-header': 'HTTPS through the proxy', 'hashed-key-lookup': 'HTTPS, API key', 'mtls-certificate': 'mutual TLS' }[decision.serviceToken]
  const lines = [
    'flowchart LR',
    '  subgraph untrusted["Untrusted: anyone"]',
    ...clients.map((client) => `    c_${client}[${label(clientNames[client] ?? client)}]`),
    '  end',
    `  subgraph system[${label(input.name ?? 'Your system')}]`,
    `    app[${label((input.services ?? 1) > 1 ? `API and ${(input.services ?? 1) - 1} more ${input.services === 2 ? 'service' : 'services'}` : 'Application')}]`,
    ...(signIn && !vendor ? [`    idp[${label(name)}]`] : []),
    ...(input.projectType === 'content-site' || input.projectType === 'library' ? [] : ['    db[("Database, encrypted")]']),
    '  end',
    ...(outside.length > 0 ? ['  subgraph processors["Outside processors"]', ...outside, '  end'] : []),
    `  ${clients.map((client) => `c_${client}`).join(' & ')} -- ${label(verifies)} --> app`,
    ...(signIn && people.length > 0 ? [`  ${people.map((client) => `c_${client}`).join(' & ')} -- "sign-in" --> idp`] : []),
    ...(signIn && decision.serviceToken === 'jwt-jwks' ? ['  app -. "public keys" .-> idp'] : []),
    ...(input.projectType === 'content-site' || input.projectType === 'library' ? [] : ['  app -- "TLS, least privilege" --> db']),
    ...(money ? ['  app -- "TLS" --> pay', '  pay -. "signed webhook" .-> app'] : []),
    ...(model ? ['  app -- "minimized text" --> llm', '  llm -. "untrusted output" .-> app'] : []),
  ]
  return fence('mermaid', lines.join('\n'))
}
