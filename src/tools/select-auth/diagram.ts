import type { Boundaries, BoundaryNode, Crossing } from '../../core/boundaries.ts'
import { fence } from '../../core/markdown.ts'
import type { Decided } from './decide.ts'

/** Text for a quoted Mermaid label: markup and quotes as entities, one line, 60 characters. */
export const label = (text: string): string =>
  `"${[...text.replace(/[\r\n\u2028\u2029]+/g, ' ')].slice(0, 60).join('').replace(/[^\p{L}\p{N} .,:()/+-]/gu, (mark) => `#${mark.codePointAt(0)};`)}"`

const clientNames: Readonly<Record<string, string>> = { web: 'Browser', ios: 'iOS app', android: 'Android app', desktop: 'Desktop app', cli: 'Command line', machine: 'Client programs', iot: 'Devices', agent: 'Agents', mcp: 'MCP clients', game: 'Game client' }

/** A kind of client in words. */
export const clientName = (client: string): string => clientNames[client] ?? client

/** Who talks to what across which boundary. */
export function boundariesOf({ situation, primary, decision }: Decided): Boundaries {
  const { input } = situation
  const clients = [...new Set(input.clients ?? ['web'])]
  const vendor = primary !== undefined && ['hosted', 'cloud-service', 'either'].includes(primary.facts.hosting.value ?? '') && !situation.mustSelfRun
  const signIn = decision.signInClass !== 'none'
  const money = input.takesPayments === true
  const model = input.usesLlm === true || input.projectType === 'ai-product'
  const stores = input.projectType !== 'content-site' && input.projectType !== 'library'
  const services = input.services ?? 1
  const identity: readonly BoundaryNode[] = signIn ? [{ id: 'idp', kind: 'identity', label: primary?.name ?? 'Sign-in to be chosen' }] : []
  const processors: readonly BoundaryNode[] = [
    ...(vendor ? identity : []),
    ...(money ? [{ id: 'pay', kind: 'processor', label: 'Payment provider' } as const] : []),
    ...(model ? [{ id: 'llm', kind: 'processor', label: 'Model provider' } as const] : []),
  ]
  const ids = clients.map((client) => `c_${client}`)
  const people = clients.filter((client) => client !== 'machine' && client !== 'iot').slice(0, 2).map((client) => `c_${client}`)
  const verifies = { none: 'HTTPS', 'session-cookie': 'HTTPS, session cookie', 'jwt-jwks': 'HTTPS, access token', 'signed-proxy-header': 'HTTPS through the proxy', 'hashed-key-lookup': 'HTTPS, API key', 'mtls-certificate': 'mutual TLS' }[decision.serviceToken]
  const crossing = (from: readonly string[], to: string, said: string, aside = false): Crossing => ({ from, to, label: said, aside })
  return {
    zones: [
      { id: 'untrusted', title: 'Untrusted: anyone', nodes: clients.map((client) => ({ id: `c_${client}`, kind: 'client', label: clientName(client) })) },
      {
        id: 'system', title: input.name ?? 'Your system', nodes: [
          { id: 'app', kind: 'application', label: services > 1 ? `API and ${services - 1} more ${services === 2 ? 'service' : 'services'}` : 'Application' },
          ...(vendor ? [] : identity),
          ...(stores ? [{ id: 'db', kind: 'database', label: 'Database, encrypted' } as const] : []),
        ],
      },
      ...(processors.length > 0 ? [{ id: 'processors', title: 'Outside processors', nodes: processors } as const] : []),
    ],
    crossings: [
      crossing(ids, 'app', verifies),
      ...(signIn && people.length > 0 ? [crossing(people, 'idp', 'sign-in')] : []),
      ...(signIn && decision.serviceToken === 'jwt-jwks' ? [crossing(['app'], 'idp', 'public keys', true)] : []),
      ...(stores ? [crossing(['app'], 'db', 'TLS, least privilege')] : []),
      ...(money ? [crossing(['app'], 'pay', 'TLS'), crossing(['pay'], 'app', 'signed webhook', true)] : []),
      ...(model ? [crossing(['app'], 'llm', 'minimized text'), crossing(['llm'], 'app', 'untrusted output', true)] : []),
    ],
  }
}

/** The same as a Mermaid flowchart. */
export function trustDiagram({ zones, crossings }: Boundaries): string {
  const node = ({ id, kind, label: said }: BoundaryNode): string => `    ${id}${kind === 'database' ? `[(${label(said)})]` : `[${label(said)}]`}`
  return fence('mermaid', [
    'flowchart LR',
    ...zones.flatMap(({ id, title, nodes }) => [`  subgraph ${id}[${label(title)}]`, ...nodes.map(node), '  end']),
    ...crossings.map(({ from, to, label: said, aside }) => `  ${from.join(' & ')} ${aside ? `-. ${label(said)} .->` : `-- ${label(said)} -->`} ${to}`),
  ].join('\n'))
}
