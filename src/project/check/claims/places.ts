import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const code = /(?<![\w/.-])((?:us|eu|ap|sa|ca|me|af|il)-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-[1-9]|(?:us|europe|asia|australia|northamerica|southamerica|me|africa)-(?:north|south|east|west|central|northeast|southeast|southwest|northwest)\d{1,2})(?:-?[a-f])?(?![\w-])/gi
const azure = /\b((?:North|South|East|West|Central)(?: Central)? (?:US|Europe|India)(?: [23])?|UK (?:South|West)|(?:Germany|Switzerland|France|Norway) (?:West Central|North|West|Central|South|East))\b|\b((?:north|west)europe|(?:east|west|central)us[23]?|uksouth|ukwest)\b/g
/** A place that another does not contradict: a copy, the edge, a vendor's model. */
const beside = /\b(?:CloudFront|certificates?|ACM|CDN|edge|disaster|DR|replicas?|copy|copies|fail-?over|stand-?by|backups?|Bedrock|OpenAI|models?|LLM|considered|rejected|second region|later|instead of|not)\b/i
const inside = /\b(?:stays?|kept|remains?|only|all|stored|lives?|nothing leaves)\b[^.;]{0,60}\b(?:in|inside|within) the (EU|US)\b|\bnothing leaves the (EU|US)\b/i

/** The part of the world that a region is in, as far as its name says. */
export function zoneOf(place: string): string | undefined {
  const name = place.toLowerCase()
  if (/^(eu-west-2|europe-west2|uk )|^uk(south|west)$/.test(name)) return 'uk'
  if (/^(eu-central-2|europe-west6|switzerland)/.test(name)) return 'ch'
  if (/^(eu-|europe-)|europe$|^(germany|france) /.test(name)) return 'eu'
  return /^us-| us( \d)?$|us\d?$/.test(name) ? 'us' : undefined
}

/** Cloud regions that a document names, and the part of the world it promises to stay in (key `zone`). */
export function placeClaims({ text, label, line, kind }: Statement, file: string): readonly Claim[] {
  const whole = label === '' || kind === 'cell' ? text : `${label}: ${text}`
  if (!/-[a-z]+-?\d|Europe|\bU[SK]\b|\bEU\b|us\d?\b|India|Germany|Switzerland|France|Norway/.test(whole)) return []
  const claim = (key: string, said: string): Claim => ({ kind: 'place', key, value: said.toLowerCase().replace(/\s+/g, ' '), said, file, line, weight: 'statement' })
  const zone = inside.exec(whole)
  const promised = zone === null ? [] : [claim('zone', zone[1] ?? zone[2] ?? '')]
  if (beside.test(whole)) return promised
  return [...promised, ...[...whole.matchAll(code)].map(([, said = '']) => claim('', said)), ...[...whole.matchAll(azure)].map(([said]) => claim('', said))]
}

const port = /\bport (\d{2,5})\b|:(\d{4,5})(?=\/)/gi
const path = /(?<![\w.])(\/(?:[\w-]+\/){0,3}(?:livez?|liveness|readyz?|readiness|health|healthz|status|ping|up)(?:\/(?:live|ready|liveness|readiness))?)(?![\w/-])/g

/** The port on which a health path answers, where a sentence names one port and no other. */
export function portClaims({ text, line, kind }: Statement, file: string): readonly Claim[] {
  const ports = [...new Set([...text.matchAll(port)].map(([, said, short]) => said ?? short ?? ''))]
  if (kind !== 'sentence' || ports.length !== 1 || !/\bport \d|:\d{4}/i.test(text)) return []
  return [...text.matchAll(path)].map(([said]) => ({ kind: 'port', key: said, value: ports[0] ?? '', said: ports[0] ?? '', file, line, weight: 'statement' }))
}

const channel = /(?<![\w&/(#])#([a-z][a-z0-9_-]{2,40})\b/g

/** Chat channels for alerts: those in the section on alerts are listed, and elsewhere those that alerts are said to go to are used. */
export function channelClaims({ text, label, line, sections, kind }: Statement, file: string): readonly Claim[] {
  if (!text.includes('#') || kind === 'first-cell') return []
  const listed = ['metrics', 'stack', 'slos', 'logging'].some((id) => sections.has(id))
  if (!listed && !/\balerts?\b|\balerting\b/i.test(`${label} ${text}`)) return []
  return [...text.matchAll(channel)].map(([said, name = '']) => ({ kind: 'channel', key: '', value: name, said, file, line, weight: listed ? 'statement' : 'trace' }))
}
