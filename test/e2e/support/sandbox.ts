import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { clientBinary } from './client-binary.ts'

export interface Ended { readonly code: number | null, readonly stdout: string, readonly stderr: string }

/** One user's machine: own home, own project folder, package managers that only write down that they were called. */
export interface Sandbox {
  readonly home: string
  readonly project: string
  /** Runs the client in the project folder; at most two minutes, then it is stopped and `code` is null. */
  claude(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ended>
  /** Calls of package managers so far, one line each. */
  packageManagerCalls(): Promise<string>
  remove(): Promise<void>
}

const packageManagers = ['npm', 'npx', 'pnpm', 'yarn', 'bun', 'bunx', 'corepack']

/** Runs a program to its end with exactly this environment. Its whole process group ends with it. */
export function run(program: string, args: readonly string[], options: { readonly cwd: string, readonly env: Readonly<Record<string, string>> }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const out: Buffer[] = []
    const err: Buffer[] = []
    const stopGroup = () => { try { process.kill(-(child.pid as number), 'SIGKILL') } catch { /* the group has ended */ } }
    const limit = setTimeout(stopGroup, 120_000)
    child.stdout.on('data', (part: Buffer) => out.push(part))
    child.stderr.on('data', (part: Buffer) => err.push(part))
    child.on('error', reject)
    child.on('exit', () => { clearTimeout(limit); stopGroup() })
    child.on('close', (code) => resolve({ code, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') }))
  })
}

/** A fresh sandbox for one client version. Nothing of the caller's environment reaches the client but PATH's Node and git. */
export async function createSandbox(version: string, modelUrl = 'http://127.0.0.1:9'): Promise<Sandbox> {
  const binary = await clientBinary(version)
  const root = await mkdtemp(join(tmpdir(), 'ops-e2e-'))
  const [home, project, bin, log] = ['home', 'project', 'bin', 'package-managers.log'].map((name) => join(root, name)) as [string, string, string, string]
  for (const folder of [home, project, bin, join(root, 'tmp')]) await mkdir(folder)
  for (const name of packageManagers) {
    await writeFile(join(bin, name), `#!/bin/sh\necho "${name} $*" >> '${log}'\nexit 1\n`)
    await chmod(join(bin, name), 0o755)
  }
  const env = {
    PATH: [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    CLAUDE_CONFIG_DIR: join(home, '.claude'),
    TMPDIR: join(root, 'tmp'),
    LANG: 'C.UTF-8',
    ANTHROPIC_BASE_URL: modelUrl,
    ANTHROPIC_API_KEY: 'not-a-key',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    // Whatever would leave this machine is refused at once; loopback is not proxied.
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  }
  return {
    home,
    project,
    claude: (args, more = {}) => run(binary, args, { cwd: project, env: { ...env, ...more } }),
    packageManagerCalls: () => readFile(log, 'utf8').catch(() => ''),
    remove: () => rm(root, { recursive: true, force: true }),
  }
}
