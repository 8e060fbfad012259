import { needsSecondPerson } from '../../core/branching.ts'
import { plain } from '../../core/markdown.ts'
import { daysBetween } from '../../core/dates.ts'
import { vocabulary, type Stage } from '../../core/profile.ts'
import { beyondSharedHosting } from '../../core/shared-hosting.ts'
import { table } from '../../core/table.ts'
import { asWord } from '../../core/words.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Decision } from './decide.ts'
import { cycleOf } from './facts.ts'
import type { Settings } from './settings.ts'
import { targets } from './targets.ts'

export type ConflictId = 'gitflow-with-continuous-release' | 'review-with-one-developer' | 'approval-with-automatic-release' | 'approval-needs-a-plan' | 'path-filters-with-required-check'
  | 'beyond-shared-hosting' | 'public-code-on-own-runners' | 'asks-beyond-the-stage' | 'runtime-past-end-of-life' | 'deploys-twice' | 'returns-before-healthy' | 'strategy-pinned-against-the-rules' | 'two-ci-systems' | 'provider-forbidden' | 'repository-with-one-target'

/** A contradiction between inputs; `inputs` read `field: value`, `detail` is what its sentence names. */
export interface FoundConflict { readonly id: ConflictId, readonly inputs: readonly string[], readonly detail?: string }

/** Extras people ask for, with the stage from which they are worth it, and whether generated files hold them then. */
export const extras: Readonly<Record<string, { readonly from: Stage, readonly trigger: string, readonly generated: boolean }>> = table({
  canary: { from: 'production', trigger: 'more than 100,000 requests a day, so that 1 % of traffic shows an error', generated: false },
  'blue-green': { from: 'production', trigger: 'a deploy causes more downtime than the SLO allows', generated: false },
  sbom: { from: 'production', trigger: 'a customer or regulator asks what is inside the image', generated: true },
  provenance: { from: 'production', trigger: 'a customer or regulator asks how the image was built', generated: true },
  signing: { from: 'enterprise', trigger: 'the cluster verifies signatures at deploy', generated: false },
  sast: { from: 'growth', trigger: 'more than 5 developers, or the first finding of a penetration test that static analysis would have caught', generated: false },
  codeql: { from: 'growth', trigger: 'the repository is public, or GitHub Code Security is paid for', generated: false },
  dast: { from: 'production', trigger: 'a staging environment with production-like data exists', generated: false },
  'load-test': { from: 'production', trigger: '100,000 monthly active users', generated: false },
  'multi-region': { from: 'enterprise', trigger: 'an SLO above 99.95 % or users on two continents', generated: false },
  gitops: { from: 'production', trigger: 'three or more services on one Kubernetes cluster', generated: false },
  'preview-environments': { from: 'early', trigger: 'two or more people review each other', generated: false },
  'merge-queue': { from: 'growth', trigger: 'more than 10 developers merge into one branch', generated: true },
  'affected-only': { from: 'growth', trigger: 'CI takes more than 10 minutes', generated: false },
})
const aliases: Readonly<Record<string, string>> = table({ 'bill-of-materials': 'sbom', 'blue/green': 'blue-green', cosign: 'signing', 'static-analysis': 'sast', 'preview': 'preview-environments', 'code-scanning': 'codeql' })

/** What `requested` asks for, under known ids; unknown words stay as they are. */
export const requestedExtras = (settings: Settings): readonly string[] => (settings.given.requested ?? []).map((text) => {
  const word = asWord(text)
  return aliases[word] ?? word
})

const ciAliases: Readonly<Record<string, string>> = table({ github: 'github-actions', 'gitlab-ci': 'gitlab', 'circle-ci': 'circleci', 'azure-devops': 'azure-pipelines', 'bitbucket-pipelines': 'bitbucket' })

/** CI systems the repository already has, under known ids. Another one than the chosen is a conflict; files of the chosen one are generated all the same, and writing refuses to replace what differs. */
export const existingCi = (settings: Settings): readonly string[] => [...new Set((settings.given.existingCi ?? []).map((text) => {
  const word = asWord(text)
  return ciAliases[word] ?? word
}))]

