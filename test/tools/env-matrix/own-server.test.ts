import { expect, test } from 'vitest'
import { answer } from '../../../src/tools/answer.ts'
import { envMatrix } from '../../../src/tools/env-matrix/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

type Given = Parameters<typeof envMatrix.run>[0]
// Reading every sheet takes longer than a test may on a busy machine.
knowledge()
const ask = (input: Given) => answer(envMatrix.run(input, { knowledge: knowledge(), asOf, detail: 'normal' }), false)

test.each<[string, Given, string, string]>([
  ['an MVP on one machine', { stage: 'mvp', hosting: 'hetzner', stack: ['django', 'postgresql'] }, 'docker-secrets-file', 'local production'],
  ['an early product on one machine', { stage: 'early', hosting: 'one server', stack: ['express', 'postgresql'] }, 'docker-secrets-file', 'local staging production'],
  ['two machines share encrypted files', { stage: 'early', hosting: 'DigitalOcean droplet', stack: ['express'], serverCount: 2 }, 'sops-age', 'local staging production'],
  ['a grown product nobody runs servers for', { stage: 'growth', hosting: 'vps', stack: ['express'], opsCapacity: 'low', serverCount: 3 }, 'sops-age', 'local staging production'],
  ['a small site on shared web hosting', { stage: 'mvp', hosting: 'shared hosting', stack: ['laravel', 'mysql'], developers: 1 }, 'docker-secrets-file', 'local production'],
])('%s', (_, input, secrets, environments) => {
  const { decision } = ask({ projectType: 'web-app', ...input })
  expect([decision.secrets, decision.environments.map(({ name }) => name).join(' ')]).toEqual([secrets, environments])
})

test.each<[Given, boolean]>([
  [{ hosting: 'shared hosting', stack: ['django', 'postgresql', 'celery'] }, true], [{ hosting: 'shared hosting', stack: ['php', 'mysql'] }, false], [{ hosting: 'hetzner', stack: ['django', 'celery'] }, false],
])('what shared web hosting cannot run is a conflict: %j', (input, is) => expect(ask({ projectType: 'web-app', stage: 'mvp', ...input }).conflicts.some(({ id }) => id === 'beyond-shared-hosting')).toBe(is))

test('shared web hosting runs no flag service of one\'s own', () => {
  const { decision } = ask({ projectType: 'b2b-saas', stage: 'growth', hosting: 'shared hosting', stack: ['laravel', 'mysql'], needsTargeting: true, noUsSubprocessors: true, opsCapacity: 'medium' })
  expect(knowledge()['flag-services'][decision.flags]?.facts.hosting.value).not.toBe('self-hosted')
})
