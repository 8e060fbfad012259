import { decides, decisionMatches, known, neverDecides, reports, sheetSays, type Row } from './proof.ts'

const tool = 'select_auth'
const web = { projectType: 'web-app', stage: 'growth', signInBy: ['consumers'], stack: ['nextjs', 'postgresql'], hosting: 'vercel', clients: ['web'] }
const api = { ...web, projectType: 'api', signInBy: ['machines'], clients: ['machine'], stack: ['typescript', 'express', 'postgresql'] }
const saas = { ...web, projectType: 'b2b-saas', stage: 'early', signInBy: ['business-users'], tenancy: 'multi', needsSso: true, needsScim: true, ssoConnections: 5, monthlyActiveUsers: 3000, developers: 4, stack: ['python', 'fastapi', 'postgresql'], hosting: 'aws-ecs' }
const regulated = { ...saas, stage: 'enterprise', selfHost: 'required', opsCapacity: 'high', developers: 40, compliance: ['iso27001'], hosting: 'kubernetes', stack: ['java', 'postgresql'] }
const mobile = { ...web, projectType: 'mobile-app', clients: ['ios', 'android'], hosting: 'firebase', stack: ['flutter', 'firestore'] }
/** The controls table covers it. */
const covers = (pattern: RegExp, input: object = web) => reports(tool, input, pattern)

