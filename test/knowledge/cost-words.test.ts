import { describe, expect, test } from 'vitest'
import { counted, grouped, meters, unitOf } from '../../src/core/meters.ts'
import { quote, type Usage } from '../../src/core/price.ts'
import { Citations, costLine, whyNoPlan } from '../../src/knowledge/cite.ts'
import type { Sheet } from '../../src/knowledge/sheet.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const priced = Object.values(knowledge()).flatMap((byId) => Object.values(byId as Record<string, Sheet<unknown>>)).flatMap((sheet) => (sheet.price === null ? [] : [{ id: sheet.id, sheet, price: sheet.price }]))
const all = (count: number): Usage => Object.fromEntries(meters.map((meter) => [meter, count]))
const usages: readonly Usage[] = [{}, all(1), all(12_345), all(9e8)]

/** Words of a program in a sentence for people: two capitals in one word after a small letter, or a bare abbreviation of a unit. */
const fieldNames = (text: string): string[] => [...text.matchAll(/\b[a-z]+[A-Z]\w*|\b(?:mau|mru|dau|m2m|gb)\b/g)].map(([word]) => word).filter((word) => word !== 'iOS')

test('field names and bare units are told from words', () => {
  expect(fieldNames('12 ssoConnections and 3 gbLogs at 40 mau')).toEqual(['ssoConnections', 'gbLogs', 'mau'])
  expect(fieldNames('Pro $25 + 12 SSO connections, GB of logs, AuthKit, PostHog, iOS')).toEqual([])
})

test('every price speaks in plain words, whatever is counted', () => {
  expect(priced.length).toBeGreaterThan(30)
  const found = priced.flatMap(({ id, sheet, price }) => [[], ...price.plans.map(({ features }) => features), ['sso', 'baa', 'no-such-thing']].flatMap((needs) => usages.flatMap((usage) => {
    const lines = [quote(price, usage, needs)?.formula ?? '', whyNoPlan(price, usage, needs), costLine(sheet, sheet.name, usage, needs, asOf, new Citations()).formula, costLine(sheet, sheet.name, usage, needs, '2028-01-01', new Citations()).formula]
    return lines.flatMap((line) => fieldNames(line).map((word) => `${id}: ${word} in "${line}"`))
  })))
  expect([...new Set(found)]).toEqual([])
})

describe('a count in words', () => {
  test.each([
    ['mau', 12_000, '12,000 monthly active users'], ['mru', 1, '1 monthly retained user'], ['ssoConnections', 1, '1 SSO connection'], ['ssoConnections', 40, '40 SSO connections'],
    ['gbLogs', 1, '1 GB of logs'], ['serviceConnections', 6, '6 service connections'], ['identities', 1, '1 identity'],
  ] as const)('%s %i', (meter, count, words) => expect(counted(meter, count)).toBe(words))

  test.each([[0, '0'], [999, '999'], [1000, '1,000'], [12_345_678, '12,345,678'], [1234.5678, '1,234.5678']])('%f reads %s', (count, words) => expect(grouped(count)).toBe(words))

  test('no two units share a name', () => {
    expect(meters.length).toBeGreaterThan(20)
    expect(new Set(meters.map((meter) => unitOf(meter, 2))).size).toBe(meters.length)
  })
})

test('a formula names the unit once, and what is included only where something is', () => {
  const price = { model: 'by users', plans: [{ name: 'Pro', usdPerMonth: 1500, features: [], limits: {}, source: 'page', meters: [
    { meter: 'mau' as const, included: 10_000, per: 1, tiers: [{ upTo: null, usd: 0.02 }] }, { meter: 'ssoConnections' as const, included: 0, per: 1, tiers: [{ upTo: null, usd: 125 }] }, { meter: 'events' as const, included: 0, per: 1000, tiers: [{ upTo: null, usd: 2 }] },
  ] }] }
  expect(quote(price, { mau: 12_500, ssoConnections: 1 }, [])?.formula).toBe('Pro $1,500 + 2,500 monthly active users above 10,000: $50 + 1 SSO connection: $125 + $2 per 1,000 events (count not given)')
  expect(whyNoPlan({ ...price, plans: [{ ...price.plans[0]!, limits: { mau: 20_000 } }] }, { mau: 30_000 }, [])).toBe('30,000 monthly active users where Pro ends at 20,000')
})
