import { expect, test } from 'vitest'
import { plannedEnvironments } from '../../../src/core/environments.ts'
import type { Profile } from '../../../src/core/profile.ts'

const trigger = (profile: Profile, name = 'production', previewEnvironments = false): string | undefined => plannedEnvironments(profile, { previewEnvironments }).find((environment) => environment.name === name)?.deployTriggerId

test.each<[string, Profile, string]>([
  ['without staging, main is production', { stage: 'mvp' }, 'push-to-main'],
  ['HIPAA wants a second person, at an MVP too', { stage: 'mvp', developers: 3, compliance: ['hipaa'] }, 'approved-push-to-main'],
  ['one person cannot approve', { stage: 'mvp', developers: 1, compliance: ['hipaa'] }, 'push-to-main'],
  ['after staging somebody promotes', { stage: 'growth', developers: 4 }, 'approved-promotion'],
  ['a large trunk-based team that releases every merge promotes by itself', { stage: 'growth', developers: 20, releaseCadence: 'on-merge' }, 'automatic-promotion'],
  ['an assumed cadence sends nothing to production by itself', { stage: 'growth', developers: 20 }, 'approved-promotion'],
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
  const planned = plannedEnvironments({ stage: 'growth', decisions: { branchStrategy: 'gitflow' } }, { only: ['local', 'dev', 'staging', 'production'] })
  expect(planned.find(({ name }) => name === 'staging')?.deployTriggerId).toBe('push-to-release-branch')
})

const names = (profile: Profile, previewEnvironments = false): string => plannedEnvironments(profile, { previewEnvironments }).map(({ name }) => name).join(' ')

test.each<[string, Profile, string, boolean?]>([
  ['acceptance follows staging', { stage: 'production', developers: 12, releaseCadence: 'scheduled' }, 'local staging uat production'],
  ['acceptance under SOX waits for an enterprise when releases flow', { stage: 'production', developers: 12, compliance: ['sox'] }, 'local staging production'],
  ['no shared development environment, however large the team', { stage: 'enterprise', developers: 80, services: 40 }, 'local staging production'],
  ['load tests follow given users and a budget', { stage: 'production', developers: 20, monthlyActiveUsers: 400_000 }, 'local staging load production'],
  ['a tight budget carries no load environment', { stage: 'production', developers: 20, monthlyActiveUsers: 2_000_000, budgetUsdPerMonth: 400 }, 'local staging production'],
  ['a platform with previews does not excuse an air gap from staging', { stage: 'early', airGapped: true, hosting: 'vercel' }, 'local staging production', true],
  ['devices are not environments', { projectType: 'iot', stage: 'growth', devices: 200_000 }, 'local staging production'],
  ['pages only need their previews', { projectType: 'content-site', stage: 'production' }, 'local preview production', true],
  ['a content site with a database is an application', { projectType: 'content-site', stage: 'growth', stack: ['postgres'] }, 'local preview staging production', true],
  ['a few euros carry no second deployment', { stage: 'early', developers: 2, budgetUsdPerMonth: 10 }, 'local production'],
  ['what customers host is tried, shown and installed by them', { projectType: 'self-hosted-product', stage: 'growth', developers: 20 }, 'local ci staging demo production'],
])('%s', (_, profile, expected, previews) => expect(names(profile, previews)).toBe(expected))

test('devices are tried in staging, and inside an air gap staging is the rehearsal', () => {
  const staging = (profile: Profile) => plannedEnvironments(profile).find(({ name }) => name === 'staging')?.purposeId
  expect(staging({ projectType: 'iot', stage: 'growth' })).toBe('final-check-with-devices')
  expect(staging({ airGapped: true, stage: 'early' })).toBe('rehearsal-inside-the-gap')
  expect(staging({ airGapped: true, stage: 'production', developers: 9 })).toBe('final-check')
})

test('a release that customers accept is never promoted by itself', () => {
  expect(trigger({ stage: 'enterprise', developers: 40, compliance: ['psd2'], decisions: { branchStrategy: 'trunk-based' } })).toBe('approved-promotion')
  expect(trigger({ stage: 'enterprise', developers: 40, releaseCadence: 'on-merge', decisions: { branchStrategy: 'trunk-based' } })).toBe('automatic-promotion')
})

test('an unknown name is impossible, and the order is that of a change', () => {
  expect(plannedEnvironments({}, { only: ['production', 'local', 'staging'] }).map(({ name }) => name)).toEqual(['local', 'staging', 'production'])
})
