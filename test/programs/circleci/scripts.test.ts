import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { auditCiFiles } from '../../../src/project/ci-audit/audit.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { knowledge } from '../../support/knowledge.ts'
import { circleFile, type CircleFile } from '../../tools/pipeline-template/circleci-file.ts'
import { covering } from '../../tools/pipeline-template/matrix.ts'
import { playJob } from './play.ts'
import { digest, has, leaked, machine, order, sample, settings, showsToken, type Machine } from './stand-ins.ts'

let files: readonly CircleFile[] = []
beforeAll(() => {
  knowledge()
  files = [...new Map(covering('circleci').map(circleFile).map((file) => [file.text, file])).values()]
}, 120_000)

const machines: Machine[] = []
afterEach(() => { for (const made of machines.splice(0)) made.remove() })
const fresh = (...real: string[]): Machine => { const made = machine(real); machines.push(made); return made }

const commit = 'c0ffee'.padEnd(40, '0')
const job = { ...settings, CIRCLE_SHA1: commit, CIRCLE_BRANCH: 'main', CIRCLE_OIDC_TOKEN_V2: 'token-of-the-job', CIRCLE_WORKFLOW_JOB_ID: 'job-1' }
const team: Given = { stack: ['nextjs', 'prisma', 'postgresql'], packageManager: 'pnpm', stage: 'growth', developers: 5, environments: ['staging', 'production'] }

test('every configuration of the matrix compiles, and our own audit finds nothing worth a warning', () => {
  expect(files.length).toBeGreaterThan(120)
  for (const { text } of files) expect(auditCiFiles([{ path: '.circleci/config.yml', text }], { pins: [] }).filter(({ severity }) => severity !== 'info')).toEqual([])
})

test.skipIf(!has('shellcheck'))('every shell line of the matrix passes shellcheck', { timeout: 170_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ops-lines-'))
  try {
    const commands = new Set(files.flatMap(({ jobs }) => [...jobs.values()].flatMap(({ steps }) => steps.map(({ command }) => command).filter((command) => command !== ''))))
    expect(commands.size).toBeGreaterThan(60)
    const paths = [...commands].map((command) => {
      const path = join(folder, `${createHash('sha256').update(command).digest('hex').slice(0, 12)}.sh`)
      writeFileSync(path, `#!/bin/bash\n${command}\n`)
      return path
    })
    // Masked return values of exports, variables of contexts, a variable before a command, a function named like a program.
    const { stdout } = spawnSync('shellcheck', ['--shell=bash', '--severity=warning', '--exclude=SC2155,SC2154,SC2034,SC2218,SC2209', ...paths], { encoding: 'utf8' })
    expect(stdout).toBe('')
    writeFileSync(join(folder, 'bad.sh'), '#!/bin/bash\nrm -rf $1/*\ncd nowhere\n')
    expect(spawnSync('shellcheck', ['--severity=warning', join(folder, 'bad.sh')]).status).not.toBe(0)
  } finally { rmSync(folder, { recursive: true, force: true }) }
})

