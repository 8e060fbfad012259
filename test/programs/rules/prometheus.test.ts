import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { bucketFor, limitFor, ruleGroups, type RulePlan } from '../../../src/tools/observability-stack/prometheus-rules.ts'
import { observabilityStack } from '../../../src/tools/observability-stack/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { lintRules, type LintRule } from '../../support/promql-lint.ts'

const hasPromtool = spawnSync('promtool', ['--version']).status === 0
const folders: string[] = []
beforeAll(() => { knowledge() }, 30_000)
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

const base = { stage: 'production', projectType: 'b2b-saas', hosting: 'kubernetes', developers: 12, monthlyActiveUsers: 50_000 } as const
const inputs = {
  'one service on Grafana Cloud': { ...base, name: 'Ledger' },
  'six services that nobody named': { ...base, name: 'Ledger', services: 6, stack: ['postgresql', 'bullmq'] },
  'three services': { ...base, serviceNames: ['api', 'worker', 'web app'] },
  'own Prometheus in a closed network': { ...base, name: 'Vault', hosting: 'on-prem', airGapped: true, opsCapacity: 'high' },
  'a roster of nobody, so a lower objective': { ...base, name: 'Solo', onCallEngineers: 0, developers: 3 },
  'a fleet on VictoriaMetrics': { ...base, name: 'Fleet', projectType: 'iot', selfHost: 'preferred', opsCapacity: 'high', devices: 20_000 },
  'queues, payments and a database': { ...base, name: 'Shop', stack: ['postgresql', 'bullmq'], takesPayments: true },
  'a hostile name': { ...base, name: '"}]) or vector(1) #\u00e9' },
} as const

const rules = 'ops/prometheus/slo.rules.yml'
const tests = 'ops/prometheus/slo.rules.test.yml'
const filesOf = (input: object) => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'normal' }).files.filter(({ path }) => path === rules || path === tests)
const groupsOf = (text: string) => (parse(text) as { groups: { rules: LintRule[] }[] }).groups.flatMap((group) => group.rules)

/** Writes the files side by side and returns the folder. */
function written(input: object, change: (text: string) => string = (text) => text): string {
  const files = filesOf(input)
  expect(files.map(({ path }) => path)).toEqual([rules, tests])
  const folder = mkdtempSync(join(tmpdir(), 'rules-'))
  folders.push(folder)
  for (const { path, body } of files) writeFileSync(join(folder, basename(path)), path === tests ? body : change(body))
  return folder
}

describe.each(Object.entries(inputs))('%s', (_, input) => {
  test('gives rules that the lint accepts, with burn rates of both objectives', () => {
    const all = groupsOf(filesOf(input)[0]?.body ?? '')
    const alerts = all.filter(({ alert }) => alert !== undefined)
    expect(alerts.map(({ alert }) => alert)).toEqual(expect.arrayContaining(['AvailabilityBudgetBurnsFast', 'AvailabilityBudgetBurnsSlowly', 'LatencyBudgetBurnsFast', 'LatencyBudgetBurnsSlowly', 'RequestMetricsMissing']))
    expect(lintRules(all)).toEqual([])
  })

  test.skipIf(!hasPromtool)('passes promtool check and promtool test (needs promtool, Debian package prometheus)', () => {
    const folder = written(input)
    expect(execFileSync('promtool', ['check', 'rules', 'slo.rules.yml'], { cwd: folder, encoding: 'utf8' })).toMatch(/SUCCESS: \d+ rules found/)
    expect(execFileSync('promtool', ['test', 'rules', 'slo.rules.test.yml'], { cwd: folder, encoding: 'utf8' })).toMatch(/SUCCESS/)
  }, 30_000)
})

test('every service has its own tests, for failures and for slow answers', () => {
  const [, file] = filesOf(inputs['three services'])
  const names = (parse(file?.body ?? '') as { tests: { name: string }[] }).tests.map(({ name }) => name)
  for (const service of ['api', 'worker', 'web-app']) expect(names).toEqual(expect.arrayContaining([`${service}: failures page`, `${service}: slow answers page`]))
})

describe.skipIf(!hasPromtool)('the generated tests notice a broken rule (needs promtool, Debian package prometheus)', () => {
  const broken: [string, (text: string) => string][] = [
    ['without the value for a missing series', (text) => text.replaceAll(/\n\s+or sum by \(job\) \(rate\([^\n]* \* 0/g, '')],
    ['without the least number of bad requests', (text) => text.replaceAll('>= 10', '>= 0')],
    ['with a limit nothing reaches', (text) => text.replaceAll('> 0.0144', '> 2')],
    ['with a latency limit nothing reaches', (text) => text.replaceAll('> 0.144', '> 2')],
    ['with a limit everything reaches', (text) => text.replaceAll(/> 0\.00\d+/g, '>= 0')],
    ['with services lumped together', (text) => text.replaceAll('sum by (job)', 'sum by ()')],
    ['with another border of the histogram', (text) => text.replaceAll('le=~"1|1.0"', 'le="0.5"')],
    ['without the alert on missing metrics', (text) => text.replaceAll('absent(', 'sum(')],
  ]
  test.each(broken)('%s', (_, change) => {
    const folder = written(inputs['one service on Grafana Cloud'], (text) => {
      const changed = change(text)
      expect(changed).not.toBe(text)
      return changed
    })
    expect(spawnSync('promtool', ['test', 'rules', 'slo.rules.test.yml'], { cwd: folder }).status).not.toBe(0)
  }, 30_000)
})

test.each([[1000, '1'], [900, '1'], [200, '0.25'], [5, '0.005'], [60_000, '10']])('an objective of %d ms is counted at the border %s s', (ms, border) => expect(bucketFor(ms, knowledge())).toBe(border))
test.each([[14.4, 99.9, 0.0144], [1, 99, 0.01], [14.4, 95, 0.72]])('burn rate %d at %d %% is reached at %d', (factor, percent, limit) => expect(limitFor(factor, percent)).toBe(limit))

test('a burn rate that needs more than all requests to be bad is left out', () => {
  const plan: RulePlan = { services: ['a'], unnamed: false, burnRates: [{ severity: 'page', long: '1h', short: '5m', factor: 14.4, budgetPercent: 2 }, { severity: 'ticket', long: '3d', short: '6h', factor: 1, budgetPercent: 10 }], minimumBad: 10, availabilityPercent: 99, latencyPercent: 90, slowSeconds: '1', thresholds: [], heartbeat: false }
  expect(ruleGroups(plan).flatMap((group) => group.rules).map(({ alert }) => alert).filter((name) => name?.startsWith('Latency'))).toEqual(['LatencyBudgetBurnsSlowly'])
})

test('no rules without a store that evaluates them, or without burn-rate alerts', () => {
  expect(filesOf({ ...base, hosting: 'aws-ecs', compliance: ['hipaa'] })).toEqual([])
  expect(filesOf({ ...base, requestsPerSecond: 0.01 })).toEqual([])
  expect(filesOf({ stage: 'mvp', hosting: 'vercel' })).toEqual([])
})
