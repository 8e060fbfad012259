import { expect, test } from 'vitest'
import { withDefaults } from '../../src/core/defaults.ts'
import { serviceLanguage } from '../../src/core/service-language.ts'
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

test.each([['Nest.js', 'nestjs'], ['Vue.js', 'vue'], ['discord.js', 'javascript'], ['Bun 1.2', 'javascript'], ['Angular 20', 'angular'], ['.NET Framework 4.8', 'csharp'], ['Anthropic API', 'anthropic'], ['Stripe Connect', 'stripe'], ['Ktor', 'kotlin'], ['Phoenix', 'elixir'], ['WordPress', 'php'], ['SwiftUI', 'swift']])('people write %s for %s', (text, id) => {
  expect(technologyId(text)).toBe(id)
})

test.each<[string, string[], string | null]>([
  ['a TypeScript front before Go', ['typescript', 'react', 'go', 'postgres'], 'go'], ['Angular before .NET', ['Angular', 'ASP.NET Core'], 'csharp'], ['Angular alone', ['Angular'], 'typescript'], ['React and Node', ['react', 'typescript', 'node'], 'typescript'], ['Vue and Elixir', ['vue', 'Elixir', 'Phoenix'], 'elixir'],
])('the language of the servers: %s', (_, stack, language) => expect(serviceLanguage(readStack({ stack }))).toBe(language))
