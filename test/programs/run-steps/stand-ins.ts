import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { call, has, nodeFolder, npmProgram } from './machine.ts'

/** What a stand-in for an action works with. */
export interface Here {
  readonly inputs: Readonly<Record<string, string>>
  /** Repository that is checked out, and where to. */
  readonly origin: string
  readonly checkout: string
  /** An empty folder of the job's own. */
  readonly temporary: string
  readonly addPath: (folder: string) => void
  /** Folders on the PATH of the next step. */
  readonly path: () => string
}
/** Does what an action does as far as later steps can see. Throws where the action would fail. */
type StandIn = (here: Here) => Promise<void>

interface PackageJson { readonly packageManager?: string, readonly engines?: { readonly node?: string }, readonly devEngines?: unknown, readonly volta?: unknown }
const packageJson = ({ checkout }: Here): PackageJson => JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as PackageJson
const holds = ({ checkout }: Here, ...files: readonly string[]): boolean => files.some((file) => existsSync(join(checkout, file)))

/** Version in `packageManager`, without the hash that may follow. */
function managerVersion(here: Here, name: string): string {
  const found = new RegExp(`^${name}@(\\d+\\.\\d+\\.\\d+)`).exec(packageJson(here).packageManager ?? '')?.[1]
  if (found === undefined) throw new Error(`No version of ${name} is specified in packageManager of package.json`)
  return found
}

const lockFiles: Readonly<Record<string, readonly string[]>> = { npm: ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock'], pnpm: ['pnpm-lock.yaml'], yarn: ['yarn.lock'] }

async function setupNode(here: Here): Promise<void> {
  const { cache, 'node-version': version, 'node-version-file': file } = here.inputs
  if (cache !== undefined) {
    if (!holds(here, ...lockFiles[cache] ?? [])) throw new Error(`Dependencies lock file is not found, supported: ${lockFiles[cache]?.join(', ')}`)
    const { code } = await call('bash', ['-c', `command -v ${cache}`], { cwd: here.checkout, env: { PATH: here.path() } })
    if (code !== 0) throw new Error(`Unable to locate executable file: ${cache}`)
  }
  const { engines, devEngines, volta } = file === undefined ? {} : packageJson(here)
  if (file !== undefined && engines?.node === undefined && devEngines === undefined && volta === undefined) throw new Error(`${file} names no version of Node.js`)
  here.addPath(nodeFolder(version ?? /\d+/.exec(engines?.node ?? '')?.[0] ?? '', join(here.temporary, 'node')))
}

/** Python of Debian; packages of Debian count as installed, since nothing can be fetched. */
async function setupPython(here: Here): Promise<void> {
  const { cache, 'python-version-file': file } = here.inputs
  const wanted: Readonly<Record<string, readonly string[]>> = { pip: ['requirements.txt', 'pyproject.toml'], poetry: ['poetry.lock'] }
  if (cache !== undefined && !holds(here, ...wanted[cache] ?? [])) throw new Error(`No file matched ${wanted[cache]?.join(' or ')}`)
  if (file !== undefined && !holds(here, file)) throw new Error(`The specified python version file ${file} does not exist`)
  const folder = join(here.temporary, 'python')
  const { code, output } = await call('/usr/bin/python3', ['-m', 'venv', '--system-site-packages', '--without-pip', folder], { cwd: here.checkout })
  if (code !== 0) throw new Error(output)
  here.addPath(join(folder, 'bin'))
}

export const standIns: Readonly<Record<string, StandIn>> = {
  async 'actions/checkout'({ inputs, origin, checkout, temporary }) {
    if (inputs['persist-credentials'] !== 'false') throw new Error('The checkout leaves its token behind.')
    const depth = inputs['fetch-depth'] ?? '1'
    const { code, output } = await call('git', ['clone', '--quiet', ...(depth === '0' ? [] : ['--depth', depth]), `file://${origin}`, checkout], { cwd: temporary })
    if (code !== 0) throw new Error(output)
  },
  'actions/setup-node': setupNode,
  async 'pnpm/action-setup'(here) { here.addPath(await npmProgram('pnpm', here.inputs['version'] ?? managerVersion(here, 'pnpm'))) },
  async 'oven-sh/setup-bun'(here) { here.addPath(await npmProgram('bun', here.inputs['bun-version'] ?? managerVersion(here, 'bun'))) },
  'actions/setup-python': setupPython,
  async 'actions/setup-java'(here) {
    if (here.inputs['cache'] === 'maven' && !holds(here, 'pom.xml')) throw new Error('No file matched **/pom.xml')
    if (!has('java', 'mvn')) throw new Error('There is no Java with Maven on this machine.')
  },
  /** Installs as the action does, except that gems of Debian count as installed. */
  async 'ruby/setup-ruby'(here) {
    if (here.inputs['bundler-cache'] !== 'true') return
    const { code, output } = await call('bundle', ['install', '--local'], { cwd: here.checkout, env: { PATH: here.path(), HOME: here.temporary, BUNDLE_FROZEN: 'true' } })
    if (code !== 0) throw new Error(output)
  },
  async 'shivammathur/setup-php'() { if (!has('php', 'composer')) throw new Error('There is no PHP with Composer on this machine.') },
  async 'actions/setup-go'(here) {
    const file = here.inputs['go-version-file']
    if (file !== undefined && !holds(here, file)) throw new Error(`The specified go version file at: ${file} does not exist`)
    if (!has('go')) throw new Error('There is no Go on this machine.')
  },
}
