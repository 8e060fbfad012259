import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { agent } from './agent.ts'
import { readPipeline, readTemplate, scriptOf, stepsOf, type AzureStep } from '../../tools/pipeline-template/azure.ts'
import { covering, run } from '../../tools/pipeline-template/matrix.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'

const absent = (...programs: string[]): boolean => programs.some((program) => spawnSync(program, ['--version']).error !== undefined)
const pipelineOf = (input: Given) => readPipeline(run({ ...input, ciProvider: 'azure-pipelines' }).files[0]?.body ?? '')
const jobOf = (input: Given, stage: string, index = 0) => {
  const job = pipelineOf(input).stages.find((found) => found.stage === stage)?.jobs[index]
  if (job === undefined) throw new Error(`No ${stage}`)
  return job
}
const stepOf = (steps: readonly AzureStep[], name: string): AzureStep => {
  const step = steps.find((found) => 'displayName' in found && found.displayName === name)
  if (step === undefined) throw new Error(`No ${name}`)
  return step
}
const small: Given = { stack: ['express'], packageManager: 'npm', stage: 'mvp', developers: 1, scripts: ['lint', 'test', 'build'] }
const large: Given = { stack: ['express', 'drizzle', 'postgresql'], stage: 'production', developers: 5, environments: ['staging', 'production'] }

test.skipIf(absent('shellcheck'))('every script of the matrix is clean in shellcheck', () => {
  const scripts = new Set(covering('azure-pipelines').flatMap((input) => run(input).files.filter(({ path }) => path.endsWith('.yml')).flatMap(({ path, body }) => (path.endsWith('setup.yml') ? readTemplate(body).steps : readPipeline(body).stages.flatMap(({ jobs }) => jobs.flatMap(stepsOf))))).flatMap((step) => scriptOf(step) ?? []))
  expect(scripts.size).toBeGreaterThan(60)
  const folder = mkdtempSync(join(tmpdir(), 'shellcheck-'))
  for (const [index, text] of [...scripts].entries()) writeFileSync(join(folder, `${index}.sh`), `${text}\n`)
  // SC2154: idToken comes from the task. SC2209: RAILS_ENV=test is meant as text.
  const { stdout } = spawnSync('shellcheck', ['-s', 'bash', '-e', 'SC2154,SC2209', ...readdirSync(folder)], { cwd: folder, encoding: 'utf8' })
  expect(stdout).toBe('')
})

