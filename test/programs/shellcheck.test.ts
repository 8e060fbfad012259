import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialects } from '../../src/tools/pipeline-template/files.ts'
import type { ProviderId } from '../../src/tools/pipeline-template/model.ts'
import { knowledge } from '../support/knowledge.ts'
import { covering, run } from '../tools/pipeline-template/matrix.ts'
import { scriptsOf, type Script } from './shell-scripts.ts'

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0
const name = (title: string): string => (hasShellcheck ? title : `${title} (needs shellcheck)`)

let folder = ''
beforeAll(() => {
  knowledge()
  folder = mkdtempSync(join(tmpdir(), 'shellcheck-'))
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** Findings that the lines are meant to have: text that a later shell reads, and a word that is also a command. */
const intended = [/^SC2016: .*>> "\$BASH_ENV"$/, /^SC2209: .*RAILS_ENV=test /]

/** Findings beyond matters of style as `SC0000: message: line`, each once. Throws when nothing was looked at. */
function shellcheck(scripts: readonly Script[]): readonly string[] {
  if (scripts.length === 0) throw new Error('There is no script to look at.')
  const paths = scripts.map(({ shell, text }, index) => {
    const path = join(folder, `${index}.sh`)
    writeFileSync(path, `#!/bin/${shell}\nset -e\n${text}\n`)
    return path
  })
  const { stdout, stderr, status } = spawnSync('shellcheck', ['--norc', '--severity=info', '--format=json1', ...paths], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  if (status === null || status > 1) throw new Error(`shellcheck cannot run: ${stderr}`)
  const { comments } = JSON.parse(stdout) as { readonly comments: readonly { readonly file: string, readonly code: number, readonly line: number, readonly message: string }[] }
  return [...new Set(comments.map(({ file, code, line, message }) => `SC${code}: ${message}: ${scripts[paths.indexOf(file)]?.text.split('\n')[line - 3]?.trim()}`))].filter((found) => !intended.some((pattern) => pattern.test(found))).sort()
}

test.skipIf(!hasShellcheck)(name('a script with known faults is rejected for each of them, in the dialect of its shell'), () => {
  const found = shellcheck([{ shell: 'bash', text: 'cd $FOLDER\nls *.txt | xargs rm' }, { shell: 'sh', text: 'set -o pipefail\n[[ -n "$A" ]]' }])
  for (const code of ['SC2086', 'SC2011', 'SC3040', 'SC3010']) expect(found.filter((line) => line.startsWith(code)), code).not.toEqual([])
  expect(() => shellcheck([])).toThrow(/no script/)
})

const providers = Object.keys(dialects) as ProviderId[]
test.skipIf(!hasShellcheck).each(providers)(name('every script of every generated file of %s is clean'), (provider) => {
  const scripts = new Map<string, Script>()
  let files = 0
  const inputs = covering(provider)
  for (const input of inputs) {
    for (const { path, body } of run(input).files) {
      if (!/\.ya?ml$/.test(path)) continue
      files += 1
      for (const script of scriptsOf(provider, body)) scripts.set(`${script.shell} ${script.text}`, script)
    }
  }
  expect(files).toBeGreaterThanOrEqual(inputs.length)
  expect(scripts.size).toBeGreaterThan(50)
  expect(shellcheck([...scripts.values()])).toEqual([])
})
