import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const minuteUnits: Readonly<Record<string, number>> = { second: 1 / 60, sec: 1 / 60, minute: 1, min: 1, hour: 60, hr: 60, h: 60, day: 1440 }
const recovery: readonly (readonly [string, RegExp])[] = [['rpo', /\b(RPO|recovery point objective)\b/], ['rto', /\b(RTO|recovery time objective)\b/]]

const number = (text: string | undefined): number => Number((text ?? '').replace(',', '.'))

/** An availability target: a percentage of 90 and more that the text calls one. Burn rates, pools and shares of slow requests are none. */
function availability(text: string, label: string, inObjectives: boolean): readonly string[] {
  const about = /availab|uptime|success rate|without (a |any )?(server )?error/i
  if (!about.test(label) && !about.test(text)) return []
  if (/budget|burn|window|alert|pool|cpu|memory|disk/i.test(label)) return []
  if (!inObjectives && !/availab|uptime/i.test(`${label} ${text}`)) return []
  return [...text.matchAll(/(?<![\d.,])(9\d(?:[.,]\d{1,4})?|100)\s?%/g)].filter((match) => !/\bp\d|percentile|within|faster|latency/i.test(text.slice(match.index, match.index + 60))).map((match) => String(number(match[1])))
}

/** Latency targets as `percentile:milliseconds`: `p95 below 300 ms`, `95 % of requests within 1 s`. */
function latency(text: string, label: string, inObjectives: boolean): readonly (readonly [string, string])[] {
  if (!inObjectives && !/latency|response time/i.test(`${label} ${text}`)) return []
  if (!inObjectives && /alert|threshold|above|over\b|longer|slower/i.test(text)) return []
  const found = [
    ...text.matchAll(/\bp(50|75|90|95|99(?:[.,]9)?)\b[^.;|]{0,60}?(\d+(?:[.,]\d+)?)\s?(ms|milliseconds|s|seconds)\b/gi),
    ...text.matchAll(/(?<![\d.,])(\d{2}(?:[.,]\d+)?)\s?% of [^.;|]{0,60}?(?:within|below|under|in less than|faster than)\s+(\d+(?:[.,]\d+)?)\s?(ms|milliseconds|s|seconds)\b/gi),
  ]
  return found.map(([, percent, amount, unit]) => [`p${number(percent)}`, String(number(amount) * (unit?.toLowerCase().startsWith('m') ? 1 : 1000))] as const)
}

function recoveryTargets(text: string, label: string): readonly (readonly [string, string])[] {
  return recovery.flatMap(([key, pattern]) => {
    const at = pattern.test(label) ? 0 : text.search(pattern)
    if (at < 0 || /\b(?:when|if|once|until|unless)\b[^.;,]*$/i.test(text.slice(0, at))) return []
    const [, amount, unit = ''] = /(\d+(?:[.,]\d+)?)\s?-?(seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?)\b/i.exec(text.slice(at, at + 80)) ?? []
    const minutes = minuteUnits[unit.toLowerCase().replace(/s$/, '')]
    return amount === undefined || minutes === undefined ? [] : [[key, String(number(amount) * minutes)] as const]
  })
}

/** Targets and periods: availability in percent, latency in milliseconds, recovery in minutes. */
export function numberClaims({ text, label, line, sections, kind, column }: Statement, file: string): readonly Claim[] {
  if (!/\d/.test(text) || kind === 'first-cell' || sections.has('cost') || sections.has('metrics') && !sections.has('slos')) return []
  const inObjectives = sections.has('slos')
  if (inObjectives && /leaves|budget|window|burn|share/i.test(column)) return []
  const claim = (of: Claim['kind'], key: string, value: string, said: string): Claim => ({ kind: of, key, value, said, file, line, weight: 'statement' })
  return [
    ...availability(text, label, inObjectives).map((value) => claim('availability', '', value, `${value} %`)),
    ...latency(text, label, inObjectives).map(([key, value]) => claim('latency', key, value, `${value} ms`)),
    ...recoveryTargets(text, label).map(([key, value]) => claim('recovery', key, value, `${value} minutes`)),
  ]
}
