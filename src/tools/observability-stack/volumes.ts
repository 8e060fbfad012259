import { InputError, KnowledgeError } from '../../core/errors.ts'
import type { Usage } from '../../core/price.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Input } from './input.ts'

/** Volumes a month, given or estimated; `estimated` names the fields nobody gave. */
export interface Volumes {
  readonly usage: Usage
  readonly requestsPerSecond: number
  readonly onCall: number
  readonly estimated: readonly string[]
}

const secondsPerMonth = 2_592_000

/** A named number of a practice sheet. Throws KnowledgeError when the sheet lost it. */
export function numberOf(knowledge: Knowledge, practice: string, name: string): number {
  const value = knowledge.practices[practice]?.facts.numbers.value?.[name]
  if (value === undefined) throw new KnowledgeError(`Missing number ${name} at references/practices/${practice}.md: facts.numbers.`)
  return value
}

/**
 * Estimates what nobody gave from users and services, with the numbers of the sheet `telemetry-estimates`.
 * Without a number of people on call, teams of five or more at production are taken to have a roster.
 */
export function estimateVolumes(input: Input, services: number, depth: number, knowledge: Knowledge): Volumes {
  const number = (name: string) => numberOf(knowledge, 'telemetry-estimates', name)
  const estimated: string[] = []
  const or = (field: keyof Input, value: number): number => {
    const given = input[field]
    if (typeof given === 'number') return given
    if (given !== undefined) throw new InputError(`Unexpected ${field}, expected a number.`)
    estimated.push(field)
    return value
  }
  const byPeople = (input.monthlyActiveUsers ?? 0) * number('requestsPerUserMonth')
  const requests = input.requestsPerSecond === undefined ? byPeople + (input.devices ?? 0) * number('messagesPerDeviceMonth') : input.requestsPerSecond * secondsPerMonth
  // With a fleet, what people do not explain are messages of devices: nobody writes a line for each.
  const messages = (input.devices ?? 0) > 0 ? Math.max(0, requests - byPeople) : 0
  const requestsPerSecond = or('requestsPerSecond', requests / secondsPerMonth)
  const hosts = or('hosts', Math.max(1, services) * number(depth >= 4 ? 'hostsPerServiceProduction' : 'hostsPerServiceEarly'))
  const bytes = number('bytesPerLine')
  // Above a rate nobody writes a line for every request: the rest is sampled. A request passes few services, however many there are.
  const full = number('fullLogRequestsPerSecond') * secondsPerMonth
  const high = number('highLogRequestsPerSecond') * secondsPerMonth
  const asked = requests - messages
  const logged = Math.min(asked, full) + (Math.max(0, Math.min(asked, high) - full) * number('sampledPercent')) / 100
    + (Math.max(0, asked - high) * number('highSampledPercent')) / 100 + (messages * number('deviceLogPercent')) / 100
  const gbLogs = or('gbLogsPerMonth', Math.round((logged * Math.min(number('servicesOnPath'), Math.max(1, services)) * bytes) / 1e7) / 100)
  const errors = or('errorsPerMonth', Math.round((logged * number('errorPercent')) / 100))
  const spans = or('spansPerMonth', Math.round((requests * Math.max(1, services) * number('spansPerRequest') * number('sampledPercent')) / 100))
  const activeSeries = or('activeSeries', hosts * number('seriesPerHost'))
  const developers = input.developers ?? 2
  const onCall = or('onCallEngineers', depth >= 4 && developers >= 5 ? Math.min(developers, 5) : 0)
  return {
    requestsPerSecond, onCall, estimated,
    usage: { hosts, apmHosts: hosts, gbLogs, errors, spans, activeSeries, gbIngested: Math.round((gbLogs + (spans * bytes) / 1e9) * 100) / 100, events: Math.round((gbLogs * 1e9) / bytes), seats: depth <= 1 ? 1 : developers },
  }
}
