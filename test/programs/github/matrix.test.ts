import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { knowledge } from '../../support/knowledge.ts'
import { actionlint } from '../../tools/pipeline-template/actionlint.ts'
import { workflowProblems } from '../../tools/pipeline-template/invariants.ts'
import { product, run, targetIds, toolchains } from '../../tools/pipeline-template/matrix.ts'
import { actionErrors, workflowErrors } from './workflow-parser.ts'

/** Different files of the whole product, by their hash: thousands of inputs share a file. */
const workflows = new Map<string, { readonly path: string, readonly body: string, readonly input: string }>()
let inputs = 0

beforeAll(async () => {
  knowledge()
  await actionlint('on: push')
  for (const input of product('github-actions')) {
    inputs += 1
    for (const file of run(input).files) if (!workflows.has(file.sha256)) workflows.set(file.sha256, { path: file.path, body: file.body, input: JSON.stringify(input) })
  }
}, 300_000)

const bad = readFileSync(new URL('../../tools/pipeline-template/fixtures/known-bad.yml', import.meta.url), 'utf8')
const ofKind = (pattern: RegExp) => [...workflows.values()].filter(({ path }) => pattern.test(path))

test('the product is whole', () => {
  expect(inputs).toBe(toolchains.length * targetIds.length * 6 * 7)
  expect(ofKind(/\/workflows\//).length).toBeGreaterThan(1000)
  // Monorepos set up as their package manager does.
  expect(ofKind(/action\.yml$/).length).toBeGreaterThanOrEqual(new Set(toolchains.map(({ packageManager }) => packageManager)).size)
})

test('both parsers reject a workflow they should reject', async () => {
  expect(await actionlint(bad)).not.toEqual([])
  expect(await workflowErrors('bad.yml', 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: [b]\n    steps:\n      - run: echo "${{ github.nothing.of( }}"\n')).not.toEqual([])
  expect(actionErrors('action.yml', 'name: x\nruns:\n  using: composite\n  steps:\n    - run: echo\n      shells: bash\n')).not.toEqual([])
})

test('actionlint has nothing against any workflow', async () => {
  const found: string[] = []
  for (const { path, body, input } of ofKind(/\/workflows\//)) for (const message of await actionlint(body, path)) found.push(`${path}: ${message} ${input}`)
  expect(found.slice(0, 5)).toEqual([])
})

test("GitHub's own parser has nothing against any workflow or action", async () => {
  const found: string[] = []
  for (const { path, body, input } of ofKind(/\/workflows\//)) for (const message of await workflowErrors(path, body)) found.push(`${path}: ${message} ${input}`)
  for (const { path, body, input } of ofKind(/action\.yml$/)) for (const message of actionErrors(path, body)) found.push(`${path}: ${message} ${input}`)
  expect(found.slice(0, 5)).toEqual([])
})

test('our own audit has nothing against any workflow', () => {
  const found = ofKind(/\/workflows\//).flatMap(({ path, body, input }) => workflowProblems(body).map((problem) => `${path}: ${problem} ${input}`))
  expect(found.slice(0, 5)).toEqual([])
})