const premature = (settings: Settings): readonly string[] => requestedExtras(settings).filter((id) => {
  const extra = extras[id]
  return extra !== undefined && vocabulary.stage.indexOf(extra.from) > vocabulary.stage.indexOf(settings.profile.stage ?? 'mvp')
})

/** Contradictions in the order a reader should settle them. */
export function findConflicts(settings: Settings, decision: Decision, knowledge: Knowledge, asOf: string): readonly FoundConflict[] {
  const { given, profile, branch } = settings
  const found: FoundConflict[] = []
  const has = (word: string) => requestedExtras(settings).some((id) => id.includes(word)) || (given.existing ?? []).some((id) => id.toLowerCase().includes(word))
  const approves = decision.gates.some(({ id }) => id === 'approval')
  const cadence = `releaseCadence: ${profile.releaseCadence}`
  if (settings.pinnedVersion !== undefined) {
    const cycle = cycleOf(knowledge, settings.language, settings.pinnedVersion)
    if (cycle?.until != null && daysBetween(cycle.until, asOf) > 0) found.push({ id: 'runtime-past-end-of-life', inputs: [`runtimeVersion: ${settings.pinnedVersion}`, `asOf: ${asOf}`], detail: cycle.until })
  }
  const beyond = beyondSharedHosting(profile)
  if (beyond.length > 0) found.push({ id: 'beyond-shared-hosting', inputs: ['hosting: shared-hosting', ...beyond] })
  if ((given.houseRules?.forbid ?? []).some(({ id }) => id === settings.provider)) found.push({ id: 'provider-forbidden', inputs: [`ciProvider: ${settings.provider}`, `houseRules.forbid: ${settings.provider}`] })
  if (profile.repositoryVisibility === 'public' && has('self-hosted')) found.push({ id: 'public-code-on-own-runners', inputs: ['repositoryVisibility: public', 'self-hosted runners'] })
  if (branch.strategy === 'gitflow' && (profile.releaseCadence === 'on-merge' || profile.releaseCadence === 'daily')) found.push({ id: 'gitflow-with-continuous-release', inputs: ['branchStrategy: gitflow', cadence] })
  else if (branch.rule === 'pinned' && branch.strategy !== branch.advised) found.push({ id: 'strategy-pinned-against-the-rules', inputs: [`branchStrategy: ${branch.strategy}`, cadence, `developers: ${profile.developers}`], detail: branch.advised })
  if (profile.developers === 1 && (needsSecondPerson(profile) || has('review'))) found.push({ id: 'review-with-one-developer', inputs: ['developers: 1', needsSecondPerson(profile) ? `compliance: ${(profile.compliance ?? []).join(', ')}` : 'requested: required review'] })
  if (approves && given.releaseCadence === 'on-merge') found.push({ id: 'approval-with-automatic-release', inputs: [cadence, `compliance: ${(profile.compliance ?? []).join(', ')}`] })
  const sheet = knowledge['ci-providers'][settings.provider]
  const plan = profile.repositoryVisibility === 'public' ? sheet?.facts.approvalPlanPublic.value : sheet?.facts.approvalPlan.value
  if (approves && plan != null && plan !== 'any') found.push({ id: 'approval-needs-a-plan', inputs: [`ciProvider: ${settings.provider}`, `repositoryVisibility: ${profile.repositoryVisibility}`], detail: plan })
  if (has('path-filter')) found.push({ id: 'path-filters-with-required-check', inputs: ['requested: path filters', 'required check'] })
  const others = existingCi(settings).filter((id) => id !== settings.provider)
  if (others.length > 0) found.push({ id: 'two-ci-systems', inputs: [`existingCi: ${(given.existingCi ?? []).join(', ')}`, `ciProvider: ${settings.provider}`], detail: plain(others.join(', ')) })
  if ((profile.monorepo ?? 'none') !== 'none' && (profile.services ?? 1) > 1 && settings.apps.length === 1 && settings.apps[0]?.name === null && settings.apps[0].target in targets) found.push({ id: 'repository-with-one-target', inputs: [`monorepo: ${profile.monorepo}`, `deployTarget: ${settings.apps[0].target}`] })
  for (const target of new Set(settings.apps.map((app) => app.target).filter((id) => id in targets))) {
    const platform = knowledge['hosting-platforms'][target]?.facts
    if (platform?.ownGitIntegration.value === true) found.push({ id: 'deploys-twice', inputs: [`deployTarget: ${target}`, 'its own Git integration'], detail: plain(knowledge['hosting-platforms'][target]?.name ?? target) })
    if (platform?.deployWaitsForHealth.value === false) found.push({ id: 'returns-before-healthy', inputs: [`deployTarget: ${target}`, 'deploy command'], detail: platform.deployWaitsForHealth.note })
  }
  const early = premature(settings)
  if (early.length > 0) found.push({ id: 'asks-beyond-the-stage', inputs: [`stage: ${profile.stage}`, `requested: ${early.join(', ')}`] })
  return found
}

