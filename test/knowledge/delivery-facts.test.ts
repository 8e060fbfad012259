import { expect, test } from 'vitest'
import { knowledge } from '../support/knowledge.ts'

const { 'ci-providers': providers, 'hosting-platforms': platforms, runtimes } = knowledge()

test('a provider that can sign in to a cloud says who issues its token and what the subject looks like', () => {
  const able = Object.values(providers).filter(({ facts }) => (facts.oidcClouds.value ?? []).length > 0)
  expect(able.length).toBe(5)
  for (const { id, facts } of able) expect([facts.oidcIssuer.value, facts.oidcSubjectExample.value, facts.oidcToken.value], id).not.toContain(null)
})

test('a platform that deploys from Git by itself says how that is switched off, and no other does', () => {
  const own = Object.values(platforms).filter(({ facts }) => facts.ownGitIntegration.value === true)
  expect(own.length).toBeGreaterThan(3)
  for (const { id, facts } of Object.values(platforms)) expect(facts.gitSwitchOff.value !== null, id).toBe(facts.ownGitIntegration.value === true)
})

test('every language has a container for pipelines whose tag follows the cycle, and its advised cycle is one of those listed', () => {
  const languages = Object.values(runtimes).filter(({ facts }) => facts.kind.value === 'language')
  expect(languages.length).toBeGreaterThanOrEqual(7)
  for (const { id, facts } of languages) {
    expect([facts.ciImage.value, facts.ciTag.value], id).not.toContain(null)
    expect(facts.cycles.value?.map(({ cycle }) => cycle), id).toContain(facts.advised.value)
  }
})
