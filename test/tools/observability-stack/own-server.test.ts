import { describe, expect, test } from 'vitest'
import { answer } from '../../../src/tools/answer.ts'
import { observabilityStack } from '../../../src/tools/observability-stack/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

type Given = Parameters<typeof observabilityStack.run>[0]
// Reading every sheet takes longer than a test may on a busy machine.
knowledge()
const ask = (input: Given) => answer(observabilityStack.run(input, { knowledge: knowledge(), asOf, detail: 'normal' }), false)

describe('a rented server', () => {
  test.each<[string, Given, Record<string, unknown>]>([
    ['an MVP on one machine', { projectType: 'web-app', stage: 'mvp', hosting: 'hetzner' }, { logs: 'stdout', errors: 'sentry', metrics: 'none', alerting: 'email' }],
    ['an early product on one machine', { projectType: 'b2b-saas', stage: 'early', hosting: 'one server', stack: ['django', 'postgresql'] }, { logs: 'stdout', errors: 'sentry', metrics: 'none', alerting: 'email' }],
    ['without US companies', { projectType: 'web-app', stage: 'early', hosting: 'vps', noUsSubprocessors: true, dataResidency: ['eu'] }, { logs: 'stdout', metrics: 'none', alerting: 'email' }],
    ['two machines are searched in one place', { projectType: 'web-app', stage: 'early', hosting: 'DigitalOcean', hosts: 2 }, { metrics: 'grafana-cloud' }],
    ['a cluster on rented machines keeps its own metrics', { projectType: 'web-app', stage: 'growth', hosting: 'hetzner cloud k3s', opsCapacity: 'medium', services: 2 }, { metrics: 'prometheus' }],
    ['a cloud with logs of its own is used', { projectType: 'web-app', stage: 'mvp', hosting: 'aws' }, { logs: 'cloudwatch' }],
  ])('%s', (_, input, slots) => expect(ask(input).decision.slots).toMatchObject(slots))

  test('is told to cap its logs and to be watched from outside, and no cluster is named', () => {
    const { report } = ask({ projectType: 'web-app', stage: 'mvp', hosting: 'hetzner' })
    for (const item of knowledge().practices['one-server']?.facts.items.value ?? ['missing']) expect(report).toContain(item)
    expect(report).not.toMatch(/kubernetes|\bpod/i)
    expect(ask({ projectType: 'web-app', stage: 'mvp', hosting: 'vercel' }).report).not.toContain('SystemMaxUse')
  })
})

describe('shared web hosting', () => {
  test('runs nothing beside the site: no store of metrics, no self-run product, no internal port', () => {
    const { decision, conflicts } = ask({ projectType: 'web-app', stage: 'early', hosting: 'shared hosting', stack: ['laravel', 'mysql'], selfHost: 'preferred', opsCapacity: 'medium' })
    expect(decision.slots).toMatchObject({ logs: 'platform', metrics: 'none', alerting: 'email' })
    expect(decision.healthEndpoints?.details).toBeNull()
    expect(conflicts.map(({ id }) => id)).not.toContain('beyond-shared-hosting')
  })

  test.each<[string, Given, string[]]>([
    ['workers and containers', { stack: ['django', 'postgresql', 'celery', 'docker'] }, ['hosting: shared-hosting', 'stack: django, python, postgresql, celery, docker']],
    ['several services', { stack: ['php'], services: 3 }, ['hosting: shared-hosting', 'services: 3']],
  ])('cannot run %s', (_, input, inputs) => {
    const found = ask({ projectType: 'web-app', stage: 'mvp', hosting: 'shared hosting', ...input }).conflicts.find(({ id }) => id === 'beyond-shared-hosting')
    expect(found?.inputs[0]).toBe(inputs[0])
    for (const word of inputs.slice(1).join(', ').replace(/\w+: /g, '').split(', ')) expect(found?.inputs.join(' ')).toContain(word)
  })

  test('may hold a site that was built before', () => expect(ask({ projectType: 'content-site', stage: 'mvp', hosting: 'webspace', stack: ['astro'] }).conflicts.map(({ id }) => id)).not.toContain('beyond-shared-hosting'))
})

test.each([
  ['vercel', null], ['netlify', null], ['aws-lambda', null], ['cloudflare-workers', null], ['firebase', null], ['shared-hosting', null],
  ['fly', '/internal/health'], ['aws-ecs', '/internal/health'], ['kubernetes', '/internal/health'], ['virtual-server', '/internal/health'], ['undecided', '/internal/health'],
])('details of health on %s: %s', (hosting, details) => {
  const { decision, report } = ask({ projectType: 'web-app', stage: 'growth', hosting, stack: ['typescript', 'express', 'postgresql'] })
  expect(decision.healthEndpoints).toEqual({ live: '/livez', ready: '/readyz', details })
  expect(report.includes('/internal/health')).toBe(details !== null)
})
