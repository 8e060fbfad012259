import { needsSecondPerson } from '../../core/branching.ts'
import { isCustomerHosted, isPublished, type DeployTriggerId, type EnvironmentName, type PlannedEnvironment } from '../../core/environments.ts'
import { controlsOf, type Control } from './controls.ts'
import type { DeployedEnvironment, ProviderId, StageId } from './model.ts'
import { requestedExtras } from './requested.ts'
import type { Settings } from './settings.ts'
import { targets } from './targets.ts'

export type TriggerId = 'pull-request' | 'merge-queue' | 'push-to-main' | 'push-to-develop' | 'push-to-release-branch' | 'version-tag' | 'manual-dispatch'
export type GateId = 'checks-green' | 'review' | 'merge-queue' | 'approval' | 'manual-start' | 'health-check' | 'one-deploy-at-a-time'

export interface Decision {
  readonly provider: ProviderId
  readonly branchStrategy: string
  readonly triggers: readonly TriggerId[]
  readonly stages: readonly StageId[]
  readonly environments: readonly { readonly name: EnvironmentName, readonly trigger: string, readonly start: string }[]
  readonly promotion: readonly { readonly from: string, readonly to: EnvironmentName, readonly by: string }[]
  readonly gates: readonly { readonly id: GateId, readonly before: string, readonly count?: number }[]
  readonly controls: readonly Control[]
  readonly apps: readonly { readonly name: string | null, readonly target: string }[]
  readonly language: string
  readonly packageManager: string
  /** Stages of CI run as one job (cheaper) or one job each (faster). */
  readonly jobs: 'one' | 'split'
}

/** How a deploy to an environment starts; undefined for environments a pipeline does not deploy to. */
function deployed(planned: PlannedEnvironment, main: string): Omit<DeployedEnvironment, 'after'> | undefined {
  const base = { name: planned.name, trigger: planned.deployTriggerId }
  switch (planned.deployTriggerId) {
    case 'push-to-main': return { ...base, branch: main, start: 'automatic' }
    case 'push-to-develop': return { ...base, branch: 'develop', start: 'automatic' }
    case 'push-to-release-branch': return { ...base, branch: 'release/**', start: 'automatic' }
    case 'automatic-promotion': return { ...base, branch: main, start: 'after' }
    case 'approved-push-to-main':
    case 'approved-promotion': return { ...base, branch: main, start: 'approval' }
    case 'manual': return planned.name === 'local' ? undefined : { ...base, branch: main, start: 'manual' }
    case 'version-tag': return { ...base, branch: 'v*', start: 'automatic' }
    default: return undefined
  }
}

/** What starts an environment once somebody asked for a person's yes before it. */
const heldBack: Readonly<Partial<Record<DeployTriggerId, DeployTriggerId>>> = { 'push-to-main': 'approved-push-to-main', 'automatic-promotion': 'approved-promotion' }

/** Environments a pipeline deploys to, in order, each with the one that has to succeed first. */
export function deployedEnvironments(settings: Settings): readonly DeployedEnvironment[] {
  const nowhere = settings.apps.every(({ target }) => target === 'none' || target === 'customer')
  if (isPublished(settings.profile) || (deploys(settings) && !serves(settings)) || (nowhere && (settings.profile.stage === 'poc' || isCustomerHosted(settings.profile)))) return []
  const asked = requestedExtras(settings).includes('approval')
  const found = settings.environments.flatMap((planned) => deployed(asked && planned.name === 'production' ? { ...planned, deployTriggerId: heldBack[planned.deployTriggerId] ?? planned.deployTriggerId } : planned, settings.mainBranch) ?? [])
  return found.map((environment, index) => {
    const before = found.slice(0, index).reverse().find((earlier) => earlier.branch === environment.branch && earlier.start !== 'manual')
    return { ...environment, after: environment.start === 'after' || environment.start === 'approval' ? before?.name ?? null : null, start: environment.start === 'after' && before === undefined ? 'automatic' : environment.start }
  })
}

/** True when at least one application has a target whose deploy job can be written. */
export const deploys = (settings: Settings): boolean => settings.apps.some(({ target }) => target in targets)

/** True when something answers requests after a deploy: a registry only keeps an image. */
export const serves = (settings: Settings): boolean => settings.apps.some(({ target }) => targets[target]?.serves === true)

/** True when releases reach a platform that a pipeline can deploy to, whether its deploy job can be written or not. */
export const goesLive = (settings: Settings): boolean => serves(settings) || (deployedEnvironments(settings).length > 0 && settings.apps.some(({ target }) => target !== 'none' && target !== 'customer' && !(target in targets)))

