import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lookAt } from '../../src/engine/check-look.ts'
import { folder } from '../project/folder.ts'
import { worldAt } from '../support/world.ts'

test('each value of a layered record points to the file and line that states it', () => {
  const shared = folder({ 'house.md': '---\nstage: growth\nhouseRules:\n  forbid:\n    - datadog\n---\n' })
  const root = folder({
    'org.md': '---\n# ours\nhosting: aws-ecs\ndecisions: {auth: workos, logs: axiom}\nhouseRules:\n  forbid:\n    - {id: splunk, reason: price}\n---\ncompliance: prose\n',
    '.claude/operational-patterns.md': '---\nextends: ../org.md\nname: x\ndecisions:\n  logs: loki\n---\n',
  })
  const places = lookAt(root, 'architecture-output', { ...worldAt(root), records: [join(shared, 'house.md')] }).facts.record?.places
  expect(places).toMatchObject({
    stage: { file: 'house.md', line: 2 }, hosting: { file: 'org.md', line: 3 }, auth: { file: 'org.md', line: 4 }, logs: { file: '.claude/operational-patterns.md', line: 5 },
    'houseRules.splunk': { file: 'org.md', line: 7 }, 'houseRules.datadog': { file: 'house.md', line: 5 },
  })
  expect(places).not.toHaveProperty('compliance')
})

test('a house rule that names nothing is a note: it cannot be checked', () => {
  const root = folder({ '.claude/operational-patterns.md': '---\nhouseRules: {forbid: [datadogg]}\n---\n' })
  expect(lookAt(root, 'architecture-output', worldAt(root)).notes).toContainEqual(expect.stringMatching(/^houseRules\.forbid: datadogg: .*Did you mean datadog\?/))
})
