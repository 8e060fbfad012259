import { expect, test } from 'vitest'
import { branchStrategy } from '../../src/core/branching.ts'
import type { Profile } from '../../src/core/profile.ts'

const cases: [Profile, string, string, number][] = [
  [{ developers: 1 }, 'github-flow', 'small-team', 0],
  [{ developers: 2, compliance: ['soc2'] }, 'github-flow', 'small-team', 1],
  [{ developers: 4 }, 'github-flow', 'small-team', 1],
  [{ developers: 8, releaseCadence: 'daily' }, 'trunk-based', 'continuous-mid-size-team', 1],
  [{ developers: 8, releaseCadence: 'weekly' }, 'github-flow', 'batched-mid-size-team', 1],
  [{ developers: 25 }, 'trunk-based', 'large-team', 1],
  [{ developers: 2, releaseCadence: 'scheduled' }, 'gitflow', 'scheduled-releases', 0],
  [{ developers: 25, releaseCadence: 'scheduled' }, 'gitflow', 'scheduled-releases', 1],
  [{ developers: 2, decisions: { branchStrategy: 'gitflow' } }, 'gitflow', 'pinned', 0],
]

test.each(cases)('%j gives %s because of %s with %d reviews', (profile, strategy, rule, reviews) => {
  expect(branchStrategy(profile)).toMatchObject({ strategy, rule, requiredReviews: reviews })
})

test('only gitflow keeps a second long-lived branch', () => {
  expect(cases.map(([profile]) => branchStrategy(profile)).every((found) => (found.releaseBranch === 'develop') === (found.strategy === 'gitflow'))).toBe(true)
})
