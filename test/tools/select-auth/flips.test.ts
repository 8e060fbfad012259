import { describe, expect, test } from 'vitest'
import { Profile } from '../../../src/core/profile.ts'
import { flipsOf } from '../../../src/tools/select-auth/flips.ts'
import type { Input } from '../../../src/tools/select-auth/input.ts'
import { decide } from '../../../src/tools/select-auth/decide.ts'
import { knowledge } from '../../support/knowledge.ts'
import { invented } from './invented.ts'

const sheets = knowledge()
const primary = (input: Input): string => {
  const { decision } = decide(input, sheets)
  return decision.kind === 'none-left' ? 'none-left' : decision.primary
}

/** The input with one change made as a person would who reads `field: value`. */
function made(input: Input, change: string): Input {
  const [field = '', text = ''] = change.split(/: (.*)/)
  const raw = /^-?\d+$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text
  const list = ['compliance', 'dataResidency', 'existing', 'stack', 'signInBy'].includes(field)
  const value = Profile.shape[field as keyof typeof Profile.shape].parse(list ? text.split(', ') : raw)
  return { ...input, [field]: value }
}

describe('a flip that is told comes true', () => {
  const told = invented.map(([title, input]) => [title, input, flipsOf(input, sheets)] as const)

  test('there are many to try', () => {
    expect(told.flatMap(([, , flips]) => flips).length).toBeGreaterThan(100)
  })
  test.each(told)('%s', (_, input, flips) => {
    const now = primary(input)
    for (const { change, outcome } of flips) {
      expect(outcome, change).not.toBe(now)
      expect(primary(made(input, change)), change).toBe(outcome)
    }
  })
})

describe('a flip is the smallest of its kind', () => {
  const paid: Input = { projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], needsSso: true, ssoConnections: 2, monthlyActiveUsers: 2000, developers: 6, budgetUsdPerMonth: 1000 }

  test('no smaller step of the same field changes the choice', () => {
    const steps = { monthlyActiveUsers: [3000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000], ssoConnections: [3, 6] }
    const flips = flipsOf(paid, sheets)
    for (const [field, values] of Object.entries(steps)) {
      const flip = flips.find(({ change }) => change.startsWith(`${field}: `))
      const smaller = values.filter((value) => flip === undefined || value < Number(flip.change.split(': ')[1]))
      for (const value of smaller) expect(primary({ ...paid, [field]: value }), `${field}: ${value}`).toBe(primary(paid))
    }
    expect(flips.some(({ change }) => change.startsWith('ssoConnections') || change.startsWith('monthlyActiveUsers'))).toBe(true)
  })
  test('no field is told twice with sizes', () => {
    for (const [, input] of invented) {
      const sizes = flipsOf(input, sheets).map(({ change }) => change.split(': ')[0]).filter((field) => ['monthlyActiveUsers', 'ssoConnections'].includes(field ?? ''))
      expect(new Set(sizes).size).toBe(sizes.length)
    }
  })
})
