import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts that the sign-in decision reads. Plans and prices are in the sheet's `price`. */
export const identityProviderFacts = {
  /** Who runs it: `pattern` is a way of working without a product (API keys, client credentials). */
  hosting: fact(z.enum(['hosted', 'self-hosted', 'either', 'library', 'cloud-service', 'pattern'])),
  /** Sign-in classes it can serve. */
  serves: fact(z.array(z.enum(['none', 'consumer', 'business', 'workforce', 'machine', 'partner', 'device', 'agent', 'game']))),
  organizations: fact(z.boolean()),
  samlSso: fact(z.boolean()),
  scim: fact(z.boolean()),
  mfa: fact(z.boolean()),
  passkeys: fact(z.boolean()),
  machineTokens: fact(z.boolean()),
  mobileSdks: fact(z.boolean()),
  /** Whether a business associate agreement can be had, and from which plan. */
  baa: fact(z.enum(['no', 'yes', 'higher-plan'])),
  /** Regions where account data can be kept, lower-case codes. Empty: the vendor offers no choice. */
  residency: fact(z.array(z.string())),
  /** Country of the company that operates it; null for software you run. */
  operatorCountry: fact(z.string()),
  /** May be shipped inside a product that customers host. */
  redistributable: fact(z.boolean()),
  /** How users and password hashes leave, in one sentence. */
  exit: fact(z.string()),
  /** Hosting platforms it belongs to (`firebase`, `aws`): a tie-breaker. */
  platforms: fact(z.array(z.string())),
  /** Frameworks it belongs to, as stack ids (`nextjs`, `postgresql`); empty: any. */
  stacks: fact(z.array(z.string())),
  /** Environment variables an application needs; secrets are listed in `secretVariables`. */
  variables: fact(z.array(z.string())),
  secretVariables: fact(z.array(z.string())),
}
