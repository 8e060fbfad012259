import { secondPersonRegimes } from '../../../core/branching.ts'
import { isPublished } from '../../../core/environments.ts'
import { plain } from '../../../core/markdown.ts'
import { beyondSharedHosting } from '../../../core/shared-hosting.ts'
import { targets } from '../targets.ts'
import type { Finder, FoundConflict } from './found.ts'

/** Platforms whose router can send a share of the traffic to a new version. */
const splitsTraffic: readonly string[] = ['aws', 'aws-ecs', 'aws-lambda', 'aws-kubernetes', 'gcp', 'gke', 'azure', 'kubernetes', 'hetzner-kubernetes', 'openshift', 'fly', 'cloudflare-workers', 'vercel']
/** Databases whose tables somebody has to change. */
const relational: readonly string[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'sqlserver']

/** Where it runs, against what was asked of it. */
export const findPlatformConflicts: Finder = ({ settings, decision, knowledge, asks }) => {
  const { given, profile } = settings
  const found: FoundConflict[] = []
  const used = [...new Set(settings.apps.map(({ target }) => target))].filter((id) => id !== 'none')
  const nameOf = (id: string): string => plain(knowledge['hosting-platforms'][id]?.name ?? id)
  const beyond = beyondSharedHosting(profile)
  if (beyond.length > 0) found.push({ id: 'beyond-shared-hosting', inputs: ['hosting: shared-hosting', ...beyond] })
  if (isPublished(profile) && (given.environments ?? []).some((name) => name !== 'local' && name !== 'ci' && name !== 'production')) found.push({ id: 'library-with-environments', inputs: [`projectType: ${profile.projectType}`, `environments: ${(given.environments ?? []).join(', ')}`] })
  if ((profile.monorepo ?? 'none') !== 'none' && (profile.services ?? 1) > 1 && settings.apps.length === 1 && settings.apps[0]?.name === null && settings.apps[0].target in targets) found.push({ id: 'repository-with-one-target', inputs: [`monorepo: ${profile.monorepo}`, `deployTarget: ${settings.apps[0].target}`] })
  for (const target of used.filter((id) => id in targets)) {
    const platform = knowledge['hosting-platforms'][target]?.facts
    const early = platform?.deployWaitsForHealth.value === false
    // One entry a platform: both are settled in one visit to its settings.
    if (platform?.ownGitIntegration.value === true) found.push({ id: 'deploys-twice', inputs: [`deployTarget: ${target}`, 'its own Git integration', ...(early ? ['deploy command that ends before health'] : [])], detail: nameOf(target) })
    else if (early) found.push({ id: 'returns-before-healthy', inputs: [`deployTarget: ${target}`, 'deploy command'], detail: platform.deployWaitsForHealth.note ?? '' })
  }
  const regimes = secondPersonRegimes(profile)
  const keyed = used.filter((id) => knowledge['hosting-platforms'][id]?.facts.ciAuth.value === 'token')
  if (regimes.length > 0 && keyed.length > 0) found.push({ id: 'regime-with-stored-keys', inputs: [`compliance: ${regimes.join(', ')}`, `deployTarget: ${keyed.join(', ')}`], detail: keyed.map(nameOf).join(', ') })
  if (asks('container-scan') && used.length > 0 && used.every((id) => id in targets && targets[id]?.image === null)) found.push({ id: 'image-scan-without-image', inputs: ['requested: container scan', `deployTarget: ${used.join(', ')}`], detail: used.map(nameOf).join(', ') })
  const cannot = [
    ...(asks('gitops') && !used.some((id) => knowledge['hosting-platforms'][id]?.facts.kind.value === 'kubernetes') ? ['gitops'] : []),
    ...(asks('canary') && !used.some((id) => splitsTraffic.includes(id)) ? ['canary'] : []),
  ]
  if (used.length > 0 && cannot.length > 0) found.push({ id: 'platform-cannot', inputs: [`requested: ${cannot.join(', ')}`, `deployTarget: ${used.join(', ')}`], detail: used.map(nameOf).join(', ') })
  // A proof of concept changes its tables by hand.
  if (profile.stage !== 'poc' && decision.stages.includes('deploy') && settings.database !== undefined && relational.includes(settings.database) && settings.migrationTool === undefined) found.push({ id: 'database-without-migration-tool', inputs: [`database: ${settings.database}`, 'migrationTool: none named'] })
  return found
}
