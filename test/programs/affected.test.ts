import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { managers, online, Sample, type Tool } from './affected-sample.ts'

// The generated lines run here on real repositories with the real turbo, nx and pnpm.

const everybody = ['api', 'core', 'ui']
const cases: readonly (readonly [change: string, files: readonly string[], ran: readonly string[], everything: boolean])[] = [
  ['a package and what stands on it', ['packages/core/index.js'], ['core', 'ui'], false],
  ['a package that nothing stands on', ['packages/api/index.js'], ['api'], false],
  ['prose in the root', ['README.md'], [], false],
  ['the root package.json', ['package.json'], everybody, true],
  ['a configuration that packages share', ['tsconfig.base.json'], everybody, true],
  ['the workflow itself', ['.github/workflows/ci.yml'], everybody, true],
  ['a folder beside the packages', ['scripts/shared.js'], everybody, true],
  ['prose everywhere else', ['docs/a.md', '.github/pull_request_template.md'], [], false],
]

describe.each<Tool>(['turborepo', 'nx', 'pnpm-workspaces'])('affected only with %s (git and the npm registry)', (tool) => {
  let sample: Sample
  beforeAll(() => {
    if (online) sample = new Sample(tool)
  }, 300_000)
  afterAll(() => {
    if (online) rmSync(sample.root, { recursive: true, force: true })
  })

  test.skipIf(!online).each(cases)('a change of %s', (_, files, ran, everything) => {
    expect(sample.after(files, 'Test')).toMatchObject({ status: 0, ran, everything })
  })

  test.skipIf(!online)('a change of the lock file runs everything', () => {
    const lock = managers[tool] === 'npm' ? 'package-lock.json' : 'pnpm-lock.yaml'
    expect(existsSync(join(sample.root, lock))).toBe(true)
    expect(sample.after([lock], 'Test')).toMatchObject({ status: 0, ran: everybody, everything: true })
  })

  test.skipIf(!online).each([['no commit', ''], ['a commit that was not fetched', '0123456789012345678901234567890123456789'], ['a word that is no commit', '--output=x']])('%s to compare with runs everything', (_, base) => {
    expect(sample.after(['packages/api/index.js'], 'Test', base)).toMatchObject({ status: 0, ran: everybody, everything: true })
    expect(existsSync(join(sample.root, 'x'))).toBe(false)
  })

  test.skipIf(!online)('a broken test fails the step when its package is reached, and only then', () => {
    sample.after(['packages/api/index.js'], 'Test')
    sample.write('packages/ui/index.js', 'process.exit(1)\n')
    sample.commit('break ui')
    expect(sample.runStep('Test').status).not.toBe(0)
    const broken = sample.git('rev-parse', 'HEAD')
    sample.write('packages/api/index.js', '// fine\n')
    sample.commit('touch api')
    expect(sample.runStep('Test', broken)).toMatchObject({ status: 0, ran: ['api'] })
    expect(sample.runStep('Test', '').status).not.toBe(0)
  })

  test.skipIf(!online)('a build also builds what the changed package stands on', () => {
    rmSync(join(sample.root, 'packages/core/dist'), { recursive: true, force: true })
    expect(sample.after(['packages/ui/index.js'], 'Build')).toMatchObject({ status: 0, ran: ['core', 'ui'], everything: false })
  })

  test.skipIf(!online || tool !== 'pnpm-workspaces')('a shallow clone runs everything', () => {
    sample.after(['packages/api/index.js'], 'Test')
    const clone = join(sample.root, 'node_modules', 'clone')
    sample.git('clone', '-q', '--depth', '1', `file://${sample.root}`, clone)
    expect(sample.runStep('Test', sample.base, clone)).toMatchObject({ status: 0, ran: everybody, everything: true })
  })
})
