import { countTokens } from '../../support/count-tokens.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { answer } from '../../../src/tools/answer.ts'
import { acceptedBy, parseStrict } from '../../../src/tools/parse.ts'
import { decide, productsIn, type Decision } from '../../../src/tools/observability-stack/decide.ts'
import { filterFor } from '../../../src/tools/observability-stack/rules.ts'
import { budgetMinutes } from '../../../src/tools/observability-stack/slo.ts'
import { observabilityStack } from '../../../src/tools/observability-stack/tool.ts'
import { viewOf } from '../../../src/tools/observability-stack/view.ts'
import type { DecidingTool, Detail } from '../../../src/tools/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { rows } from './profiles.ts'

const run = (input: object, detail: Detail = 'full') =>
  observabilityStack.run(parseStrict(acceptedBy(observabilityStack as unknown as DecidingTool), input, 'observability_stack') as never, { knowledge: knowledge(), asOf, detail })

const flat = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value)

// Reading every sheet takes seconds on a busy machine; it is no part of the first case.
beforeAll(() => void knowledge(), 60_000)

test('the table has at least thirty profiles', () => expect(rows.length).toBeGreaterThanOrEqual(30))

describe.each(rows)('$name', ({ input, slots, conflicts = [], rejected = [], reason }) => {
  test('gets its slots, conflicts and removals', () => {
    const draft = run(input)
    for (const [slot, wanted] of Object.entries(slots)) expect([slot, draft.decision.slots[slot as keyof Decision['slots']]]).toEqual([slot, flat(wanted)])
    expect(draft.conflicts.map(({ id }) => id)).toEqual(expect.arrayContaining([...conflicts]))
    expect(draft.rejected.map(({ id, rule }) => [id, rule])).toEqual(expect.arrayContaining(rejected.map((pair) => [...pair])))
    if (reason !== undefined) expect(decide(viewOf(input, knowledge()), knowledge()).reasons[reason[0]]).toBe(reason[1])
  })

  test('takes nothing that a filter removes, unless a person asked for it', () => {
    const view = viewOf(input, knowledge())
    const outcome = decide(view, knowledge())
    const forced = new Set(outcome.forced.map(({ id }) => id))
    for (const [id, taken] of outcome.taken) {
      const product = knowledge().telemetry[id]
      expect(product, id).toBeDefined()
      if (product === undefined || forced.has(id)) continue
      expect([id, filterFor(product, view)]).toEqual([id, undefined])
      for (const slot of taken) expect(product.facts.slots.value).toContain(slot)
    }
  })

  test('has six sections without high headings, and a result that leaves room within 2,500 tokens', () => {
    const draft = run(input, 'normal')
    expect(draft.sections.map(({ id }) => id)).toEqual(['logging', 'health', 'metrics', 'stack', 'tracing', 'slos'])
    for (const { body } of draft.sections) expect(body).not.toMatch(/^#{1,2} |undefined|\[object|NaN/m)
    expect(countTokens(JSON.stringify(answer(draft, false)))).toBeLessThanOrEqual(2500)
  })
})

test('minutes of an objective: 99.5 % of 30 days leaves 216', () => {
  expect([99, 99.5, 99.9, 99.95].map((percent) => budgetMinutes(percent, 30))).toEqual([432, 216, 43.2, 21.6])
})

test('signals follow the project', () => {
  const of = (input: object) => run({ stage: 'growth', ...input }).decision.signals
  expect(of({})).not.toContain('queue')
  expect(of({ stack: ['bullmq'] })).toContain('queue')
  expect(of({})).not.toContain('llm')
  expect(of({ usesLlm: true })).toContain('llm')
  expect(of({ takesPayments: true })).toContain('webhooks')
  expect(of({ devices: 10 })).toContain('devices')
  expect(of({ projectType: 'internal-tool' })).not.toContain('business')
})

test('an MVP is short, costs nothing and says when to add the rest', () => {
  const draft = run({ stage: 'mvp', hosting: 'vercel', developers: 1 }, 'normal')
  expect(draft.cost.usdPerMonth).toBe(0)
  expect(draft.files).toEqual([])
  expect(draft.skipped.length).toBeGreaterThanOrEqual(3)
  for (const { addWhen } of draft.skipped) expect(addWhen.length).toBeGreaterThan(10)
})

test('figures of others are not printed, and a total with one is none', () => {
  const draft = run({ stage: 'enterprise', projectType: 'b2b-saas', hosting: 'aws-ecs', developers: 60, monthlyActiveUsers: 500_000 })
  const infrastructure = draft.cost.lines.find(({ item }) => item === 'Datadog (metrics)')
  expect(infrastructure?.usdPerMonth).toBeNull()
  expect(draft.cost.usdPerMonth).toBeNull()
})

test('Grafana Cloud is computed from the volumes given', () => {
  const draft = run({ stage: 'production', hosting: 'kubernetes', developers: 12, monthlyActiveUsers: 50_000, gbLogsPerMonth: 100, activeSeries: 5000 })
  expect(draft.cost.lines.find(({ item }) => item.startsWith('Grafana Cloud'))?.usdPerMonth).toBe(44)
})

test('old figures are withheld', () => {
  const draft = observabilityStack.run({ stage: 'mvp', hosting: 'vercel', developers: 1 }, { knowledge: knowledge(), asOf: '2028-01-01', detail: 'full' })
  expect(draft.cost.lines.map(({ stale, usdPerMonth }) => [stale, usdPerMonth])).toEqual([[true, null]])
})

test('a pin that is no product of the slot is refused with the nearest match', () => {
  expect(() => run({ decisions: { logs: 'grafana' } })).toThrow(/decisions\.logs "grafana".*Did you mean grafana-cloud/)
  expect(() => run({ decisions: { alerting: 'sentry' } })).toThrow(/decisions\.alerting/)
})

test('the pinned identity provider decides which fields are masked', () => {
  const body = (auth: string) => run({ stage: 'mvp', decisions: { auth } }).sections[0]?.body ?? ''
  expect(body('entra-id')).toContain('`oid`')
  expect(body('workos')).toContain('`org_id`')
  expect(body('workos')).not.toContain('`oid`')
})

test('hostile names stay inside their cell, line and string', () => {
  const hostile = '"}]) or up{x="|<img src=x>`\'; rm -rf / #'
  const draft = run({ name: hostile, serviceNames: [hostile, 'api'], stage: 'production', hosting: 'kubernetes', developers: 12, monthlyActiveUsers: 50_000 })
  for (const { body } of draft.sections) expect(body).not.toContain('<img')
  for (const { body } of draft.files) expect(body).not.toMatch(/<img|rm -rf/)
})

test('the description fits, and questions are only asked when they matter', () => {
  expect(observabilityStack.description.length).toBeLessThanOrEqual(300)
  expect(run({ projectType: 'library' }).questions).toEqual([])
  expect(run({ stage: 'production', developers: 12, monthlyActiveUsers: 50_000 }).questions.length).toBeLessThanOrEqual(3)
})

test('flips name a change that really changes the slots', () => {
  const draft = run({ stage: 'mvp', hosting: 'vercel', developers: 1 })
  expect(draft.flips.find(({ change }) => change === 'services: 3')?.outcome).toBe('tracing: otel')
  expect(productsIn('none')).toEqual([])
})

test('a brief answer is about half a page', () => {
  const draft = run({ stage: 'growth', hosting: 'railway', developers: 6, projectType: 'b2b-saas' }, 'brief')
  expect(draft.sections.map(({ body }) => body).join('\n').length).toBeLessThanOrEqual(2200)
})

test('a house rule is named with its reason', () => {
  const draft = run({ stage: 'growth', hosting: 'railway', houseRules: { forbid: [{ id: 'sentry', reason: 'audit 2025' }] } })
  expect(draft.rejected.find(({ id }) => id === 'sentry')?.reason).toContain('audit 2025')
})

test('what customers run costs you nothing and sends you nothing', () => {
  const draft = run({ projectType: 'self-hosted-product', stage: 'production', hosting: 'customer', developers: 10 })
  expect(draft.cost).toEqual({ usdPerMonth: 0, lines: [] })
})

test('tracing is not put off where the code makes spans already', () => {
  const items = (existing: readonly string[]) => run({ stage: 'mvp', stack: ['django'], existing }).skipped.map(({ item }) => item)
  expect(items([])).toContain('Distributed tracing')
  expect(items(['opentelemetry']).filter((item) => /trac(?:ing|es)/i.test(item))).toEqual([])
})
