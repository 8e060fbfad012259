import { ownRooms } from '../../../core/hosting.ts'
import { hostingId } from '../../../core/stack.ts'
import { asWord } from '../../../core/words.ts'
import type { Finder, FoundConflict } from './found.ts'

/** Words of `existing` that say the CI server, or at least its runners, stand in the company's own rooms. */
const ownServer = /self-?(?:hosted|managed)|enterprise-server|data-center|devops-server|circleci-server|gitlab-(?:ce|ee|runner)|own-(?:runner|agent)|actions-runner-controller/

/** Hosted runners against a network they cannot reach, may not serve, or should not be let into. */
export const findNetworkConflicts: Finder = ({ settings, asks }) => {
  const { given, profile, provider } = settings
  const found: FoundConflict[] = []
  const ci = `ciProvider: ${provider}`
  const standing = (given.existing ?? []).find((text) => ownServer.test(asWord(text)))
  const own = asks('self-hosted-runners') || standing !== undefined
  const inside = settings.apps.map(({ target }) => target).find((id) => ownRooms.includes(id)) ?? ownRooms.find((id) => id === hostingId(profile.hosting))
  const eu = 'noUsSubprocessors: true'
  if (profile.airGapped === true && !own) found.push({ id: 'air-gap-with-hosted-ci', inputs: ['airGapped: true', ci] })
  else if (inside !== undefined && !own) found.push({ id: 'runners-outside-the-network', inputs: [`hosting: ${inside}`, ci, ...(profile.noUsSubprocessors === true ? [eu] : [])] })
  else if (profile.noUsSubprocessors === true && !own) found.push({ id: 'us-company-runs-ci', inputs: [eu, ci] })
  if (asks('self-hosted-runners')) {
    if (profile.repositoryVisibility === 'public') found.push({ id: 'public-code-on-own-runners', inputs: ['repositoryVisibility: public', 'requested: self-hosted runners'] })
    }
  if (own && profile.opsCapacity === 'none') found.push({ id: 'own-runners-without-operations', inputs: ['opsCapacity: none', asks('self-hosted-runners') ? 'requested: self-hosted runners' : `existing: ${standing}`] })
  return found
}