export const security: Readonly<Record<string, readonly Row[]>> = {
  'auth-strategy': [
    { id: 'simple', says: 'Clerk or Supabase Auth', now: 'same', proof: [decides(tool, { ...web, stage: 'mvp' }, 'primary', 'clerk', 'supabase-auth', 'better-auth'), known('identity-providers', 'clerk', 'supabase-auth')] },
    { id: 'multi-tenant', says: 'Auth0 or Clerk with organizations', now: { because: 'also products priced by the connection' }, proof: [decides(tool, saas, 'primary', 'workos', 'auth0', 'clerk', 'stytch', 'scalekit', 'descope', 'kinde', 'logto', 'propelauth'), sheetSays('identity-providers', 'clerk', 'organizations', /true/), known('identity-providers', 'auth0', 'workos', 'stytch')] },
    { id: 'api', says: 'API keys and JWT', now: { because: 'keys for developers, client credentials for partners and regulated data; a token nobody can revoke is no key' }, proof: [decides(tool, api, 'primary', 'api-keys', 'oauth-client-credentials'), decides(tool, { ...api, signInBy: ['partners'], compliance: ['pci-dss'] }, 'machine', 'oauth-client-credentials')] },
    { id: 'enterprise', says: 'Auth0 or self-hosted Keycloak', now: { because: 'more products fit; self-hosting needs people who operate it' }, proof: [decides(tool, regulated, 'primary', 'keycloak', 'zitadel', 'ory', 'authentik', 'fusionauth', 'ping', 'curity'), known('identity-providers', 'keycloak', 'zitadel', 'ory', 'fusionauth')] },
    { id: 'mobile', says: 'Firebase Auth or Clerk, with biometrics', now: { because: 'biometrics are the device\'s; a second factor needs Identity Platform' }, proof: [decides(tool, mobile, 'primary', 'firebase-auth', 'identity-platform', 'clerk', 'supabase-auth'), sheetSays('identity-providers', 'firebase-auth', 'mfa', /false/), sheetSays('identity-providers', 'firebase-auth', 'mobileSdks', /true/)] },
  ],
  'api-checklist': [
    { id: 'rate-limiting', says: 'a library, an edge service or the gateway', now: { because: 'the library counts in one process: a shared store when there are more' }, proof: [covers(/rate limit/i), covers(/shared|store|edge/i)] },
    { id: 'input', says: 'Zod on bodies and queries, unknown fields refused', now: 'same', proof: [covers(/unknown fields/i)] },
    { id: 'cors', says: 'named origins, never a star', now: { because: 'a star is fine for public data, never with credentials' }, proof: [covers(/CORS|cross-origin/i)] },
    { id: 'headers', says: 'helmet: CSP, X-Frame-Options, HSTS', now: { because: 'frame-ancestors replaced X-Frame-Options' }, proof: [covers(/frame-ancestors/), covers(/HSTS|Strict-Transport/i)] },
    { id: 'injection', says: 'bound parameters', now: 'same', proof: [covers(/parameter/i)] },
    { id: 'xss', says: 'escaping frameworks, sanitised output', now: 'same', proof: [covers(/XSS|cross-site scripting|escap/i)] },
    { id: 'csrf', says: 'SameSite and tokens for cookies only', now: 'same', proof: [covers(/SameSite/)] },
    { id: 'size', says: 'about a megabyte, more for uploads', now: 'same', proof: [covers(/size/i)] },
    { id: 'authentication', says: 'token or session checked on each route by one middleware', now: { because: 'signature, issuer, audience and algorithm are checked too' }, proof: [covers(/audience|`aud`/i)] },
    { id: 'authorization', says: 'roles after sign-in, apart', now: { because: 'on each object and property: the first risk of the API list' }, proof: [covers(/object/i), covers(/propert|field/i)] },
  ],
  'data-protection': [
    { id: 'at-rest', says: 'providers encrypt by themselves', now: { because: 'not for every way of creating a database: verify' }, proof: [covers(/at rest/i), covers(/verif|check/i)] },
    { id: 'in-transit', says: 'TLS 1.3; plain HTTP inside the network', now: { because: 'TLS 1.2 or newer, inside too' }, proof: [covers(/TLS 1\.2/), covers(/inside|internal|between services/i)] },
    { id: 'personal-data', says: 'find the fields, log seldom, mask below production', now: 'same', proof: [covers(/personal data|PII/i), covers(/mask|synthetic|pseudonym/i)] },
    { id: 'secrets', says: 'platform variables or Doppler, AWS SSM; rotated', now: { because: 'workload identity before stored keys where the platform has it' }, proof: [covers(/secret/i), known('secrets-stores', 'doppler', 'aws-ssm', 'platform-env')] },
    { id: 'retention', says: 'a period for each kind, soft delete, export and deletion', now: { because: 'a soft delete is not a deletion' }, proof: [covers(/retention/i), covers(/delet|eras/i)] },
    { id: 'backups', says: 'daily, point in time, restores tried each quarter', now: 'same', proof: [covers(/backup/i), covers(/restor/i)] },
  ],
  owasp: [
    { id: 'access-control', says: 'authorization on each endpoint', now: { because: '2025: A01, now with server-side request forgery' }, proof: [decisionMatches(tool, web, 'controls', /A01/)] },
    { id: 'cryptography', says: 'no plain passwords (bcrypt, argon2), no logged tokens', now: { because: '2025: A04; bcrypt is legacy' }, proof: [decisionMatches(tool, web, 'controls', /A04/)] },
    { id: 'injection', says: 'bound parameters, no eval', now: { because: '2025: A05, now with scripting' }, proof: [decisionMatches(tool, web, 'controls', /A05/)] },
    { id: 'design', says: 'limits, lock-out, captcha', now: { because: '2025: A06; a lock-out can be turned against users' }, proof: [decisionMatches(tool, web, 'controls', /A06/)] },
    { id: 'misconfiguration', says: 'default accounts, debug mode, CORS', now: { because: '2025: second, A02' }, proof: [decisionMatches(tool, web, 'controls', /A02/)] },
    { id: 'components', says: 'updates and audits', now: { because: '2025: A03, the whole software supply chain' }, proof: [decisionMatches(tool, web, 'controls', /A03/)] },
    { id: 'authentication', says: 'managed provider, second factor for administrators', now: { because: '2025: A07' }, proof: [decisionMatches(tool, web, 'controls', /A07/), neverDecides(tool, web, 'primary', 'custom-passwords')] },
    { id: 'integrity', says: 'signed webhooks and tokens, CSP', now: { because: '2025: A08; CSP belongs to A02 and A05' }, proof: [decisionMatches(tool, { ...web, takesPayments: true }, 'controls', /A08/)] },
    { id: 'logging', says: 'sign-in, refusals, invalid input', now: { because: '2025: A09, logging and alerting' }, proof: [decisionMatches(tool, web, 'controls', /A09/)] },
    { id: 'request-forgery', says: 'check addresses before asking them', now: { because: '2025: part of A01; A10 is now exceptional conditions' }, proof: [decisionMatches(tool, web, 'controls', /A10/)] },
  ],
}
