import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about where secret values live: read by the environment plan. */
export const secretsStoreFacts = {
  /** Who runs it. `platform` comes with the hosting platform, `file` lies beside the code or on the server. */
  hosting: fact(z.enum(['none', 'platform', 'cloud-service', 'hosted', 'self-hosted', 'file'])),
  /** Hosting platforms it belongs to; empty: any. */
  platforms: fact(z.array(z.string())),
  /** Somebody can see later who read a value. */
  accessAudit: fact(z.boolean()),
  /** Can replace a value on a schedule by itself. */
  rotation: fact(z.boolean()),
  /** Reading rights differ between environments. */
  perEnvironmentAccess: fact(z.boolean()),
  /** Several servers get a new value without somebody copying a file to each. */
  reachesManyServers: fact(z.boolean()),
  /** Works without any connection to the outside. */
  airGap: fact(z.boolean()),
  /** May be part of a product that customers host. */
  redistributable: fact(z.boolean()),
  /** Operations capacity of the team that it takes at least. */
  opsNeeded: fact(z.enum(['none', 'low', 'medium', 'high'])),
  license: fact(z.string()),
  /** Regions where values can be kept, lower-case codes. Empty: the vendor offers no choice. */
  residency: fact(z.array(z.string())),
  /** Whether a business associate agreement can be had, and from which plan. */
  baa: fact(z.enum(['no', 'yes', 'higher-plan'])),
  /** Country of the company that operates it; null for software you run. */
  operatorCountry: fact(z.string()),
  /** Environment variables an application or its pipeline needs to reach the store; secrets in `secretVariables`. */
  variables: fact(z.array(z.string())),
  secretVariables: fact(z.array(z.string())),
}
