import { expect, test } from 'vitest'
import { expectedFor } from '../../../src/engine/check-expected.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

test('where traces go is a choice for tracing too', () => {
  const expected = expectedFor({ projectType: 'ai-product', stage: 'mvp', usesLlm: true, hosting: 'cloudflare-workers', stack: ['typescript', 'hono'] }, [], knowledge(), asOf)
  expect(expected.choicesFor('tracing')).toEqual(['llm-tracing', 'sentry'])
})
