import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Sign-in classes, one for each kind of caller a system can have. */
export const signInClasses = ['none', 'consumer', 'business', 'workforce', 'machine', 'partner', 'device', 'agent', 'game'] as const
export type SignInClass = (typeof signInClasses)[number]

/** Facts that the sign-in decision reads. Plans and prices are in the sheet's `price`. */
export const identityProviderFacts = {
  /** Who runs it: `pattern` is a way of working without a product (API keys, client credentials). */
  hosting: fact(z.enum(['hosted', 'self-hosted', 'either', 'library', 'cloud-service', 'pattern'])),
  /** Sign-in classes it can serve, the one it is made for first. */
  serves: fact(z.array(z.enum(signInClasses))),
  organizations: fact(z.boolean()),
  samlSso: fact(z.boolean()),
  /** A customer's own OpenID Connect directory can be connected. */
  oidcSso: fact(z.boolean()),
  scim: fact(z.boolean()),
  /** A customer's administrator connects the company's directory on a page that comes with it; absent where nobody looked. */
  selfServeSso: fact(z.enum(['yes', 'higher-plan', 'no'])).optional(),
  /** Company sign-in can be added beside a login that stays where it is; absent where nobody looked. */
  ssoAddOn: fact(z.boolean()).optional(),
  /** Companies under US law are among the operator's subprocessors; absent where nobody looked. */
  usSubprocessors: fact(z.boolean()).optional(),
  mfa: fact(z.boolean()),
  passkeys: fact(z.boolean()),
  machineTokens: fact(z.boolean()),
  mobileSdks: fact(z.boolean()),
  /** Sign-in pages that come with it: components inside the app, a hosted page, or none. */
  prebuiltUi: fact(z.enum(['components', 'hosted-page', 'none'])),
  /** Sign-in and admin events can be sent to a log store outside. */
  auditExport: fact(z.boolean()),
  /** Whether a business associate agreement can be had, and from which plan. `not-needed`: no vendor sees the data. */
  baa: fact(z.enum(['no', 'yes', 'higher-plan', 'not-needed'])),
  /** Audit reports and certificates of the operator, as compliance ids. */
  attestations: fact(z.array(z.string())),
  /** Regions where account data can be kept, lower-case codes. Empty: the vendor offers no choice. */
  residency: fact(z.array(z.string())),
  /** Country of the company that operates it; null for software you run. */
  operatorCountry: fact(z.string()),
  /** May be shipped inside a product that customers host. */
  redistributable: fact(z.boolean()),
  /** How users and password hashes leave, in one sentence. */
  exit: fact(z.string()),
  /** Password hashes can be had: by yourself, by asking support, or not at all. */
  hashExport: fact(z.enum(['self-service', 'on-request', 'no', 'no-passwords'])),
  /** Hosting platforms it belongs to (`firebase`, `aws`): a tie-breaker. */
  platforms: fact(z.array(z.string())),
  /** Frameworks it belongs to, as stack ids (`nextjs`, `django`): a tie-breaker. */
  stacks: fact(z.array(z.string())),
  /** Makes little sense away from its platform. */
  tiedToPlatform: fact(z.boolean()),
  /** One of these stack ids, platforms, tools or client kinds must be present for it to work at all; empty: nothing. */
  requires: fact(z.array(z.string())),
  /** Environment variables an application needs; secrets are listed in `secretVariables`. */
  variables: fact(z.array(z.string())),
  secretVariables: fact(z.array(z.string())),
}
