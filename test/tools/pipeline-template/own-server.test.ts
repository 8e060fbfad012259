import { expect, test } from 'vitest'
import { answer } from '../../../src/tools/answer.ts'
import { pipelineTemplate } from '../../../src/tools/pipeline-template/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

type Given = Parameters<typeof pipelineTemplate.run>[0]
// Reading every sheet takes longer than a test may on a busy machine.
knowledge()
const ask = (input: Given) => answer(pipelineTemplate.run(input, { knowledge: knowledge(), asOf, detail: 'normal' }), false)
const steps = (practice: string): readonly string[] => (knowledge().practices[practice]?.facts.items.value ?? []).map((item) => item.slice(0, 24))

test.each<[string, Given, string, string]>([
  ['hetzner', { stack: ['django', 'postgresql'] }, 'virtual-server', 'deploy-over-ssh'],
  ['DigitalOcean droplet', { stack: ['typescript', 'express'], stage: 'growth' }, 'virtual-server', 'deploy-over-ssh'],
  ['a VPS', { stack: ['ruby', 'rails'], ciProvider: 'gitlab' }, 'virtual-server', 'deploy-over-ssh'],
  ['shared hosting', { stack: ['laravel', 'mysql'] }, 'shared-hosting', 'deploy-to-shared-hosting'],
])('%s gets its checks, the order of its environments, and a list for the deploy that is not written', (hosting, input, target, practice) => {
  const { decision, skipped, files, report } = ask({ ...input, hosting })
  expect(decision.apps).toEqual([{ name: null, target }])
  expect(decision.stages).toContain('deploy')
  expect(decision.promotion.at(-1)?.to).toBe('production')
  expect(skipped.map(({ item }) => item)).toContain(`deploy job for ${knowledge()['hosting-platforms'][target]?.name}`)
  expect(files.some(({ path }) => path.includes('deploy'))).toBe(false)
  expect(steps(practice).length).toBeGreaterThan(3)
  for (const step of steps(practice)) expect(report).toContain(`[ ] ${step}`)
})

test('a platform whose deploy is written gets no list by hand', () => expect(ask({ hosting: 'fly', stack: ['express'] }).report).not.toContain('no deploy job is written'))

test.each<[Given, boolean]>([
  [{ hosting: 'shared hosting', stack: ['django', 'postgresql'] }, true], [{ hosting: 'shared hosting', stack: ['laravel', 'mysql'] }, false], [{ hosting: 'one server', stack: ['django', 'postgresql'] }, false],
])('what shared web hosting cannot run is a conflict: %j', (input, is) => expect(ask(input).conflicts.some(({ id }) => id === 'beyond-shared-hosting')).toBe(is))
