import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { FileWithBody } from '../tool.ts'
import { githubActions } from './dialects/github-actions.ts'
import { gitlab } from './dialects/gitlab.ts'
import type { ProviderId } from './model.ts'
import type { Plan } from './plan.ts'

type Dialect = (plan: Plan, knowledge: Knowledge, citations: Citations) => readonly FileWithBody[]

/** Providers whose files are generated; the others get the decision, the stages and the checklist. */
export const dialects: Partial<Record<ProviderId, Dialect>> = { 'github-actions': githubActions, gitlab }

/** The files of a plan; empty for a provider without a dialect. */
export const writeFiles = (plan: Plan, knowledge: Knowledge, citations: Citations): readonly FileWithBody[] =>
  dialects[plan.settings.provider]?.(plan, knowledge, citations) ?? []
