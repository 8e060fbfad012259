import { hostingId, readStack, type Stack } from '../../core/stack.ts'
import { stageRank, type Stage } from '../../core/profile.ts'
import { withDefaults } from '../../core/defaults.ts'
import type { Assumption } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { reads, type Input } from './input.ts'
import { existingIds } from './existing.ts'
import { estimateVolumes, type Volumes } from './volumes.ts'

/** `local`: nothing is deployed (library, command line). `delivered`: customers run it. `own`: own machines only. `open`: hosted products are allowed. */
export type Place = 'local' | 'delivered' | 'own' | 'open'

/** The input with defaults filled and the questions every rule asks answered once. */
export interface View {
  readonly input: Input
  readonly stage: Stage
  /** Position on the depth dial: the stage, lowered for a tiny team without traffic. */
  readonly depth: number
  readonly place: Place
  readonly stack: Stack
  readonly hosting: string
  readonly kind: string
  readonly builtInLogs: string | null
  readonly builtInMetrics: string | null
  readonly existing: readonly string[]
  readonly services: number
  readonly health: boolean
  readonly government: boolean
  readonly agents: boolean
  readonly mobile: boolean
  readonly volumes: Volumes
  readonly assumptions: readonly Assumption[]
}

const clouds = ['cloudwatch', 'gcp-logging', 'azure-monitor']
/** True when the platform's own logs are a full product of a large cloud, under the agreement that covers the application. */
export const onCloud = (view: View): boolean => view.builtInLogs !== null && clouds.includes(view.builtInLogs)

function placeOf(input: Input, hosting: string): Place {
  if (input.projectType === 'library' || input.projectType === 'cli') return 'local'
  if (input.distributedToCustomers === true || hosting === 'customer' || input.projectType === 'self-hosted-product') return 'delivered'
  if (input.airGapped === true || input.selfHost === 'required') return 'own'
  return 'open'
}

/** Fills and reads the input. The order of assumptions is that of the profile defaults, volumes last. */
export function viewOf(given: Input, knowledge: Knowledge): View {
  const { filled, assumptions } = withDefaults(given, reads)
  const input: Input = filled
  const hosting = hostingId(input.hosting)
  const platform = knowledge['hosting-platforms'][hosting]
  const stage = input.stage ?? 'mvp'
  const compliance = input.compliance ?? []
  const tiny = (input.developers ?? 2) <= 2 && (input.monthlyActiveUsers ?? 0) < 1000
  const depth = stageRank(stage) >= 4 && tiny ? 2 : stageRank(stage)
  const services = Math.max(input.services ?? 1, input.serviceNames?.length ?? 0)
  const volumes = estimateVolumes(input, services, depth, knowledge)
  const clients = input.clients ?? []
  return {
    input, stage, depth, hosting, services, volumes,
    place: placeOf(input, hosting),
    stack: readStack(input),
    kind: platform?.facts.kind.value ?? 'none',
    builtInLogs: platform?.facts.builtInLogs.value ?? null,
    builtInMetrics: platform?.facts.builtInMetrics.value ?? null,
    existing: existingIds(input.existing ?? [], knowledge),
    health: compliance.includes('hipaa') || (input.dataClasses ?? []).includes('phi'),
    government: compliance.includes('fedramp') || compliance.includes('fisma'),
    agents: input.usesLlm === true || input.projectType === 'ai-product' || clients.includes('agent') || clients.includes('mcp') || (input.signInBy ?? []).includes('agents'),
    mobile: input.projectType === 'mobile-app' || clients.includes('ios') || clients.includes('android'),
    assumptions,
  }
}
