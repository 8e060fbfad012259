import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { requests } from '../../tools/migration-plan/cases.ts'
import { fetchTools, squawkProgram } from './installed.ts'
import { exceptions } from './squawk-exceptions.ts'

const there = fetchTools()
interface Finding { readonly rule_name: string, readonly message: string }
const lint = (sql: string, inside: boolean): readonly Finding[] => {
  const done = spawnSync(squawkProgram, ['--reporter', 'json', '--pg-version', '15', ...(inside ? ['--assume-in-transaction'] : []), '--stdin-filepath', 'new.sql'], { input: sql, encoding: 'utf8' })
  return JSON.parse(done.stdout === '' ? '[]' : done.stdout) as Finding[]
}
const files = (change: string, more: MigrationInput) => migrationPlan.run({ database: 'postgresql 15', tool: 'prisma-migrate', change, ...requests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'normal' }).files.filter(({ path }) => path.endsWith('migration.sql'))

describe.skipIf(!there)('squawk reads every emitted migration (skipped where npm cannot be reached)', () => {
  beforeAll(() => { knowledge() })
  const tripped = new Set<string>()

  test.each(Object.keys(changes))('%s: nothing that has no reason', (change) => {
    const found = [{ stage: 'growth' as const, rows: 5_000_000 }, { stage: 'growth' as const, rows: 5_000_000, nullable: false }].flatMap((more) => files(change, more)).flatMap(({ path, body }) => lint(body, !/CONCURRENTLY/.test(body)).map(({ rule_name: rule, message }) => ({ rule, path, message })))
    for (const { rule } of found) tripped.add(rule)
    expect(found.filter(({ rule }) => exceptions[rule] === undefined && exceptions[`${change}/${rule}`] === undefined)).toEqual([])
  })

  test('an exception that nothing needs is taken out', () => {
    expect(Object.keys(exceptions).filter((key) => !tripped.has(key.split('/').at(-1) as string))).toEqual([])
  })

  test('it does see what is wrong', () => {
    expect(lint('CREATE INDEX users_email_idx ON users(email);', true).map(({ rule_name: rule }) => rule)).toContain('require-concurrent-index-creation')
    expect(lint('ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);', true).map(({ rule_name: rule }) => rule)).toContain('constraint-missing-not-valid')
  })
})
