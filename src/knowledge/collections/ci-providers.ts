import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about where pipelines run. Included minutes and rates are in the sheet's `price`. */
export const ciProviderFacts = {
  /** The file that people edit. */
  configFile: fact(z.string()),
  /** How a job proves who it is to a cloud without a stored key, in one sentence. */
  oidc: fact(z.string()),
  /** Plan from which a named person must approve a deploy of a private repository; `any` when no plan is needed. */
  approvalPlan: fact(z.string()),
  /** The same for public repositories. */
  approvalPlanPublic: fact(z.string()),
  /** Keyword that keeps two deploys to one environment from overlapping. */
  serialDeploys: fact(z.string()),
  /** Where a secret lives that only one environment may read. */
  environmentSecrets: fact(z.string()),
  /** Build minutes a month in the free plan of a private repository. */
  freeMinutes: fact(z.number()),
  /** True when standard hosted runners cost nothing for public repositories. */
  publicRepositoriesFree: fact(z.boolean()),
}
