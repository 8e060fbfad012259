import { expect, test } from 'vitest'
import { answer } from '../../../src/tools/answer.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

type Given = Parameters<typeof migrationPlan.run>[0]
// Reading every sheet takes longer than a test may on a busy machine.
knowledge()
const ask = (input: Given) => answer(migrationPlan.run(input, { knowledge: knowledge(), asOf, detail: 'normal' }), false)
const place = 'one-off container'

test.each<[string, Given, boolean]>([
  ['hetzner', { stack: ['django', 'postgresql'] }, true],
  ['DigitalOcean droplet', { stack: ['express', 'postgresql'], change: 'add-index', table: 'orders', columns: ['created_at'], rows: 1_000_000 }, true],
  ['hetzner', { stack: ['go'] }, false],
  ['fly', { stack: ['django', 'postgresql'] }, false],
])('on %s the deploy script runs the migration: %j, %s', (hosting, input, is) => {
  const { report, conflicts } = ask({ ...input, hosting })
  expect(report.includes(place)).toBe(is)
  expect(conflicts.map(({ id }) => id)).not.toContain('no-shell-for-migrations')
})

test('the plan itself is the same on a server: two versions may still meet', () => {
  const change: Given = { stack: ['postgresql'], change: 'rename-column', table: 'orders', from: 'total', to: 'amount', type: 'numeric', rows: 2_000_000 }
  expect(ask({ ...change, hosting: 'hetzner' }).decision).toEqual(ask(change).decision)
})

test('shared web hosting starts no migration, and says how it is done', () => {
  const found = ask({ hosting: 'shared hosting', stack: ['laravel', 'mysql'] }).conflicts.find(({ id }) => id === 'no-shell-for-migrations')
  expect(found?.inputs).toEqual(['hosting: shared-hosting', 'tool: laravel-migrations'])
  expect(ask({ hosting: 'shared hosting', stack: ['php'] }).conflicts).toEqual([])
})
