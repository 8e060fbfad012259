import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { auditCiFiles } from '../../../src/project/ci-audit/audit.ts'
import { knowledge } from '../../support/knowledge.ts'
import { gitlabFile, type Job } from '../../tools/pipeline-template/gitlab-file.ts'
import { covering } from '../../tools/pipeline-template/matrix.ts'
import { isLocal, list, repository, schema, starts, type Start } from './local.ts'

/** Every pipeline of the matrix and of libraries, once. */
let files: readonly { readonly text: string, readonly jobs: Map<string, Job> }[] = []
let cwd = ''
const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0

beforeAll(() => {
  knowledge()
  const libraries = [{ stack: ['typescript'], packageManager: 'pnpm' as const }, { stack: ['python'], packageManager: 'pip' as const }].map((stack) => ({ ...stack, projectType: 'library' as const, stage: 'growth' as const }))
  const found = [...covering('gitlab'), ...libraries].map(gitlabFile)
  files = [...new Map(found.map((file) => [createHash('sha256').update(file.text).digest('hex'), file])).values()]
  cwd = isLocal ? repository() : mkdtempSync(join(tmpdir(), 'gitlab-'))
}, 120_000)
afterAll(() => { rmSync(cwd, { recursive: true, force: true }) })

const write = (text: string): void => { writeFileSync(join(cwd, '.gitlab-ci.yml'), text) }

test('the matrix holds many different pipelines', () => { expect(files.length).toBeGreaterThan(80) })

test.skipIf(!isLocal)('every pipeline fits the schema of GitLab (gitlab-ci-local)', async () => {
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(await schema())
  for (const { text } of files) {
    const fits = validate(parse(text))
    expect(fits, `${JSON.stringify(validate.errors?.slice(0, 3))}\n${text.slice(0, 400)}`).toBe(true)
  }
  expect(validate({ job: { script: 'true', retry: 'often' } }), 'a file with a wrong keyword is refused').toBe(false)
})

test('our own audit finds nothing but tags without a digest, which Renovate adds', () => {
  const found = files.flatMap(({ text }) => auditCiFiles([{ path: '.gitlab-ci.yml', text }], { pins: [], visibility: 'public' })).filter(({ rule, severity }) => rule !== 'unpinned-images' || severity !== 'info')
  expect([...new Set(found.map(({ rule, found: what }) => `${rule}: ${what}`))]).toEqual([])
})

describe.skipIf(!isLocal)('the graph of jobs (gitlab-ci-local)', () => {
  /** Pipelines whose graphs differ: with the same jobs, stages, needs and rules the tool decides the same. */
  const graphs = () => [...new Map(files.map((file) => [JSON.stringify([...file.jobs].map(([name, { stage, needs, rules }]) => [name, stage, needs, rules])), file])).values()]

  test.each(Object.keys(starts) as Start[])('on a %s every job finds what it needs', async (start) => {
    const read = graphs()
    expect(read.length).toBeGreaterThan(10)
    for (const { text, jobs } of read) {
      write(text)
      const listed = new Map((await list(cwd, start)).map((job) => [job.name, job]))
      for (const [name, job] of jobs) {
        const found = listed.get(name)
        expect(found, name).toBeDefined()
        if (found === undefined || found.when === 'never') continue
        for (const { job: need } of found.needs ?? []) expect(listed.get(need)?.when, `${name} needs ${need}\n${text}`).not.toBe('never')
        if (start === 'merge request') expect([job.environment, job.id_tokens, name === 'build-image'], `${name} on a merge request`).toEqual([undefined, undefined, false])
      }
      expect([...listed.values()].filter(({ when }) => when !== 'never').length).toBeGreaterThan(0)
    }
  })

  test('a job that needs an unknown one is refused', async () => {
    write('stages: [check]\nfirst:\n  stage: check\n  needs: [nobody]\n  script: ["true"]\n')
    await expect(list(cwd, 'push to main')).rejects.toThrow(/nobody/)
  })
})

test.skipIf(!hasShellcheck)('every entry of every script is shell by itself, and shellcheck finds nothing in a whole one (bash, shellcheck)', () => {
  const folder = join(cwd, 'scripts')
  mkdirSync(folder, { recursive: true })
  const entries = new Set<string>()
  const scripts = new Set<string>()
  for (const { jobs } of files) {
    for (const [name, { before_script: before = [], script }] of jobs) {
      for (const entry of [...before, ...script]) entries.add(entry)
      // Docker's image has no Bash; every other job runs in one that has.
      scripts.add(`#!/bin/${name === 'build-image' ? 'sh' : 'bash'}\nset -eo pipefail\n${[...before, ...script].join('\n')}\n`)
    }
  }
  expect(entries.size).toBeGreaterThan(60)
  let count = 0
  for (const entry of entries) writeFileSync(join(folder, `entry-${count++}`), entry)
  execFileSync('bash', ['-c', 'for file in entry-*; do bash -n "$file" || { cat "$file"; exit 1; }; done'], { cwd: folder })
  for (const script of scripts) writeFileSync(join(folder, `script-${count++}`), script)
  // 2154: variables come from GitLab. 2016: words in single quotes are for another shell. 3040: GitLab sets pipefail only where the
  // shell has it. 2218: a function that is defined a second time, for the deploy after the migration. 2209: RAILS_ENV=test is a word.
  const result = execFileSync('bash', ['-c', 'shellcheck --exclude=2154,2016,3040,2218,2209 --format=gcc script-* || true'], { cwd: folder, encoding: 'utf8' })
  expect(result, result === '' ? '' : readFileSync(join(folder, result.split(':')[0] ?? ''), 'utf8')).toBe('')
})
