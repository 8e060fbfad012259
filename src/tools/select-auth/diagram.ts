import type { Boundaries, BoundaryNode, Crossing } from '../../core/boundaries.ts'
import { fence } from '../../core/markdown.ts'
import type { ServiceToken } from './controls.ts'
import type { Decided } from './decide.ts'
import { knownDirectory } from './reuse.ts'
import { selfRun, type Provider } from './rules.ts'

/** Text for a quoted Mermaid label: markup and quotes as entities, one line, 60 characters. */
export const label = (text: string): string =>
  `"${[...text.replace(/[\r\n\u2028\u2029]+/g, ' ')].slice(0, 60).join('').replace(/[^\p{L}\p{N} .,:()/+-]/gu, (mark) => `#${mark.codePointAt(0)};`)}"`

const clientNames: Readonly<Record<string, string>> = { web: 'Browser', ios: 'iOS app', android: 'Android app', desktop: 'Desktop app', cli: 'Command line', machine: 'Client programs', iot: 'Devices', agent: 'Agents', mcp: 'MCP clients', game: 'Game client', library: 'Programs that use it' }

/** A kind of client in words. */
export const clientName = (client: string): string => clientNames[client] ?? client

/** True for a client that a person sits at: a device or a program shows a key or certificate of its own. */
export const signsIn = (client: string): boolean => client !== 'machine' && client !== 'iot'

/** True for a library: accounts live in the application itself. */
export const isInApplication = (primary: Provider | undefined): boolean => primary?.facts.hosting.value === 'library'

const directoryNames: Readonly<Record<string, string>> = { 'google-workspace': 'Google Workspace', 'entra-id': 'Microsoft Entra ID', okta: 'Okta', 'active-directory': 'Active Directory' }

/** Who holds the accounts, by name: the directory itself, where the provider is a way to reach one. */
export function identityLabel({ primary, situation }: Decided): string {
  if (primary?.id === 'workforce-oidc') return directoryNames[knownDirectory(situation) ?? ''] ?? 'Company directory'
  return primary?.id === 'pluggable-oidc' ? 'Directory of each customer' : primary?.name ?? 'Sign-in to be chosen'
}

const staffLabel = ({ decision, situation }: Decided): string => (decision.staff === 'identity-aware-proxy' ? 'the proxy' : directoryNames[knownDirectory(situation) ?? ''] ?? 'the company directory')

/** True where the accounts lie with somebody else: a vendor, a game platform, a directory in the cloud, one of a customer. */
function isElsewhere({ primary, situation }: Decided): boolean {
  if (primary === undefined) return false
  if (primary.id === 'game-platform-identity' || primary.id === 'pluggable-oidc') return true
  if (primary.id === 'workforce-oidc') return ['google-workspace', 'entra-id', 'okta'].includes(knownDirectory(situation) ?? '')
  return !selfRun(primary, situation)
}

/** How a caller shows who it is, in the words of the drawing. */
const shows: Readonly<Record<ServiceToken, string>> = { none: 'HTTPS', 'session-cookie': 'HTTPS, session cookie', 'jwt-jwks': 'HTTPS, access token', 'signed-proxy-header': 'HTTPS through the proxy', 'hashed-key-lookup': 'HTTPS, API key', 'mtls-certificate': 'mutual TLS' }

/** Clients with what they show, those that show the same together. */
function callers(clients: readonly string[], { decision }: Decided): readonly (readonly [ids: readonly string[], said: string])[] {
  const said = (client: string): string => client === 'library' ? 'calls with input to be checked' : client === 'cli' && decision.serviceToken === 'none' ? 'arguments and files to be checked' : shows[client === 'iot' && decision.device === 'device-certificates' ? 'mtls-certificate' : client === 'machine' && decision.machine === 'api-keys' ? 'hashed-key-lookup' : client === 'machine' && decision.machine === 'oauth-client-credentials' ? 'jwt-jwks' : decision.serviceToken]
  const words = [...new Set(clients.map(said))]
  return words.map((word) => [clients.filter((client) => said(client) === word).map((client) => `c_${client}`), word])
}

/** Who talks to what across which boundary. */
export function boundariesOf(decided: Decided): Boundaries {
  const { situation, decision } = decided
  const { input } = situation
  // What is published has no browser in front of it: programs or people run it.
  const published = input.projectType === 'library' || input.projectType === 'cli' ? input.projectType : undefined
  const clients = published !== undefined && decision.signInClass === 'none' ? [published] : [...new Set(input.clients ?? ['web'])]
  const elsewhere = isElsewhere(decided)
  const signIn = decision.signInClass !== 'none'
  const own = signIn && isInApplication(decided.primary)
  const money = input.takesPayments === true
  const model = input.usesLlm === true || input.projectType === 'ai-product'
  const stores = input.projectType !== 'content-site' && input.projectType !== 'library'
  const services = input.services ?? 1
  const identity: readonly BoundaryNode[] = signIn ? [{ id: 'idp', kind: 'identity', label: identityLabel(decided) }] : []
  const processors: readonly BoundaryNode[] = [
    ...(elsewhere ? identity : []),
    ...(money ? [{ id: 'pay', kind: 'processor', label: 'Payment provider' } as const] : []),
    ...(model ? [{ id: 'llm', kind: 'processor', label: 'Model provider' } as const] : []),
  ]
  const people = clients.filter(signsIn).map((client) => `c_${client}`)
  const staff = decision.staff === null || decision.staff === decision.primary ? '' : `, staff through ${staffLabel(decided)}`
  const crossing = (from: readonly string[], to: string, said: string, aside = false): Crossing => ({ from, to, label: said, aside })
  return {
    zones: [
      { id: 'untrusted', title: 'Untrusted: anyone', nodes: clients.map((client) => ({ id: `c_${client}`, kind: 'client', label: clientName(client) })) },
      {
        id: 'system', title: input.name ?? 'Your system', nodes: [
          { id: 'app', kind: 'application', label: published !== undefined ? (published === 'library' ? 'Library' : 'Program') : services > 1 ? `API and ${services - 1} more ${services === 2 ? 'service' : 'services'}` : 'Application' },
          ...(elsewhere ? [] : identity),
          ...(stores ? [{ id: 'db', kind: 'database', label: 'Database, encrypted' } as const] : []),
        ],
      },
      ...(processors.length > 0 ? [{ id: 'processors', title: 'Outside services', nodes: processors } as const] : []),
    ],
    crossings: [
      ...callers(clients, decided).map(([ids, said]) => crossing(ids, 'app', said)),
      ...(signIn && people.length > 0 ? [crossing(people, 'idp', `sign-in${staff}`)] : []),
      ...(signIn && !own && decision.serviceToken === 'jwt-jwks' && decided.primary?.id !== 'game-platform-identity' ? [crossing(['app'], 'idp', 'public keys', true)] : []),
      ...(decided.primary?.id === 'game-platform-identity' ? [crossing(['app'], 'idp', 'is the ticket genuine?', true)] : []),
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
