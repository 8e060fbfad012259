import { expect, test } from 'vitest'
import { isIsoDate, isStale } from '../../src/core/dates.ts'
import { meterUsd, Price, quote } from '../../src/core/price.ts'
import { costLine, Citations } from '../../src/knowledge/cite.ts'
import type { Sheet } from '../../src/knowledge/sheet.ts'

const price = Price.parse({
  model: 'by monthly active users',
  plans: [
    { name: 'Free', usdPerMonth: 0, limits: { mau: 1000 }, source: 'page' },
    { name: 'Pro', usdPerMonth: 25, features: ['sso'], meters: [{ meter: 'mau', included: 1000, tiers: [{ upTo: 5000, usd: 0.02 }, { upTo: null, usd: 0.01 }] }, { meter: 'spans', per: 1000, tiers: [{ upTo: null, usd: 2 }] }], source: 'page' },
  ],
})
const sheet = (checked: string, confidence: 'primary' | 'secondary' = 'primary'): Sheet<unknown> => ({
  id: 'acme', name: 'Acme', summary: 'an invented product', lifecycle: { status: 'active', source: 'page' }, facts: {}, body: '', price,
  sources: { page: { title: 'Acme pricing', url: 'https://acme.example/pricing', checked, confidence } },
})
const line = (of: Sheet<unknown>, usage: Parameters<typeof quote>[1], needs: string[] = []) => costLine(of, 'Acme', usage, needs, '2026-11-22', new Citations())

test.each([[1000, 0], [1001, 0.02], [5000, 80], [7000, 100]])('%i units under graduated bands cost %f dollars', (count, usd) => {
  const meter = price.plans[1]?.meters[0]
  expect(meter === undefined ? undefined : meterUsd(meter, count)).toBeCloseTo(usd, 6)
})

test('the cheapest plan that covers the needs and whose limits hold is taken', () => {
  expect(quote(price, { mau: 500, spans: 0 }, [])?.plan.name).toBe('Free')
  expect(quote(price, { mau: 500, spans: 0 }, ['sso'])?.plan.name).toBe('Pro')
  expect(quote(price, { mau: 2000, spans: 3000 }, [])).toMatchObject({ usdPerMonth: 51, plan: { name: 'Pro' } })
  expect(quote(price, { mau: 500 }, ['scim'])).toBeUndefined()
})

test('a count that nobody gave makes the price unknown, never zero', () => {
  expect(quote(price, { mau: 2000 }, [])?.usdPerMonth).toBeNull()
})

test('a figure past its limit, or not from the vendor, is withheld and the pricing model printed', () => {
  expect(line(sheet('2026-09-20'), { mau: 500 })).toMatchObject({ usdPerMonth: 0, stale: false })
  const stale = line(sheet('2026-01-01'), { mau: 500 })
  expect(stale).toMatchObject({ usdPerMonth: null, stale: true })
  expect(stale.formula).toContain('by monthly active users')
  expect(stale.formula).not.toContain('$')
  expect(line(sheet('2026-09-20', 'secondary'), { mau: 500 }).usdPerMonth).toBeNull()
})

test('days are real and ages are counted in days', () => {
  expect([isIsoDate('2026-02-30'), isIsoDate('2026-02-28'), isIsoDate('26-2-1')]).toEqual([false, true, false])
  expect([isStale('2026-05-26', '2026-11-22'), isStale('2026-05-25', '2026-11-22')]).toEqual([false, true])
})
