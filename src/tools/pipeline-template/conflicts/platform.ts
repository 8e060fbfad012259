import { secondPersonRegimes } from '../../../core/branching.ts'
import { isPublished } from '../../../core/environments.ts'
import { plain } from '../../../core/markdown.ts'
import { beyondSharedHosting } from '../../../core/shared-hosting.ts'
import { asWord } from '../../../core/words.ts'
import { pickApps } from '../picks.ts'
import { premature, type ExtraId } from '../requested.ts'
import { targets } from '../targets.ts'
import type { Finder, FoundConflict } from './found.ts'

/** Platforms whose router can send a share of the traffic to a new version. */
const splitsTraffic: readonly string[] = ['aws', 'aws-ecs', 'aws-lambda', 'aws-kubernetes', 'gcp', 'gke', 'azure', 'kubernetes', 'hetzner-kubernetes', 'openshift', 'fly', 'cloudflare-workers', 'vercel']
/** Databases whose tables somebody has to change. */
const relational: readonly string[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'sqlserver']

/** Platforms on which a process that takes jobs from a queue is a service, or a deployment, of its own. */
const runsProcesses: readonly string[] = ['railway', 'fly', 'render', 'aws-ecs', 'aws-kubernetes', 'gcp', 'gke', 'azure', 'kubernetes', 'hetzner-kubernetes', 'openshift']
const workers = /^(sidekiq|resque|delayed-?job|celery|rq|dramatiq|huey|bull(?:mq)?|(?:laravel-)?horizon|oban)$/
const workerOf = (stack: readonly string[] | undefined): string | undefined => (stack ?? []).find((text) => workers.test(asWord(text)))

/** Where it runs, against what was asked of it. */
export const findPlatformConflicts: Finder = ({ settings, decision, knowledge, asks }) => {
  const { given, profile } = settings
  const found: FoundConflict[] = []
  const used = [...new Set(settings.apps.map(({ target }) => target))].filter((id) => id !== 'none')
  const nameOf = (id: string): string => plain(knowledge['hosting-platforms'][id]?.name ?? id)
  const beyond = beyondSharedHosting(profile)
  if (beyond.length > 0) found.push({ id: 'beyond-shared-hosting', inputs: ['hosting: shared-hosting', ...beyond] })
  if (isPublished(profile) && (given.environments ?? []).some((name) => name !== 'local' && name !== 'ci' && name !== 'production')) found.push({ id: 'library-with-environments', inputs: [`projectType: ${profile.projectType}`, `environments: ${(given.environments ?? []).join(', ')}`] })
  const deployed = isPublished(profile) ? [...new Set(pickApps(given, knowledge).map(({ target }) => target))].filter((id) => id !== 'none' && id !== 'docker') : []
  if (deployed.length > 0) found.push({ id: 'library-with-target', inputs: [`projectType: ${profile.projectType}`, `deployTarget: ${deployed.join(', ')}`] })
  if ((profile.monorepo ?? 'none') !== 'none' && (profile.services ?? 1) > 1 && settings.apps.length === 1 && settings.apps[0]?.name === null && settings.apps[0].target in targets) found.push({ id: 'repository-with-one-target', inputs: [`monorepo: ${profile.monorepo}`, `deployTarget: ${settings.apps[0].target}`] })
  const written = used.filter((id) => id in targets)
  const isEarly = (id: string): boolean => knowledge['hosting-platforms'][id]?.facts.deployWaitsForHealth.value === false
  const fromGit = written.filter((id) => knowledge['hosting-platforms'][id]?.facts.ownGitIntegration.value === true)
  // One entry for all: both are settled in one visit to their settings.
  if (fromGit.length > 0) found.push({ id: 'deploys-twice', inputs: [`deployTarget: ${fromGit.join(', ')}`, 'its own Git integration', ...(fromGit.some(isEarly) ? ['deploy command that ends before health'] : [])], detail: fromGit.map(nameOf).join(', ') })
  for (const target of written.filter((id) => isEarly(id) && !fromGit.includes(id))) found.push({ id: 'returns-before-healthy', inputs: [`deployTarget: ${target}`, 'deploy command'], detail: knowledge['hosting-platforms'][target]?.facts.deployWaitsForHealth.note ?? '' })
  const worker = settings.apps.length === 1 && settings.apps[0]?.name === null && runsProcesses.includes(settings.apps[0].target) ? workerOf(profile.stack) : undefined
  if (worker !== undefined) found.push({ id: 'worker-without-target', inputs: [`stack: ${worker}`, `deployTarget: ${settings.apps[0]?.target}`], detail: plain(worker) })
  // https://fly.io/docs/laravel/the-basics/customizing-deployments#release-command: the temporary machine mounts no volume. Turso answers over the network.
  if (used.includes('fly') && settings.database === 'sqlite' && decision.stages.includes('migrate') && ![...(profile.stack ?? []), given.database ?? ''].some((text) => /turso|libsql/i.test(text))) found.push({ id: 'file-database-out-of-reach', inputs: ['database: sqlite', 'deployTarget: fly'] })
  const regimes = secondPersonRegimes(profile)
  const keyed = used.filter((id) => knowledge['hosting-platforms'][id]?.facts.ciAuth.value === 'token')
  if (regimes.length > 0 && keyed.length > 0) found.push({ id: 'regime-with-stored-keys', inputs: [`compliance: ${regimes.join(', ')}`, `deployTarget: ${keyed.join(', ')}`], detail: keyed.map(nameOf).join(', ') })
  if (asks('container-scan') && used.length > 0 && used.every((id) => id in targets && targets[id]?.image === null)) found.push({ id: 'image-scan-without-image', inputs: ['requested: container scan', `deployTarget: ${used.join(', ')}`], detail: used.map(nameOf).join(', ') })
  const early = premature(settings)
  // What comes too early anyway is named once.
  const ripe = (id: ExtraId): boolean => asks(id) && !early.includes(id)
  const cannot = [
    ...(ripe('gitops') && !used.some((id) => knowledge['hosting-platforms'][id]?.facts.kind.value === 'kubernetes') ? ['gitops'] : []),
    ...(ripe('canary') && !used.some((id) => splitsTraffic.includes(id)) ? ['canary'] : []),
  ]
  if (used.length > 0 && cannot.length > 0) found.push({ id: 'platform-cannot', inputs: [`requested: ${cannot.join(', ')}`, `deployTarget: ${used.join(', ')}`], detail: used.map(nameOf).join(', ') })
  // A proof of concept changes its tables by hand.
  if (profile.stage !== 'poc' && decision.stages.includes('deploy') && settings.database !== undefined && relational.includes(settings.database) && settings.migrationTool === undefined) found.push({ id: 'database-without-migration-tool', inputs: [`database: ${settings.database}`, 'migrationTool: none named'] })
  return found
}
