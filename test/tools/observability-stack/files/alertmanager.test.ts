import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { observabilityStack } from '../../../../src/tools/observability-stack/tool.ts'
import { asOf, knowledge } from '../../../support/knowledge.ts'

const has = (program: string) => spawnSync(program, ['--version']).status === 0
const hasAmtool = has('amtool')
const hasPromtool = has('promtool')
const folders: string[] = []
beforeAll(() => { knowledge() }, 30_000)
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

const own = { stage: 'production', projectType: 'b2b-saas', name: 'Ledger', hosting: 'kubernetes', selfHost: 'preferred', opsCapacity: 'high', developers: 12, monthlyActiveUsers: 50_000 } as const
const inputs = {
  'PagerDuty and Slack': { ...own, decisions: { alerting: 'pagerduty' }, existing: [] },
  'the default of the stage': own,
  'a closed network with mail only': { ...own, selfHost: undefined, hosting: 'on-prem', airGapped: true },
  'Better Stack by webhook': { ...own, decisions: { alerting: 'betterstack' } },
  'Rootly by webhook': { ...own, decisions: { alerting: 'rootly' } },
  'Jira Service Management by webhook': { ...own, decisions: { alerting: 'jsm' } },
  'Slack alone': { ...own, decisions: { alerting: 'slack' } },
  'PagerDuty and Mattermost': { ...own, existing: ['Mattermost'] },
  'PagerDuty and a channel of Teams, by mail': { ...own, existing: ['MS Teams'] },
} as const

const filesOf = (input: object) => observabilityStack.run(JSON.parse(JSON.stringify(input)) as never, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const routing = (input: object) => filesOf(input).find(({ path }) => path === 'ops/alertmanager/alertmanager.yml')?.body ?? ''

/** The folder `ops` of a project. amtool 0.25, which Debian 12 ships, does not know `url_file` yet: there the address stands in the file. */
function written(input: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'routes-'))
  folders.push(folder)
  const old = hasAmtool && /version 0\.(1\d|2[0-5])\./.test(spawnSync('amtool', ['--version'], { encoding: 'utf8' }).stdout)
  for (const { path, body } of filesOf(input).filter((file) => file.path.startsWith('ops/'))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), old ? body.replaceAll(/url_file: \/etc\/alertmanager\/secrets\/(?!slack).*/g, 'url: http://127.0.0.1/') : body)
  }
  return folder
}
const route = (folder: string, receiver: string, ...labels: string[]) =>
  spawnSync('amtool', ['config', 'routes', 'test', '--config.file', join(folder, 'ops/alertmanager/alertmanager.yml'), `--verify.receivers=${receiver}`, ...labels])

describe.each(Object.entries(inputs))('%s', (_, input) => {
  test('holds no secret, only names of files', () => {
    const text = routing(input)
    expect(text).not.toMatch(/(password|routing_key|api_url|credentials|token|\burl): /)
    expect(text.match(/_file: \S+/g)?.length).toBeGreaterThan(0)
  })

  test('sends nothing of an alert but its name, summary and runbook', () => {
    const used = [...routing(input).matchAll(/\{\{ (\.[\w.]+)/g)].map((match) => match[1])
    for (const name of used) expect(['.Status', '.Annotations.summary', '.Annotations.runbook', '.CommonLabels.service', '.CommonLabels.alertname']).toContain(name)
  })

  test.skipIf(!hasAmtool)('is accepted by amtool and sends each alert to its receiver (needs amtool, Debian package prometheus-alertmanager)', () => {
    const folder = written(input)
    expect(execFileSync('amtool', ['check-config', join(folder, 'ops/alertmanager/alertmanager.yml')], { encoding: 'utf8' })).toMatch(/SUCCESS[\s\S]*3 receivers/)
    expect(route(folder, 'page', 'severity=page', 'service=api').status).toBe(0)
    expect(route(folder, 'ticket', 'severity=ticket', 'service=api').status).toBe(0)
    expect(route(folder, 'heartbeat', 'alertname=Watchdog', 'severity=none').status).toBe(0)
    expect(route(folder, 'ticket', 'severity=page', 'service=api').status).not.toBe(0)
    expect(route(folder, 'page', 'severity=ticket', 'service=api').status).not.toBe(0)
  }, 30_000)
})

test.skipIf(!hasPromtool)('the Prometheus configuration is accepted together with the rules it names, and not without them (needs promtool, Debian package prometheus)', () => {
  const folder = written(own)
  const check = () => spawnSync('promtool', ['check', 'config', join(folder, 'ops/prometheus/prometheus.yml')]).status
  expect(check()).toBe(0)
  rmSync(join(folder, 'ops/prometheus/slo.rules.yml'))
  expect(check()).not.toBe(0)
}, 30_000)

test('a page goes to the pager, a ticket to where the team reads, and a page silences the tickets of its service', () => {
  const config = parse(routing({ ...own, onCallEngineers: 4, decisions: { alerting: 'pagerduty' } })) as { receivers: Record<string, unknown>[], inhibit_rules: { equal: string[] }[] }
  expect(config.receivers.map((receiver) => Object.keys(receiver))).toContainEqual(['name', 'pagerduty_configs'])
  expect(config.inhibit_rules[0]?.equal).toEqual(['service'])
})

test('every alert of the rules has a severity that a route knows, and the heartbeat is among them', () => {
  const rules = parse(filesOf(own).find(({ path }) => path.endsWith('slo.rules.yml'))?.body ?? '') as { groups: { rules: { alert?: string, labels?: { severity?: string } }[] }[] }
  const alerts = rules.groups.flatMap((group) => group.rules).filter(({ alert }) => alert !== undefined)
  expect(alerts.map(({ alert }) => alert)).toContain('Watchdog')
  for (const { alert, labels } of alerts) expect(alert === 'Watchdog' ? 'none' : labels?.severity).toMatch(/^(page|ticket|none)$/)
})

test('no routes where somebody else evaluates the rules, or where there are none', () => {
  expect(routing({ ...own, selfHost: 'no', decisions: { metrics: 'grafana-cloud' } })).toBe('')
  expect(routing({ stage: 'growth', hosting: 'railway' })).toBe('')
  expect(filesOf({ ...own, hosting: 'customer', projectType: 'self-hosted-product' }).map(({ path }) => path).filter((path) => /alertmanager|prometheus\.yml/.test(path))).toEqual([])
})
