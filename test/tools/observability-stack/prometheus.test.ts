import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { observabilityStack } from '../../../src/tools/observability-stack/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

const hasPromtool = spawnSync('promtool', ['--version']).status === 0
const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

const base = { stage: 'production', projectType: 'b2b-saas', hosting: 'kubernetes', developers: 12, monthlyActiveUsers: 50_000 } as const
const inputs = {
  'one service on Grafana Cloud': { ...base, name: 'Ledger' },
  'three services': { ...base, serviceNames: ['api', 'worker', 'web app'] },
  'own Prometheus in a closed network': { ...base, name: 'Vault', hosting: 'on-prem', airGapped: true, opsCapacity: 'high' },
  'a roster of nobody, so a lower objective': { ...base, name: 'Solo', onCallEngineers: 0, developers: 3 },
  'a fleet on VictoriaMetrics': { ...base, name: 'Fleet', projectType: 'iot', selfHost: 'preferred', opsCapacity: 'high', devices: 20_000 },
  'a hostile name': { ...base, name: '"}]) or vector(1) #\u00e9' },
} as const

const filesOf = (input: object) => observabilityStack.run(input as never, { knowledge: knowledge(), asOf, detail: 'normal' }).files

/** Writes the files side by side and returns the folder. */
function written(input: object, change: (text: string) => string = (text) => text): string {
  const files = filesOf(input)
  expect(files.map(({ path }) => path)).toEqual(['ops/prometheus/slo.rules.yml', 'ops/prometheus/slo.rules.test.yml'])
  const folder = mkdtempSync(join(tmpdir(), 'rules-'))
  folders.push(folder)
  for (const { path, body } of files) writeFileSync(join(folder, basename(path)), path.endsWith('.test.yml') ? body : change(body))
  return folder
}

describe.each(Object.entries(inputs))('%s', (_, input) => {
  test('gives YAML in which every alert has an owner to call and something to do', () => {
    const rules = parse(filesOf(input)[0]?.body ?? '') as { groups: { rules: { alert?: string, labels?: Record<string, string>, annotations?: Record<string, string>, expr: string }[] }[] }
    const alerts = rules.groups.flatMap((group) => group.rules).filter((rule) => rule.alert !== undefined)
    expect(alerts.length).toBeGreaterThanOrEqual(5)
    for (const { labels, annotations } of alerts) {
      expect(['page', 'ticket']).toContain(labels?.['severity'])
      expect(annotations).toMatchObject({ summary: expect.any(String), description: expect.any(String), runbook: expect.any(String) })
    }
  })

  test.skipIf(!hasPromtool)('passes promtool check and promtool test (skipped: promtool is absent, install Debian package prometheus)', () => {
    const folder = written(input)
    expect(execFileSync('promtool', ['check', 'rules', 'slo.rules.yml'], { cwd: folder, encoding: 'utf8' })).toMatch(/SUCCESS: \d+ rules found/)
    expect(execFileSync('promtool', ['test', 'rules', 'slo.rules.test.yml'], { cwd: folder, encoding: 'utf8' })).toMatch(/SUCCESS/)
  })
})

describe.skipIf(!hasPromtool)('the generated tests notice a broken rule (skipped: promtool is absent, install Debian package prometheus)', () => {
  const broken: [string, (text: string) => string][] = [
    ['without the value for a missing series', (text) => text.replaceAll(' or vector(0)', '')],
    ['without the least number of failures', (text) => text.replaceAll(/ and on\(\) \(sum\(increase\([^\n]*>= 10\)/g, '')],
    ['with a limit nothing reaches', (text) => text.replaceAll('> 0.0144', '> 2')],
    ['with a limit everything reaches', (text) => text.replaceAll(/> 0\.00\d+/g, '>= 0')],
    ['without the alert on missing metrics', (text) => text.replaceAll('absent(', 'sum(')],
  ]
  test.each(broken)('%s', (_, change) => {
    const folder = written(inputs['one service on Grafana Cloud'], (text) => {
      const changed = change(text)
      expect(changed).not.toBe(text)
      return changed
    })
    expect(spawnSync('promtool', ['test', 'rules', 'slo.rules.test.yml'], { cwd: folder }).status).not.toBe(0)
  })
})

test('no rules without a store that evaluates them, or without burn-rate alerts', () => {
  expect(filesOf({ ...base, hosting: 'aws-ecs', compliance: ['hipaa'] })).toEqual([])
  expect(filesOf({ ...base, requestsPerSecond: 0.01 })).toEqual([])
  expect(filesOf({ stage: 'mvp', hosting: 'vercel' })).toEqual([])
})
