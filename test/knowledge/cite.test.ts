import { expect, test } from 'vitest'
import { Price } from '../../src/core/price.ts'
import { whyNoPlan } from '../../src/knowledge/cite.ts'

const price = Price.parse({
  model: 'by user', plans: [
    { name: 'Free', usdPerMonth: 0, features: ['logs'], limits: { seats: 1 }, source: 'page' },
    { name: 'Team', usdPerMonth: 20, features: ['logs', 'errors'], limits: { seats: 5, errors: 1000 }, source: 'page' },
    { name: 'Alerts', usdPerMonth: 9, features: ['alerting'], source: 'page' },
  ],
})

test.each([
  ['a need that no plan includes is named alone', {}, ['logs', 'baa'], 'no listed plan includes a business associate agreement'],
  ['needs that no single plan joins', {}, ['logs', 'alerting'], 'no single listed plan includes logs and alerting'],
  ['a count above the largest plan that includes the needs', { seats: 12 }, ['logs'], '12 seats where Team ends at 5'],
  ['two counts above it', { seats: 12, errors: 5000 }, ['errors'], '12 seats where Team ends at 5 and 5,000 errors where Team ends at 1,000'],
] as const)('%s', (_, usage, needs, said) => expect(whyNoPlan(price, usage, needs)).toBe(said))
