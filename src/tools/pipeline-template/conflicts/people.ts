import { secondPersonRegimes } from '../../../core/branching.ts'
import { stageRank } from '../../../core/profile.ts'
import { premature } from '../requested.ts'
import type { Finder, FoundConflict } from './found.ts'

const startsAlone: readonly (string | undefined)[] = ['automatic', 'after']

/** Cadence, team and branches against each other. */
export const findPeopleConflicts: Finder = ({ settings, decision, asks }) => {
  const { given, profile, branch } = settings
  const found: FoundConflict[] = []
  const cadence = `releaseCadence: ${profile.releaseCadence}`
  const regimes = secondPersonRegimes(profile)
  const regime = `compliance: ${regimes.join(', ')}`
  if (branch.strategy === 'gitflow' && (profile.releaseCadence === 'on-merge' || profile.releaseCadence === 'daily')) found.push({ id: 'gitflow-with-continuous-release', inputs: ['branchStrategy: gitflow', cadence] })
  else if (branch.rule === 'pinned' && branch.strategy !== branch.advised) found.push({ id: 'strategy-pinned-against-the-rules', inputs: [`branchStrategy: ${branch.strategy}`, cadence, `developers: ${profile.developers}`], detail: branch.advised })
  if (profile.developers === 1 && (regimes.length > 0 || asks('required-review'))) found.push({ id: 'review-with-one-developer', inputs: ['developers: 1', regimes.length > 0 ? regime : 'requested: required review'] })
  if (profile.developers === 1 && given.releaseCadence === 'scheduled' && branch.rule === 'scheduled-releases') found.push({ id: 'schedule-of-one-person', inputs: ['developers: 1', cadence] })
  const approval = decision.gates.some(({ id }) => id === 'approval') || asks('approval')
  if (approval && given.releaseCadence === 'on-merge') found.push({ id: 'approval-with-automatic-release', inputs: [cadence, regimes.length > 0 ? regime : 'requested: approval'] })
  const production = decision.environments.find(({ name }) => name === 'production')
  if ((given.releaseCadence === 'scheduled' || given.releaseCadence === 'weekly') && branch.strategy !== 'gitflow' && startsAlone.includes(production?.start)) found.push({ id: 'scheduled-with-automatic-production', inputs: [cadence, `production: ${production?.start} on ${settings.mainBranch}`] })
  const early = premature(settings)
  const small = stageRank(profile.stage ?? 'mvp') < stageRank('growth') || profile.developers === 1
  if (early.length > 0) found.push({ id: 'asks-beyond-the-stage', inputs: [small && profile.developers === 1 ? 'developers: 1' : `stage: ${profile.stage}`, `requested: ${early.join(', ')}`] })
  return found
}
