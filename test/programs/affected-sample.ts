import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { run } from '../tools/pipeline-template/matrix.ts'

export type Tool = 'turborepo' | 'nx' | 'pnpm-workspaces'
const cache = join(tmpdir(), 'ops-affected-npm-cache')
const npm = (cwd: string, ...args: string[]) => spawnSync('npm', [...args, '--no-audit', '--no-fund', '--prefer-offline', `--cache=${cache}`], { cwd, encoding: 'utf8', timeout: 240_000 })
const hasGit = spawnSync('git', ['--version']).status === 0
/** False without git or the npm registry. */
export const online = hasGit && spawnSync('npm', ['view', 'turbo@2.11.11', 'version', '--fetch-retries=0', '--fetch-timeout=10000'], { encoding: 'utf8', timeout: 30_000 }).status === 0

export const managers: Readonly<Record<Tool, 'npm' | 'pnpm'>> = { turborepo: 'npm', nx: 'npm', 'pnpm-workspaces': 'pnpm' }
const dependencies: Readonly<Record<Tool, Readonly<Record<string, string>>>> = { turborepo: { turbo: '2.11.11' }, nx: { nx: '24.0.6' }, 'pnpm-workspaces': {} }

/** Shell text of a generated step, by its name. */
function stepOf(tool: Tool, name: string): string {
  const workflow = run({ stack: ['typescript', 'express'], stage: 'mvp', monorepo: tool, packageManager: managers[tool], deployTarget: 'none', ciProvider: 'github-actions' }).files.find(({ path }) => path.endsWith('ci.yml'))
  const { jobs } = parse(workflow?.body ?? '') as { jobs: Record<string, { steps: { name: string, run?: string, env?: Record<string, string> }[] }> }
  const step = Object.values(jobs).flatMap(({ steps }) => steps).find((found) => found.name === name)
  expect(Object.keys(step?.env ?? {}), 'the step is told where the change starts').toContain('BASE')
  return step?.run ?? ''
}

/** A monorepo in which `ui` stands on `core` and `api` on nothing. Each script leaves a mark that Git ignores; `build` needs what `core` built. */
export class Sample {
  readonly root = mkdtempSync(join(tmpdir(), 'ops-affected-'))
  readonly base: string
  readonly tool: Tool
  private readonly bin: string

  constructor(tool: Tool) {
    this.tool = tool
    this.bin = join(this.root, '.bin')
    for (const name of ['core', 'ui', 'api']) {
      const mark = (script: string) => `node -e "require('fs').writeFileSync('../../node_modules/.ran-${script}-${name}','')"`
      const build = name === 'core' ? `node -e "require('fs').mkdirSync('dist',{recursive:true})" && ${mark('build')}` : name === 'ui' ? `node -e "require('fs').readdirSync('../core/dist')" && ${mark('build')}` : mark('build')
      this.write(`packages/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', scripts: { lint: mark('lint'), test: `${mark('test')} && node index.js`, build }, dependencies: name === 'ui' ? { core: managers[tool] === 'pnpm' ? 'workspace:*' : '*' } : {} }))
      this.write(`packages/${name}/index.js`, '// code\n')
    }
    this.write('package.json', JSON.stringify({ name: 'root', private: true, ...(managers[tool] === 'npm' ? { workspaces: ['packages/*'], packageManager: 'npm@10.9.0' } : {}), scripts: { test: 'exit 9' }, devDependencies: dependencies[tool] }))
    this.write('.gitignore', 'node_modules\n.turbo\n.nx\n.bin\ndist\n')
    this.write('README.md', '# Sample\n')
    this.write('tsconfig.base.json', '{}\n')
    if (tool === 'turborepo') this.write('turbo.json', '{"tasks": {"lint": {}, "test": {}, "build": {"dependsOn": ["^build"]}}}\n')
    if (tool === 'nx') this.write('nx.json', '{"targetDefaults": {"build": {"dependsOn": ["^build"]}}, "analytics": false}\n')
    if (tool === 'pnpm-workspaces') {
      this.write('pnpm-workspace.yaml', 'packages: ["packages/*"]\n')
      this.write('.bin/package.json', '{"private": true}')
      expect(npm(this.bin, 'install', 'pnpm@10.34.9').status).toBe(0)
      const installed = spawnSync('pnpm', ['install'], { cwd: this.root, env: this.env(''), encoding: 'utf8' })
      expect(installed.status, installed.stdout).toBe(0)
    } else {
      const installed = npm(this.root, 'install')
      expect(installed.status, installed.stderr).toBe(0)
    }
    mkdirSync(join(this.root, 'node_modules'), { recursive: true })
    this.git('init', '-q', '-b', 'main')
    this.commit('base')
    this.base = this.git('rev-parse', 'HEAD')
  }

  write(path: string, body: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), body)
  }
  git(...args: string[]): string {
    return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: this.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  }
  commit(message: string): void {
    this.git('add', '-A')
    this.git('commit', '-q', '-m', message)
  }
  env(base: string): NodeJS.ProcessEnv {
    return { ...process.env, CI: 'true', BASE: base, TURBO_FORCE: 'true', TURBO_TELEMETRY_DISABLED: '1', NX_DAEMON: 'false', NX_SKIP_NX_CACHE: 'true', NX_NO_CLOUD: 'true', NPM_CONFIG_CACHE: cache, PATH: `${join(this.bin, 'node_modules', '.bin')}${delimiter}${process.env['PATH']}` }
  }
  /** Adds a line to files on top of the base commit, runs one step as the runner does, and tells which packages ran. */
  after(changed: readonly string[], step: string, base = this.base, cwd = this.root): { readonly status: number | null, readonly ran: readonly string[], readonly everything: boolean, readonly output: string } {
    this.git('checkout', '-q', '-f', '-B', 'change', this.base)
    for (const file of changed) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true })
      appendFileSync(join(this.root, file), file.endsWith('.json') ? '\n' : file.endsWith('.js') ? '// changed\n' : '# changed\n')
    }
    if (changed.length > 0) this.commit('change')
    return this.runStep(step, base, cwd)
  }
  runStep(step: string, base = this.base, cwd = this.root) {
    const marks = join(cwd, 'node_modules')
    mkdirSync(marks, { recursive: true })
    for (const name of readdirSync(marks)) if (name.startsWith('.ran-')) rmSync(join(marks, name))
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', stepOf(this.tool, step)], { cwd, env: this.env(base), encoding: 'utf8', timeout: 120_000 })
    return { status, ran: readdirSync(marks).filter((name) => name.startsWith('.ran-')).map((name) => name.split('-').at(-1) ?? '').sort(), everything: stdout.includes('Checking everything'), output: `${stdout}\n${stderr}` }
  }
}
