import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { auditCiFiles } from '../../../src/project/ci-audit/audit.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { knowledge } from '../../support/knowledge.ts'
import { bitbucketFile, type BitbucketFile } from '../../tools/pipeline-template/bitbucket-file.ts'
import type { Step } from '../../tools/pipeline-template/bitbucket-schema.ts'
import { covering } from '../../tools/pipeline-template/matrix.ts'
import { digest, has, leaked, machine, order, sample, settings, showsToken, type Machine } from '../circleci/stand-ins.ts'
import { playStep } from './play.ts'

let files: readonly BitbucketFile[] = []
beforeAll(() => {
  knowledge()
  files = [...new Map(covering('bitbucket').map(bitbucketFile).map((file) => [file.text, file])).values()]
}, 120_000)

const machines: Machine[] = []
afterEach(() => { for (const made of machines.splice(0)) made.remove() })
const fresh = (...real: string[]): Machine => { const made = machine(real); machines.push(made); return made }

const commit = 'c0ffee'.padEnd(40, '0')
const job = { ...settings, BITBUCKET_COMMIT: commit, BITBUCKET_BRANCH: 'main', BITBUCKET_STEP_OIDC_TOKEN: 'token-of-the-job', BITBUCKET_BUILD_NUMBER: '7' }
const team: Given = { stack: ['nextjs', 'prisma', 'postgresql'], packageManager: 'pnpm', stage: 'growth', developers: 5, environments: ['staging', 'production'] }
const stepsOf = (input: Given): readonly Step[] => bitbucketFile(input).pipelines.find(({ kind, name }) => kind === 'branches' && name === 'main')?.steps.map(({ step }) => step) ?? []
const named = (steps: readonly Step[], name: string): Step => {
  const found = steps.find((step) => step.name === name)
  if (found === undefined) throw new Error(`no step ${name}`)
  return found
}

test('every file of the matrix fits, and our own audit finds nothing worth a warning', () => {
  expect(files.length).toBeGreaterThan(120)
  for (const { text } of files) expect(auditCiFiles([{ path: 'bitbucket-pipelines.yml', text }], { pins: [] }).filter(({ severity }) => severity !== 'info')).toEqual([])
})

test.skipIf(!has('shellcheck'))('every script of the matrix passes shellcheck as a whole', { timeout: 170_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ops-lines-'))
  try {
    const scripts = new Set(files.flatMap(({ pipelines }) => pipelines.flatMap(({ steps }) => steps.map(({ step }) => step.script.join('\n')))))
    expect(scripts.size).toBeGreaterThan(60)
    const paths = [...scripts].map((script) => {
      const path = join(folder, `${createHash('sha256').update(script).digest('hex').slice(0, 12)}.sh`)
      writeFileSync(path, `#!/bin/bash\n${script}\n`)
      return path
    })
    const { stdout } = spawnSync('shellcheck', ['--shell=bash', '--severity=warning', '--exclude=SC2155,SC2154,SC2034,SC2218,SC2209,SC2269', ...paths], { encoding: 'utf8' })
    expect(stdout).toBe('')
  } finally { rmSync(folder, { recursive: true, force: true }) }
})

