import { isCustomerHosted, isPublished } from '../../core/environments.ts'
import { serverLanguages } from '../../core/service-language.ts'
import { readStack } from '../../core/stack.ts'
import type { Decision } from './decide.ts'
import { spokenLanguage } from './languages.ts'
import { isTagged, publishOf } from './publish.ts'
import { byHand, isExtra, premature, requestedExtras } from './requested.ts'
import type { Settings } from './settings.ts'
import { targets } from './targets.ts'

export type SkipId = 'security-stage' | 'staging' | 'split-jobs' | 'affected-only' | 'service-container' | 'files-for-provider' | 'files-for-language' | 'deploy-for-target' | 'unknown-platform' | 'kept-file' | 'store-release' | 'deploy-on-provider' | 'several-images' | 'migration-command'
  | 'publish-job' | 'missing-check' | 'code-owners' | 'requested-too-early' | 'requested-by-hand' | 'requested-unknown' | 'no-target' | 'not-a-pipeline-deploy' | 'other-language'
/** `trigger` is the environment's deploy trigger, where one is meant. */
export interface Skip { readonly id: SkipId, readonly item: string, readonly trigger?: string }

/** Databases that can stand beside the tests as a container. */
const servers: readonly string[] = ['postgresql', 'mysql', 'mariadb', 'mongodb']

/** Further languages that answer requests: the files check the first. */
const besides = ({ profile }: Settings, { language }: Decision): readonly string[] => {
  const spoken = serverLanguages(readStack(profile))
  const same = (id: string): string => (id === 'javascript' ? 'typescript' : id === 'kotlin' ? 'java' : id)
  return spoken.some((id) => same(id) === same(language)) ? spoken.filter((id) => same(id) !== same(language)) : []
}

/** What is left out on purpose, or not generated yet. */
export function findSkips(settings: Settings, decision: Decision, more: readonly Skip[]): readonly Skip[] {
  const has = (id: SkipId): boolean => more.some((skip) => skip.id === id)
  const { profile, rank } = settings
  const unsupported = [...new Set(settings.apps.map(({ target }) => target))].filter((id) => id !== 'none' && !(id in targets) && !(id === 'customer' && isCustomerHosted(profile)))
  const outside = settings.environments.filter(({ deployTriggerId }) => deployTriggerId === 'store-release' || deployTriggerId === 'signed-offline-bundle')
  return [
    ...more,
    ...besides(settings, decision).map((item): Skip => ({ id: 'other-language', item: spokenLanguage(item) })),
    ...unsupported.map((item): Skip => ({ id: 'deploy-for-target', item })),
    ...(settings.apps.every(({ target }) => target === 'none') && outside.length === 0 && !has('unknown-platform') && !isPublished(profile) && !isCustomerHosted(profile) ? [{ id: 'no-target' as const, item: 'deploy job' }] : []),
    ...((isPublished(profile) || isCustomerHosted(profile)) && !isTagged(settings) && (settings.toolchain === undefined || publishOf(settings, settings.toolchain) === undefined) ? [{ id: 'publish-job' as const, item: 'publish job' }] : []),
    ...(decision.stages.includes('deploy') && outside.length === 0 && !isPublished(profile) && (profile.clients ?? []).some((client) => client === 'ios' || client === 'android') ? [{ id: 'store-release' as const, item: 'store release of the app' }] : []),
    ...outside.map(({ name, deployTriggerId }): Skip => ({ id: 'not-a-pipeline-deploy', item: name, trigger: deployTriggerId })),
    ...premature(settings).map((item): Skip => ({ id: 'requested-too-early', item })),
    ...byHand(settings).map((item): Skip => ({ id: isExtra(item) ? 'requested-by-hand' : 'requested-unknown', item })),
    ...(rank < 2 ? [{ id: 'security-stage' as const, item: 'security stage' }] : []),
    ...(settings.shallow ? [{ id: 'split-jobs' as const, item: 'one job a stage' }] : []),
    ...(decision.environments.length === 1 && rank < 3 && decision.stages.includes('deploy') ? [{ id: 'staging' as const, item: 'staging environment' }] : []),
    ...((profile.monorepo ?? 'none') !== 'none' && settings.toolchain?.readsBase !== true && !requestedExtras(settings).includes('affected-only') ? [{ id: 'affected-only' as const, item: 'affected-only runs' }] : []),
    ...(settings.database !== undefined && servers.includes(settings.database) && rank < 2 ? [{ id: 'service-container' as const, item: `a ${settings.database} server beside the tests` }] : []),
    ...((profile.developers ?? 1) >= 3 && (settings.given.codeOwners ?? []).length === 0 && !requestedExtras(settings).includes('code-owners') ? [{ id: 'code-owners' as const, item: 'CODEOWNERS' }] : []),
  ]
}
