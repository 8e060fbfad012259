import { fence } from '../../core/markdown.ts'
import type { ServiceToken } from './controls.ts'
import type { Decided } from './decide.ts'
import { clientName, identityLabel, isInApplication, label, signsIn } from './diagram.ts'

type End = 'client' | 'idp' | 'app'
type Step = readonly [from: End, to: End, said: string]

/** What passes between caller, provider and application, in the order it happens. */
const steps: Readonly<Partial<Record<ServiceToken, readonly Step[]>>> = {
  'session-cookie': [['client', 'idp', 'sign in'], ['idp', 'app', 'code, exchanged on the server'], ['app', 'client', 'HttpOnly cookie'], ['client', 'app', 'request with the cookie, looked up each time']],
  'jwt-jwks': [['client', 'idp', 'sign in, code with PKCE'], ['idp', 'client', 'access token for minutes, refresh token'], ['client', 'app', 'request with the access token'], ['app', 'idp', 'public keys, cached'], ['app', 'client', 'answer, or refused']],
  'signed-proxy-header': [['client', 'idp', 'sign in at the proxy'], ['idp', 'app', 'request with a signed token'], ['app', 'client', 'answer, or refused without the token']],
  'hashed-key-lookup': [['client', 'app', 'request with an API key'], ['app', 'client', 'answer, after hash, scope and revocation']],
  'mtls-certificate': [['client', 'app', 'mutual TLS with a certificate'], ['app', 'client', 'answer, unless revoked']],
}
/** A library holds the accounts and serves the application: two boxes would show a boundary that is not there. */
const inside: typeof steps = {
  'session-cookie': [['client', 'app', 'sign in'], ['app', 'client', 'HttpOnly cookie'], ['client', 'app', 'request with the cookie, looked up each time']],
  'jwt-jwks': [['client', 'app', 'sign in'], ['app', 'client', 'access token for minutes, refresh token'], ['client', 'app', 'request with the access token, checked each time'], ['app', 'client', 'answer, or refused']],
}
/** Players have an account already: what they bring is a ticket, and the tokens are the product's own. */
const players: readonly Step[] = [['client', 'idp', 'sign in on the platform'], ['idp', 'client', 'ticket'], ['client', 'app', 'ticket'], ['app', 'idp', 'is it genuine?'], ['app', 'client', 'access token for minutes'], ['client', 'app', 'request with the access token']]

/** How a request proves who sends it, step by step, as a Mermaid flowchart; empty where nobody signs in. */
export function tokenFlow(decided: Decided): string {
  const { decision, primary, situation } = decided
  const flow = primary?.id === 'game-platform-identity' ? players : (isInApplication(primary) ? inside[decision.serviceToken] : undefined) ?? steps[decision.serviceToken]
  if (flow === undefined) return ''
  const clients = situation.input.clients ?? ['web']
  const names = { client: clientName(clients.find(signsIn) ?? clients[0] ?? 'web'), idp: identityLabel(decided), app: situation.input.name ?? 'Application' }
  const used = (['client', 'idp', 'app'] as const).filter((node) => flow.some(([from, to]) => from === node || to === node))
  return fence('mermaid', ['flowchart LR', ...used.map((node) => `  ${node}[${label(names[node])}]`), ...flow.map(([from, to, said], index) => `  ${from} -- ${label(`${index + 1} ${said}`)} --> ${to}`)].join('\n'))
}
