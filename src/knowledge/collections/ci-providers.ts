import * as z from 'zod'
import { isIsoDate } from '../../core/dates.ts'
import { fact } from '../sheet.ts'

/** A plan's name; `any` when every plan has the feature, `none` when no plan has it. Private repositories, unless the name says otherwise. */
const plan = z.string()

/** Facts about where pipelines run. Included minutes and rates are also in the sheet's `price`. */
export const ciProviderFacts = {
  /** The file that people edit. */
  configFile: fact(z.string()),
  /** True when pipelines may be spread over several files that start on their own. */
  severalConfigFiles: fact(z.boolean()),
  /** How a job proves who it is to a cloud without a stored key, in one sentence. */
  oidc: fact(z.string()),
  /** Keyword or variable through which a job gets its token. */
  oidcToken: fact(z.string()),
  /** `iss` of the token; capitals stand for what the reader fills in. */
  oidcIssuer: fact(z.string()),
  /** `aud` when nothing is asked for; null when a job always names it. */
  oidcAudience: fact(z.string()),
  /** One `sub` of a deploying job, with capitals for what the reader fills in. */
  oidcSubjectExample: fact(z.string()),
  /** Clouds that a job can sign in to without a stored key. */
  oidcClouds: fact(z.array(z.enum(['aws', 'gcp', 'azure']))),
  /** Plan from which a named person must approve a deploy of a private repository. */
  approvalPlan: fact(plan),
  /** The same for public repositories. */
  approvalPlanPublic: fact(plan),
  /** Plan from which a deploy target can have secrets and rules of its own. */
  environmentsPlan: fact(plan),
  /** Plan from which a change cannot be merged without somebody's approval. */
  reviewPlan: fact(plan),
  mergeQueuePlan: fact(plan),
  mergeQueuePlanPublic: fact(plan),
  /** Where the file that names reviewers by path belongs; null when there is no such file. */
  codeOwnersPath: fact(z.string()),
  codeOwnersPlan: fact(plan),
  /** Plan from which the provider itself reports vulnerable dependencies of a change. */
  dependencyScanPlan: fact(plan),
  /** Plan from which the provider itself looks for secrets. */
  secretScanPlan: fact(plan),
  /** Keyword that keeps two deploys to one environment from overlapping. */
  serialDeploys: fact(z.string()),
  /** Keyword or setting that stops a run that a newer push made useless. */
  cancelRedundant: fact(z.string()),
  /** Where a secret lives that only one environment may read. */
  environmentSecrets: fact(z.string()),
  /** Hosted Linux machine by a name that does not move; a container image where jobs run in containers. */
  runnerImage: fact(z.string()),
  /** Last day of security fixes for that system. */
  runnerImageUntil: fact(z.string().refine(isIsoDate)),
  /** What the bill counts. */
  billingUnit: fact(z.enum(['minute', 'compute-minute', 'credit', 'parallel-job'])),
  /** Least that one job is charged with; 0 when seconds are counted. */
  minimumBilledMinutes: fact(z.number().min(0)),
  /** One minute of the smallest usual Linux machine beyond the allowance. */
  perMinuteUsd: fact(z.number().min(0)),
  /** Build minutes a month in the free plan of a private repository, on that machine. */
  freeMinutes: fact(z.number()),
  /** True when standard hosted runners cost nothing for public repositories. */
  publicRepositoriesFree: fact(z.boolean()),
}
