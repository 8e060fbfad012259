import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { vocabulary } from '../../../src/core/profile.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { run } from './matrix.ts'
import { planOf } from './plans.ts'
import { play } from './play.ts'

const team: Given = { stack: ['nextjs'], packageManager: 'npm', deployTarget: 'vercel', stage: 'growth', developers: 5, environments: ['staging', 'production'] }
const plan = planOf(team)
const lines = (environment: 'staging' | 'production') => plan.deploys.flatMap((deploy) => plan.deployLines(deploy, environment))
const npx = 'case "$*" in *"vercel deploy"*) echo "notice"; echo "https://shop-abc123-team.vercel.app"; echo "done" ;; esac'
const settings = { VERCEL_TOKEN: 't', HEALTH_URL: 'https://staging.example.com/readyz' }

test('a preview gets the host whose health is asked next: its own address is new each time', () => {
  const { status, calls, stderr } = play(lines('staging'), { npx }, settings)
  expect(status, stderr).toBe(0)
  expect(calls.at(-1)).toBe('npx --no -- vercel alias set https://shop-abc123-team.vercel.app staging.example.com --token=t')
  expect(play(lines('staging'), { npx: `${npx}\ncase "$*" in *"vercel deploy"*) exit 1 ;; esac` }, settings)).toMatchObject({ status: 1 })
  expect(play(lines('production'), { npx }, settings).calls.some((call) => call.includes('alias'))).toBe(false)
})

test('on GitHub the step that deploys a preview knows the host, and production does not need it', () => {
  const { jobs } = parse(run({ ...team, ciProvider: 'github-actions' }).files.find(({ path }) => path.endsWith('deploy.yml'))?.body ?? '') as { jobs: Record<string, { steps: { name: string, env?: Record<string, string> }[] }> }
  const env = (job: string) => jobs[job]?.steps.find(({ name }) => name === 'Deploy')?.env?.['HEALTH_URL']
  expect([env('deploy-staging'), env('deploy-production')]).toEqual(['${{ vars.HEALTH_URL }}', undefined])
})

test.each(vocabulary.ciProvider)('%s: the list says that previews ask visitors to sign in', (ciProvider) => {
  const text = (input: Given) => run({ ...team, ...input, ciProvider }).sections.find(({ id }) => id === 'deploy')?.body ?? ''
  expect(text({})).toContain('Deployment Protection')
  expect(text({ environments: ['production'] })).not.toContain('Deployment Protection')
})
