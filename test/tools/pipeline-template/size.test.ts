import { beforeAll, expect, test } from 'vitest'
import { vocabulary } from '../../../src/core/profile.ts'
import { knowledge } from '../../support/knowledge.ts'
import { exampleFolders, largestResults, listingTokens } from '../../support/tokens.ts'
import { covering } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

test('the listing takes at most 575 tokens', () => {
  expect(listingTokens('pipeline_template')).toBeLessThanOrEqual(575)
})

test('a result at normal detail takes at most 2,500 tokens, for every case and example', { timeout: 60_000 }, async () => {
  const cases = vocabulary.ciProvider.flatMap(covering).map((args) => ({ args }))
  expect(exampleFolders.length).toBeGreaterThan(5)
  const [largest] = await largestResults('pipeline_template', [...cases, ...exampleFolders.map((root) => ({ args: {}, root }))])
  expect(largest?.tokens, JSON.stringify(largest)).toBeLessThanOrEqual(2500)
})
