import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Standard output of the command line of the plugin in `repository`, run in `folder`. Throws with its standard error when it ends with another code than 0. */
export const commandLine = (repository: string, folder: string, args: readonly string[]): string =>
  execFileSync(process.execPath, [join(repository, 'dist/operational-patterns.cjs'), ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
