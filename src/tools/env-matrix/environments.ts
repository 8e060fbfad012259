import { isCustomerHosted, isPublished, isStaticSite, plannedEnvironments, type EnvironmentName, type PlannedEnvironment } from '../../core/environments.ts'
import { needsSecondPerson } from '../../core/branching.ts'
import type { Profile } from '../../core/profile.ts'
import { hostingId } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Input } from './input.ts'
import { strictDataClasses, strictDataRegimes, type AccessRule, type DataRule } from './rules.ts'

/** One row of the environments table, as ids. */
export interface Environment { readonly name: EnvironmentName, readonly purpose: PlannedEnvironment['purposeId'], readonly data: DataRule, readonly access: AccessRule, readonly deployTrigger: PlannedEnvironment['deployTriggerId'] }

/** True when no real row may leave production: a regime or a class of data says so. */
export const hasStrictData = (profile: Pick<Profile, 'compliance' | 'dataClasses'>): boolean =>
  (profile.compliance ?? []).some((regime) => strictDataRegimes.includes(regime)) || (profile.dataClasses ?? []).some((kind) => strictDataClasses.includes(kind))

function dataRule(name: EnvironmentName, input: Input): DataRule {
  if (isPublished(input)) return 'no-rows'
  // Files alone hold no rows; what is live is what was published.
  if (isStaticSite(input) && name !== 'production') return 'no-rows'
  if (name === 'production') return isCustomerHosted(input) ? 'customer-rows' : 'real-rows'
  if (name === 'demo') return 'demo-rows'
  if (name === 'load') return 'generated-at-scale'
  if (name === 'local' || name === 'ci' || name === 'preview' || name === 'dev') return 'seed-rows'
  if (hasStrictData(input)) return 'synthetic-only'
  const asked = input.stagingData
  return asked === 'production-copy' || asked === 'masked-copy' ? asked : asked === 'synthetic' ? 'synthetic-only' : 'rich-seed'
}

/** Hosting where an account, project or subscription is the boundary of rights, so production can have one of its own. */
const accountHosting = /^(aws|gcp|gke|azure|firebase)/

function accessRule(name: EnvironmentName, input: Input): AccessRule {
  if (name === 'local') return 'developer'
  if (name === 'ci') return 'pipeline'
  if (name === 'preview') return 'team-signed-in'
  if (name === 'uat') return 'team-and-customers'
  if (name === 'demo') return 'prospects'
  if (name === 'staging' || name === 'preprod' || name === 'sit' || name === 'test') return 'team-and-testers'
  if (name !== 'production') return 'team'
  if (isPublished(input)) return 'everyone'
  if (isCustomerHosted(input)) return 'customer-administrators'
  const audited = needsSecondPerson(input)
  if ((input.developers ?? 2) <= 2) return audited ? 'owners-recorded' : 'owners-with-mfa'
  if (!audited) return 'pipeline-and-on-call'
  return accountHosting.test(hostingId(input.hosting)) ? 'own-account-and-break-glass' : 'pipeline-and-break-glass'
}

/** Environments with data and access rules, in the order a change passes through. `given` is the profile before its defaults, `input` after. */
export function planEnvironments(given: Input, input: Input, knowledge: Knowledge): Environment[] {
  const previewEnvironments = knowledge['hosting-platforms'][hostingId(input.hosting)]?.facts.previewEnvironments.value === true
  const planned = plannedEnvironments(given, { previewEnvironments, ...(input.environments === undefined ? {} : { only: input.environments }) })
  return planned.map(({ name, purposeId, deployTriggerId }) => ({ name, purpose: purposeId, data: dataRule(name, input), access: accessRule(name, input), deployTrigger: deployTriggerId }))
}

/** Environments that hold a running deployment: all but the developer's machine and the pipeline's own. */
export const deployedNames = (environments: readonly Environment[]): EnvironmentName[] => environments.map(({ name }) => name).filter((name) => name !== 'local' && name !== 'ci')
