import type { Profile } from './profile.ts'
import { isServerFramework, serviceLanguage } from './service-language.ts'
import { readStack, type Stack } from './stack.ts'
import { asWord } from './words.ts'

/** An identity provider, as far as the check of its tokens goes. */
export interface TokenIssuer { readonly id: string, readonly hosting: string | null, readonly variables: readonly string[] }

/** Frameworks whose sign-in library checks the session inside the page's own server. */
const pageFrameworks: readonly string[] = ['nextjs', 'remix', 'sveltekit', 'astro', 'react']
const browserLanguages: readonly string[] = ['javascript', 'typescript']
/** Directories of staff, those most companies know first. */
export const directories: readonly string[] = ['google-workspace', 'entra-id', 'active-directory', 'okta', 'shibboleth', 'keycloak', 'authentik', 'onelogin', 'jumpcloud', 'ping']
const strictRegimes: readonly string[] = ['hipaa', 'pci-dss', 'psd2', 'fedramp', 'fisma']
/** What is known by other means than tokens of an issuer. */
const withoutTokens: readonly string[] = ['none', 'api-keys', 'device-certificates']

/** False for a stack that names browser code only: where its requests go is not known. */
export const namesServer = (stack: Stack): boolean =>
  serviceLanguage(stack) !== null && (stack.frameworks.some(isServerFramework) || stack.databases.length > 0 || stack.frameworks.length === 0 || stack.languages.some((language) => !browserLanguages.includes(language)))

/** Partners of a site or an app are people with accounts, unless programs are named too. */
export const partnersArePeople = ({ signInBy = [], projectType, clients = [] }: Profile): boolean =>
  signInBy.includes('partners') && (projectType === 'web-app' || projectType === 'mobile-app') && !signInBy.includes('machines') && !clients.includes('machine')

/** Partners, agents and machines near regulated data or staff come with tokens of an authorization server, whoever signs people in. */
function delegated(profile: Profile): boolean {
  const { signInBy = [], projectType, compliance = [], dataClasses = [] } = profile
  const regulated = compliance.some((id) => strictRegimes.includes(id)) || dataClasses.some((kind) => kind === 'phi' || kind === 'cardholder')
  const staffOnly = projectType !== 'api' && signInBy.includes('staff') && !signInBy.includes('consumers') && !signInBy.includes('business-users')
  return signInBy.includes('agents') || (signInBy.includes('partners') && !partnersArePeople(profile)) || (signInBy.includes('machines') && (regulated || staffOnly))
}

/** The library that signs people in keeps a session of its own: no token leaves the server. */
function keepsSession({ id, hosting }: TokenIssuer, profile: Profile): boolean {
  const words = [...(profile.stack ?? []), ...(profile.existing ?? [])].map(asWord)
  const mustSelfRun = profile.airGapped === true || profile.selfHost === 'required' || profile.distributedToCustomers === true || profile.projectType === 'self-hosted-product'
  const directoryItself = id === 'entra-id' && !mustSelfRun && directories.find((word) => words.includes(word)) === id
  return hosting === 'library' || id === 'workforce-oidc' || id === 'pluggable-oidc' || directoryItself
}

/** True when services of the project check access tokens themselves. `profile` has its defaults filled. */
export function checksTokens(profile: Profile, provider: TokenIssuer): boolean {
  const stack = readStack(profile)
  const signInBy = profile.signInBy ?? []
  const published = profile.projectType === 'library' || profile.projectType === 'cli' || (profile.projectType === 'content-site' && signInBy.every((who) => who === 'nobody'))
  if (published || !namesServer(stack)) return false
  if (delegated(profile) || provider.id === 'identity-aware-proxy') return true
  if (withoutTokens.includes(provider.id)) return false
  const several = (profile.services ?? 1) > 1
  const mobile = (profile.clients ?? []).some((client) => client === 'ios' || client === 'android')
  const ownPages = stack.frameworks.length > 0 && stack.frameworks.every((id) => pageFrameworks.includes(id))
  return several || mobile || !(keepsSession(provider, profile) || ownPages)
}

/** Where the verifier's header reads the address of the key set from. */
export const keySetVariable = 'JWKS_URI'

/** Names of the variables that hold issuer and audience: those of the provider's sheet, else made alike; where tokens are delegated, those of OAuth. */
export function tokenVariables(profile: Profile, provider: TokenIssuer): { readonly issuer: string, readonly audience: string } {
  const named = delegated(profile) ? [] : provider.variables
  const [issuer, audience] = [named.find((name) => /_ISSUER(_URL)?$/.test(name)), named.find((name) => name.endsWith('_AUDIENCE'))]
  const prefix = (issuer ?? audience ?? 'OAUTH_').replace(/_(ISSUER(_URL)?|AUDIENCE)?$/, '')
  return { issuer: issuer ?? `${prefix}_ISSUER`, audience: audience ?? `${prefix}_AUDIENCE` }
}
