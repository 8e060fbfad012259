import { expect, test } from 'vitest'
import { withDefaults } from '../../src/core/defaults.ts'
import type { Profile } from '../../src/core/profile.ts'

const filled = (profile: Profile): Profile => withDefaults(profile, ['projectType', 'signInBy', 'clients']).filled

test.each<readonly [given: Profile, signInBy: Profile['signInBy'], clients: Profile['clients']]>([
  [{ projectType: 'api' }, ['machines'], ['machine']],
  [{ projectType: 'api', existing: ['clerk', 'sentry'] }, ['consumers'], ['web']],
  [{ projectType: 'api', existing: ['workos'] }, ['business-users'], ['web']],
  [{ projectType: 'api', existing: ['sentry', 'google-workspace'] }, ['machines'], ['machine']],
  [{ projectType: 'content-site', existing: ['Auth0'] }, ['consumers'], ['web']],
  [{ projectType: 'b2b-saas', existing: ['clerk'] }, ['business-users'], ['web']],
  [{ projectType: 'api', existing: ['clerk'], signInBy: ['machines'] }, ['machines'], ['machine']],
])('%o: accounts in use mean that people sign in, unless somebody said otherwise', (given, signInBy, clients) => {
  expect(filled(given)).toMatchObject({ signInBy, clients })
})