describe.skipIf(!has('jq'))('with stand-ins for the programs (jq)', () => {
  test.each(Object.keys(order))('%s: built once, signed in, deployed by digest, asked for health; an unhealthy version fails', (deployTarget) => {
    const steps = stepsOf({ ...team, deployTarget })
    const here = fresh()
    if (targets[deployTarget]?.image !== null) expect(playStep(named(steps, 'Build the image once'), here, job)).toMatchObject({ status: 0, missing: [] })
    if (deployTarget === 'aws') mkdirSync(join(here.checkout, 'cdk.out'))
    const deploy = named(steps, 'Deploy to production')
    const ended = playStep(deploy, here, job)
    expect(ended.status, ended.output).toBe(0)
    const calls = here.calls()
    let from = 0
    for (const wanted of order[deployTarget] ?? []) {
      const at = calls.findIndex((call, index) => index >= from && call.includes(wanted))
      expect(at, `${wanted} in\n${calls.join('\n')}`).toBeGreaterThanOrEqual(from)
      from = at
    }
    if (targets[deployTarget]?.image !== null) {
      expect(calls.filter((call) => call.startsWith('docker push')).length).toBe(1)
      expect(`${here.read('calls')}${spawnSync('bash', ['-c', 'cat "$1"/*.json 2> /dev/null', 'x', here.checkout], { encoding: 'utf8' }).stdout}`).toContain(`@${digest}`)
    }
    expect(calls.at(-1)).toContain(settings['HEALTH_URL'])
    expect(showsToken.includes(deployTarget) ? [] : leaked(calls)).toEqual([])
    expect(playStep(deploy, here, { ...job, HEALTH: '22' }).status).not.toBe(0)
  })

  test('a finding of the scan stops before the push, and an image of the commit is promoted', () => {
    const image = named(stepsOf({ ...team, stage: 'production', deployTarget: 'azure' }), 'Build the image once')
    const scanned = fresh()
    expect(playStep(image, scanned, { ...job, SCAN: '1' }).status).not.toBe(0)
    expect(scanned.calls().some((call) => call.startsWith('docker push'))).toBe(false)
    const found = fresh()
    expect(playStep(image, found, { ...job, PULL: '0' })).toMatchObject({ status: 0, missing: [] })
    expect(found.calls().some((call) => /docker (build|push)/.test(call))).toBe(false)
  })

  test('the migration comes first in its stage', () => {
    const steps = stepsOf({ ...team, deployTarget: 'vercel' })
    const here = fresh()
    expect(playStep(named(steps, 'Migrate production'), here, job).status).toBe(0)
    expect(here.calls().at(-1)).toContain('prisma migrate deploy')
    expect(steps.findIndex(({ name }) => name === 'Migrate production')).toBeLessThan(steps.findIndex(({ name }) => name === 'Deploy to production'))
  })
})

test.skipIf(!has('git'))('a pull request is compared with where it goes, a push as a whole (git)', () => {
  const scan = named(stepsOf({ ...team, deployTarget: 'none' }), 'Secrets')
  const here = fresh()
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: here.checkout, encoding: 'utf8', env: { ...process.env, HOME: here.home } }).trim()
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', here.checkout)
  const commits = ['one', 'two'].map((message) => { git('commit', '--quiet', '--allow-empty', '-m', message); return git('rev-parse', 'HEAD') })
  git('checkout', '--quiet', '-b', 'feature')
  git('commit', '--quiet', '--allow-empty', '-m', 'three')
  const compared = playStep(scan, here, { ...job, BITBUCKET_PR_DESTINATION_BRANCH: 'main' })
  expect(compared.status, compared.output).toBe(0)
  expect(here.calls().at(-1)).toContain(`--since-commit ${commits[1]}`)
  expect(playStep(scan, here, job).status).toBe(0)
  expect(here.calls().at(-1)).toContain(`--since-commit ${commits[1]}`)
  expect(playStep(scan, here, { ...job, SCAN: '183' }).status).toBe(183)
})

test('a pipeline that people start goes nowhere from another branch', () => {
  const custom = bitbucketFile({ ...team, deployTarget: 'gcp', environments: ['staging', 'load', 'production'] }).pipelines.find(({ kind }) => kind === 'custom')
  const guard = custom?.steps[0]?.step
  if (guard === undefined) throw new Error('no pipeline for people to start')
  expect(playStep(guard, fresh(), { BITBUCKET_BRANCH: 'main' }).status).toBe(0)
  expect(playStep(guard, fresh(), { BITBUCKET_BRANCH: 'feature' }).status).toBe(1)
})

test.skipIf(!has('npm'))('the checks pass on a small project, and a broken test fails them (npm)', { timeout: 60_000 }, () => {
  const [check] = stepsOf({ stack: ['express'], packageManager: 'npm', stage: 'mvp', scripts: ['lint', 'test', 'build'], deployTarget: 'none' })
  if (check === undefined) throw new Error('no checks')
  const good = fresh('npm', 'npx')
  sample(good.checkout, '+')
  const passed = playStep(check, good, {})
  expect(passed.status, passed.output).toBe(0)
  const bad = fresh('npm', 'npx')
  sample(bad.checkout, '-')
  expect(playStep(check, bad, {})).toMatchObject({ status: 1, output: expect.stringMatching(/fail 1/) as string })
})
