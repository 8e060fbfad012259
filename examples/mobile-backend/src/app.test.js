import assert from 'node:assert/strict'
import test from 'node:test'
import { buildApp } from './app.js'

test('a track without a hiker is refused before the database is asked', async () => {
  const app = buildApp(() => assert.fail('the database was asked'))
  const answer = await app.inject({ method: 'POST', url: '/tracks', payload: { metres: 10 } })
  assert.equal(answer.statusCode, 400)
})
