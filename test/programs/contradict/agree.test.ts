import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { knowledge } from '../../support/knowledge.ts'
import { disagreements, sheetsByName } from './agreement.ts'
import { besideProblems } from './beside.ts'
import { readDocument, replaced } from './reading.ts'
import { details, documentSet, setNames } from './sets.ts'
import { occurrencesIn } from './values.ts'

const empty = mkdtempSync(join(tmpdir(), 'ops-agree-'))
afterAll(() => rmSync(empty, { recursive: true, force: true }))
const sheets = sheetsByName(knowledge())

test('there are sixty projects and more', () => {
  expect(setNames().length).toBeGreaterThanOrEqual(60)
})

describe.each(details)('at %s detail', (detail) => {
  test.each(setNames())('every shared value of %s is the same in the documents, the records, the page and the files', (name) => {
    const set = documentSet(name, detail, empty)
    expect([...disagreements(set, sheets), ...besideProblems(set, knowledge())]).toEqual([])
    expect(set.readings.flatMap(occurrencesIn).length).toBeGreaterThan(40)
  })
})

describe('a value that differs in one place is noticed by this reading too', () => {
  const set = documentSet('first-sso-customer', 'full', empty)
  test.each([
    ['identity-provider', 'Auth0'], ['ci-provider', 'CircleCI'], ['secrets-store', 'Doppler'], ['logs', 'Axiom'], ['alerting', 'PagerDuty'], ['branch', 'trunk'], ['environment', 'uat'], ['budget', '21.6'], ['stage', 'growth'],
    ['compliance', 'hipaa'], ['migration-tool', 'Flyway'], ['health-path', '/healthz'], ['variable', 'NOWHERE'], ['total', '99'], ['price', '99'], ['availability', '98'], ['package-manager', 'yarn'], ['hosting', 'railway'],
  ])('%s', (kind, by) => {
    const [first] = set.readings.flatMap((reading) => occurrencesIn(reading).filter((one) => one.kind === kind).slice(-1).map((one) => ({ reading, one })))
    if (first === undefined) throw new Error(`nothing of ${kind}`)
    const readings = set.readings.map((reading) => (reading === first.reading ? readDocument(reading.document, replaced(reading, first.one, by)) : reading))
    const changed = { ...set, readings }
    expect([...disagreements(changed, sheets), ...besideProblems(changed, knowledge())]).not.toEqual([])
  })
})
