import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { FileWithBody } from '../tool.ts'
import { azurePipelines } from './dialects/azure-pipelines/dialect.ts'
import { bitbucket } from './dialects/bitbucket/dialect.ts'
import { circleci } from './dialects/circleci/dialect.ts'
import { githubActions } from './dialects/github/dialect.ts'
import { gitlab } from './dialects/gitlab/dialect.ts'
import { keptInstead } from './existing-ci.ts'
import type { Deploy, Plan } from './plan.ts'
import type { ProviderId } from './model.ts'
import { trustFiles } from './trust/trust.ts'

/** How one CI provider's files are written and what people set up there by hand. A new provider is one folder and one line below. */
export interface Dialect {
  readonly files: (plan: Plan, knowledge: Knowledge, citations: Citations) => readonly FileWithBody[]
  /** False for an application whose target this provider's jobs cannot reach. */
  readonly reaches: (deploy: Deploy, plan: Plan) => boolean
  /** Environments, settings and trust that no file can hold, one instruction each, as Markdown. */
  readonly byHand: (plan: Plan) => readonly string[]
}

/** Providers whose files are generated; the others get the decision, the stages and the checklist. */
export const dialects: Partial<Record<ProviderId, Dialect>> = { 'github-actions': githubActions, gitlab, 'azure-pipelines': azurePipelines, circleci, bitbucket }

/** Applications that the jobs of the provider deploy. */
export const reached = (plan: Plan): readonly Deploy[] => plan.deploys.filter((deploy) => dialects[plan.settings.provider]?.reaches(deploy, plan) !== false)

/** The files of a plan, and what lets its jobs sign in to a cloud; empty for a provider without a dialect. */
export function writeFiles(plan: Plan, knowledge: Knowledge, citations: Citations): readonly FileWithBody[] {
  const dialect = dialects[plan.settings.provider]
  return dialect === undefined ? [] : [...dialect.files(plan, knowledge, citations).filter(({ path }) => keptInstead(plan.settings, path) === undefined), ...trustFiles(plan, reached(plan))]
}
