import type { Checks, Step, Toolchain, ToolchainRequest } from '../model.ts'

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

const commands: Readonly<Record<Manager, { readonly lockFile: string, readonly install: readonly string[], readonly exec: (line: string) => string, readonly gitlab: readonly string[] }>> = {
  uv: { lockFile: 'uv.lock', install: ['uv sync --locked'], exec: (line) => `uv run --no-sync ${line}`, gitlab: ['pip install --quiet "uv==$UV_VERSION"', 'uv sync --locked'] },
  pip: { lockFile: 'requirements.txt', install: ['python -m pip install --requirement requirements.txt'], exec: (line) => line, gitlab: ['python -m pip install --requirement requirements.txt'] },
  poetry: { lockFile: 'poetry.lock', install: ['poetry check --lock', 'poetry install --no-interaction'], exec: (line) => `poetry run ${line}`, gitlab: ['pip install --quiet "poetry==$POETRY_VERSION"', 'poetry check --lock', 'poetry install --no-interaction'] },
}

/** Python with the package manager of the project. */
export function python(request: ToolchainRequest): Toolchain {
  const manager = (packageManagers as readonly string[]).includes(request.packageManager) ? request.packageManager as Manager : 'uv'
  const { lockFile, install, exec, gitlab } = commands[manager]
  const uvVersion = request.versionOf('uv')
  return {
    language: 'python', packageManager: manager, lockFile, install, ...checks(request.scripts, exec), exec, locksNpmTools: false,
    dependabot: manager === 'uv' ? 'uv' : 'pip', githubSetup: setup(manager, request),
    gitlab: {
      image: `python:${request.runtimeVersion ?? request.advised ?? '3'}`,
      before: gitlab.map((line) => (uvVersion === undefined ? line : line.replace('$UV_VERSION', uvVersion))),
      cacheKey: [lockFile], cachePaths: [manager === 'uv' ? '.uv-cache/' : '.cache/'],
      variables: manager === 'uv' ? { UV_CACHE_DIR: '$CI_PROJECT_DIR/.uv-cache' } : { PIP_CACHE_DIR: '$CI_PROJECT_DIR/.cache/pip', ...(manager === 'poetry' ? { POETRY_CACHE_DIR: '$CI_PROJECT_DIR/.cache/poetry' } : {}) },
    },
  }
}
