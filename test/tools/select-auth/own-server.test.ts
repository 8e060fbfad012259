import { expect, test } from 'vitest'
import { selectAuth } from '../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

type Given = Parameters<typeof selectAuth.run>[0]
// Reading every sheet takes longer than a test may on a busy machine.
const providers = knowledge()['identity-providers']
const ask = (input: Given) => selectAuth.run(input, { knowledge: knowledge(), asOf, detail: 'normal' })
const base: Given = { projectType: 'web-app', stage: 'early', signInBy: ['consumers'], developers: 2, opsCapacity: 'low' }

test.each<[string, Given, readonly string[]]>([
  ['Django on one machine', { hosting: 'hetzner', stack: ['django', 'postgresql'], opsCapacity: 'none' }, ['framework-native']],
  ['Rails on a VPS', { hosting: 'a VPS', stack: ['rails', 'postgresql'] }, ['framework-native']],
  ['Laravel on shared web hosting', { hosting: 'shared hosting', stack: ['laravel', 'mysql'], opsCapacity: 'none' }, ['framework-native']],
  ['Laravel there, with people who run servers elsewhere', { hosting: 'shared hosting', stack: ['laravel', 'mysql'], opsCapacity: 'medium', selfHost: 'preferred' }, ['framework-native']],
])('%s needs no second system', (_, input, accepted) => expect(accepted).toContain(ask({ ...base, ...input }).decision.primary))

test.each<Given>([
  { hosting: 'hetzner', stack: ['typescript', 'express', 'postgresql'] }, { hosting: 'DigitalOcean droplet', stack: ['go', 'postgresql'] },
  { hosting: 'one server', stack: ['typescript', 'fastify'], projectType: 'b2b-saas', signInBy: ['business-users'] }, { hosting: 'shared hosting', stack: ['php', 'mysql'], opsCapacity: 'high', selfHost: 'preferred' },
])('a rented machine and little time get no identity server to patch: $hosting', (input) => {
  const { decision, cost } = ask({ ...base, ...input })
  expect(providers[decision.primary]?.facts.hosting.value).not.toBe('self-hosted')
  expect(cost.lines.some(({ item }) => item.startsWith('Run by yourselves'))).toBe(false)
})

test('a rented machine is no cluster: nothing is chosen because Kubernetes is there', () => {
  const { sections } = ask({ ...base, hosting: 'hetzner', stack: ['go', 'postgresql'], noUsSubprocessors: true, opsCapacity: 'medium' })
  expect(sections.map(({ body }) => body).join('\n')).not.toMatch(/kubernetes/i)
})

test.each<[string, boolean]>([['DigitalOcean', true], ['Linode Frankfurt', true], ['hetzner', false], ['OVH', false]])('without companies of the United States, %s is a conflict: %s', (hosting, is) => {
  const found = ask({ ...base, hosting, stack: ['django'], noUsSubprocessors: true }).conflicts.find(({ id }) => id === 'us-hosting-without-us')
  expect(found?.inputs).toEqual(is ? ['noUsSubprocessors: true', `hosting: ${hosting}`] : undefined)
})
