import type { Input } from '../../../src/tools/select-auth/input.ts'

type Values = string | readonly string[]
/** What an identity architect would put a name to, written before the rules were read. A list holds every acceptable value. */
export type Case = readonly [title: string, input: Input, wanted: { primary?: Values, machine?: Values, device?: Values, agent?: Values, staff?: Values, never?: readonly string[], conflicts?: readonly string[], noConflicts?: readonly string[] }]

export const invented: readonly Case[] = [
  // nobody
  ['a documentation site', { projectType: 'content-site', stage: 'production', signInBy: ['nobody'], hosting: 'netlify' }, { primary: 'none', noConflicts: ['stage-above-scale'] }],
  ['a command line tool that talks to nothing', { projectType: 'cli', stage: 'early', signInBy: ['nobody'], clients: ['cli'] }, { primary: 'none' }],
  ['a site without accounts that takes webhooks from machines', { projectType: 'content-site', signInBy: ['nobody', 'machines'] }, { primary: ['none', 'api-keys', 'oauth-client-credentials'] }],
  // staff
  ['a staff tool on Google Cloud', { projectType: 'internal-tool', stage: 'mvp', signInBy: ['staff'], existing: ['google-workspace'], hosting: 'gcp', developers: 1 }, { primary: ['identity-aware-proxy', 'workforce-oidc'] }],
  ['a staff tool of an Entra company on AWS', { projectType: 'internal-tool', stage: 'production', signInBy: ['staff'], existing: ['entra-id'], hosting: 'aws-ecs', developers: 12 }, { primary: 'entra-id' }],
  ['a staff tool behind an air gap with Active Directory', { projectType: 'internal-tool', stage: 'production', signInBy: ['staff'], existing: ['active-directory'], hosting: 'on-prem', airGapped: true, opsCapacity: 'medium', developers: 6 }, { primary: ['keycloak', 'workforce-oidc', 'authentik'], never: ['entra-id', 'identity-aware-proxy'] }],
  ['hospital staff with Okta and patient records', { projectType: 'internal-tool', stage: 'production', signInBy: ['staff'], existing: ['okta'], compliance: ['hipaa'], dataClasses: ['phi'], developers: 8 }, { primary: ['workforce-oidc'], never: ['clerk', 'workos'] }],
  ['a staff dashboard with an internal service beside it', { projectType: 'internal-tool', signInBy: ['staff', 'machines'], existing: ['google-workspace'], hosting: 'aws' }, { primary: ['workforce-oidc', 'identity-aware-proxy'], machine: ['oauth-client-credentials', 'api-keys'] }],
  // consumers
  ['a recipe app of two friends on Supabase', { projectType: 'web-app', stage: 'mvp', signInBy: ['consumers'], stack: ['nextjs', 'supabase'], budgetUsdPerMonth: 0, developers: 2 }, { primary: 'supabase-auth' }],
  ['a phone app on Firebase', { projectType: 'mobile-app', stage: 'early', signInBy: ['consumers'], clients: ['ios', 'android'], hosting: 'firebase' }, { primary: ['firebase-auth', 'identity-platform'] }],
  ['patients and clinicians on AWS', { projectType: 'web-app', stage: 'growth', signInBy: ['consumers', 'staff'], compliance: ['hipaa'], dataClasses: ['phi'], hosting: 'aws-ecs', existing: ['google-workspace'] }, { primary: ['cognito', 'identity-platform', 'better-auth'], staff: ['workforce-oidc'], never: ['clerk', 'firebase-auth'] }],
  ['a Go shop with two million shoppers and 3,000 dollars', { projectType: 'marketplace', stage: 'growth', signInBy: ['consumers'], stack: ['go'], monthlyActiveUsers: 2_000_000, budgetUsdPerMonth: 3000, developers: 30, opsCapacity: 'medium', takesPayments: true }, { primary: ['workos', 'keycloak', 'ory', 'zitadel', 'fusionauth', 'logto'], never: ['clerk', 'auth0'] }],
  ['a German fintech that wants no US processor', { projectType: 'web-app', stage: 'growth', signInBy: ['consumers'], compliance: ['psd2', 'dora', 'gdpr'], noUsSubprocessors: true, dataResidency: ['eu'], opsCapacity: 'high', developers: 25 }, { primary: ['keycloak', 'curity', 'zitadel', 'ory', 'authentik'], never: ['auth0', 'clerk', 'cognito', 'workos'], }],
  ['the same without anybody to run a server, on Rails', { projectType: 'web-app', stage: 'early', signInBy: ['consumers'], stack: ['rails'], noUsSubprocessors: true, dataResidency: ['eu'], opsCapacity: 'none', developers: 3 }, { primary: ['framework-native'] }],
  ['children on tablets', { projectType: 'mobile-app', stage: 'early', signInBy: ['consumers'], clients: ['ios', 'android'], compliance: ['coppa'], dataClasses: ['minors'], developers: 4 }, { primary: ['firebase-auth', 'identity-platform', 'supabase-auth', 'cognito', 'auth0', 'clerk'] }],
  ['a console game', { projectType: 'game', stage: 'growth', signInBy: ['consumers'], clients: ['game'], monthlyActiveUsers: 400_000 }, { primary: 'game-platform-identity' }],
  ['shoppers and an enterprise SSO wish', { projectType: 'web-app', stage: 'growth', signInBy: ['consumers'], needsSso: true, developers: 6 }, { conflicts: ['consumers-with-sso'] }],
  // business users
  ['a first SSO customer with no money', { projectType: 'b2b-saas', stage: 'early', signInBy: ['business-users'], needsSso: true, ssoConnections: 1, budgetUsdPerMonth: 0 }, { primary: ['auth0', 'stytch', 'scalekit', 'better-auth'], conflicts: ['free-with-sso'] }],
  ['sixty SSO and SCIM customers', { projectType: 'b2b-saas', stage: 'enterprise', signInBy: ['business-users'], needsSso: true, needsScim: true, ssoConnections: 60, monthlyActiveUsers: 80_000, developers: 60, compliance: ['soc2', 'iso27001'] }, { primary: ['workos', 'auth0', 'stytch', 'clerk', 'scalekit', 'descope'] }],
  ['B2B on Laravel without SSO', { projectType: 'b2b-saas', stage: 'early', signInBy: ['business-users'], stack: ['laravel'], developers: 3 }, { primary: ['framework-native', 'workos', 'auth0', 'stytch'] }],
  ['a pinned end-of-life library', { projectType: 'web-app', stage: 'early', signInBy: ['consumers'], stack: ['nextjs'], decisions: { auth: 'lucia', reason: 'we know it' } }, { conflicts: ['pinned-end-of-life'] }],
  ['a pinned directory that is closed to new customers', { projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], decisions: { auth: 'azure-ad-b2c' } }, { conflicts: ['pinned-end-of-life'] }],
  ['an existing Auth0 customer', { projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], existing: ['auth0'], needsSso: true, ssoConnections: 3 }, { primary: 'auth0' }],
  ['a charity that labels itself production', { projectType: 'web-app', stage: 'production', signInBy: ['consumers'], developers: 1, monthlyActiveUsers: 50 }, { conflicts: ['stage-above-scale'] }],
  // products that customers host
  ['a helm chart for enterprises', { projectType: 'self-hosted-product', stage: 'growth', signInBy: ['business-users'], distributedToCustomers: true, hosting: 'customer', needsSso: true, developers: 15 }, { primary: 'pluggable-oidc', never: ['workos', 'auth0', 'clerk', 'keycloak'] }],
  // partners and machines
  ['an API for four insurers', { projectType: 'api', stage: 'growth', signInBy: ['partners'], clients: ['machine'], compliance: ['soc2'] }, { primary: 'oauth-client-credentials', never: ['api-keys', 'clerk'] }],
  ['a weather API for developers', { projectType: 'api', stage: 'growth', signInBy: ['machines'], clients: ['machine'] }, { primary: 'api-keys' }],
  ['a card API for merchants', { projectType: 'api', stage: 'growth', signInBy: ['machines'], clients: ['machine'], compliance: ['pci-dss'], dataClasses: ['cardholder'], takesPayments: true }, { primary: ['oauth-client-credentials'] }],
  ['machines with an SSO wish', { projectType: 'api', stage: 'early', signInBy: ['machines'], needsSso: true }, { conflicts: ['machines-with-sso'] }],
  ['a pipeline nobody but staff and jobs touches', { projectType: 'data-platform', stage: 'growth', signInBy: ['staff', 'machines'], existing: ['entra-id'], hosting: 'azure' }, { primary: 'entra-id', machine: ['oauth-client-credentials'] }],
  // devices
  ['sensors with a console for staff', { projectType: 'iot', stage: 'growth', signInBy: ['devices', 'staff'], devices: 50_000, existing: ['google-workspace'] }, { device: 'device-certificates', primary: ['workforce-oidc', 'identity-aware-proxy', 'device-certificates'] }],
  ['sensors alone', { projectType: 'iot', stage: 'early', signInBy: ['devices'], clients: ['iot'], devices: 800 }, { primary: 'device-certificates' }],
  ['a smart lock with an app', { projectType: 'iot', stage: 'growth', signInBy: ['devices', 'consumers'], devices: 20_000, clients: ['ios', 'android', 'iot'] }, { device: 'device-certificates', never: ['device-certificates', 'workforce-oidc'] }],
  // agents
  ['an MCP server for a B2B product', { projectType: 'ai-product', stage: 'mvp', signInBy: ['business-users', 'agents'], clients: ['mcp', 'web'], usesLlm: true }, { agent: 'oauth-resource-server', primary: ['workos', 'stytch', 'descope', 'auth0', 'clerk', 'scalekit', 'better-auth'], never: ['api-keys'] }],
  ['an MCP server only', { projectType: 'api', stage: 'mvp', signInBy: ['agents'], clients: ['mcp'] }, { primary: 'oauth-resource-server' }],
  ['an assistant for consumers that acts for them', { projectType: 'ai-product', stage: 'early', signInBy: ['consumers', 'agents'], usesLlm: true }, { agent: 'oauth-resource-server', never: ['oauth-resource-server', 'workforce-oidc'] }],
  // public sector
  ['a federal benefits portal', { projectType: 'web-app', stage: 'production', signInBy: ['consumers', 'staff'], compliance: ['fedramp', 'fips-140'], hosting: 'aws', developers: 20, opsCapacity: 'high', existing: ['entra-id'] }, { primary: ['cognito', 'keycloak', 'auth0', 'ping', 'identity-platform'], staff: ['entra-id', 'workforce-oidc'], never: ['clerk', 'supabase-auth', 'better-auth'] }],
  ['air gap with nobody to run it', { projectType: 'internal-tool', stage: 'production', signInBy: ['staff'], airGapped: true, opsCapacity: 'none', existing: ['active-directory'] }, { conflicts: ['self-run-without-ops'], never: ['entra-id', 'identity-aware-proxy', 'workos'] }],
  ['air gap on Vercel', { projectType: 'web-app', stage: 'mvp', signInBy: ['consumers'], airGapped: true, hosting: 'vercel' }, { conflicts: ['air-gap-with-hosted-platform'] }],
]
