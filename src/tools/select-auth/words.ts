import type { Predicate } from '../../knowledge/collections/controls.ts'
import type { SignInClass } from '../../knowledge/collections/identity-providers.ts'
import type { ServiceToken } from './controls.ts'
import type { RuleId } from './rules.ts'

/** Why a provider is out, as the end of a sentence. */
export const ruleWords: Readonly<Record<RuleId, string>> = {
  'serves-another-class': 'made for another kind of sign-in',
  'end-of-life': 'at its end of life',
  deprecated: 'deprecated',
  unsafe: 'unsafe to build on',
  'house-rule-forbids': 'forbidden by a house rule',
  'house-rule-requires-another': 'a house rule requires another choice',
  'needs-what-is-not-there': 'needs a language, framework or platform this project does not have',
  'directory-out-of-reach': 'no company directory can be reached from inside the air gap',
  'not-self-hostable': 'cannot run on machines of your own',
  'self-host-needs-ops': 'a server that needs somebody to patch and back it up, and the team has no such capacity',
  'self-host-not-wanted': 'would have to be self-hosted, which is ruled out',
  'not-redistributable': 'may not be shipped inside a product that customers host',
  'redistribution-unknown': 'no source says that it may be shipped inside a product',
  'no-baa': 'no business associate agreement (BAA) is offered',
  'baa-unknown': 'no source confirms a business associate agreement (BAA)',
  'us-operator': 'operated by a US company',
  'operator-unknown': 'no source says who operates it and under which law',
  'us-subprocessors': 'passes data on to companies under US law',
  'subprocessors-unknown': 'no source says that no company under US law works for it',
  'outside-region': 'does not offer the region the data must stay in',
  'residency-unknown': 'no source says in which regions accounts are kept',
  'no-attestation': 'lacks the authorization the regime asks of suppliers',
  'attestation-unknown': 'no source confirms the authorization the regime asks of suppliers',
  'no-organizations': 'has no organizations for customers\' companies',
  'organizations-unknown': 'no source confirms organizations',
  'no-saml': 'cannot connect customers\' own directories',
  'saml-unknown': 'no source confirms SAML or OpenID Connect connections for customers',
  'no-scim': 'has no supported SCIM provisioning',
  'scim-unknown': 'no source confirms SCIM provisioning',
  'no-second-factor': 'has no second factor, which the regime asks for',
  'keys-not-for-regulated-data': 'long-lived keys are too weak for regulated data or a partner contract',
  'over-budget': 'list price above the stated budget',
}

export const classWords: Readonly<Record<SignInClass, string>> = {
  none: 'nobody signs in', consumer: 'consumers', business: 'people of customer companies', workforce: 'staff', machine: 'machines and developers\' programs', partner: 'partners\' systems', device: 'devices', agent: 'agents acting for users', game: 'players',
}

/** How services check a caller, in words for the deliverable. */
export const tokenWords: Readonly<Record<ServiceToken, string>> = {
  none: 'Nothing to verify: there are no accounts. Deploy and editor accounts still need a second factor.',
  'session-cookie': 'The server keeps the session; the browser holds only an HttpOnly, Secure, SameSite cookie. Every request looks the session up, so signing out or disabling an account works at once.',
  'jwt-jwks': 'Each service verifies the access token itself: signature with the issuer\'s published keys (JWKS) and an allow-list of algorithms, then issuer, audience, expiry and type. Tokens live minutes; the refresh token rotates. No shared signing secret.',
  'signed-proxy-header': 'The proxy adds a signed token to each request. The application verifies signature, audience and issuer itself and refuses requests without it, so that reaching it around the proxy gains nothing.',
  'hashed-key-lookup': 'The key arrives in a header, is hashed and looked up; scope, owner and revocation are read with it. Compare in constant time, cache for a minute at most.',
  'mtls-certificate': 'The connection is mutual TLS; the certificate names the device, and the revocation list is checked when it connects.',
}

export const predicateWords: Readonly<Record<Predicate, string>> = {
  always: 'everything', api: 'API', browser: 'browser', cookies: 'cookie sessions', 'own-sessions': 'sessions', database: 'database', 'multi-instance': 'several instances', 'multi-tenant': 'tenants', money: 'payments', llm: 'model calls', agents: 'agents', webhooks: 'webhooks',
  'outbound-urls': 'URLs from users', 'file-uploads': 'uploads', 'public-forms': 'public forms', 'personal-data': 'personal data', phi: 'health data', cardholder: 'card data', minors: 'children', confidential: 'confidential data', accounts: 'accounts', passwords: 'passwords',
  tokens: 'tokens', staff: 'staff', machines: 'machines', devices: 'devices', mobile: 'mobile apps', redistributed: 'installed software', 'several-services': 'service calls', 'redirect-sign-in': 'sign-in', 'api-keys': 'API keys', 'client-credentials': 'calling systems', 'own-agents': 'your agents',
}

export const priorityWords = { must: 'Must', should: 'Should', conditional: 'Must' } as const
