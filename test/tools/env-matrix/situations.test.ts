import { expect, test } from 'vitest'
import { decide } from '../../../src/tools/env-matrix/decide.ts'
import { choices, flipsOf, probesFor } from '../../../src/tools/env-matrix/flips.ts'
import type { Input } from '../../../src/tools/env-matrix/input.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { situations } from './situations.ts'

const run = (args: Readonly<Record<string, unknown>>) => decide(args as Input, knowledge(), asOf)

test('there are enough situations to mean something', () => expect(situations.length).toBeGreaterThanOrEqual(25))

test.each(situations)('$name', ({ args, environments, secrets, flags, validation, conflicts }) => {
  const { decision, conflicts: found } = run(args)
  expect(environments).toContain(decision.environments.map(({ name }) => name).join(' '))
  expect(secrets).toContain(decision.secrets)
  expect(flags).toContain(decision.flags)
  if (validation !== undefined) expect(validation).toContain(decision.validation)
  for (const id of conflicts ?? []) expect(found.map((conflict) => conflict.id)).toContain(id)
})

test('what the checks accept is narrow enough to reject a wrong answer', () => {
  const wrong = { environments: 'local dev uat production', secrets: 'hcp-vault-secrets', flags: 'hypertune' }
  for (const { environments, secrets, flags } of situations) expect(environments.includes(wrong.environments) || secrets.includes(wrong.secrets) || flags.includes(wrong.flags)).toBe(false)
})

test.each(situations)('$name: each reported flip yields its outcome, and no two say the same', ({ args }) => {
  const input = args as Input
  const now = choices(run(args).decision)
  const flips = flipsOf(input, knowledge(), asOf)
  expect(new Set(flips.map(({ outcome }) => outcome)).size).toBe(flips.length)
  for (const { change, outcome } of flips) {
    const probe = probesFor(input).find((entry) => entry.probe.change === change)?.probe
    expect(Object.keys(probe?.set ?? {})).toHaveLength(1)
    const then = choices(run({ ...args, ...probe?.set }).decision)
    expect(then).not.toBe(now)
    for (const part of outcome.split('; ')) expect(then.split('; ')).toContain(part)
  }
})

test('the smallest count that changes something is the one reported', () => {
  const [flip] = flipsOf({ stage: 'early', hosting: 'render', developers: 3, flagCount: 2, stack: ['typescript', 'fastify'] }, knowledge(), asOf)
  expect(flip).toEqual({ change: 'flagCount: 3', outcome: 'flags config-file' })
})
