import * as z from 'zod'
import { productFacts } from '../product-facts.ts'
import { fact } from '../sheet.ts'

/** Facts about where secret values live: read by the environment plan. */
export const secretsStoreFacts = {
  ...productFacts,
  /** Who runs it. `platform` comes with the hosting platform, `file` lies beside the code or on the server. */
  hosting: fact(z.enum(['none', 'platform', 'cloud-service', 'hosted', 'self-hosted', 'file'])),
  /** Somebody can see later who read a value. */
  accessAudit: fact(z.boolean()),
  /** Can replace a value on a schedule by itself. */
  rotation: fact(z.boolean()),
  /** Reading rights differ between environments. */
  perEnvironmentAccess: fact(z.boolean()),
  /** Several servers get a new value without somebody copying a file to each. */
  reachesManyServers: fact(z.boolean()),
}
