import { describe, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { decide } from '../../../src/tools/migration-plan/decide.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { forget } from '../../../src/tools/migration-plan/records.ts'
import { naming } from '../../../src/tools/migration-plan/runbook-queries.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

const ask = (input: MigrationInput) => () => decide({ database: 'postgresql', table: 't', ...input }, knowledge(), asOf)

describe('one name for two things', () => {
  test.each<MigrationInput>([
    { change: 'rename-column', from: 'a', to: 'a', type: 'text' },
    { change: 'rename-table', to: 't' },
    { change: 'rename-table', table: 'billing.t', to: 't' },
    { change: 'split-column', from: 'a', columns: ['a', 'b'], type: 'text' },
    { change: 'merge-columns', columns: ['a', 'b'], to: 'a', type: 'text' },
    { change: 'json-key-rename', column: 'd', from: 'k', to: 'k' },
    { change: 'json-to-column', column: 'd', from: 'd', type: 'text' },
    { change: 'enum-remove-value', type: 'e', column: 'c', from: 'v', to: 'v' },
    { change: 'merge-tables', references: 't(id)', columns: ['a'], column: 'id', type: 'text' },
    { change: 'add-unique', columns: ['a', 'a'] },
    { change: 'rename-column', database: 'mysql', from: 'a', to: 'a', type: 'text' },
    { change: 'rename-column', database: 'mongodb', from: 'a', to: 'a' },
  ])('is refused: $change on $database', (input) => {
    expect(ask(input)).toThrow(InputError)
    expect(ask(input)).toThrow(/^Unexpected \w+ ".+", expected /)
  })

  test('is fine in another schema, and for the first of the columns', () => {
    expect(ask({ change: 'merge-tables', table: 'archive.users', references: 'users(id)', columns: ['a'], column: 'id', type: 'text' })).not.toThrow()
    expect(ask({ change: 'merge-columns', column: 'a', columns: ['a', 'b'], to: 'c', type: 'text' })).not.toThrow()
  })
})

test.each(['rename a column', 'rename the column', 'Rename column'])('%s is understood', (change) => {
  expect(ask({ change, from: 'a', to: 'b', type: 'text' })().decision.change).toBe('rename-column')
})

test('a length of time is part of an expression, and only that', () => {
  const purge = (expression: string) => ask({ change: 'purge-rows', expression })
  expect(JSON.stringify(purge("created_at < now() - interval '1 year'")().decision.phases)).toContain("interval '1 year'")
  expect(purge("created_at < now() - interval '1 year; drop'")).toThrow(InputError)
})

test('statistics are searched for the column itself: one backslash before what LIKE reads as a sign', () => {
  expect(naming('full_name')).toContain("E'%full\\\\_name%'")
})

test('a tool that records files forgets one by its name, also under a later stamp', () => {
  expect(forget('node-pg-migrate', { stamp: '20261122230000', name: 'x_users_1_expand' })).toBe("DELETE FROM pgmigrations WHERE name ~ 'x_users_1_expand(\\.\\w+)?$'")
  expect(forget('alembic', { stamp: '20261122230000', name: 'x' })).toBeUndefined()
})
