import { expect, test } from 'vitest'
import { knowledge } from '../../support/knowledge.ts'

test('every executed change and every tool of the seed has a sheet', () => {
  const { 'schema-changes': changes, 'migration-tools': tools } = knowledge()
  expect(Object.keys(changes).length).toBeGreaterThanOrEqual(56)
  for (const id of ['prisma-migrate', 'knex', 'typeorm', 'drizzle-kit', 'mongoose', 'migrate-mongo', 'alembic', 'django-migrations', 'sqlalchemy-migrate', 'mongomock']) expect(tools).toHaveProperty(id)
  expect(tools['sqlalchemy-migrate']?.lifecycle).toMatchObject({ status: 'end-of-life', replacedBy: 'alembic' })
  expect(tools.mongomock?.facts.kind.value).toBe('test-double')
})
