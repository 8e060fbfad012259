import { countTokens } from '../../support/count-tokens.ts'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decideFor } from '../../../src/engine/deciding-call.ts'
import { answer } from '../../../src/tools/answer.ts'
import type { DecidingTool } from '../../../src/tools/tool.ts'
import type { Input } from '../../../src/tools/select-auth/input.ts'
import { selectAuth } from '../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { table } from './profiles.ts'

// Done here, so that the first test does not pay for it.
knowledge()
countTokens('one word')
const limit = 2500
const examples = fileURLToPath(new URL('../../../examples', import.meta.url))
const names = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
const run = (input: Input, detail: 'normal' | 'full') => selectAuth.run(input, { knowledge: knowledge(), asOf, detail })

describe('at normal detail the whole result stays short', () => {
  test('there are profiles and examples to measure', () => {
    expect(table.length).toBeGreaterThan(45)
    expect(names.length).toBeGreaterThan(5)
  })
  test.each(table)('%s', (_, input) => {
    const inputs = Object.fromEntries(Object.keys(input).map((field) => [field, 'argument']))
    expect(countTokens(JSON.stringify({ ...answer(run(input, 'normal'), false), inputs }))).toBeLessThanOrEqual(limit)
  })
  test.each(names)('the example %s', (name) => {
    const folder = `${examples}/${name}`
    const { draft, inputs } = decideFor(selectAuth as unknown as DecidingTool, {}, { root: folder, cwd: folder, today: () => asOf, knowledge, progress: () => undefined })
    expect(countTokens(JSON.stringify({ ...answer(draft, false), inputs }))).toBeLessThanOrEqual(limit)
  })
})

describe('what is cut is still named', () => {
  test.each(table)('%s', (_, input) => {
    const full = run(input, 'full')
    const short = run(input, 'normal')
    const ids = full.decision.controls.map(({ id }) => id).sort()
    expect([...short.decision.controls.map(({ id }) => id), ...short.decision.alsoDue].sort()).toEqual(ids)
    const report = short.sections.map(({ body }) => body).join('\n')
    const printed = full.sections.map(({ body }) => body).join('\n')
    for (const { id, priority } of full.decision.controls) {
      const name = knowledge().controls[id]?.name ?? id
      expect(printed, id).toContain(name)
      if (priority !== 'should') expect(report, id).toContain(name)
    }
  })
  test('what a regime demands comes before what every product needs', () => {
    const ids = run({ projectType: 'web-app', stage: 'growth', compliance: ['hipaa'] }, 'normal').decision.controls.map(({ id }) => id)
    expect(ids).toContain('phi-minimum')
    expect(ids).not.toContain('cors')
  })
})

describe('sources are pages somebody read', () => {
  const everything = () => Object.values({ ...knowledge()['identity-providers'], ...knowledge().controls, ...knowledge().compliance })
  test('what nobody read says so in its title', () => {
    const unread = everything().flatMap(({ sources }) => Object.values(sources)).filter(({ confidence }) => confidence === 'unconfirmed')
    expect(unread.length).toBeGreaterThan(50)
    for (const { title } of unread) expect(title).toMatch(/^Not confirmed on /)
  })
  test.each(table)('%s', (_, input) => {
    for (const detail of ['normal', 'full'] as const) {
      const { sources, cost } = run(input, detail)
      expect(new Set(sources.map(({ url }) => url)).size).toBe(sources.length)
      for (const { title } of sources) expect(title).not.toMatch(/Not confirmed|Our own/)
      for (const line of cost.lines) if (line.source === '') expect(line.usdPerMonth).toBeNull()
    }
  })
  test('a price no vendor page backs is never a number', () => {
    for (const sheet of Object.values(knowledge()['identity-providers'])) {
      // A dead one is answered with its successor.
      if (sheet.lifecycle.status !== 'active') continue
      const { cost } = run({ projectType: 'web-app', decisions: { auth: sheet.id } }, 'full')
      const backed = (sheet.price?.plans ?? []).some(({ source }) => !['secondary', 'unconfirmed'].includes(sheet.sources[source]?.confidence ?? 'unconfirmed'))
      if (!backed) for (const line of cost.lines) expect(line.usdPerMonth, sheet.id).toBeNull()
    }
  })
})