test.skipIf(absent('bash', 'npm'))('the checks pass on a sound project, and stop at the test that is broken (bash, npm)', () => {
  const job = jobOf(small, 'Checks')
  const write = (place: ReturnType<typeof agent>, ok: boolean): void => {
    const project = { name: 'sample', version: '1.0.0', scripts: { lint: 'node -e 0', test: 'node test.js', build: 'node -e 0' } }
    writeFileSync(join(place.sources, 'package.json'), JSON.stringify(project))
    writeFileSync(join(place.sources, 'package-lock.json'), JSON.stringify({ name: 'sample', version: '1.0.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'sample', version: '1.0.0' } } }))
    writeFileSync(join(place.sources, 'test.js'), ok ? '' : 'process.exit(1)')
  }
  const sound = agent()
  write(sound, true)
  expect(sound.runJob(job)).toBeNull()
  const broken = agent()
  write(broken, false)
  expect(broken.runJob(job)).toBe('Test')
  const unlocked = agent()
  write(unlocked, true)
  rmSync(join(unlocked.sources, 'package-lock.json'))
  expect(unlocked.runJob(job)).toBe('Install from the lock file')
})

const digest = `sha256:${'a'.repeat(64)}`
const docker = (found: string) => `case "$*" in
  *imagetools*) ${found} ;;
  *'buildx build'*) printf '{"containerimage.digest": "%s"}' '${digest}' > "$AGENT_TEMPDIRECTORY/image.json" ;;
esac`

test.skipIf(absent('bash', 'jq'))('an image is built once a commit: a second run promotes the digest of the first (bash, jq)', () => {
  const steps = stepsOf(jobOf({ ...large, deployTarget: 'aws-ecs' }, 'Image'))
  const settings = { ECR_REGISTRY: '123456789012.dkr.ecr.eu-central-1.amazonaws.com', ECR_REPOSITORY: 'Shop' }
  const reference = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@${digest}`
  const first = agent({ docker: docker('exit 1') })
  expect(first.run(stepOf(steps, 'Build and push'), settings)).toMatchObject({ status: 0 })
  expect(first.outputs).toEqual({ 'reference.image': reference })
  expect(first.calls().filter((call) => call.includes('buildx build'))).toHaveLength(1)
  expect(first.run(stepOf(steps, 'Scan the image'), settings).status).toBe(0)
  expect(first.calls().at(-1)).toContain(`image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed ${reference}`)
  const second = agent({ docker: docker(`echo ${digest}`) })
  expect(second.run(stepOf(steps, 'Build and push'), settings).status).toBe(0)
  expect(second.outputs).toEqual({ 'reference.image': reference })
  expect(second.calls().filter((call) => call.includes('buildx build'))).toEqual([])
  const failing = agent({ docker: `case "$*" in *imagetools*|*'buildx build'*) exit 1 ;; esac` })
  expect(failing.run(stepOf(steps, 'Build and push'), settings).status).not.toBe(0)
})

test.skipIf(absent('bash'))('Google gets the token of the connection from a file that is gone afterwards (bash)', () => {
  const place = agent({ gcloud: 'if [ -f "$AGENT_TEMPDIRECTORY/google-token" ]; then cat "$AGENT_TEMPDIRECTORY/google-token" >> "$HOME/seen"; fi' })
  const deploy = stepOf(stepsOf(jobOf({ ...large, stack: ['express'], deployTarget: 'gcp' }, 'Production')), 'Deploy')
  const settings = { idToken: 'header.body.signature', GCP_WORKLOAD_IDENTITY_PROVIDER: 'projects/1/locations/global/workloadIdentityPools/shop/providers/ci', GCP_SERVICE_ACCOUNT: 'shop@project.iam.gserviceaccount.com', CLOUD_RUN_SERVICE: 'shop; id', CLOUD_RUN_REGION: 'europe-west3', IMAGE: `registry/shop@${digest}` }
  expect(place.run(deploy, settings)).toMatchObject({ status: 0, stderr: '' })
  expect(place.calls().slice(-2)).toEqual([`gcloud run deploy shop; id --image registry/shop@${digest} --region europe-west3 --quiet`, 'gcloud run services update-traffic shop; id --to-latest --region europe-west3 --quiet'])
  expect(place.calls().join('\n')).not.toContain('signature')
  expect(existsSync(join(place.root, 'seen'))).toBe(true)
  expect(readdirSync(place.temp)).toEqual(['step.sh'])
})

test.skipIf(absent('bash', 'git'))('commits are scanned from where the pull request starts, and no branch name is run (bash, git)', () => {
  const place = agent({ docker: '' })
  const git = (...args: string[]): string => spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: place.sources, encoding: 'utf8' }).stdout.trim()
  const hostile = '$(touch${IFS}pwned)'
  git('init', '--initial-branch', 'main')
  for (const message of ['one', 'two', 'three']) git('commit', '--allow-empty', '--message', message)
  git('update-ref', 'refs/remotes/origin/main', 'HEAD~2')
  git('update-ref', `refs/remotes/origin/${hostile}`, 'HEAD~1')
  const steps = stepsOf(pipelineOf(large).stages[0]?.jobs.find((job) => 'job' in job && job.job === 'security') ?? jobOf(large, 'Checks'))
  const scan = (target: string | undefined): string => {
    expect(place.run(stepOf(steps, 'Find what the pull request starts from'), target === undefined ? {} : { SYSTEM_PULLREQUEST_TARGETBRANCH: target })).toMatchObject({ status: 0 })
    expect(place.run(stepOf(steps, 'Look for secrets in the commits')).status).toBe(0)
    return / --since-commit (\w+) /.exec(place.calls().at(-1) ?? '')?.[1] ?? ''
  }
  expect(scan('refs/heads/main')).toBe(git('rev-parse', 'HEAD~2'))
  expect(scan('main')).toBe(git('rev-parse', 'HEAD~2'))
  expect(scan(`refs/heads/${hostile}`)).toBe(git('rev-parse', 'HEAD~1'))
  expect(scan(undefined)).toBe(git('rev-parse', 'HEAD~1'))
  expect(readdirSync(place.sources)).toEqual(['.git'])
  expect(place.run(stepOf(steps, 'Find what the pull request starts from'), { SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/none' }).status).not.toBe(0)
})
