import type { Profile } from './profile.ts'

export const branchStrategies = ['github-flow', 'trunk-based', 'gitflow'] as const
export type BranchStrategyId = (typeof branchStrategies)[number]
export type BranchRule = 'pinned' | 'scheduled-releases' | 'small-team' | 'continuous-mid-size-team' | 'batched-mid-size-team' | 'large-team'

/** Standards under which a change needs the approval of a second person, whatever the stage. */
const approvalRegimes: readonly string[] = ['soc2', 'pci-dss', 'iso27001', 'sox', 'fedramp', 'fisma', 'hipaa', 'dora', 'bsi-c5']

/**
 * How code reaches the main branch. `advised` is what the rules alone would say: it differs from `strategy` only when a person
 * pinned one. `releaseBranch` is the long-lived second branch, or null. `requiredReviews` is 0 where nobody could give one.
 */
export interface BranchStrategy {
  readonly strategy: BranchStrategyId
  readonly rule: BranchRule
  readonly advised: BranchStrategyId
  readonly releaseBranch: 'develop' | null
  readonly requiredReviews: 0 | 1
  readonly mergeQueue: boolean
  readonly needsFlags: boolean
}

type Reads = Pick<Profile, 'releaseCadence' | 'developers' | 'compliance' | 'decisions'>

/** Cadence decides before team size; exactly five people count as a small team, exactly ten as a mid-size one. */
function advise(profile: Reads): { readonly strategy: BranchStrategyId, readonly rule: BranchRule } {
  const developers = profile.developers ?? 2
  const cadence = profile.releaseCadence ?? 'on-merge'
  if (cadence === 'scheduled') return { strategy: 'gitflow', rule: 'scheduled-releases' }
  if (developers <= 5) return { strategy: 'github-flow', rule: 'small-team' }
  if (developers > 10) return { strategy: 'trunk-based', rule: 'large-team' }
  return cadence === 'weekly' ? { strategy: 'github-flow', rule: 'batched-mid-size-team' } : { strategy: 'trunk-based', rule: 'continuous-mid-size-team' }
}

const isStrategy = (text: string | undefined): text is BranchStrategyId => branchStrategies.includes(text as BranchStrategyId)

/** The standards of the profile under which another person approves each change, as they were given. */
export const secondPersonRegimes = (profile: Pick<Profile, 'compliance'>): readonly string[] => (profile.compliance ?? []).filter((regime) => approvalRegimes.includes(regime))

/** True when a standard of the profile asks that another person approves each change. */
export const needsSecondPerson = (profile: Pick<Profile, 'compliance'>): boolean => secondPersonRegimes(profile).length > 0

/** The branch strategy of a project: a pin in `decisions.branchStrategy` first, then the release cadence, then the number of developers. */
export function branchStrategy(profile: Reads): BranchStrategy {
  const advised = advise(profile)
  const pin = profile.decisions?.branchStrategy
  const { strategy, rule } = isStrategy(pin) ? { strategy: pin, rule: 'pinned' as const } : advised
  const developers = profile.developers ?? 2
  return {
    strategy, rule, advised: advised.strategy,
    releaseBranch: strategy === 'gitflow' ? 'develop' : null,
    requiredReviews: developers >= 3 || (developers === 2 && needsSecondPerson(profile)) ? 1 : 0,
    mergeQueue: strategy === 'trunk-based' && developers > 10,
    needsFlags: strategy === 'trunk-based',
  }
}
