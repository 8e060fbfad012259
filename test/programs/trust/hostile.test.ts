import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { az, aws, fakeClouds, gcloud } from './clouds.ts'
import { asked, base, resources } from './settings.ts'
import { planOf } from '../../tools/pipeline-template/plans.ts'
import { trustFiles } from '../../../src/tools/pipeline-template/trust/trust.ts'
import { providerIds } from '../../../src/tools/pipeline-template/model.ts'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'

const missing = ['bash', 'jq'].filter((program) => spawnSync(program, ['--version']).error !== undefined)
const noShellcheck = spawnSync('shellcheck', ['--version']).error !== undefined
const hostile = ['$(touch pwned)', '`id`', 'a"b', "a'b", 'a\nb', 'a;b', '*', '', 'a b\\', '../x', '${HOME}', '-x', 'a,b', '"}],"Statement":[{']

test.skipIf(noShellcheck)('every script of every provider and target is clean in shellcheck', () => {
  const bodies = providerIds.flatMap((ciProvider) => Object.values(targets).filter(({ cloud }) => cloud !== null).flatMap(({ id }) => (['github-flow', 'gitflow'] as const).flatMap((branchStrategy) =>
    trustFiles(planOf({ ...base, environments: undefined, ciProvider, deployTarget: id, branchStrategy })).map(({ body }) => body))))
  expect(bodies.length).toBeGreaterThan(50)
  const clean = [...new Set(bodies)].map((body) => spawnSync('shellcheck', ['-s', 'bash', '-'], { input: body, encoding: 'utf8' }).stdout)
  expect(clean.filter((text) => text !== '')).toEqual([])
})

test.skipIf(missing.length > 0).each([['aws-ecs', 'github-actions', 'aws'], ['gcp', 'gitlab', 'gcp'], ['azure', 'azure-pipelines', 'azure'], ['aws-lambda', 'bitbucket', 'aws'], ['gke', 'circleci', 'gcp']] as const)(
  'the script for %s on %s refuses every hostile setting before it asks the cloud anything (bash, jq)', { timeout: 120_000 }, (deployTarget, ciProvider, cloud) => {
    const world = fakeClouds({ aws, gcloud, az })
    const script = trustFiles(planOf({ ...base, ciProvider, deployTarget })).find(({ path }) => path.endsWith(`${cloud}.sh`))?.body ?? ''
    const settings: Record<string, string> = { ...resources[deployTarget], ...asked[ciProvider] }
    const names = Object.keys(settings).filter((name) => script.includes(`need ${name} `))
    expect(names.length).toBeGreaterThan(3)
    names.forEach((name, index) => {
      // Every name meets several of them, and every one of them several names.
      for (const text of hostile.filter((_, at) => (at + index) % 3 === 0)) {
        const { status, calls, stderr } = world.run(script, { ...settings, [name]: text })
        expect([status, calls, stderr.split(' ')[0]], `${name}=${text}`).toEqual([2, [], name])
      }
    })
    expect(world.run(script, settings, ['$(id)']).status).toBe(2)
    expect(world.run(script, settings, ['--help']).stdout).toContain('Usage: ')
  })

test.skipIf(missing.length > 0)('only the identities that are named are touched, and only their settings asked for (bash, jq)', () => {
  const { AWS_REGION = '', ROLE_PREFIX = '', ECR_REPOSITORY = '' } = resources['aws-ecs'] ?? {}
  const script = trustFiles(planOf({ ...base, ciProvider: 'github-actions', deployTarget: 'aws-ecs' }))[0]?.body ?? ''
  const { status, calls, stderr } = fakeClouds({ aws }).run(script, { AWS_REGION, ROLE_PREFIX, ECR_REPOSITORY, ...asked['github-actions'] }, ['build'])
  expect(status, stderr).toBe(0)
  expect(calls.filter((call) => call[2] === 'create-role').map((call) => call[4])).toEqual(['shop-ci-build'])
})

test.skipIf(missing.length > 0)('an error that is not about something missing ends the script (bash, jq)', () => {
  const script = trustFiles(planOf({ ...base, ciProvider: 'github-actions', deployTarget: 'aws-ecs' }))[0]?.body ?? ''
  const denied = aws.replace("case 'get-role': return", "case 'get-role': return fail('An error occurred (AccessDenied)') ?? ")
  const { status, calls } = fakeClouds({ aws: denied }).run(script, { ...resources['aws-ecs'], ...asked['github-actions'] })
  expect(status).not.toBe(0)
  expect(calls.some((call) => call[2] === 'create-role')).toBe(false)
})
