import { expect, test } from 'vitest'
import { withDefaults } from '../../src/core/defaults.ts'
import { hostingId, readStack, technologyId } from '../../src/core/stack.ts'

test.each([['Next.js 15', 'nextjs'], ['Postgres', 'postgresql'], ['PostgreSQL 16', 'postgresql'], ['Node.js', 'javascript'], ['C#', 'csharp'], ['.NET 10', 'csharp'], ['python3.12', 'python']])('%s is %s', (text, id) => {
  expect(technologyId(text)).toBe(id)
})

test('a framework brings its language, and TypeScript replaces JavaScript', () => {
  const stack = readStack({ stack: ['Next.js', 'express', 'Postgres', 'Zorp'] })
  expect(stack.languages).toEqual(['typescript'])
  expect(stack.databases).toEqual(['postgresql'])
  expect(stack.unknown).toEqual(['Zorp'])
})

test('hosting words become sheet ids', () => {
  expect([hostingId('Fly.io'), hostingId('ECS'), hostingId(undefined), hostingId('On Prem')]).toEqual(['fly', 'aws-ecs', 'undecided', 'on-prem'])
})

test('only fields that a tool reads are listed as assumed, but derived ones use filled values', () => {
  const { filled, assumptions } = withDefaults({ projectType: 'content-site' }, ['signInBy'])
  expect(filled.signInBy).toEqual(['nobody'])
  expect(assumptions.map((assumption) => assumption.field)).toEqual(['signInBy'])
})
