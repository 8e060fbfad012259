import type { Checks, Container, Step, Toolchain, ToolchainRequest } from '../model.ts'

export const packageManagers = ['uv', 'pip', 'poetry'] as const
type Manager = (typeof packageManagers)[number]

const toolNames = ['ruff', 'black', 'flake8', 'mypy', 'pyright', 'pytest', 'build', 'pip-audit']

/** Only tools the project names are run; with nothing said, Ruff and pytest are assumed. */
function checks(scripts: readonly string[] | undefined, exec: (line: string) => string): { readonly checks: Checks, readonly missing: string[] } {
  const named = (scripts ?? []).filter((name) => toolNames.includes(name))
  const has = named.length === 0 ? ['ruff', 'pytest', 'pip-audit'] : named
  const lines = (tool: string, ...commands: string[]) => (has.includes(tool) ? commands.map(exec) : [])
  const found = {
    lint: [...lines('ruff', 'ruff check .', 'ruff format --check .'), ...lines('flake8', 'flake8 .'), ...lines('black', 'black --check .'), ...lines('mypy', 'mypy .'), ...lines('pyright', 'pyright')],
    test: lines('pytest', 'pytest'),
    build: lines('build', 'python -m build'),
    audit: lines('pip-audit', 'pip-audit'),
  }
  return { checks: found, missing: [...(found.lint.length === 0 ? ['ruff'] : []), ...(found.test.length === 0 ? ['pytest'] : []), ...(found.audit.length === 0 ? ['pip-audit'] : [])] }
}

function setup(manager: Manager, request: ToolchainRequest): readonly Step[] {
  const python = request.runtimeVersion
  const uvVersion = request.versionOf('uv')
  if (manager === 'uv') {
    return [{ name: 'Set up uv and Python', uses: 'astral-sh/setup-uv', with: { ...(uvVersion === undefined ? {} : { version: uvVersion }), ...(python === undefined ? {} : { 'python-version': python }), 'enable-cache': true } }]
  }
  const version: Record<string, string> = python === undefined ? { 'python-version-file': 'pyproject.toml' } : { 'python-version': python }
  const setupPython: Step = { name: 'Set up Python', uses: 'actions/setup-python', with: { ...version, cache: manager } }
  // Poetry has to exist before setup-python can find its cache.
  return manager === 'poetry' ? [{ name: 'Install Poetry', run: 'pipx install "poetry==$POETRY_VERSION"', env: { POETRY_VERSION: '${{ vars.POETRY_VERSION }}' } }, setupPython] : [setupPython]
}

const commands: Readonly<Record<Manager, { readonly lockFile: string, readonly install: readonly string[], readonly exec: (line: string) => string, readonly prepare: readonly string[] }>> = {
  uv: { lockFile: 'uv.lock', install: ['uv sync --locked'], exec: (line) => `uv run --no-sync ${line}`, prepare: ['pip install --quiet "uv==$UV_VERSION"'] },
  pip: { lockFile: 'requirements.txt', install: ['python -m pip install --requirement requirements.txt'], exec: (line) => line, prepare: [] },
  poetry: { lockFile: 'poetry.lock', install: ['poetry check --lock', 'poetry install --no-interaction'], exec: (line) => `poetry run ${line}`, prepare: ['pip install --quiet "poetry==$POETRY_VERSION"'] },
}

/** Python with the package manager of the project. */
export function python(request: ToolchainRequest): Toolchain {
  const manager = (packageManagers as readonly string[]).includes(request.packageManager) ? request.packageManager as Manager : 'uv'
  const { lockFile, install, exec, prepare } = commands[manager]
  const uvVersion = request.versionOf('uv')
  const made = prepare.map((line) => (uvVersion === undefined ? line : line.replace('$UV_VERSION', uvVersion)))
  return {
    language: 'python', packageManager: manager, lockFile, install, ...checks(request.scripts, exec), exec, locksNpmTools: false,
    dependabot: manager === 'uv' ? 'uv' : 'pip', readsBase: false, githubSetup: setup(manager, request),
    azureSetup: [
      { displayName: 'Set up Python', task: 'UsePythonVersion@0', inputs: { versionSpec: request.runtimeVersion ?? request.advised ?? '3.x' } },
      ...made.map((script) => ({ displayName: `Make ${manager} available`, script })),
    ],
    container: (root): Container => ({
      image: `python:${request.runtimeVersion ?? request.advised ?? '3'}`, prepare: made, install,
      cacheKey: [lockFile], cachePaths: [manager === 'uv' ? '.uv-cache/' : '.cache/'],
      variables: { uv: { UV_CACHE_DIR: `${root}/.uv-cache` }, pip: { PIP_CACHE_DIR: `${root}/.cache/pip` }, poetry: { PIP_CACHE_DIR: `${root}/.cache/pip`, POETRY_CACHE_DIR: `${root}/.cache/poetry` } }[manager],
    }),
  }
}
