import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from './sandbox.ts'
import { writeFile } from 'node:fs/promises'

/** The checkout under test. */
export const checkout = fileURLToPath(new URL('../../..', import.meta.url))

/** The tool names of the design; the server may offer more. */
export const namedTools = ['select_auth', 'observability_stack', 'pipeline_template', 'migration_plan', 'env_matrix', 'read_project', 'write_files', 'check_deliverables']

/** The name under which the client shows a tool of this plugin to the model. */
export const fullName = (tool: string): string => `mcp__plugin_operational-patterns_ops__${tool}`

const git = (cwd: string, ...args: string[]): string => execFileSync('git', ['-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', '-c', 'init.defaultBranch=main', ...args], { cwd, encoding: 'utf8' })

/** A new git repository holding what would be committed from this checkout now: tracked and new files, nothing ignored. */
export function pluginRepository(): string {
  const repository = mkdtempSync(join(tmpdir(), 'ops-plugin-'))
  const names = git(checkout, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter((name) => name !== '' && existsSync(join(checkout, name)))
  for (const name of names) {
    mkdirSync(dirname(join(repository, name)), { recursive: true })
    cpSync(join(checkout, name), join(repository, name))
  }
  git(repository, 'init', '--quiet')
  git(repository, 'add', '--all')
  git(repository, 'commit', '--quiet', '--message', 'plugin under test')
  return repository
}

/** Adds `repository` as a marketplace cloned by git and installs the plugin, as a user would. Throws with the client's words when a step fails. */
export async function installPlugin(sandbox: Sandbox, repository: string): Promise<void> {
  const address = 'https://plugins.invalid/operational-patterns.git'
  const config = join(sandbox.home, 'git-stand-in')
  // The client refuses file: addresses, so git is told that this address is the folder.
  await writeFile(config, `[url "file://${repository}"]\n  insteadOf = ${address}\n`)
  for (const step of [['marketplace', 'add', address], ['install', 'operational-patterns@operational-patterns']]) {
    const { code, stdout, stderr } = await sandbox.claude(['plugin', ...step], { GIT_CONFIG_GLOBAL: config })
    if (code !== 0) throw new Error(`claude plugin ${step.join(' ')} ended with ${code}.\n${stdout}\n${stderr}`)
  }
}
