import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The client versions tried: the one npm picks on Node 20, and the newest we know. `E2E_CLIENT_VERSIONS` overrides, separated by commas. */
export const clientVersions: readonly string[] = (process.env['E2E_CLIENT_VERSIONS'] ?? '2.1.197,2.1.330').split(',').map((version) => version.trim())

/** The newest of the tried versions; the only one that knows the directory profile. */
export const newestVersion = clientVersions.at(-1) as string

const cache = process.env['E2E_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'operational-patterns-e2e')

/** Path of the client's binary. The first call a version installs the platform's package from the npm registry into the cache; `E2E_CACHE` moves that folder. */
export async function clientBinary(version: string): Promise<string> {
  const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`
  const folder = join(cache, `client-${version}`)
  const binary = join(folder, 'node_modules', name, process.platform === 'win32' ? 'claude.exe' : 'claude')
  if (existsSync(binary)) return binary
  await mkdir(cache, { recursive: true })
  const fresh = await mkdtemp(join(cache, 'fetch-'))
  await promisify(execFile)('npm', ['install', '--prefix', fresh, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', `${name}@${version}`])
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder)
  return binary
}
