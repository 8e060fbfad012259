import { isStale } from '../../core/dates.ts'
import { grouped } from '../../core/meters.ts'
import type { CostLine } from '../../core/result.ts'
import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { isPrintable } from '../../knowledge/sheet.ts'
import type { Decision } from './decide.ts'
import type { Plan } from './plan.ts'
import type { Settings } from './settings.ts'

/** Jobs that a provider's files hold beside the checks, and their time-outs in minutes; null where a job may run on. */
function beside({ provider, stages }: Decision, checks: number): readonly [jobs: number, limitMinutes: number | null] {
  // GitHub: one that collects the results of several. Elsewhere: one that looks for secrets in the commits.
  if (provider === 'github-actions') return checks > 1 ? [1, 5] : [0, 0]
  const scans = stages.includes('security') ? 1 : 0
  return provider === 'bitbucket' ? [scans, 15 * scans] : provider === 'azure-pipelines' ? [0, 0] : provider === 'gitlab' && scans === 0 ? [0, 0] : [scans, null]
}

/** Jobs of one pull-request run and the sum of their time-outs in minutes; null where no file says how long a job may take. */
function pullRequestRun(decision: Decision, plan: Plan | undefined): { readonly jobs: number, readonly limitMinutes: number | null } {
  const stages = decision.stages.filter((id) => id === 'lint' || id === 'test' || id === 'build' || id === 'security')
  const checks = plan?.checks.length ?? (decision.jobs === 'one' ? 1 + (stages.includes('security') ? 1 : 0) : stages.length)
  const [more, limit] = beside(decision, checks)
  return { jobs: checks + more, limitMinutes: plan === undefined || limit === null ? null : plan.checks.reduce((sum, { minutes }) => sum + minutes, limit) }
}

/** How long the free minutes last, between the least a run is billed and its time-outs: no guess at how long a job takes. */
function allowance(free: number, least: number | null, decision: Decision, plan: Plan | undefined): string {
  const { jobs, limitMinutes } = pullRequestRun(decision, plan)
  const smallest = jobs * (least ?? 0)
  const minutes = (count: number): string => `${grouped(count)} minute${count === 1 ? '' : 's'}`
  const run = `by time: a pull request runs ${jobs} job${jobs === 1 ? '' : 's'}${smallest > 0 ? `, billed as ${minutes(smallest)} or more` : least === 0 ? ', billed by the second' : ''}`
  const fewest = limitMinutes === null ? undefined : Math.floor(free / limitMinutes)
  const most = smallest > 0 ? Math.floor(free / smallest) : undefined
  const range = fewest === undefined ? (most === undefined ? undefined : `up to ${grouped(most)}`) : most === undefined ? `${grouped(fewest)} or more` : fewest === most ? grouped(most) : `${grouped(fewest)} to ${grouped(most)}`
  return `${run}; ${range === undefined ? `${minutes(free)} a month are free` : `${grouped(free)} free minutes last for ${range} a month`}`
}

/** Minutes are never guessed: the line is a formula and stays open, except where runners cost nothing. */
export function buildMinutes(settings: Settings, decision: Decision, plan: Plan | undefined, knowledge: Knowledge, asOf: string, citations: Citations): CostLine[] {
  const sheet = knowledge['ci-providers'][settings.provider]
  if (sheet === undefined) return []
  const isFree = settings.profile.repositoryVisibility === 'public' && sheet.facts.publicRepositoriesFree.value === true
  const fact = isFree ? sheet.facts.publicRepositoriesFree : sheet.facts.freeMinutes
  const source = sheet.sources[fact.source]
  if (source === undefined) return []
  citations.cite(sheet, fact.source)
  const stale = isStale(source.checked, asOf)
  const known = fact.value !== null && !stale && isPrintable(source)
  const formula = isFree && known ? 'standard runners are free for public repositories' : known && sheet.facts.freeMinutes.value !== null ? allowance(sheet.facts.freeMinutes.value, sheet.facts.minimumBilledMinutes.value, decision, plan) : 'price of build minutes not known: look it up'
  return [{ item: `${sheet.name} build minutes`, formula, usdPerMonth: isFree && known ? 0 : null, unit: 'USD per month, list price', asOf: source.checked, source: source.url, stale }]
}
