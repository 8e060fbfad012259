import { fence } from '../../core/markdown.ts'
import type { ServiceToken } from './controls.ts'
import type { Decided } from './decide.ts'
import { clientName, label } from './diagram.ts'

type Step = readonly [from: 'client' | 'idp' | 'app', to: 'client' | 'idp' | 'app', said: string]

/** What passes between caller, provider and application, in the order it happens. */
const steps: Readonly<Partial<Record<ServiceToken, readonly Step[]>>> = {
  'session-cookie': [['client', 'idp', 'sign in'], ['idp', 'app', 'code, exchanged on the server'], ['app', 'client', 'HttpOnly cookie'], ['client', 'app', 'request with the cookie, looked up each time']],
  'jwt-jwks': [['client', 'idp', 'sign in, code with PKCE'], ['idp', 'client', 'access token for minutes, refresh token'], ['client', 'app', 'request with the access token'], ['app', 'idp', 'public keys, cached'], ['app', 'client', 'answer, or refused']],
  'signed-proxy-header': [['client', 'idp', 'sign in at the proxy'], ['idp', 'app', 'request with a signed token'], ['app', 'client', 'answer, or refused without the token']],
  'hashed-key-lookup': [['client', 'app', 'request with an API key'], ['app', 'client', 'answer, after hash, scope and revocation']],
  'mtls-certificate': [['client', 'app', 'mutual TLS with a certificate'], ['app', 'client', 'answer, unless revoked']],
}

/** How a request proves who sends it, step by step, as a Mermaid flowchart; empty where nobody signs in. */
export function tokenFlow({ decision, primary, situation }: Decided): string {
  const flow = steps[decision.serviceToken]
  if (flow === undefined) return ''
  const names = { client: clientName(situation.input.clients?.[0] ?? 'web'), idp: primary?.name ?? 'Sign-in', app: situation.input.name ?? 'Application' }
  // The same library holds accounts and serves the application: two boxes would show a boundary that is not there.
  const used = (['client', 'idp', 'app'] as const).filter((node) => flow.some(([from, to]) => from === node || to === node))
  return fence('mermaid', ['flowchart LR', ...used.map((node) => `  ${node}[${label(names[node])}]`), ...flow.map(([from, to, said], index) => `  ${from} -- ${label(`${index + 1} ${said}`)} --> ${to}`)].join('\n'))
}
