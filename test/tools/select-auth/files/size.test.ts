import { countTokens } from '../../../support/count-tokens.ts'
import { expect, test } from 'vitest'
import { answer } from '../../../../src/tools/answer.ts'
import { selectAuth } from '../../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../../support/knowledge.ts'
import { table } from '../profiles.ts'

test('the files do not push any answer over its length', () => {
  let handedOut = 0
  // Counting tokens is slow: every sixth profile stands for the others.
  const some = table.filter((_, index) => index % 6 === 0)
  for (const [name, profile] of some) {
    const input = { ...profile, stack: [...profile.stack ?? [], 'typescript', 'express'] }
    const result = answer(selectAuth.run(input, { knowledge: knowledge(), asOf, detail: 'normal' }), false)
    handedOut += result.files.length
    const inputs = Object.fromEntries(Object.keys(input).map((field) => [field, 'argument']))
    expect(countTokens(JSON.stringify({ ...result, inputs })), name).toBeLessThanOrEqual(2_500)
  }
  expect(handedOut).toBeGreaterThan(some.length)
}, 30_000)
