import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { checkout } from './plugin-repo.ts'

/** Standard output of the committed bundle's command line, run in `folder`. Throws with its standard error when it ends with another code than 0. */
export const commandLine = (folder: string, ...args: readonly string[]): string =>
  execFileSync(process.execPath, [join(checkout, 'dist/operational-patterns.cjs'), ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
