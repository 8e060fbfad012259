import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { run } from './matrix.ts'

const two: Given = { apps: ['web:vercel', 'api:fly'], stack: ['nextjs', 'prisma', 'postgresql'], packageManager: 'pnpm', stage: 'growth', developers: 8, environments: ['staging', 'production'], repositoryVisibility: 'public', compliance: ['soc2'] }
const report = (input: Given): readonly string[] => run(input).sections.flatMap(({ body }) => body.split('\n'))

test('GitHub: the list creates every environment that a job names, and protects no other', () => {
  const { files } = run({ ...two, ciProvider: 'github-actions' })
  const { jobs } = parse(files.find(({ path }) => path.endsWith('deploy.yml'))?.body ?? '') as { jobs: Record<string, { environment?: string }> }
  const named = Object.values(jobs).flatMap(({ environment }) => environment ?? [])
  expect(new Set(named).size).toBeGreaterThan(2)
  const lines = report({ ...two, ciProvider: 'github-actions' })
  const created = lines.find((line) => line.includes('Create the environments'))?.split('; ')[0] ?? ''
  expect([...created.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name).sort()).toEqual([...new Set(named)].sort())
  expect(lines.find((line) => line.includes('required reviewers'))).not.toContain('`production`')
  // The address is read by the job that migrates, in an environment of its own.
  expect(lines.filter((line) => line.includes('`DATABASE_URL`') && line.includes('For `web`'))).toEqual([])
})

test('GitLab: protected are the environments of the applications', () => {
  const line = report({ ...two, ciProvider: 'gitlab' }).find((text) => text.includes('Protect `production'))
  expect(line).toContain('`production/web`, `production/api`')
})

test('a library has no environment production whose reviewers could be set', () => {
  expect(report({ ciProvider: 'github-actions', projectType: 'library', stack: ['typescript'], stage: 'growth', developers: 4, repositoryVisibility: 'public' }).filter((line) => line.includes('required reviewers'))).toEqual([])
})

test('Azure: build validation is set for each protected branch', () => {
  const lines = report({ ciProvider: 'azure-pipelines', stack: ['go'], hosting: 'fly', stage: 'growth', developers: 9, branchStrategy: 'gitflow' })
  expect(lines.find((line) => line.includes('build validation'))).toMatch(/`main`.*`develop`/)
})

const migrating: Given = { ...two, apps: ['web:vercel'] }
const jobsOf = (input: Given): Record<string, { environment?: string | { name: string } }> => {
  const file = run({ ...input, ciProvider: 'github-actions' }).files.find(({ path }) => path.endsWith('deploy.yml'))
  return (parse(file?.body ?? '') as { jobs: Record<string, { environment?: string }> }).jobs
}

test('one application with a name: the environment of the migration is on the list with its address', () => {
  expect(jobsOf(migrating)['migrate-staging']?.environment).toBe('staging')
  expect(report({ ...migrating, ciProvider: 'github-actions' }).find((line) => line.includes('Create the environments'))).toContain('`staging`, `staging-web`, `production`, `production-web`')
  expect(report({ ...migrating, ciProvider: 'gitlab' }).find((line) => line.includes('migration jobs run in'))).toContain('`staging`, `production`: `DATABASE_URL`')
  expect(report({ ...migrating, ciProvider: 'gitlab' }).find((line) => line.includes('Create the environments'))).toContain('`staging`, `staging/web`, `production`, `production/web`')
  expect(report({ ...migrating, ciProvider: 'circleci' }).find((line) => line.includes('Create the contexts'))).toContain('`SLUG/staging`, `SLUG/staging/web`, `SLUG/production`, `SLUG/production/web`')
})