/** A migration belongs to the pipeline when a tool is known and something is deployed. */
export const migrates = (settings: Settings): boolean => settings.migrationTool !== undefined && serves(settings)

/** True when an environment gets what the one before it ran, not what a branch holds. */
export const isPromoted = ({ trigger }: DeployedEnvironment): boolean => trigger === 'automatic-promotion' || trigger === 'approved-promotion'

/** Environments that get a release in another way than from a pipeline, and are still ours. */
const reachedOutside = (settings: Settings): readonly { readonly name: EnvironmentName, readonly trigger: string, readonly start: string }[] => settings.environments
  .filter(({ deployTriggerId }) => deployTriggerId === 'store-release' || deployTriggerId === 'signed-offline-bundle')
  .map(({ name, deployTriggerId }) => ({ name, trigger: deployTriggerId, start: 'outside' }))

/** Pure: the same settings give the same pipeline. */
export function decide(settings: Settings): Decision {
  const { branch, rank, profile } = settings
  const environments = deployedEnvironments(settings)
  const deploying = deploys(settings)
  // What customers install is published as well: a version tag makes an image or a chart of it.
  const publishing = isPublished(profile) || isCustomerHosted(profile)
  const live = goesLive(settings)
  const outside = reachedOutside(settings)
  const packaged = settings.apps.some(({ target }) => targets[target]?.image != null || targets[target]?.synthesizes === true)
  const has = (check: 'lint' | 'test' | 'build'): boolean => settings.toolchain === undefined || settings.toolchain.checks[check].length > 0 || (check === 'build' && packaged)
  const stages: StageId[] = [...(['lint', 'test', 'build'] as const).filter(has), ...(rank >= 2 ? ['security' as const] : []), ...(settings.migrationTool !== undefined && live ? ['migrate' as const] : []), ...(deploying || live || publishing ? ['deploy' as const] : []), ...(live ? ['verify' as const] : [])]
  const pushed = (pattern: string) => (deploying || live) && environments.some((environment) => environment.branch === pattern)
  const triggers: TriggerId[] = [
    'pull-request', ...(branch.mergeQueue ? ['merge-queue' as const] : []), 'push-to-main', ...(branch.releaseBranch === 'develop' ? ['push-to-develop' as const] : []),
    ...(pushed('release/**') ? ['push-to-release-branch' as const] : []), ...(publishing || pushed('v*') ? ['version-tag' as const] : []), ...(deploying || live ? ['manual-dispatch' as const] : []),
  ]
  const promotion = environments.map((environment, index) => ({ from: (isPromoted(environment) ? environment.after ?? environments[index - 1]?.name : undefined) ?? (environment.branch === 'v*' ? 'version tag' : environment.branch), to: environment.name, by: environment.trigger }))
  const several = (profile.developers ?? 2) > 1
  const named = several && (needsSecondPerson(profile) || requestedExtras(settings).includes('approval'))
  const approved = [...environments.filter(({ start }) => start === 'approval'), ...(named ? outside.filter(({ name }) => name === 'production') : [])].map(({ name }) => name)
  return {
    provider: settings.provider, branchStrategy: branch.strategy, triggers, stages,
    environments: [...environments.map(({ name, trigger, start }) => ({ name, trigger, start })), ...outside], promotion: settings.apps.some(({ target }) => target !== 'none') ? promotion : [],
    gates: [
      { id: 'checks-green', before: 'merge' },
      ...(branch.requiredReviews > 0 ? [{ id: 'review' as const, before: 'merge', count: branch.requiredReviews }] : []),
      ...(branch.mergeQueue ? [{ id: 'merge-queue' as const, before: 'merge' }] : []),
      ...(live || outside.length > 0 ? approved.map((name) => ({ id: named ? 'approval' as const : 'manual-start' as const, before: name })) : []),
      ...(publishing && several && (named || isPublished(profile)) ? [{ id: 'approval' as const, before: 'publish' }] : []),
      ...(deploying || live ? [{ id: 'one-deploy-at-a-time' as const, before: 'deploy' }] : []),
      ...(live && !isCustomerHosted(profile) ? [{ id: 'health-check' as const, before: 'success' }] : []),
    ],
    controls: controlsOf(settings, live || publishing), apps: settings.apps, language: settings.language, packageManager: settings.packageManager, jobs: settings.shallow ? 'one' : 'split',
  }
}
