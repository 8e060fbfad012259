import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { run } from './matrix.ts'

interface Step { readonly name?: string, readonly if?: string, readonly run?: string }
interface Workflow { readonly concurrency?: { readonly group: string, readonly 'cancel-in-progress': unknown }, readonly jobs: Readonly<Record<string, { readonly concurrency?: { readonly group: string }, readonly steps?: readonly Step[] }>> }
const workflow = (input: Given, name: string): Workflow => parse(run({ ciProvider: 'github-actions', ...input }).files.find(({ path }) => path.endsWith(`/${name}`))?.body ?? '') as Workflow
const team: Given = { stack: ['nextjs'], packageManager: 'pnpm', deployTarget: 'vercel', stage: 'growth', developers: 6 }

test('two pull requests whose branches are called the same, from two forks, do not cancel each other', () => {
  expect(workflow(team, 'ci.yml').concurrency?.group).toBe('ci-${{ github.event.pull_request.number || github.run_id }}')
})

test('each version tag is published: one that waits is not dropped for the next', () => {
  const { concurrency, jobs } = workflow({ projectType: 'library', stack: ['typescript'], packageManager: 'pnpm', stage: 'growth', developers: 4 }, 'release.yml')
  const groups = [concurrency?.group, ...Object.values(jobs).map((job) => job.concurrency?.group)].filter((group) => group !== undefined)
  expect(groups.length).toBeGreaterThan(0)
  for (const group of groups) expect(group).toContain('${{ github.ref_name }}')
})

test('a deploy that somebody starts by hand looks for secrets in no commit that was looked at before', () => {
  const scan = workflow(team, 'ci.yml').jobs['security']?.steps?.find(({ name }) => name === 'Look for secrets in the commits')
  expect(scan?.if).toBe("${{ github.event_name == 'push' || github.event_name == 'pull_request' }}")
})
