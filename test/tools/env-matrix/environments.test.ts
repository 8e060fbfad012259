import { expect, test } from 'vitest'
import { plannedEnvironments } from '../../../src/core/environments.ts'
import type { Profile } from '../../../src/core/profile.ts'

const trigger = (profile: Profile, name = 'production', previewEnvironments = false): string | undefined => plannedEnvironments(profile, { previewEnvironments }).find((environment) => environment.name === name)?.deployTriggerId

test.each<[string, Profile, string]>([
  ['without staging, main is production', { stage: 'mvp' }, 'push-to-main'],
  ['HIPAA wants a second person, at an MVP too', { stage: 'mvp', developers: 3, compliance: ['hipaa'] }, 'approved-push-to-main'],
  ['one person cannot approve', { stage: 'mvp', developers: 1, compliance: ['hipaa'] }, 'push-to-main'],
  ['after staging somebody promotes', { stage: 'growth', developers: 4 }, 'approved-promotion'],
  ['a large trunk-based team promotes by itself', { stage: 'growth', developers: 20 }, 'automatic-promotion'],
  ['unless a standard wants approval', { stage: 'growth', developers: 20, compliance: ['soc2'] }, 'approved-promotion'],
  ['gitflow releases from main', { stage: 'growth', decisions: { branchStrategy: 'gitflow' } }, 'push-to-main'],
  ['a library is published by tag', { projectType: 'library' }, 'version-tag'],
  ['customers upgrade themselves', { projectType: 'self-hosted-product', stage: 'growth' }, 'customer-upgrade'],
  ['an air gap is crossed by a signed bundle', { stage: 'growth', airGapped: true }, 'signed-offline-bundle'],
  ['an app without a back end goes to the store', { projectType: 'mobile-app', stage: 'mvp' }, 'store-release'],
])('%s', (_, profile, expected) => expect(trigger(profile)).toBe(expected))

test.each<[string, string]>([['gitflow', 'push-to-develop'], ['github-flow', 'push-to-main'], ['trunk-based', 'push-to-main']])('under %s staging follows %s', (branchStrategy, expected) => {
  expect(trigger({ stage: 'growth', developers: 4, decisions: { branchStrategy } }, 'staging')).toBe(expected)
})

test('under gitflow only a plan with an earlier shared environment sends the release branch to staging', () => {
  expect(trigger({ stage: 'growth', developers: 12, decisions: { branchStrategy: 'gitflow' } }, 'staging')).toBe('push-to-release-branch')
})

test('an unknown name is impossible, and the order is that of a change', () => {
  expect(plannedEnvironments({}, { only: ['production', 'local', 'staging'] }).map(({ name }) => name)).toEqual(['local', 'staging', 'production'])
})
