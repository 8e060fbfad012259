import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDeliverablesCall } from '../../../src/engine/check-call.ts'
import { checkDeliverables } from '../../../src/project/check.ts'
import { countTokens } from '../../support/count-tokens.ts'
import { worldAt } from '../../support/world.ts'
import { folder } from '../folder.ts'
import { paths } from './audit.ts'

const bad = 'on: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: a/b@v1\n      - uses: a/c@v1\n      - run: echo "${{ github.event.issue.title }}"\n'
const good = 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: make test\n'

interface Answer { readonly ok: boolean, readonly documents: readonly string[], readonly ciFiles: number, readonly findings: readonly { readonly rule: string, readonly severity: string, readonly file: string, readonly line: number, readonly found: string }[], readonly more?: number }
const check = async (root: string, args: Record<string, unknown> = {}) => {
  const { structured, text } = await checkDeliverablesCall.run(args, worldAt(root))
  return { answer: structured as unknown as Answer, text, tokens: countTokens(JSON.stringify(structured)) }
}

test('CI files alone are checked, and the answer says how much was read', async () => {
  const { answer, text } = await check(folder({ [paths.github]: good, [paths.gitlab]: 'a:\n  script: [make]\n' }))
  expect(answer).toEqual({ ok: true, documents: [], ciFiles: 2, findings: [] })
  expect(text).toMatch(/^Read 0 documents and 2 CI files\./)
})

test('every place where a provider looks is found; others are not', async () => {
  const files = Object.fromEntries([...Object.values(paths), '.github/workflows/b.yaml', '.github/actions/x/action.yml', 'azure-pipelines-release.yml'].map((path) => [path, path.includes('dependabot') ? 'version: 2\n' : 'on: push\n']))
  const elsewhere = { 'node_modules/x/action.yml': 'x', 'docs/ci.yml': 'x', '.github/workflows/sub/x.yml': 'x', '.github/other.yml': 'x', 'examples/.gitlab-ci.yml': 'x' }
  expect((await checkDeliverables(folder({ ...files, ...elsewhere }))).ciFiles).toEqual(Object.keys(files).sort())
})

test('a file of another program that is called action.yml is passed over', async () => {
  const root = folder({ [paths.github]: good, 'game/action.yml': 'jump: up\n', 'tools/broken/action.yml': 'a: [', 'actions/mine/action.yml': 'runs:\n  using: composite\n  steps:\n    - uses: a/b@v1\n' })
  expect((await checkDeliverables(root)).findings.map(({ rule, file }) => [rule, file])).toEqual([['unpinned-uses', 'actions/mine/action.yml']])
})

test('one rule in one file is one finding, worst first, and errors make the check fail', async () => {
  const { answer } = await check(folder({ [paths.github]: bad }))
  expect(answer.ok).toBe(false)
  expect(answer.findings.map(({ rule, severity, line }) => `${severity} ${rule}:${line}`)).toEqual(['error template-injection:8', 'warning excessive-permissions:3', 'warning unpinned-uses:6', 'info missing-timeout:3'])
  expect(answer.findings[2]?.found).toMatch(/^2 places: a\/b@v1 \(line 6\); a\/c@v1 \(line 7\)$/)
})

test('warnings do not make it fail', async () => {
  const { answer } = await check(folder({ [paths.github]: good.replace('- run: make test', '- uses: a/b@v1') }))
  expect(answer).toMatchObject({ ok: true, findings: [{ rule: 'unpinned-uses', severity: 'warning' }] })
})

test('findings on documents come first; a folder that was named must be there', async () => {
  const root = folder({ [paths.github]: bad, 'architecture-output/observability.md': '# Observability\n' })
  const { answer } = await check(root)
  const first = answer.findings.findIndex(({ file }) => file.startsWith('.github/'))
  expect(first).toBeGreaterThan(3)
  expect(answer.findings.slice(0, first).every(({ file }) => file.startsWith('architecture-output/'))).toBe(true)
  await expect(checkDeliverables(root, 'nowhere')).rejects.toThrow(/Cannot check nowhere/)
  await expect(checkDeliverables(folder({ 'README.md': 'x' }))).rejects.toThrow(/architecture-output/)
})

test('links are not followed, and what cannot be read is an error', async () => {
  const outside = folder({ 'secret.yml': bad })
  const root = folder({ [paths.github]: good, [paths.gitlab]: Uint8Array.from([97, 0]), [paths.circleci]: `a: ${'x'.repeat(5 * 1024 * 1024)}` })
  symlinkSync(join(outside, 'secret.yml'), join(root, '.github/workflows/linked.yml'))
  mkdirSync(join(root, '.gitlab'))
  symlinkSync(outside, join(root, '.gitlab/ci'))
  symlinkSync('nowhere', join(root, 'bitbucket-pipelines.yml'))
  const report = await checkDeliverables(root)
  expect(report.ciFiles).toEqual([paths.github])
  expect(report.findings.map(({ rule, severity, file }) => `${severity} ${rule} ${file}`).sort()).toEqual(['.circleci/config.yml', '.github/workflows/linked.yml', '.gitlab-ci.yml', 'bitbucket-pipelines.yml'].map((file) => `error unreadable-ci-file ${file}`))
})

test('only links and unreadable files are a failed check, not an empty one', async () => {
  const root = folder()
  mkdirSync(join(root, '.github'))
  symlinkSync('/etc', join(root, '.github/workflows'))
  const { answer } = await check(root)
  expect(answer).toMatchObject({ ok: false, ciFiles: 0, findings: [{ rule: 'unreadable-ci-file', file: '.github/workflows' }] })
})

test('the answer on a large and careless project stays below 2,500 tokens, and hides no error', async () => {
  const job = (name: string): string => `  ${name}:\n    runs-on: ubuntu-latest\n    container: node:latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm install && npx vercel@latest deploy --token \${{ secrets.T }} 日本語日本語日本語\n      - run: echo "\${{ github.event.issue.title }}" \${{ inputs.x }}\n        if: \${{ true }} && false\n`
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`.github/workflows/a-rather-long-name-of-a-workflow-${index}.yml`, `on: [issues, pull_request_target]\njobs:\n${job('deploy')}${job('test')}`]))
  const { answer, tokens, text } = await check(folder({ ...files, 'architecture-output/observability.md': '# Observability\n\nTODO\n' }))
  expect(tokens).toBeLessThanOrEqual(2500)
  expect(answer).toMatchObject({ ok: false, ciFiles: 60 })
  expect(answer.more).toBeGreaterThan(50)
  expect(text).toContain(`And ${answer.more} more`)
})

test('public code is told by the profile; a profile that cannot be read stops nothing', async () => {
  const runner = 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: self-hosted\n    timeout-minutes: 5\n    steps:\n      - run: make\n'
  const root = folder({ [paths.github]: runner })
  expect((await check(root)).answer.findings).toEqual([])
  mkdirSync(join(root, '.claude'))
  writeFileSync(join(root, '.claude/operational-patterns.md'), '---\nrepositoryVisibility: public\n---\n')
  expect((await check(root)).answer.findings.map(({ rule }) => rule)).toEqual(['self-hosted-runner'])
  writeFileSync(join(root, '.claude/operational-patterns.md'), '---\nbroken: [\n---\n')
  expect((await check(root)).answer.findings).toEqual([])
})

test('the pins of our sheets judge the comments', async () => {
  const wrong = good.replace('- run: make test', `- uses: actions/checkout@${'b'.repeat(40)} # v7.0.1\n        with: {persist-credentials: false}`)
  expect((await check(folder({ [paths.github]: wrong }))).answer.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['warning ref-version-mismatch'])
})
