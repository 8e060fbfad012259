import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { knowledge } from '../../support/knowledge.ts'
import { actionlint } from './actionlint.ts'
import { workflowProblems } from './invariants.ts'
import { run, sampled, targetIds, toolchains } from './matrix.ts'

// Sheets and the compiled linter load once, outside any test's time.
beforeAll(async () => { knowledge(); await actionlint('on: push') }, 60_000)

const bad = readFileSync(new URL('./fixtures/known-bad.yml', import.meta.url), 'utf8')

test('the checker rejects a known-bad workflow for each of its faults', async () => {
  const kinds = workflowProblems(bad).map((problem) => problem.split(':')[0])
  for (const kind of ['unpinned-uses', 'unknown-pin', 'excessive-permissions', 'dangerous-triggers', 'cancels-pushes', 'concurrency-limits', 'unpinned-tools', 'no-permissions', 'missing-timeout', 'unpinned-runner', 'deploy-may-be-cancelled', 'secrets-outside-env', 'template-injection', 'expression-in-run', 'artipacked']) expect(kinds).toContain(kind)
  expect(await actionlint(bad)).not.toEqual([])
})

test('every workflow passes actionlint and keeps every invariant', { timeout: 60_000 }, async () => {
  const inputs = sampled('github-actions')
  expect(inputs.length).toBeGreaterThan(3 * targetIds.length)
  expect(new Set(inputs.map(({ stack, packageManager, monorepo }) => JSON.stringify([stack, packageManager, monorepo]))).size).toBe(toolchains.length)
  let workflows = 0
  for (const input of inputs) {
    for (const file of run(input).files.filter(({ path }) => path.includes('/workflows/'))) {
      workflows += 1
      expect({ input, path: file.path, lint: await actionlint(file.body, file.path), problems: workflowProblems(file.body) }).toEqual({ input, path: file.path, lint: [], problems: [] })
    }
  }
  expect(workflows).toBeGreaterThan(inputs.length)
})

test('jobs only need jobs that exist, and production never starts on a push while someone has to say yes in private code', { timeout: 30_000 }, () => {
  for (const input of sampled('github-actions')) {
    const { files, decision } = run(input)
    const deploy = files.find(({ path }) => path.endsWith('deploy.yml'))
    if (deploy === undefined) continue
    const { jobs } = parse(deploy.body) as { jobs: Record<string, { needs?: string[], if?: string }> }
    for (const [id, job] of Object.entries(jobs)) {
      for (const need of job.needs ?? []) expect(Object.keys(jobs), `${id} needs ${need}`).toContain(need)
      for (const [, need] of job.if?.matchAll(/needs\.([\w-]+)\./g) ?? []) expect(job.needs).toContain(need)
    }
    const waits = decision.environments.filter(({ start }) => start === 'approval').map(({ name }) => name)
    if (input.repositoryVisibility === 'public') continue
    for (const name of waits) for (const id of [`migrate-${name}`, `deploy-${name}`]) expect(jobs[id]?.if ?? '').not.toContain("event_name == 'push'")
  }
})

test('Dependabot waits a week and covers actions and packages', () => {
  for (const packageManager of ['pnpm', 'uv', 'go'] as const) {
    const file = run({ packageManager, stack: [packageManager === 'uv' ? 'python' : packageManager === 'go' ? 'go' : 'nextjs'] }).files.find(({ path }) => path === '.github/dependabot.yml')
    const { updates } = parse(file?.body ?? '') as { updates: { 'package-ecosystem': string, cooldown: { 'default-days': number } }[] }
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['github-actions', { pnpm: 'npm', uv: 'uv', go: 'gomod' }[packageManager]])
    expect(updates.every(({ cooldown }) => cooldown['default-days'] === 7)).toBe(true)
  }
})

test('a workflow that people wrote keeps its name, and ours call each other by their new ones', () => {
  const input = { hosting: 'fly', stack: ['go'], stage: 'growth', existingCi: ['github-actions', '.github/workflows/ci.yml'] } as const
  const { files } = run({ ...input, stack: [...input.stack], existingCi: [...input.existingCi] })
  const paths = files.map(({ path }) => path)
  expect(paths).not.toContain('.github/workflows/ci.yml')
  expect(paths).toContain('.github/workflows/ops-ci.yml')
  const deploy = parse(files.find(({ path }) => path.endsWith('/deploy.yml'))?.body ?? '') as { jobs: { ci: { uses: string } } }
  expect(deploy.jobs.ci.uses).toBe('./.github/workflows/ops-ci.yml')
})
