import type { Checks, Container, Step, Toolchain, ToolchainRequest } from '../toolchain.ts'
import { toolsOf } from './tools.ts'

export const packageManagers = ['uv', 'pip', 'poetry'] as const
type Manager = (typeof packageManagers)[number]

const linters: Readonly<Record<string, readonly string[]>> = { ruff: ['ruff check .', 'ruff format --check .'], flake8: ['flake8 --extend-exclude=.venv,.cache,.uv-cache .'], black: ['black --check .'], mypy: ['mypy .'], pyright: ['pyright'] }
// `build` alone is no sign of Python: scripts of a front end beside it are called so too.
const signs = ['python', ...Object.keys(linters), 'pytest', 'pip-audit', 'manage.py']

/** Only tools the project names are run; with nothing said, Ruff, pytest and pip-audit are assumed. */
function checksOf(request: ToolchainRequest, exec: (line: string) => string): { readonly checks: Checks, readonly missing: readonly string[] } {
  const has = toolsOf(request, signs, ['ruff', 'pytest', 'pip-audit'])
  const builds = request.scripts?.includes('build') === true && request.scripts.every((name) => name === 'build' || signs.includes(name))
  const checks: Checks = {
    lint: Object.entries(linters).flatMap(([tool, lines]) => (has(tool) ? lines.map(exec) : [])),
    test: has('pytest') ? [exec('pytest')] : has('manage.py') ? [exec('python manage.py test')] : [], build: builds ? [exec('python -m build')] : [], audit: has('pip-audit') ? [exec('pip-audit')] : [],
  }
  return { checks, missing: [...(checks.lint.length === 0 ? ['ruff'] : []), ...(checks.test.length === 0 ? ['pytest'] : []), ...(checks.audit.length === 0 ? ['pip-audit'] : [])] }
}

/** Poetry at the version of its sheet; without one, at the version that the variable of the repository names. */
const poetryVersion = ({ versionOf }: ToolchainRequest): string => versionOf('poetry') ?? '$POETRY_VERSION'

function setup(manager: Manager, request: ToolchainRequest, python: string): readonly Step[] {
  const uvVersion = request.versionOf('uv')
  if (manager === 'uv') return [{ name: 'Set up uv and Python', uses: 'astral-sh/setup-uv', with: { ...(uvVersion === undefined ? {} : { version: uvVersion }), 'python-version': python, 'enable-cache': true } }]
  const setupPython: Step = { name: 'Set up Python', uses: 'actions/setup-python', with: { 'python-version': python, cache: manager } }
  if (manager === 'pip') return [setupPython]
  // Poetry has to exist before setup-python can find its cache.
  const known = request.versionOf('poetry') !== undefined
  return [{ name: 'Install Poetry', run: `pipx install "poetry==${poetryVersion(request)}"`, ...(known ? {} : { env: { POETRY_VERSION: '${{ vars.POETRY_VERSION }}' } }) }, setupPython]
}

/** Hashes are checked whenever the file has them; asking for them makes a line without one an error. */
function pipInstall({ scripts }: ToolchainRequest): readonly string[] {
  const files = ['requirements.txt', ...(scripts ?? []).filter((name) => /^[\w-]*requirements-?[\w-]*\.txt$/.test(name) && name !== 'requirements.txt')]
  return [`python -m pip install${scripts?.includes('require-hashes') === true ? ' --require-hashes' : ''} ${files.map((file) => `--requirement ${file}`).join(' ')}`]
}

interface Commands { readonly lockFile: string, readonly install: readonly string[], readonly exec: (line: string) => string, readonly prepare: readonly string[], readonly cache: string, readonly variables: (folder: string) => Readonly<Record<string, string>> }

const commandsOf = (manager: Manager, request: ToolchainRequest): Commands => ({
  uv: { lockFile: 'uv.lock', install: ['uv sync --locked'], exec: (line: string) => `uv run --no-sync ${line}`, prepare: [`pip install --quiet "uv==${request.versionOf('uv') ?? '$UV_VERSION'}"`], cache: '.uv-cache', variables: (folder: string) => ({ UV_CACHE_DIR: folder }) },
  pip: { lockFile: 'requirements.txt', install: pipInstall(request), exec: (line: string) => line, prepare: [], cache: '.cache', variables: (folder: string) => ({ PIP_CACHE_DIR: `${folder}/pip` }) },
  poetry: {
    lockFile: 'poetry.lock', install: ['poetry check --lock', 'poetry install --no-interaction'], exec: (line: string) => `poetry run ${line}`, prepare: [`pip install --quiet "poetry==${poetryVersion(request)}"`],
    cache: '.cache', variables: (folder: string) => ({ PIP_CACHE_DIR: `${folder}/pip`, POETRY_CACHE_DIR: `${folder}/poetry`, POETRY_VIRTUALENVS_IN_PROJECT: 'true' }),
  },
}[manager])

/** Python with the package manager of the project. */
export function python(request: ToolchainRequest): Toolchain {
  const manager = (packageManagers as readonly string[]).includes(request.packageManager) ? request.packageManager as Manager : 'uv'
  const { lockFile, install, exec, prepare, cache, variables } = commandsOf(manager, request)
  const version = request.runtimeVersion ?? request.advised ?? '3'
  return {
    language: 'python', packageManager: manager, lockFile, install, ...checksOf(request, exec), affected: null, readsBase: false, exec, locksNpmTools: false,
    dependabot: manager === 'uv' ? 'uv' : 'pip', githubSetup: setup(manager, request, version),
    azureSetup: [{ displayName: 'Set up Python', task: 'UsePythonVersion@0', inputs: { versionSpec: version === '3' ? '3.x' : version } }, ...prepare.map((script) => ({ displayName: `Make ${manager} available`, script }))],
    container: (root): Container => ({ image: request.imageOf(version) ?? `python:${version}`, prepare, install, cacheKey: [lockFile], cachePaths: [`${cache}/`], variables: variables(`${root}/${cache}`) }),
  }
}
