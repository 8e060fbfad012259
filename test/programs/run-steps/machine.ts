import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Downloads that every run may share: packages of a lock file, and programs that setup actions would fetch. */
export const cache = fileURLToPath(new URL('../../../node_modules/.cache/run-steps', import.meta.url))

export interface Finished { readonly code: number | null, readonly output: string }

/** Runs a program to its end; `output` is everything that it printed, in order. */
export function call(program: string, args: readonly string[], options: { readonly cwd: string, readonly env?: Readonly<Record<string, string>> }): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, ...(options.env === undefined ? {} : { env: options.env }), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => { output += String(chunk) })
    child.stderr.on('data', (chunk: Buffer) => { output += String(chunk) })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** True when this machine has the program. */
export const has = (...programs: readonly string[]): boolean => programs.every((program) => spawnSync('bash', ['-c', 'command -v "$0"', program]).status === 0)

/** Variables of this machine that say how the network is reached; nothing else of it reaches a step. */
const network = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

/** What steps see of this machine: a home of their own, Debian's programs, shared downloads. */
export function machineEnvironment(home: string): Record<string, string> {
  return {
    ...Object.fromEntries(network.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']]))),
    HOME: home, LANG: 'C.UTF-8', CI: 'true', npm_config_cache: join(cache, 'npm'), XDG_CACHE_HOME: join(cache, 'xdg'), XDG_DATA_HOME: join(cache, 'data'),
    COREPACK_HOME: join(cache, 'corepack'), YARN_GLOBAL_FOLDER: join(cache, 'yarn-berry'), YARN_ENABLE_TELEMETRY: '0', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1',
    // Java takes the home folder from the account otherwise.
    MAVEN_OPTS: `-Duser.home=${home}`,
    npm_config_fund: 'false', npm_config_update_notifier: 'false', npm_config_registry: registry(), YARN_REGISTRY: registry(),
    // Yarn itself comes from the npm registry too, whose signatures Corepack checks.
    COMPOSER_ALLOW_SUPERUSER: '1', COREPACK_NPM_REGISTRY: registry(), COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  }
}

let known: string | undefined
/** Address of the npm registry that this machine uses. */
export const registry = (): string => (known ??= spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim().replace(/\/$/, ''))

/** Folder with the programs of one npm package in exactly this version, fetched once. */
export async function npmProgram(name: string, version: string): Promise<string> {
  const folder = join(cache, 'programs', `${name.replace('/', '+')}@${version}`)
  const bin = join(folder, 'node_modules/.bin')
  if (existsSync(bin)) return bin
  mkdirSync(dirname(folder), { recursive: true })
  const fresh = mkdtempSync(`${folder}-`)
  const { code, output } = await call('npm', ['install', '--prefix', fresh, '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`], { cwd: fresh })
  if (code !== 0) throw new Error(`npm cannot install ${name}@${version}: ${output}`)
  // Another test may have been faster.
  if (existsSync(bin)) rmSync(fresh, { recursive: true })
  else renameSync(fresh, folder)
  return bin
}

/** Installs what the image of GitHub's runners brings beside Debian's programs below `prefix`, where global packages of npm go too. */
export async function installRunner(prefix: string): Promise<string> {
  const bin = join(prefix, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const [name, version, program] of [['yarn', '1.22.22', 'bin/yarn.js'], ['corepack', '0.36.0', 'dist/corepack.js']] as const) {
    const folder = join(prefix, 'lib/node_modules', name)
    cpSync(join(await npmProgram(name, version), '..', name), folder, { recursive: true })
    symlinkSync(relative(bin, join(folder, program)), join(bin, name))
  }
  return nodeFolder('', bin)
}

/** A folder that holds `node` alone: of the version that is asked for when it was fetched, else the one that runs this. */
export function nodeFolder(version: string, links: string): string {
  const fetched = join(homedir(), '.cache/operational-patterns-e2e')
  const found = (existsSync(fetched) ? readdirSync(fetched) : []).find((name) => name.startsWith(`node-${version}.`) && existsSync(join(fetched, name, 'bin/node')))
  mkdirSync(links, { recursive: true })
  symlinkSync(found === undefined ? process.execPath : join(fetched, found, 'bin/node'), join(links, 'node'))
  return links
}
