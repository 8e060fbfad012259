import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const version = '3.24.6'
const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'operational-patterns-e2e', `mysql2-${version}`)

/** The packages of the programs that talk to MariaDB; undefined where npm cannot be reached. */
export function mysqlModules(): string | undefined {
  const modules = join(folder, 'node_modules')
  if (existsSync(join(folder, 'done'))) return modules
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error', `mysql2@${version}`], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: 120_000 })
    writeFileSync(join(folder, 'done'), version)
    return modules
  } catch {
    return undefined
  }
}
