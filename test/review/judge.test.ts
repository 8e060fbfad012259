import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { complaints, shownAt } from './judge.ts'
import { loadProjects } from './projects.ts'

const answer = { decision: { primary: 'nextauth', machine: null, slots: { logs: ['sentry', 'console'] }, environments: [{ name: 'local' }, { name: 'production', start: 'approval' }] }, conflicts: [{ id: 'known' }] }
const because = 'a fixture that must be judged'

test.each([
  ['primary', 'nextauth'], ['machine', 'none'], ['slots.logs', 'sentry console'], ['environments', 'local production'], ['environments.production.start', 'approval'], ['environments.staging.start', undefined], ['slots.errors', undefined], ['primary.deeper.still', undefined],
])('the value at %s is read as %s', (path, shown) => {
  expect(shownAt(answer.decision, path)).toBe(shown)
})

test.each([
  ['a value that is not accepted', { accept: { primary: ['clerk', 'auth0'] } }, ['primary is "nextauth"', '"clerk", "auth0"']],
  ['a value that must never come', { never: { primary: ['nextauth'] } }, ['must never hold "nextauth"']],
  ['one entry of a list that must never come', { never: { 'slots.logs': ['console'] } }, ['must never hold "console"']],
  ['environments in another order', { accept: { environments: ['production local'] } }, ['environments is "local production"']],
  ['an entry that a list lacks', { holds: { 'slots.logs': ['console', 'loki'] } }, ['slots.logs is "sentry console"', 'lacks "loki"']],
  ['a field of a list’s entry', { accept: { 'environments.production.start': ['manual'] } }, ['environments.production.start is "approval"']],
  ['a conflict that is not named', { conflicts: ['missing'] }, ['the conflict missing is missing, named are: known']],
  ['a conflict that must not be named', { noConflicts: ['known'] }, ['the conflict known is named and must not be']],
  ['a path that leads nowhere', { accept: { 'slots.errors': ['sentry'] } }, ['has no slots.errors']],
])('the judge rejects %s and says where', (_, expectation, parts) => {
  const [sentence, ...more] = complaints({ id: 'some-project' }, 'select_auth', answer, { ...expectation, because })
  expect(more).toEqual([])
  for (const part of ['some-project, select_auth', because, ...parts]) expect(sentence).toContain(part)
})

test('the judge accepts what is expected, lists in any order', () => {
  expect(complaints({ id: 'p' }, 'select_auth', answer, { accept: { primary: ['clerk', 'nextauth'], machine: ['none'], 'slots.logs': ['console sentry'] }, never: { primary: ['auth0'] }, conflicts: ['known'], noConflicts: ['other'], because })).toEqual([])
})

const story = 'Somebody uses it, somebody built it, and somebody is worried about it; that makes a story of eighty characters.'
test.each([
  ['a field nobody knows', `profile: {stages: mvp}`, /stages/],
  ['a value outside the vocabulary', `profile: {stage: huge}`, /huge/],
  ['a tool that does not exist', `profile: {}\nown: {select_everything: {}}`, /select_everything/],
  ['an expectation without a reason', `profile: {}\nexpect: {select_auth: {accept: {primary: [clerk]}}}`, /because/],
])('a project with %s is refused, naming file and field', (_, rest, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'review-'))
  try {
    writeFileSync(join(folder, 'broken.yaml'), `title: Broken\ngroup: small\nstory: ${story}\n${rest}\n`)
    expect(() => loadProjects(folder)).toThrow(message)
    expect(() => loadProjects(folder)).toThrow(/broken\.yaml/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
