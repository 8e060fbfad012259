import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { run } from './matrix.ts'
import { play } from './play.ts'

interface Workflow { readonly jobs: Readonly<Record<string, { readonly needs?: readonly string[], readonly if?: string, readonly permissions?: unknown, readonly steps?: readonly { readonly env?: Readonly<Record<string, string>>, readonly run?: string }[] }>> }

const deploy = (apps?: string[]): Workflow => parse(run({ ...(apps === undefined ? { hosting: 'fly' } : { apps }), stack: ['go'], stage: 'production', developers: 6, environments: ['staging', 'production'] }).files.find(({ path }) => path.endsWith('deploy.yml'))?.body ?? '') as Workflow
const gh = (names: readonly string[]) => `case "$*" in *"/jobs?"*) printf '%s\\n' ${names.map((name) => `'${name}'`).join(' ')} ;; *head_sha=*) echo 41; echo 42 ;; esac`

test('production by hand needs a run of the same commit that reached staging', () => {
  const { jobs } = deploy()
  const check = jobs['check-production']
  expect(check?.permissions).toEqual({ actions: 'read' })
  expect(jobs['deploy-production']?.needs).toContain('check-production')
  expect(jobs['deploy-production']?.if).toContain("inputs.environment == 'production' && github.ref == 'refs/heads/main' && needs.check-production.result == 'success'")
  expect(jobs['check-staging']).toBeUndefined()
  const { run: script = '', env = {} } = check?.steps?.[0] ?? {}
  const settings = { WORKFLOW: env['WORKFLOW'] ?? '', JOBS: env['JOBS'] ?? '', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: 'abc' }
  const reached = play([script], { gh: gh(['CI / Lint', 'Deploy to staging']) }, settings)
  expect(reached.status, reached.stderr).toBe(0)
  expect(reached.calls[0]).toContain('repos/o/r/actions/workflows/deploy.yml/runs?head_sha=abc')
  expect(play([script], { gh: gh(['Deploy to staging-old', 'CI / Lint']) }, settings)).toMatchObject({ status: 1, stderr: expect.stringContaining('Deploy to staging') as string })
  expect(play([script], { gh: 'exit 1' }, settings).status).not.toBe(0)
})

test('with several applications each has to have reached it', () => {
  const { jobs } = deploy(['web:vercel', 'api:fly'])
  const { run: script = '', env = {} } = jobs['check-production']?.steps?.[0] ?? {}
  const settings = { WORKFLOW: 'deploy.yml', JOBS: env['JOBS'] ?? '', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: 'abc' }
  expect(settings.JOBS.split('\n')).toEqual(['Deploy web to staging', 'Deploy api to staging'])
  expect(play([script], { gh: gh(['Deploy web to staging']) }, settings).status).toBe(1)
  expect(play([script], { gh: gh(['Deploy api to staging', 'Deploy web to staging']) }, settings).status).toBe(0)
})

test('what migrates beside its application goes before the other applications', () => {
  const { files } = run({ apps: ['web:vercel', 'api:aws-ecs'], stack: ['nextjs', 'prisma', 'postgresql'], stage: 'growth', developers: 4 })
  const { jobs } = parse(files.find(({ path }) => path.endsWith('deploy.yml'))?.body ?? '') as Workflow
  expect(jobs['deploy-production-web']?.needs).toContain('deploy-production-api')
  expect(jobs['deploy-production-api']?.needs).not.toContain('deploy-production-web')
})
