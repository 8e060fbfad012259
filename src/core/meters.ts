/**
 * What prices are counted in, with the words a reader sees: one, many. MAU, MRU and DAU are different units and are never
 * compared without naming them.
 */
const names = {
  mau: ['monthly active user', 'monthly active users'], mru: ['monthly retained user', 'monthly retained users'], dau: ['daily active user', 'daily active users'],
  ssoConnections: ['SSO connection', 'SSO connections'], scimConnections: ['SCIM connection', 'SCIM connections'], organizations: ['organization', 'organizations'], seats: ['seat', 'seats'],
  hosts: ['host', 'hosts'], apmHosts: ['traced host', 'traced hosts'], gbLogs: ['GB of logs', 'GB of logs'], gbIngested: ['GB of telemetry', 'GB of telemetry'],
  errors: ['error', 'errors'], events: ['event', 'events'], spans: ['span', 'spans'], activeSeries: ['metric series', 'metric series'], requests: ['request', 'requests'],
  secrets: ['secret', 'secrets'], identities: ['identity', 'identities'], serviceConnections: ['service connection', 'service connections'],
  clientMau: ['monthly client-side user', 'monthly client-side users'], m2mTokens: ['machine token', 'machine tokens'], buildMinutes: ['build minute', 'build minutes'],
} as const satisfies Record<string, readonly [one: string, many: string]>

export type Meter = keyof typeof names
export const meters = Object.keys(names) as [Meter, ...Meter[]]

/** A count with separators: 12,000. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')

/** The unit of `count` in words: `SSO connection` for 1, `SSO connections` for any other. */
export const unitOf = (meter: Meter, count: number): string => names[meter][count === 1 ? 0 : 1]

/** A count with its unit in words: `12,000 monthly active users`. */
export const counted = (meter: Meter, count: number): string => `${grouped(count)} ${unitOf(meter, count)}`

/** An amount as people write it: `$26`, `$1,666.54`, `$324.60`, `$0.00325`; cents unless a price per piece needs more. */
export function dollars(usd: number): string {
  if (Number.isInteger(usd)) return `$${grouped(usd)}`
  const exact = usd.toFixed(usd < 0.01 ? 5 : usd < 1 ? 4 : 2)
  return `$${grouped(Number(exact.slice(0, exact.indexOf('.'))))}${exact.slice(exact.indexOf('.')).replace(/(\.\d\d\d*?)0+$/, '$1')}`
}
