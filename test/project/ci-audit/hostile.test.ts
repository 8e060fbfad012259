import { expect, test } from 'vitest'
import { audit, paths, places, type Kind } from './audit.ts'

const workflow = (body: string): string => `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n${body}`
const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefghijk'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghijk'[index]}`).join(', ')}]`).join('\n')}\njobs: *k\n`

test.each<[string, string]>([
  ['broken YAML', 'on: push\njobs: [a\nb: }'],
  ['an alias bomb', bomb],
  ['an alias inside its own anchor', 'a: &a\n  b: *a\n'],
  ['an alias without an anchor', 'a: *nothing\n'],
  ['5 MB', `a: ${'x'.repeat(5 * 1024 * 1024)}`],
  ['binary', 'a\u0000b'],
  ['an empty file', ''],
  ['only comments', '# nothing\n'],
  ['a list', '- a\n- b\n'],
  ['a text', 'hello'],
  ['10,000 brackets', '['.repeat(10_000)],
  ['10,000 levels', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('%s is one unreadable-ci-file for every provider', (_, text) => {
  for (const kind of Object.keys(paths) as Kind[]) expect(audit(kind, text).map(({ rule, severity }) => [rule, severity])).toEqual([['unreadable-ci-file', 'error']])
}, 9_000)

test('a key that stands twice is reported, and both values are still audited', () => {
  const text = `${workflow('      - uses: a/b@v1\n')}\npermissions: write-all\n`
  expect(places('github', text).filter((place) => /^(unreadable|unpinned-uses|excessive)/.test(place))).toEqual(['unpinned-uses:8', 'excessive-permissions:10', 'unreadable-ci-file:10'])
})

test.each<[string, (text: string) => string]>([
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text) => `\uFEFF${text}`],
])('%s changes no line', (_, change) => {
  const text = workflow('      - uses: a/b@v1\n      - run: |\n          # first\n\n          echo "${{ github.event.issue.title }}"\n      - run: >\n          echo a\n          b ${{ github.head_ref }}\n')
  expect(places('github', text)).toEqual(['template-injection:12', 'template-injection:15', 'unpinned-uses:8'])
  expect(places('github', change(text))).toEqual(places('github', text))
})

test('lines are right in quoted, folded and plain texts of several lines', () => {
  expect(places('github', workflow('      - run: "echo a\n\n          ${{ github.head_ref }}"\n      - run:\n          echo b\n          ${{ github.head_ref }}\n      - run: >-\n\n          c\n\n          ${{ github.head_ref }}\n'))).toEqual(['template-injection:10', 'template-injection:13', 'template-injection:18'])
})

test('merge keys and aliases are read as what they stand for', () => {
  const text = '.base: &base\n  image: node:latest\n  script: [\'eval "$CI_COMMIT_MESSAGE"\']\na:\n  <<: *base\nb:\n  <<: [*base]\n  image: node:24\n'
  expect(places('gitlab', text, 'unpinned-images')).toEqual(['unpinned-images:2', 'unpinned-images:8'])
  expect(places('gitlab', text, 'template-injection')).toEqual(['template-injection:3'])
})

test.each(['on: [push, pull_request_target]', 'on: pull_request_target', '"on":\n  pull_request_target:', 'on:\n  pull_request_target:\n    types: [opened]', 'true: pull_request_target'])('the trigger is seen in %j', (on) => {
  expect(places('github', `${on}\npermissions: {}\njobs: {}\n`, 'dangerous-triggers')).toHaveLength(1)
})

test.each([
  ['a job that is a text', 'on: push\njobs:\n  a: hello\n'], ['steps that are a mapping', 'on: push\njobs:\n  a:\n    steps:\n      run: x\n'], ['a step that is a text', 'on: push\njobs:\n  a:\n    steps: [x]\n'],
  ['a reusable workflow', 'on: push\npermissions: {}\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n'], ['a matrix from an expression', 'on: push\njobs:\n  a:\n    strategy:\n      matrix: ${{ fromJSON(inputs.m) }}\n    steps: [{run: "echo ${{ matrix.x }}"}]\n'],
  ['numbers as names', 'on: push\njobs:\n  1: {steps: [{uses: 3, with: {4: 5}}]}\n'], ['nothing in the middle', 'on:\njobs:\n  a:\n    env:\n    permissions:\n    steps:\n      -\n      - run:\n      - uses:\n'],
])('%s is no crash', (_, text) => {
  for (const kind of Object.keys(paths) as Kind[]) expect(audit(kind, text).every(({ line }) => line > 0)).toBe(true)
})

test('scripts and expressions that never end, or nest without end, are no crash and take no time', () => {
  const start = performance.now()
  for (const script of ['"'.repeat(15_000), '$('.repeat(15_000), "'".repeat(15_001), '${{ '.repeat(9_000), `\${{ ${'('.repeat(15_000)} }}`, `\${{ ${"'a' ".repeat(9_000)}`, 'cat <<E\n'.repeat(4_000), 'curl x | '.repeat(4_000), `echo ${'$x '.repeat(9_000)}`, 'a\n'.repeat(15_000), '<< pipeline.event.'.repeat(5_000), '$[[ inputs.'.repeat(9_000), '1'.repeat(50_000), `ubuntu:${'1'.repeat(50_000)}!`]) {
    expect(audit('github', workflow(`      - run: ${JSON.stringify(script)}\n`)).length).toBeGreaterThanOrEqual(0)
    expect(audit('gitlab', `a:\n  script: [${JSON.stringify(script)}]\n  image: ${JSON.stringify(script)}\n`).length).toBeGreaterThanOrEqual(0)
    expect(audit('azure', `steps:\n  - script: ${JSON.stringify(script)}\n`).length).toBeGreaterThanOrEqual(0)
    expect(audit('circleci', `jobs:\n  a:\n    steps:\n      - run: ${JSON.stringify(script)}\n`).length).toBeGreaterThanOrEqual(0)
  }
  expect(performance.now() - start).toBeLessThan(10_000)
})
