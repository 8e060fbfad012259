import { describe, expect, test } from 'vitest'
import type { Profile } from '../../src/core/profile.ts'
import type { CostLine } from '../../src/core/result.ts'
import { costText } from '../../src/engine/text.ts'
import { costSentence, ownMachines } from '../../src/tools/own-machines.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import { totalCost } from '../../src/tools/tool.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const line = (usdPerMonth: number | null): CostLine => ({ item: 'Acme', formula: 'Pro', usdPerMonth, unit: 'USD per month, list price', asOf, source: '', stale: false })
const sheets = knowledge()
const own = ownMachines([sheets.telemetry['loki']!, sheets.telemetry['prometheus']!], asOf)

test('what people run themselves is one line without a figure', () => {
  expect(own).toHaveLength(1)
  expect(own[0]).toMatchObject({ usdPerMonth: null })
  for (const name of ['Loki', 'Prometheus']) expect(own[0]?.item).toContain(name)
  expect(ownMachines([], asOf)).toEqual([])
})

test('a licence fee of nothing is said only where a page confirms it', () => {
  expect(own[0]?.formula).toContain('no licence fee')
  expect(ownMachines([sheets.telemetry['loki']!, { ...sheets.telemetry['loki']!, price: null }], asOf)[0]?.formula).not.toContain('no licence fee')
})

test.each<[string, CostLine[], RegExp, number | null]>([
  ['nothing bought', [], /^No further vendor/, 0],
  ['only what is bought', [line(20), line(6)], /^Together \$26 a month/, 26],
  ['only own machines', own, /^No vendor to pay/, null],
  ['both', [line(26), ...own], /^\$26 a month at list price, plus machines/, null],
  ['an unknown price and own machines', [line(null), ...own], /^No total: .* not known, and your own machines/, null],
])('%s', (_, lines, words, usd) => {
  const cost = totalCost(lines)
  expect(cost.usdPerMonth).toBe(usd)
  expect(costSentence(cost)).toMatch(words)
  if (lines.length > 0) expect(costText(cost)).toMatch(new RegExp(words.source.replace('^', ''), 'm'))
})

describe('in every tool', () => {
  const hosting = (id: string): string | undefined => (Object.values(sheets) as Record<string, { facts: { hosting?: { value: string | null } } }>[]).map((byId) => byId[id]?.facts.hosting?.value ?? undefined).find((value) => value !== undefined)
  /** Small programs beside a service are no server to look after. */
  const opsNeeded = (id: string): boolean => (Object.values(sheets) as Record<string, { facts: { opsNeeded?: { value: string | null } } }>[]).some((byId) => ['medium', 'high'].includes(byId[id]?.facts.opsNeeded?.value ?? ''))
  const base: Profile = { projectType: 'b2b-saas', stage: 'growth', developers: 12, services: 4, opsCapacity: 'high', hosting: 'kubernetes', stack: ['typescript', 'express', 'postgresql'], signInBy: ['business-users'] }
  const selfRun: readonly Profile[] = [{ ...base, selfHost: 'required' }, { ...base, airGapped: true, hosting: 'on-prem' }, { ...base, noUsSubprocessors: true, dataResidency: ['eu'], hosting: 'hetzner-kubernetes' }]

  test.each(selfRun)('self-run software has no figure, and no total beside it: $hosting', (profile) => {
    const seen = decidingTools.filter(({ name }) => ['select_auth', 'observability_stack', 'env_matrix'].includes(name)).map((tool) => {
      const { cost, decision } = tool.run(profile as never, { knowledge: sheets, asOf, detail: 'normal' })
      const named = [...JSON.stringify(decision).matchAll(/"([a-z][a-z0-9-]+)"/g)].map(([, id]) => id ?? '').filter((id) => hosting(id) === 'self-hosted' && opsNeeded(id))
      if (named.length > 0) {
        expect(cost.lines.some(({ item }) => item.startsWith('Run by yourselves: ')), tool.name).toBe(true)
        expect(cost.usdPerMonth, tool.name).toBeNull()
      }
      for (const { item, usdPerMonth } of cost.lines) if (usdPerMonth === 0) expect(named.map((id) => Object.values(sheets).map((byId) => (byId as Record<string, { name: string }>)[id]?.name)).flat().some((name) => name !== undefined && item.startsWith(name)), item).toBe(false)
      return named.length
    })
    expect(seen.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0)
  })
})
