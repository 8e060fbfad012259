import { branchStrategy, needsSecondPerson } from './branching.ts'
import { withDefaults } from './defaults.ts'
import { stageRank, type Profile } from './profile.ts'
import { hostingId, readStack } from './stack.ts'

/**
 * Every environment that may be planned, in the order a change passes through them. Staging comes before acceptance: it follows
 * each merge, while customers accept the release that staging has passed. Load and demo stand aside and promote nothing.
 */
export const environmentNames = ['local', 'ci', 'preview', 'dev', 'test', 'sit', 'staging', 'uat', 'load', 'preprod', 'demo', 'production'] as const
export type EnvironmentName = (typeof environmentNames)[number]

/** What starts a deploy. `approved-…` means that a named person says yes first. */
export const deployTriggerIds = ['manual', 'pull-request', 'push-to-develop', 'push-to-release-branch', 'push-to-main', 'approved-push-to-main', 'automatic-promotion', 'approved-promotion', 'version-tag', 'store-release', 'signed-offline-bundle', 'customer-upgrade'] as const
export type DeployTriggerId = (typeof deployTriggerIds)[number]

export const purposeIds = ['develop-alone', 'automated-checks', 'review-a-change', 'shared-integration', 'module-test', 'real-devices', 'system-integration', 'customer-acceptance', 'load-test', 'final-check', 'final-check-with-devices', 'beta-testers', 'rehearsal-inside-the-gap', 'show-to-prospects', 'live-users', 'published-release', 'customer-installations'] as const
export type PurposeId = (typeof purposeIds)[number]

export interface PlannedEnvironment { readonly name: EnvironmentName, readonly purposeId: PurposeId, readonly deployTriggerId: DeployTriggerId }

/** What the plan needs beside the profile: whether the platform makes an environment for each pull request, and names a person asked for. */
export interface PlanOptions { readonly previewEnvironments?: boolean, readonly only?: readonly EnvironmentName[] }

const acceptanceRegimes = ['sox', 'dora', 'psd2', 'fedramp', 'fisma']
/** Users a month, given and not assumed, from which a place for load tests is planned, and the least budget that carries one. */
export const loadTestUsers = 250_000
export const loadTestBudgetUsd = 5000
/** A stated budget below this does not carry a second deployment. */
const secondDeploymentUsd = 25

/** True for products that run on their customers' machines. */
export const isCustomerHosted = (profile: Pick<Profile, 'distributedToCustomers' | 'projectType' | 'hosting'>): boolean =>
  profile.distributedToCustomers === true || profile.projectType === 'self-hosted-product' || hostingId(profile.hosting) === 'customer'

/** True for code that is published to a registry instead of deployed. */
export const isPublished = (profile: Pick<Profile, 'projectType'>): boolean => profile.projectType === 'library' || profile.projectType === 'cli'

/** A production or enterprise label on at most two people and fewer than 1,000 users: planned like an early product. Looks only at what was given. */
export const isTinyDespiteStage = (profile: Profile): boolean =>
  (profile.stage === 'production' || profile.stage === 'enterprise') && (profile.developers ?? 99) <= 2 && (profile.monthlyActiveUsers ?? 1e9) < 1000

/** A site of pages only: nothing runs on a server, so nothing is configured, kept secret or rehearsed there. */
export const isStaticSite = (profile: Pick<Profile, 'projectType' | 'stack' | 'usesLlm' | 'takesPayments'>): boolean =>
  profile.projectType === 'content-site' && readStack(profile).databases.length === 0 && profile.usesLlm !== true && profile.takesPayments !== true

const hasDevices = (profile: Profile): boolean => profile.projectType === 'iot' || (profile.clients ?? []).includes('iot') || (profile.devices ?? 0) > 0

/** Position on the depth dial after tiny products are brought down to `early`. */
const depth = (given: Profile, filled: Profile): number => (isTinyDespiteStage(given) ? stageRank('early') : stageRank(filled.stage ?? 'mvp'))

function wanted(given: Profile, filled: Profile, preview: boolean, strategy: string): EnvironmentName[] {
  const rank = depth(given, filled)
  if (isPublished(filled)) return ['local', 'ci', 'production']
  const customerHosted = isCustomerHosted(filled)
  // A preview is a web address: it shows nobody a change to an application that is installed from a store.
  const installed = filled.projectType === 'mobile-app' && !(filled.clients ?? []).includes('web')
  const previews = preview && !customerHosted && !installed && filled.airGapped !== true
  if (isStaticSite(filled)) return previews ? ['local', 'preview', 'production'] : ['local', 'production']
  const budget = filled.budgetUsdPerMonth ?? null
  const affordable = budget === null || budget >= secondDeploymentUsd
  const alone = filled.developers === 1 && !affordable && !needsSecondPerson(filled)
  const earlyStaging = (!previews && affordable) || needsSecondPerson(filled) || (filled.services ?? 1) >= 3 || strategy === 'gitflow'
  const regime = (filled.compliance ?? []).some((id) => acceptanceRegimes.includes(id))
  const accepted = filled.releaseCadence === 'scheduled' ? rank >= (filled.airGapped === true ? 5 : 4) : rank >= 5 && (regime || filled.releaseCadence === 'weekly')
  // A shared `dev`, a `test` and a `sit` are planned only when asked for: previews and one staging do their work without a queue of people.
  const rules: readonly (readonly [EnvironmentName, boolean])[] = [
    ['local', true],
    ['ci', customerHosted],
    ['preview', previews],
    ['staging', (rank >= 3 && !alone) || (rank === 2 && earlyStaging)],
    ['uat', accepted && !customerHosted && !alone],
    // Assumed user numbers justify nothing: only a given one does.
    ['load', rank >= 4 && (given.monthlyActiveUsers ?? 0) >= loadTestUsers && (budget === null || budget >= loadTestBudgetUsd)],
    ['preprod', rank >= 4 && filled.airGapped === true],
    ['demo', customerHosted],
    ['production', true],
  ]
  return rules.filter(([, planned]) => planned).map(([name]) => name)
}