describe.skipIf(!has('jq'))('with stand-ins for the programs (jq)', () => {
  test('every target that serves is played, with a value for each of its settings', () => {
    const serving = Object.values(targets).filter(({ serves }) => serves)
    expect(serving.map(({ id }) => id).filter((id) => order[id] === undefined)).toEqual([])
    expect(serving.flatMap(({ secrets, variables, migrate }) => [...secrets, ...variables, ...migrate?.variables ?? []]).filter((name) => settings[name] === undefined)).toEqual([])
  })

  test.each(Object.keys(order))('%s: built once, signed in, deployed by digest, asked for health; an unhealthy version fails', (deployTarget) => {
    const file = circleFile({ ...team, deployTarget, ...(deployTarget === 'aws' ? { stack: ['nextjs'] } : {}) })
    const here = fresh()
    if (targets[deployTarget]?.image !== null) {
      const image = file.jobs.get('image')
      if (image === undefined) throw new Error('no image job')
      expect(playJob(image, here, job)).toMatchObject({ failedIn: null })
    }
    if (file.jobs.has('synth')) mkdirSync(join(here.folder, 'workspace/cdk.out'), { recursive: true })
    const entry = file.entries.find(({ name }) => name === 'deploy-production')
    const deploy = file.jobs.get(entry?.job ?? '')
    if (deploy === undefined) throw new Error('no deploy job')
    const ended = playJob(deploy, here, job)
    expect(ended, ended.output).toMatchObject({ failedIn: null })
    const calls = here.calls()
    let from = 0
    for (const wanted of order[deployTarget] ?? []) {
      const at = calls.findIndex((call, index) => index >= from && call.includes(wanted))
      expect(at, `${wanted} in\n${calls.join('\n')}`).toBeGreaterThanOrEqual(from)
      from = at
    }
    if (targets[deployTarget]?.image !== null) {
      expect(calls.filter((call) => call.startsWith('docker push')).length).toBe(1)
      expect(`${calls.slice(calls.findIndex((call) => call.startsWith('docker push'))).join('\n')}${here.read('calls')}${spawnSync('bash', ['-c', 'cat "$1"/*.json 2> /dev/null', 'x', here.checkout], { encoding: 'utf8' }).stdout}`).toContain(`@${digest}`)
    }
    expect(calls.at(-1)).toContain(settings['HEALTH_URL'])
    expect(showsToken.includes(deployTarget) ? [] : leaked(calls)).toEqual([])
    expect(playJob(deploy, here, { ...job, HEALTH: '1' })).toMatchObject({ failedIn: 'Ask the new version whether it is healthy' })
  })

  test('an image of the commit is found and promoted, not built again; a finding of the scan stops before the push', () => {
    const image = circleFile({ ...team, deployTarget: 'aws-ecs' }).jobs.get('image')
    if (image === undefined) throw new Error('no image job')
    const found = fresh()
    expect(playJob(image, found, { ...job, PULL: '0' })).toMatchObject({ failedIn: null })
    expect(found.calls().some((call) => /docker (build|push)/.test(call))).toBe(false)
    const scanned = fresh()
    expect(playJob(image, scanned, { ...job, SCAN: '1' })).toMatchObject({ failedIn: 'Build the image once' })
    expect(scanned.calls().some((call) => call.startsWith('docker push'))).toBe(false)
    // Registries want lower case.
    expect(scanned.calls().find((call) => call.startsWith('docker build'))).toContain(`1.dkr.ecr.example/app:${commit}`)
    expect(scanned.read('passwords')).toContain('password-of-ecr')
  })

  test('a download that does not fit its sum is not run', () => {
    const file = circleFile({ ...team, deployTarget: 'fly' })
    const deploy = file.jobs.get('deploy') ?? file.jobs.get('deploy-production')
    const here = fresh()
    expect(deploy && playJob(deploy, here, { ...job, FLYCTL_SHA256: '0'.repeat(64) })).toMatchObject({ failedIn: 'Fetch the programs of the deploy' })
  })

  test('the migration runs with the one address under every name, before the deploy', () => {
    const file = circleFile({ ...team, deployTarget: 'vercel' })
    const migrate = file.jobs.get('migrate')
    const here = fresh()
    expect(migrate && playJob(migrate, here, job)).toMatchObject({ failedIn: null })
    expect(here.calls().at(-1)).toContain('prisma migrate deploy')
    expect(file.entries.find(({ name }) => name === 'deploy-production')?.requires).toContain('migrate-production')
  })
})

test.skipIf(!has('git'))('the base of a branch is where it left the main line, and everything is checked on the main line (git)', () => {
  const file = circleFile({ ...team, deployTarget: 'none' })
  const secrets = file.jobs.get('secrets')
  if (secrets === undefined) throw new Error('no scan')
  const here = fresh()
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: here.checkout, encoding: 'utf8', env: { ...process.env, HOME: here.home } }).trim()
  git('init', '--quiet', '--initial-branch=main')
  const commits = ['one', 'two'].map((message) => { git('commit', '--quiet', '--allow-empty', '-m', message); return git('rev-parse', 'HEAD') })
  git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  git('checkout', '--quiet', '-b', 'feature')
  git('commit', '--quiet', '--allow-empty', '-m', 'three')
  expect(playJob(secrets, here, { ...job, CIRCLE_BRANCH: 'feature' }).failedIn).toBeNull()
  expect(here.calls().at(-1)).toContain(`--since-commit ${commits[1]}`)
  git('checkout', '--quiet', 'main')
  expect(playJob(secrets, here, { ...job, CIRCLE_BRANCH: 'main' }).failedIn).toBeNull()
  expect(here.calls().at(-1)).toContain(`--since-commit ${commits[0]}`)
  expect(playJob(secrets, here, { ...job, SCAN: '183' }).failedIn).toBe('Look for secrets in the commits')
})

test('tests wait for the database, and fail when it never starts', async () => {
  const wait = circleFile({ ...team, deployTarget: 'none' }).jobs.get('test')?.steps.find(({ name }) => name === 'Wait for the database')?.command ?? ''
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const here = fresh()
  const play = (to: number) => spawnSync('bash', ['-eo', 'pipefail', '-c', wait.replace('/5432', `/${to}`)], { env: here.env, encoding: 'utf8' })
  expect(play(port).status).toBe(0)
  await new Promise((resolve) => { server.close(resolve) })
  expect(play(port)).toMatchObject({ status: 1, stderr: expect.stringContaining('did not start') as string })
})

test.skipIf(!has('npm'))('the checks pass on a small project, and a broken test fails them (npm)', { timeout: 60_000 }, () => {
  const file = circleFile({ stack: ['express'], packageManager: 'npm', stage: 'mvp', scripts: ['lint', 'test', 'build'], deployTarget: 'none' })
  const check = file.jobs.get('check')
  if (check === undefined) throw new Error('no checks')
  const good = fresh('npm', 'npx')
  sample(good.checkout, '+')
  const passed = playJob(check, good, {})
  expect(passed, passed.output).toMatchObject({ failedIn: null })
  const bad = fresh('npm', 'npx')
  sample(bad.checkout, '-')
  expect(playJob(check, bad, {})).toMatchObject({ failedIn: 'Test' })
})