export type SkipId = 'security-stage' | 'staging' | 'split-jobs' | 'affected-only' | 'service-container' | 'files-for-provider' | 'files-for-language' | 'deploy-for-target' | 'deploy-on-provider' | 'several-images' | 'migration-command'
  | 'publish-job' | 'missing-check' | 'code-owners' | 'requested-too-early' | 'requested-by-hand' | 'no-target' | 'not-a-pipeline-deploy'
export interface Skip { readonly id: SkipId, readonly item: string, readonly trigger?: string }

/** What is left out on purpose, or not generated yet. */
export function findSkips(settings: Settings, decision: Decision, more: readonly Skip[]): readonly Skip[] {
  const { profile, rank } = settings
  const unsupported = [...new Set(settings.apps.map(({ target }) => target))].filter((id) => id !== 'none' && !(id in targets))
  const outside = settings.environments.filter(({ deployTriggerId }) => deployTriggerId === 'store-release' || deployTriggerId === 'customer-upgrade' || deployTriggerId === 'signed-offline-bundle')
  const requested = requestedExtras(settings)
  const early = premature(settings)
  return [
    ...more,
    ...unsupported.map((item): Skip => ({ id: 'deploy-for-target', item })),
    ...(settings.apps.every(({ target }) => target === 'none') && profile.projectType !== 'library' && profile.projectType !== 'cli' ? [{ id: 'no-target' as const, item: 'deploy job' }] : []),
    ...(profile.projectType === 'library' || profile.projectType === 'cli' ? [{ id: 'publish-job' as const, item: 'publish job' }] : []),
    ...outside.map(({ name, deployTriggerId }): Skip => ({ id: 'not-a-pipeline-deploy', item: name, trigger: deployTriggerId })),
    ...early.map((item): Skip => ({ id: 'requested-too-early', item, trigger: extras[item]?.trigger })),
    ...requested.filter((id) => !early.includes(id) && extras[id]?.generated !== true && !/self-hosted|path-filter|review/.test(id)).map((item): Skip => ({ id: 'requested-by-hand', item, trigger: extras[item]?.trigger })),
    ...(rank < 2 ? [{ id: 'security-stage' as const, item: 'security stage' }, { id: 'split-jobs' as const, item: 'one job a stage' }] : []),
    ...(decision.environments.length === 1 && rank < 3 && decision.stages.includes('deploy') ? [{ id: 'staging' as const, item: 'staging environment' }] : []),
    ...((profile.monorepo ?? 'none') !== 'none' && !requested.includes('affected-only') ? [{ id: 'affected-only' as const, item: 'affected-only runs' }] : []),
    ...(settings.database !== undefined && rank < 2 ? [{ id: 'service-container' as const, item: `a ${settings.database} server beside the tests` }] : []),
    ...((profile.developers ?? 1) >= 3 ? [{ id: 'code-owners' as const, item: 'CODEOWNERS' }] : []),
  ]
}
