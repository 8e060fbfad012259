import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { knowledge } from '../../support/knowledge.ts'
import { covering, run } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

interface Rule { readonly if?: string, readonly when?: string }
interface Job { readonly stage: string, readonly script: readonly string[], readonly needs?: readonly string[], readonly rules?: readonly Rule[], readonly environment?: { readonly name: string }, readonly resource_group?: string, readonly interruptible?: boolean }
type Pipeline = { readonly stages: readonly string[], readonly workflow: { readonly rules: readonly Rule[] }, readonly default: { readonly timeout: string } } & Record<string, Job>

const keywords = ['workflow', 'include', 'stages', 'default', 'variables']
const jobsOf = (pipeline: Pipeline): [string, Job][] => Object.entries(pipeline).filter(([name]) => !keywords.includes(name)) as [string, Job][]

test('every GitLab file keeps stages, needs, queues and rules in order', { timeout: 30_000 }, () => {
  const inputs = covering('gitlab')
  expect(inputs.length).toBeGreaterThan(100)
  for (const input of inputs) {
    const { files } = run(input)
    expect(files.map(({ path }) => path)).toEqual(['.gitlab-ci.yml'])
    const pipeline = parse(files[0]?.body ?? '') as Pipeline
    const jobs = new Map(jobsOf(pipeline))
    expect(jobs.size).toBeGreaterThan(0)
    expect(pipeline.default.timeout).toBe('20 minutes')
    for (const [name, job] of jobs) {
      expect(pipeline.stages, name).toContain(job.stage)
      expect(job.script.length, name).toBeGreaterThan(0)
      // GitLab refuses a job that needs one of a later stage.
      for (const need of job.needs ?? []) expect(pipeline.stages.indexOf(jobs.get(need)?.stage ?? '?'), `${name} needs ${need}`).toBeLessThanOrEqual(pipeline.stages.indexOf(job.stage))
      for (const need of job.needs ?? []) expect([...jobs.keys()], `${name} needs ${need}`).toContain(need)
      if (job.environment === undefined) continue
      expect(job.resource_group, name).toBeDefined()
      expect(job.interruptible, name).toBe(false)
      expect(job.rules?.length, name).toBe(1)
    }
    expect(files[0]?.body).not.toMatch(/:latest|@latest|\bonly:/)
  }
})

test('an approved environment is started by one click, and what follows it starts by itself', () => {
  const { files } = run({ ciProvider: 'gitlab', stack: ['nextjs', 'prisma', 'postgresql'], hosting: 'vercel', stage: 'growth', developers: 5, environments: ['staging', 'production'] })
  const pipeline = parse(files[0]?.body ?? '') as Pipeline
  const jobs = new Map(jobsOf(pipeline))
  expect(jobs.get('migrate-production')?.rules?.[0]?.when).toBe('manual')
  expect(jobs.get('deploy-production')?.rules?.[0]?.when).toBeUndefined()
  expect(jobs.get('migrate-production')?.needs).toContain('deploy-staging')
  expect(pipeline.workflow.rules.length).toBe(2)
})
