import { manyConnections, manyUsers, millions, points, severalTeams } from './points.ts'
import { runsServer, sure, type Provider } from './rules.ts'
import { canRunServers, type Situation } from './situation.ts'

/** An auditor looks at the suppliers and at sign-in itself. */
export const audited = ({ regimes }: Situation): boolean => regimes.some(({ id }) => ['soc2', 'iso27001', 'hipaa', 'pci-dss', 'fedramp', 'bsi-c5'].includes(id))

/** Customers' companies connect their own directories, and somebody will check how. */
export const forCompanies = (situation: Situation): boolean => situation.needs.sso && (situation.needs.scim || audited(situation) || lateStage(situation))

/** Past the first customers: what is missing now is missed. */
export const lateStage = ({ input }: Situation): boolean => input.stage === 'growth' || input.stage === 'production' || input.stage === 'enterprise'

/** What a library leaves to the team that embeds it, beyond keeping it up to date. */
function libraryBurden(provider: Provider, situation: Situation): number {
  const { input, needs } = situation
  const servers = situation.mustSelfRun && canRunServers(situation) && !needs.redistributable && (needs.sso || audited(situation) || input.stage === 'enterprise')
  const chosenForPhones = situation.mustSelfRun || input.selfHost === 'preferred' || input.noUsSubprocessors === true
  // Nobody runs servers and no vendor may hold accounts: the library is the smallest footprint left.
  const onlyWayOut = situation.mustSelfRun && !canRunServers(situation)
  // A library with a client for the framework of the apps spares them that work.
  const native = sure(provider, provider.facts.mobileSdks) === true && situation.words.has('react-native')
  // A framework's own accounts already serve the pages; the app signs in through them.
  const withPages = provider.id === 'framework-native' && (input.clients ?? []).includes('web')
  return points.library
    + ((situation.usage.mau ?? 0) >= manyUsers && !canRunServers(situation) ? points.libraryAtScale : 0)
    + ((situation.usage.mau ?? 0) >= millions && !canRunServers(situation) ? points.libraryForMillions : 0)
    + (needs.sso ? points.libraryForSso : 0)
    + (needs.scim && !onlyWayOut ? points.libraryForScim : 0)
    + (needs.sso && audited(situation) && !onlyWayOut ? points.libraryForAudit : 0)
    + (needs.sso && !onlyWayOut && (situation.usage.ssoConnections ?? 0) >= manyConnections ? points.libraryForConnections : 0)
    + (needs.mobile && !chosenForPhones ? (withPages || native ? points.libraryForMobileToo : points.libraryForMobile) : 0)
    + (servers ? points.libraryWhereServersRun + ((input.developers ?? 2) >= severalTeams ? points.libraryForManyTeams : 0) : 0)
}

/** Points for what running and leaving it costs the team. */
export function burden(provider: Provider, situation: Situation): number {
  const hash = sure(provider, provider.facts.hashExport)
  const exit = hash === null ? points.unknownExit : hash === 'no' ? points.noExit : hash === 'on-request' ? 0 : points.easyExit
  const ops = runsServer(provider, situation) ? (canRunServers(situation) ? points.serverWithOps : points.server) + (situation.regulated && !situation.mustSelfRun ? points.serverInScope : 0) : provider.facts.hosting.value === 'library' ? libraryBurden(provider, situation) : 0
  return exit + ops
}
