import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { knowledge } from '../../support/knowledge.ts'
import { gitlabFile } from '../../tools/pipeline-template/gitlab-file.ts'
import { commit, isLocal, repository, runJobs } from './local.ts'
import { withoutContainers } from './without-containers.ts'

const has = (...programs: readonly string[]): boolean => programs.every((program) => spawnSync('bash', ['-c', 'command -v "$0"', program]).status === 0)

interface Sample { readonly needs: readonly string[], readonly input: Given, readonly files: Readonly<Record<string, string>>, readonly broken: Readonly<Record<string, string>> }

/** Repositories as small as the checks allow; `broken` makes one test fail. None needs a package from a registry. */
const samples: Readonly<Record<string, Sample>> = {
  'JavaScript with npm': {
    needs: ['npm'], input: { stack: ['javascript'], packageManager: 'npm', scripts: ['lint', 'test', 'build'] },
    files: {
      'package.json': JSON.stringify({ name: 'sample', version: '1.0.0', private: true, type: 'module', scripts: { lint: 'node --check add.js', test: 'node --test', build: 'node build.js' } }),
      'package-lock.json': JSON.stringify({ name: 'sample', version: '1.0.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'sample', version: '1.0.0' } } }),
      'add.js': 'export const add = (a, b) => a + b\n', 'build.js': "import { mkdirSync, copyFileSync } from 'node:fs'\nmkdirSync('dist', { recursive: true })\ncopyFileSync('add.js', 'dist/add.js')\n",
      'add.test.js': "import { test } from 'node:test'\nimport { equal } from 'node:assert/strict'\nimport { add } from './add.js'\ntest('adds', () => equal(add(1, 2), 3))\n",
    },
    broken: { 'add.js': 'export const add = (a, b) => a - b\n' },
  },
  'Python with pip': {
    needs: ['python3', 'flake8', 'pytest'], input: { stack: ['python'], packageManager: 'pip', scripts: ['flake8', 'pytest'] },
    files: {
      'requirements.txt': '# the standard library is enough\n', 'add.py': 'def add(a, b):\n    return a + b\n',
      'test_add.py': 'from add import add\n\n\ndef test_adds():\n    assert add(1, 2) == 3\n', 'setup.cfg': '[flake8]\nexclude = .cache,.gitlab-ci-local\n[tool:pytest]\ntestpaths = test_add.py\n',
    },
    broken: { 'add.py': 'def add(a, b):\n    return a - b\n' },
  },
  Go: {
    needs: ['go', 'gcc'], input: { stack: ['go'], scripts: [] },
    files: { 'go.mod': 'module example.com/sample\n\ngo 1.19\n', 'go.sum': '', 'add.go': 'package sample\n\nfunc Add(a, b int) int { return a + b }\n', 'add_test.go': 'package sample\n\nimport "testing"\n\nfunc TestAdds(t *testing.T) {\n\tif Add(1, 2) != 3 {\n\t\tt.Fatal("wrong sum")\n\t}\n}\n' },
    broken: { 'add.go': 'package sample\n\nfunc Add(a, b int) int { return a - b }\n' },
  },
}

const folders: string[] = []
beforeAll(() => { knowledge() }, 60_000)
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

function write(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  commit(cwd)
}

/** A container of Python has `python`; this machine may only have python3. Modules of Debian stand for what a lock file would install. */
function programs(cwd: string): string {
  const folder = join(cwd, '.gitlab-ci-local', 'bin')
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of [['python', 'exec /usr/bin/python3 "$@"'], ['pytest', 'exec /usr/bin/python3 -m pytest "$@"']] as const) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return `${folder}${delimiter}${process.env['PATH'] ?? ''}`
}

describe.each(Object.entries(samples))('%s', (name, { needs, input, files, broken }) => {
  test.skipIf(!isLocal || !has(...needs))(`checks run in the order of the file, and a broken test stops them (gitlab-ci-local, ${needs.join(', ')})`, { timeout: 240_000 }, async () => {
    const cwd = repository()
    folders.push(cwd)
    const { text, jobs } = gitlabFile({ ...input, stage: 'mvp', developers: 1, deployTarget: 'none' })
    expect([...jobs.keys()], name).toEqual(['check'])
    write(cwd, { ...files, '.gitlab-ci.yml': withoutContainers(text) })
    const env = { PATH: programs(cwd), GOFLAGS: '-mod=mod', GOPROXY: 'off', PIP_NO_INDEX: '1', PIP_BREAK_SYSTEM_PACKAGES: '1' }
    const green = await runJobs(cwd, ['check'], { env })
    expect(green.code, green.output).toBe(0)
    for (const line of [...(jobs.get('check')?.before_script ?? []), ...(jobs.get('check')?.script ?? [])]) expect(green.output).toContain(`$ ${line.split('\n')[0]}`)
    write(cwd, broken)
    const red = await runJobs(cwd, ['check'], { env })
    expect(red.code, red.output).toBe(1)
    // What comes after the tests was not reached.
    const last = jobs.get('check')?.script.at(-1) ?? ''
    if (/build/.test(last)) expect(red.output).not.toContain(`$ ${last}`)
  })
})
