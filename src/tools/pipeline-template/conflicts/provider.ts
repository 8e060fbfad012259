import { daysBetween } from '../../../core/dates.ts'
import { plain } from '../../../core/markdown.ts'
import { existingFiles, existingSystems, systemName } from '../existing-ci.ts'
import { extraName } from '../extra-words.ts'
import { cycleOf } from '../facts.ts'
import { isExtra } from '../requested.ts'
import type { Finder, FoundConflict, Seen } from './found.ts'

/** What somebody asked for, with the plan that has it; nothing that every plan has. */
function plans({ settings, knowledge, asks }: Seen): readonly (readonly [extra: string, plan: string])[] {
  const facts = knowledge['ci-providers'][settings.provider]?.facts
  if (facts === undefined) return []
  const isPublic = settings.profile.repositoryVisibility === 'public'
  const onGithub = settings.provider === 'github-actions'
  // GitHub gives these to public repositories; GitLab prices them by plan alone.
  const open = onGithub && isPublic
  const wanted: readonly (readonly [string, boolean, string | null])[] = [
    ['merge-queue', asks('merge-queue'), isPublic ? facts.mergeQueuePlanPublic.value : facts.mergeQueuePlan.value],
    ['required-review', asks('required-review') && (settings.profile.developers ?? 2) > 1 && !open, facts.reviewPlan.value],
    ['code-owners', (asks('code-owners') || (settings.given.codeOwners ?? []).length > 0) && !open, facts.codeOwnersPlan.value],
    ['codeql', asks('codeql') && onGithub && !open, facts.dependencyScanPlan.value],
    ['dependency-review', asks('dependency-review') && !open, facts.dependencyScanPlan.value],
    ['dependency-scan', asks('dependency-scan') && settings.provider === 'gitlab', facts.dependencyScanPlan.value],
  ]
  return wanted.flatMap(([extra, is, plan]) => (is && plan !== null && plan !== 'any' ? [[extra, plan] as const] : []))
}

const said = (extra: string): string => (isExtra(extra) ? extraName(extra) : extra)

/** As many files as a reader needs to know which ones are meant. */
const mostNamed = 4

/** The provider, its plans and files, and the runtime. */
export const findProviderConflicts: Finder = (seen) => {
  const { settings, decision, knowledge, asOf, asks } = seen
  const { given, profile, provider } = settings
  const found: FoundConflict[] = []
  const ci = `ciProvider: ${provider}`
  const visibility = `repositoryVisibility: ${profile.repositoryVisibility}`
  if (settings.pinnedVersion !== undefined) {
    const cycle = cycleOf(knowledge, settings.language, settings.pinnedVersion)
    if (cycle?.until != null && daysBetween(cycle.until, asOf) > 0) found.push({ id: 'runtime-past-end-of-life', inputs: [`runtimeVersion: ${settings.pinnedVersion}`, `asOf: ${asOf}`], detail: cycle.until })
  }
  if ((given.houseRules?.forbid ?? []).some(({ id }) => id === provider)) found.push({ id: 'provider-forbidden', inputs: [ci, `houseRules.forbid: ${provider}`] })
  const facts = knowledge['ci-providers'][provider]?.facts
  const plan = profile.repositoryVisibility === 'public' ? facts?.approvalPlanPublic.value : facts?.approvalPlan.value
  const approval = decision.gates.find(({ id }) => id === 'approval')
  if (approval !== undefined && plan != null && plan !== 'any') found.push({ id: approval.before === 'publish' ? 'publishing-needs-a-plan' : 'approval-needs-a-plan', inputs: [ci, visibility], detail: plan })
  const needing = plans(seen)
  if (needing.length > 0) found.push({ id: 'feature-needs-a-plan', inputs: [`requested: ${needing.map(([extra]) => extra).join(', ')}`, ci, visibility], detail: needing.map(([extra, needed]) => (needed === 'none' ? `${said(extra)} does not exist here` : `${said(extra)} needs ${needed}`)).join('; ') })
  // Without a required check a skipped workflow holds nobody up; one person alone requires none.
  if (asks('path-filters') && (profile.developers ?? 2) > 1) found.push({ id: 'path-filters-with-required-check', inputs: ['requested: path filters', 'required check'] })
  const others = existingSystems(settings).filter((id) => id !== provider)
  if (others.length > 0) found.push({ id: 'two-ci-systems', inputs: [`existingCi: ${(given.existingCi ?? []).filter((text) => existingSystems({ given: { existingCi: [text] } }).some((id) => others.includes(id))).join(', ')}`, ci], detail: plain(others.map((id) => systemName(settings, id)).join(', ')) })
  const beside = existingFiles(settings).filter((path) => existingSystems({ given: { existingCi: [path] } }).includes(provider))
  if (beside.length > 0) found.push({ id: 'files-beside-existing-ones', inputs: [`existingCi: ${beside.slice(0, mostNamed).join(', ')}${beside.length > mostNamed ? ` and ${beside.length - mostNamed} more` : ''}`, ci] })
  return found
}
