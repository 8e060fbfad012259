import type { Checks, Step, Toolchain, ToolchainRequest } from '../model.ts'

export const packageManagers = ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'] as const
type Manager = (typeof packageManagers)[number]

interface Dialect {
  readonly lockFile: string
  readonly install: string
  readonly run: (script: string) => string
  readonly exec: (line: string) => string
  readonly audit: string
  readonly cache: string | null
  readonly before: readonly Step[]
  readonly prepare: readonly string[]
  readonly cacheFolder: string
}

const corepack = { name: 'Enable the Yarn of this project', run: 'corepack enable' }

const dialects: Readonly<Record<Manager, Dialect>> = {
  npm: {
    lockFile: 'package-lock.json', install: 'npm ci', run: (script) => `npm run ${script}`, exec: (line) => `npx --no -- ${line}`,
    audit: 'npm audit --audit-level=high --omit=dev', cache: 'npm', before: [], prepare: [], cacheFolder: '.npm/',
  },
  pnpm: {
    lockFile: 'pnpm-lock.yaml', install: 'pnpm install --frozen-lockfile', run: (script) => `pnpm run ${script}`, exec: (line) => `pnpm exec ${line}`,
    audit: 'pnpm audit --audit-level=high --prod', cache: 'pnpm', before: [{ name: 'Install the pnpm that package.json names', uses: 'pnpm/action-setup' }],
    prepare: ['corepack enable', 'pnpm config set store-dir .pnpm-store'], cacheFolder: '.pnpm-store/',
  },
  yarn: {
    lockFile: 'yarn.lock', install: 'yarn install --frozen-lockfile', run: (script) => `yarn run ${script}`, exec: (line) => `yarn run ${line}`,
    // The exit code of Yarn 1 is a sum: 8 stands for high, 16 for critical.
    audit: 'yarn audit --groups dependencies || test "$?" -lt 8', cache: 'yarn', before: [], prepare: ['yarn config set cache-folder .yarn-cache'], cacheFolder: '.yarn-cache/',
  },
  'yarn-berry': {
    lockFile: 'yarn.lock', install: 'yarn install --immutable', run: (script) => `yarn run ${script}`, exec: (line) => `yarn run ${line}`,
    audit: 'yarn npm audit --severity high --environment production', cache: 'yarn', before: [corepack], prepare: ['corepack enable'], cacheFolder: '.yarn/cache/',
  },
  bun: {
    lockFile: 'bun.lock', install: 'bun install --frozen-lockfile', run: (script) => `bun run ${script}`, exec: (line) => `bun run ${line}`,
    audit: 'bun audit --audit-level=high', cache: null, before: [], prepare: [], cacheFolder: '.bun-cache/',
  },
}

/** Scripts that fill each check, in the order they run; the first that a project has wins inside a group. */
const groups: Readonly<Record<'lint' | 'test' | 'build', readonly (readonly string[])[]>> = {
  lint: [['lint', 'eslint', 'biome'], ['format:check', 'check:format', 'prettier:check'], ['typecheck', 'type-check', 'check-types', 'tsc']],
  test: [['test', 'test:ci', 'test:unit']],
  build: [['build']],
}

function checks(request: ToolchainRequest, manager: Dialect): { readonly checks: Checks, readonly missing: string[] } {
  const has = request.scripts ?? ['lint', 'test', 'build', ...(request.typescript ? ['typecheck'] : [])]
  const pick = (check: 'lint' | 'test' | 'build') => groups[check].flatMap((names) => names.find((name) => has.includes(name)) ?? []).map(manager.run)
  const found = { lint: pick('lint'), test: pick('test'), build: pick('build'), audit: [manager.audit] }
  return { checks: found, missing: (['lint', 'test', 'build'] as const).filter((check) => found[check].length === 0) }
}

/** Node.js or Bun with the package manager of the project. */
export function javascript(request: ToolchainRequest): Toolchain {
  const name = (packageManagers as readonly string[]).includes(request.packageManager) ? request.packageManager as Manager : 'npm'
  const manager = dialects[name]
  const node: Step = {
    name: 'Set up Node.js', uses: 'actions/setup-node',
    with: { ...(request.runtimeVersion === undefined ? { 'node-version-file': 'package.json' } : { 'node-version': request.runtimeVersion }), ...(manager.cache === null ? {} : { cache: manager.cache }) },
  }
  const bun: Step = { name: 'Set up Bun', uses: 'oven-sh/setup-bun', with: { 'bun-version-file': 'package.json' } }
  return {
    language: request.language, packageManager: name, lockFile: manager.lockFile, install: [manager.install], ...checks(request, manager),
    exec: manager.exec, locksNpmTools: true, dependabot: name === 'bun' ? 'bun' : 'npm',
    readsBase: false,
    githubSetup: name === 'bun' ? [bun] : [...manager.before, node],
    azureSetup: [{ displayName: 'Set up Node.js', task: 'UseNode@1', inputs: { version: `${request.runtimeVersion ?? request.advised ?? 'lts'}.x` } }, ...manager.prepare.slice(0, 1).map((script) => ({ displayName: `Make ${name} available`, script }))],
    container: () => ({
      image: name === 'bun' ? 'oven/bun:1' : `node:${request.runtimeVersion ?? request.advised ?? 'lts'}`,
      prepare: manager.prepare, install: [name === 'npm' ? 'npm ci --cache .npm' : name === 'bun' ? 'bun install --frozen-lockfile --cache-dir .bun-cache' : manager.install],
      cacheKey: [manager.lockFile], cachePaths: [manager.cacheFolder], variables: {},
    }),
  }
}
