import type { AzureStep, Step, Toolchain, ToolchainRequest } from '../toolchain.ts'
import { scriptChecks } from './workspaces.ts'

export const packageManagers = ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'] as const
type Manager = (typeof packageManagers)[number]

interface Dialect {
  readonly lockFile: string
  readonly install: string
  /** The same with its downloads in `cacheFolder`, where they differ. */
  readonly cachedInstall?: string
  readonly run: (script: string) => string
  readonly exec: (line: string) => string
  /** Null where the manager asks an address that no longer answers. */
  readonly audit: string | null
  /** Name under which setup-node caches its downloads. */
  readonly cache: string | null
  /** True when Corepack brings the version that package.json names. */
  readonly byCorepack: boolean
  /** Folder of the checkout for downloads; null where they would lie there unpacked and be linted and tested. */
  readonly cacheFolder: string | null
}

const dialects: Readonly<Record<Manager, Dialect>> = {
  npm: {
    lockFile: 'package-lock.json', install: 'npm ci', cachedInstall: 'npm ci --cache .npm', run: (script) => `npm run ${script}`, exec: (line) => `npx --no -- ${line}`,
    audit: 'npm audit --audit-level=high --omit=dev', cache: 'npm', byCorepack: false, cacheFolder: '.npm/',
  },
  pnpm: {
    lockFile: 'pnpm-lock.yaml', install: 'pnpm install --frozen-lockfile', cachedInstall: 'pnpm install --frozen-lockfile --store-dir .pnpm-store', run: (script) => `pnpm run ${script}`, exec: (line) => `pnpm exec ${line}`,
    audit: null, cache: 'pnpm', byCorepack: true, cacheFolder: '.pnpm-store/',
  },
  yarn: {
    lockFile: 'yarn.lock', install: 'yarn install --frozen-lockfile', cachedInstall: 'yarn install --frozen-lockfile --cache-folder .yarn-cache', run: (script) => `yarn run ${script}`, exec: (line) => `yarn run ${line}`,
    // https://github.com/yarnpkg/yarn/issues/9234
    audit: null, cache: 'yarn', byCorepack: false, cacheFolder: '.yarn-cache/',
  },
  'yarn-berry': {
    lockFile: 'yarn.lock', install: 'yarn install --immutable', run: (script) => `yarn run ${script}`, exec: (line) => `yarn run ${line}`,
    audit: 'yarn npm audit --severity high --environment production', cache: 'yarn', byCorepack: true, cacheFolder: '.yarn/cache/',
  },
  bun: {
    lockFile: 'bun.lock', install: 'bun install --frozen-lockfile', run: (script) => `bun run ${script}`, exec: (line) => `bun run ${line}`,
    audit: 'bun audit --audit-level=high --prod', cache: null, byCorepack: false, cacheFolder: null,
  },
}

/** Corepack fetches the package manager that package.json names, with its checksum; Node.js stopped bringing it along with version 25. */
const corepack = (request: ToolchainRequest): readonly string[] => {
  const version = request.versionOf('corepack')
  return [...(version === undefined ? [] : [`npm install --global corepack@${version}`]), 'corepack enable']
}

/** pnpm up to 10 asks where npm answers no more (https://github.com/pnpm/pnpm/issues/11265): a newer one reads the lock file, and leaves the pin of package.json alone. */
function pnpmAudit(request: ToolchainRequest): string | null {
  const version = request.versionOf('pnpm')
  const node = Number.parseInt(request.runtimeVersion ?? request.advised ?? '0', 10)
  return version === undefined || node < 22 ? null : `pnpm_config_pm_on_fail=ignore npx --yes pnpm@${version} audit --audit-level=high --prod`
}

/** `24` is written `24.x` where a task wants a range; a whole version stays. */
const range = (version: string): string => (/^\d+(\.\d+)?$/.test(version) ? `${version}.x` : version)

/** Node.js or Bun with the package manager of the project, and with the tool of a monorepo. */
export function javascript(request: ToolchainRequest): Toolchain {
  const name = (packageManagers as readonly string[]).includes(request.packageManager) ? request.packageManager as Manager : 'npm'
  const manager = dialects[name]
  const version = request.runtimeVersion ?? request.advised ?? 'lts/*'
  const enable = manager.byCorepack ? corepack(request) : []
  const node: Step = { name: 'Set up Node.js', uses: 'actions/setup-node', with: { 'node-version': version, ...(manager.cache === null ? {} : { cache: manager.cache }) } }
  const bunVersion = request.versionOf('bun')
  const bun: Step = { name: 'Set up Bun', uses: 'oven-sh/setup-bun', with: bunVersion === undefined ? { 'bun-version-file': 'package.json' } : { 'bun-version': bunVersion } }
  const before: readonly Step[] = name === 'pnpm' ? [{ name: 'Install the pnpm that package.json names', uses: 'pnpm/action-setup' }] : name === 'yarn-berry' ? [{ name: 'Enable the Yarn of this project', run: enable.join('\n') }] : []
  const azureNode: AzureStep = { displayName: 'Set up Node.js', task: 'UseNode@1', inputs: { version: range(version) } }
  const azureManager = name === 'bun' ? [`npm install --global bun@${bunVersion ?? 'latest'}`] : enable
  const audit = name === 'pnpm' ? pnpmAudit(request) : manager.audit
  const { checks, affected, missing } = scriptChecks(request, { name, run: manager.run, exec: manager.exec }, audit === null ? [] : [audit])
  const variables: Readonly<Record<string, string>> = name === 'yarn-berry' ? { YARN_ENABLE_GLOBAL_CACHE: 'false' } : {}
  return {
    language: request.language, packageManager: name, lockFile: manager.lockFile, install: [manager.install], checks, affected, readsBase: affected !== null, missing,
    exec: manager.exec, locksNpmTools: true, dependabot: name === 'bun' ? 'bun' : 'npm',
    githubSetup: name === 'bun' ? [bun] : [...before, node],
    azureSetup: [azureNode, ...(azureManager.length === 0 ? [] : [{ displayName: `Make ${name} available`, script: azureManager.join('\n') }])],
    container: () => ({
      image: name === 'bun' ? `oven/bun:${bunVersion ?? '1'}` : request.imageOf(version) ?? `node:${version === 'lts/*' ? 'lts' : version}`,
      prepare: enable, install: [manager.cachedInstall ?? manager.install],
      ...(manager.cacheFolder === null ? { cacheKey: [], cachePaths: [] } : { cacheKey: [manager.lockFile], cachePaths: [manager.cacheFolder] }), variables,
    }),
  }
}