const fixedPurpose: Readonly<Record<EnvironmentName, PurposeId>> = {
  local: 'develop-alone', ci: 'automated-checks', preview: 'review-a-change', dev: 'shared-integration', test: 'module-test', sit: 'system-integration', uat: 'customer-acceptance',
  load: 'load-test', staging: 'final-check', preprod: 'rehearsal-inside-the-gap', demo: 'show-to-prospects', production: 'live-users',
}

/** A mobile app, or a game that runs in no browser, without a back end of its own: the store is where it is deployed. */
const isStoreOnly = ({ projectType, clients = [], hosting }: Profile): boolean =>
  (projectType === 'mobile-app' || (projectType === 'game' && clients.length > 0 && !clients.includes('web'))) && hostingId(hosting) === 'undecided'

function purpose(name: EnvironmentName, profile: Profile, names: readonly EnvironmentName[]): PurposeId {
  if (name === 'production') return isPublished(profile) ? 'published-release' : isCustomerHosted(profile) ? 'customer-installations' : 'live-users'
  if (name === 'test' && hasDevices(profile)) return 'real-devices'
  if (name === 'preprod' && profile.airGapped !== true) return 'final-check'
  if (name !== 'staging') return fixedPurpose[name]
  if (profile.airGapped === true && !names.includes('preprod')) return 'rehearsal-inside-the-gap'
  return isStoreOnly(profile) ? 'beta-testers' : hasDevices(profile) ? 'final-check-with-devices' : fixedPurpose[name]
}

/** `saidOnMerge`: somebody said that every merge goes live; an assumption alone never sends a change to production by itself. */
function productionTrigger(profile: Profile, strategy: string, names: readonly EnvironmentName[], saidOnMerge: boolean): DeployTriggerId {
  if (isPublished(profile)) return 'version-tag'
  if (isCustomerHosted(profile)) return 'customer-upgrade'
  if (profile.airGapped === true) return 'signed-offline-bundle'
  if (isStoreOnly(profile)) return 'store-release'
  // One person cannot give themselves the second yes.
  const approved = needsSecondPerson(profile) && (profile.developers ?? 2) > 1
  if (strategy === 'gitflow') return approved ? 'approved-push-to-main' : 'push-to-main'
  const rehearsed = names.includes('staging') || names.includes('uat') || names.includes('preprod')
  if (!rehearsed) return approved ? 'approved-push-to-main' : 'push-to-main'
  return strategy === 'trunk-based' && saidOnMerge && !approved && !names.includes('uat') ? 'automatic-promotion' : 'approved-promotion'
}

function trigger(name: EnvironmentName, profile: Profile, strategy: string, names: readonly EnvironmentName[], saidOnMerge: boolean): DeployTriggerId {
  if (name === 'local') return 'manual'
  if (name === 'ci' || name === 'preview') return 'pull-request'
  if (name === 'production') return productionTrigger(profile, strategy, names, saidOnMerge)
  if (name === 'preprod') return profile.airGapped === true ? 'signed-offline-bundle' : 'approved-promotion'
  if (name === 'demo') return 'version-tag'
  if (name === 'load') return 'manual'
  if (name === 'uat') return strategy === 'gitflow' ? 'push-to-release-branch' : names.includes('staging') || names.includes('dev') ? 'approved-promotion' : 'push-to-main'
  if (strategy !== 'gitflow') return 'push-to-main'
  // Under gitflow the first shared environment follows `develop`; a later staging follows the release branch.
  return name === 'staging' && (names.includes('dev') || names.includes('sit')) ? 'push-to-release-branch' : 'push-to-develop'
}

/**
 * The environments of a profile with their purpose and what deploys to them, in the order a change passes through.
 * Missing fields are filled as in `withDefaults`; the branch strategy is that of `branchStrategy`, so a pin is honoured.
 */
export function plannedEnvironments(profile: Profile, options: PlanOptions = {}): PlannedEnvironment[] {
  const { filled } = withDefaults(profile, [])
  const { strategy } = branchStrategy(filled)
  const names = options.only !== undefined && options.only.length > 0
    ? environmentNames.filter((name) => options.only?.includes(name))
    : wanted(profile, filled, options.previewEnvironments ?? false, strategy)
  return names.map((name) => ({ name, purposeId: purpose(name, filled, names), deployTriggerId: trigger(name, filled, strategy, names, profile.releaseCadence === 'on-merge') }))
}
