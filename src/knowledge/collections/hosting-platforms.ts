import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about where the user's application runs: read by observability, pipelines and environments. */
export const hostingPlatformFacts = {
  /** `shared`: a directory on somebody else's web server, where no process of one's own runs. */
  kind: fact(z.enum(['paas', 'serverless', 'containers', 'kubernetes', 'virtual-machines', 'shared', 'none'])),
  /** Platform log, metric and secret stores that come with it; sheet ids or null when it has none. */
  builtInLogs: fact(z.string()),
  builtInMetrics: fact(z.string()),
  /** Id in the secrets collection. */
  secretsStore: fact(z.string()),
  previewEnvironments: fact(z.boolean()),
  /** The platform deploys from Git by itself: a pipeline deploy beside it would deploy twice. */
  ownGitIntegration: fact(z.boolean()),
  /** Where that is switched off: a key of a file or a setting; null where nothing deploys by itself. */
  gitSwitchOff: fact(z.string()),
  /** `oidc` when CI can sign in without a stored key. */
  ciAuth: fact(z.enum(['oidc', 'token', 'none'])),
  /** Secrets CI needs, as variable names. */
  ciSecrets: fact(z.array(z.string())),
  /** The narrowest thing a stored token can be limited to; null without a token, or where no page says. */
  tokenScope: fact(z.string()),
  deployCommand: fact(z.string()),
  rollbackCommand: fact(z.string()),
  /** True when the deploy command ends only after the new version is healthy. */
  deployWaitsForHealth: fact(z.boolean()),
  /** Where a migration step belongs: the platform's own hook, or null for a pipeline job. */
  migrationHook: fact(z.string()),
  regions: fact(z.array(z.string())),
}
