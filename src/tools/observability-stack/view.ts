import { hostingId, readStack, type Stack } from '../../core/stack.ts'
import { stageRank, type Stage } from '../../core/profile.ts'
import { withDefaults } from '../../core/defaults.ts'
import type { Assumption } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { reads, type Input } from './input.ts'
import { existingIds, unknownExisting } from './existing.ts'
import { estimateVolumes, numberOf, type Volumes } from './volumes.ts'

/** `local`: nothing is deployed (library, command line). `delivered`: customers run it. `own`: own machines only. `open`: hosted products are allowed. */
export type Place = 'local' | 'delivered' | 'own' | 'open'

/** The input with defaults filled and the questions every rule asks answered once. */
export interface View {
  readonly input: Input
  readonly stage: Stage
  /** Position on the depth dial: the stage, lowered for static files and for what is small in two of team, users and budget. */
  readonly depth: number
  /** Small in two of team, users and budget. */
  readonly small: boolean
  /** Fields that are small. */
  readonly smallIn: readonly string[]
  readonly place: Place
  readonly stack: Stack
  readonly hosting: string
  readonly kind: string
  readonly builtInLogs: string | null
  readonly builtInMetrics: string | null
  readonly existing: readonly string[]
  /** Tools in the company that no sheet describes, as written. */
  readonly unknownTools: readonly string[]
  readonly services: number
  /** Every processor needs a business associate agreement. */
  readonly health: boolean
  /** Processors must lie inside an authorized or attested boundary: FedRAMP, FISMA, BSI C5. */
  readonly attested: boolean
  /** Data of patients, under whatever law: stay with the cloud that already holds them. */
  readonly patients: boolean
  /** Work arrives by schedule, not by request: freshness counts, burn rates have nothing to count. */
  readonly scheduled: boolean
  /** Prometheus, Grafana or their relatives already run here. */
  readonly grafanaFamily: boolean
  /** People to run a stack, and volumes at which hosted ones cost more than they do. */
  readonly ownStackPays: boolean
  readonly agents: boolean
  readonly mobile: boolean
  /** Files that a host serves: no program of one's own answers requests. */
  readonly staticFiles: boolean
  readonly volumes: Volumes
  readonly assumptions: readonly Assumption[]
}

/** Regimes under which telemetry stays inside an authorized or attested boundary. */
export const attesting: readonly string[] = ['fedramp', 'fisma', 'bsi-c5']
const clouds = ['cloudwatch', 'gcp-logging', 'azure-monitor']
/** True when the platform's own logs are a full product of a large cloud, under the agreement that covers the application. */
export const onCloud = (view: View): boolean => view.builtInLogs !== null && clouds.includes(view.builtInLogs)

/** False where all a service has is the public port: functions, and a directory on a shared web server. */
export const hasInternalPort = (view: View): boolean => view.kind !== 'serverless' && view.kind !== 'shared'

/** True when one machine with a root login carries everything at an early depth: its own files hold the lines. */
export const onOneMachine = (view: View): boolean =>
  view.kind === 'virtual-machines' && view.builtInLogs === null && view.place === 'open' && view.depth <= 2 && view.services <= 2 && (view.input.hosts ?? 1) <= 1

function placeOf(input: Input, hosting: string): Place {
  if (input.projectType === 'library' || input.projectType === 'cli') return 'local'
  if (input.distributedToCustomers === true || hosting === 'customer' || input.projectType === 'self-hosted-product') return 'delivered'
  if (input.airGapped === true || input.selfHost === 'required') return 'own'
  return 'open'
}

/** Two of three make a product small: at most two developers, under 1,000 users, under 100 dollars a month. Users do not count where requests are known to come. */
function smallFields(input: Input, given: Input, lowTraffic: number): string[] {
  // A rate that is given says more than a number of users that is assumed.
  const users = given.monthlyActiveUsers ?? (given.requestsPerSecond === undefined ? input.monthlyActiveUsers : 0) ?? 0
  const few = users < 1000 && (input.requestsPerSecond ?? 0) < lowTraffic
  const poor = typeof input.budgetUsdPerMonth === 'number' && input.budgetUsdPerMonth < 100
  return [...((input.developers ?? 2) <= 2 ? ['developers'] : []), ...(few ? ['monthlyActiveUsers'] : []), ...(poor ? ['budgetUsdPerMonth'] : [])]
}

/** Fills and reads the input. The order of assumptions is that of the profile defaults, volumes last. */
export function viewOf(given: Input, knowledge: Knowledge): View {
  const { filled, assumptions } = withDefaults(given, reads)
  const input: Input = filled
  const hosting = hostingId(input.hosting)
  const platform = knowledge['hosting-platforms'][hosting]
  const stage = input.stage ?? 'mvp'
  const compliance = input.compliance ?? []
  const smallIn = smallFields(input, given, numberOf(knowledge, 'telemetry-estimates', 'lowTrafficRequestsPerSecond'))
  const small = smallIn.length >= 2
  const staticFiles = input.projectType === 'content-site' && (input.signInBy ?? []).every((who) => who === 'nobody') && input.takesPayments !== true
  const depth = Math.min(stageRank(stage), staticFiles ? 1 : stageRank(stage) >= 3 && small ? 2 : 5)
  const clients = input.clients ?? []
  // Pages that a server of their own makes are a program like any other.
  const stack = readStack(input)
  const agents = input.usesLlm === true || input.projectType === 'ai-product' || clients.includes('agent') || clients.includes('mcp') || (input.signInBy ?? []).includes('agents')
  // Who calls a model has a function somewhere that does.
  const onlyFiles = !agents && staticFiles && stack.databases.length === 0 && stack.languages.every((id) => id === 'javascript' || id === 'typescript')
  const services = Math.max(input.services ?? 1, input.serviceNames?.length ?? 0)
  const volumes = estimateVolumes(input, services, depth, knowledge)
  const classes = input.dataClasses ?? []
  const regions = input.dataResidency ?? []
  const existing = existingIds(input.existing ?? [], knowledge)
  const large = (volumes.usage.gbLogs ?? 0) >= numberOf(knowledge, 'telemetry-estimates', 'ownStackFromGbLogs') || (volumes.usage.activeSeries ?? 0) >= numberOf(knowledge, 'telemetry-estimates', 'ownStackFromSeries')
  return {
    input, stage, depth, small, smallIn, hosting, services, volumes, existing,
    unknownTools: unknownExisting(input.existing ?? [], knowledge),
    place: placeOf(input, hosting),
    stack,
    kind: platform?.facts.kind.value ?? 'none',
    builtInLogs: platform?.facts.builtInLogs.value ?? null,
    builtInMetrics: platform?.facts.builtInMetrics.value ?? null,
    // The agreement is a matter of United States law: patients elsewhere have other rules.
    health: compliance.includes('hipaa') || (classes.includes('phi') && (regions.length === 0 || regions.some((region) => region === 'us' || region.startsWith('us-')))),
    attested: attesting.some((regime) => compliance.some((given) => given === regime)),
    patients: classes.includes('phi'),
    scheduled: input.projectType === 'data-platform',
    grafanaFamily: existing.some((id) => ['prometheus', 'grafana', 'loki', 'tempo', 'victoriametrics', 'alertmanager', 'grafana-cloud'].includes(id)),
    ownStackPays: large && input.opsCapacity === 'high' && stageRank(stage) >= 4,
    agents,
    mobile: input.projectType === 'mobile-app' || clients.includes('ios') || clients.includes('android'),
    staticFiles: onlyFiles,
    assumptions,
  }
}
