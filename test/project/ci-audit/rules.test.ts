import { expect, test } from 'vitest'
import { ciRules } from '../../../src/project/ci-audit/rules.ts'
import { audit } from './audit.ts'
import { read } from './fixture.ts'
import { actions } from './fixtures/actions.ts'
import { code } from './fixtures/code.ts'
import { deploys } from './fixtures/deploys.ts'
import { others } from './fixtures/others.ts'
import { tools } from './fixtures/tools.ts'
import { secrets } from './fixtures/secrets.ts'

const fixtures = [...actions, ...code, ...deploys, ...others, ...secrets, ...tools]
const pins = [{ action: 'actions/checkout', version: 'v7.0.1', sha: 'a'.repeat(40) }]

test('every rule has a file that it must report and one that it must not', () => {
  expect(ciRules.length).toBeGreaterThan(25)
  for (const { id } of ciRules) {
    const counts = fixtures.filter(({ rule }) => rule === id).map((fixture) => read(fixture).expected.length)
    expect(counts.some((count) => count > 0), `${id} has no bad file`).toBe(true)
    expect(counts.some((count) => count === 0), `${id} has no near miss`).toBe(true)
  }
})

test.each(fixtures.map((fixture) => [fixture.rule, fixture.kind, fixture.says, fixture] as const))('%s in %s: %s', (rule, kind, _, fixture) => {
  const { text, expected } = read(fixture)
  const all = audit(kind, text, { pins })
  expect(all.filter((finding) => finding.rule === 'unreadable-ci-file')).toEqual([])
  const found = all.filter((finding) => finding.rule === rule).map(({ severity, line }) => `${severity}:${line}`)
  expect([...new Set(found)].sort()).toEqual([...expected].sort())
})

test('every finding says what was found, what was expected and what to do, on one line', () => {
  const findings = fixtures.flatMap((fixture) => audit(fixture.kind, read(fixture).text, { pins }))
  expect(findings.length).toBeGreaterThan(100)
  for (const finding of findings) for (const text of [finding.found, finding.expected, finding.next]) expect(text).toMatch(/^[^\n]{2,160}$/)
})

test.each(['# ops: ignore[unpinned-uses]', '# zizmor: ignore[unpinned-uses]', '# zizmor: ignore[artipacked, unpinned-uses] because'])('%s silences the rule on its line only', (comment) => {
  const text = (end: string): string => `on: push\njobs:\n  a:\n    steps:\n      - uses: a/b@v1 ${end}\n      - uses: a/c@v1\n`
  const lines = (end: string): number[] => audit('github', text(end)).filter(({ rule }) => rule === 'unpinned-uses').map(({ line }) => line)
  expect(lines('')).toEqual([5, 6])
  expect(lines(comment)).toEqual([6])
  expect(lines(comment.replaceAll('unpinned-uses', 'artipacked'))).toEqual([5, 6])
})

test('the comment of a script stands behind its key, of a fork checkout behind the trigger', () => {
  const script = 'on: issues\njobs:\n  a:\n    steps:\n      - run: | # zizmor: ignore[template-injection]\n          echo a\n          echo "${{ github.event.issue.title }}"\n'
  expect(audit('github', script).map(({ rule }) => rule)).not.toContain('template-injection')
  const checkout = 'on:\n  pull_request_target: # ops: ignore[dangerous-triggers] only read\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n'
  expect(audit('github', checkout).map(({ rule }) => rule)).not.toContain('dangerous-triggers')
})
