import type { Checks, ToolchainRequest } from '../toolchain.ts'

type Check = 'lint' | 'test' | 'build'
const checkNames = ['lint', 'test', 'build'] as const

/** Scripts that fill each check, in the order they run; the first that a project has wins inside a group. Formatters read the whole repository at once. */
const groups: Readonly<Record<Check, readonly (readonly string[])[]>> = {
  lint: [['lint', 'eslint', 'biome'], ['format:check', 'check:format', 'prettier:check'], ['typecheck', 'type-check', 'check-types', 'tsc']],
  test: [['test', 'test:ci', 'test:unit']],
  build: [['build']],
}

/** How scripts are started: one of the root, one of every package that has it, and one of what changed since `$BASE` with all that depends on it. */
interface Runner {
  readonly root: (script: string) => string
  /** Null where packages cannot be run from the root. */
  readonly all: ((scripts: readonly string[]) => readonly string[]) | null
  /** Null where the tool cannot tell what changed. */
  readonly affected: ((scripts: readonly string[], check: Check) => readonly string[]) | null
}

export interface Manager { readonly name: string, readonly run: (script: string) => string, readonly exec: (line: string) => string }

const alone = ({ run }: Manager): Runner => ({ root: run, all: null, affected: null })
const each = (line: (script: string) => string) => (scripts: readonly string[]): readonly string[] => scripts.map(line)

/** The runner of a monorepo. What a filter names is measured in test/programs/affected.test.ts. */
function runnerOf(monorepo: string | undefined, manager: Manager): Runner {
  const { run: root, exec } = manager
  if (monorepo === 'turborepo') return { root, all: (tasks) => [exec(`turbo run ${tasks.join(' ')}`)], affected: (tasks) => [exec(`turbo run ${tasks.join(' ')} --filter="...[$BASE]"`)] }
  if (monorepo === 'nx') return { root, all: (tasks) => [exec(`nx run-many --targets=${tasks.join(',')}`)], affected: (tasks) => [exec(`nx affected --targets=${tasks.join(',')} --base="$BASE" --head=HEAD`)] }
  if (monorepo !== 'pnpm-workspaces' && monorepo !== 'npm-workspaces') return alone(manager)
  // The root would start its packages once more. A build needs the packages it stands on, changed or not.
  if (manager.name === 'pnpm') return { root, all: each((script) => `pnpm --recursive run --if-present ${script}`), affected: (scripts, check) => scripts.map((script) => `pnpm --filter "...[$BASE]${check === 'build' ? '...' : ''}" --filter "!{.}" run --if-present ${script}`) }
  if (manager.name === 'npm') return { root, all: each((script) => `npm run ${script} --workspaces --if-present`), affected: null }
  if (manager.name === 'yarn-berry') return { root, all: each((script) => `yarn workspaces foreach --all --topological run ${script}`), affected: null }
  return alone(manager)
}

const prefix = 'packages:'
const isFormat = (names: readonly string[]): boolean => names.includes('format:check')

/** Which scripts of a check the packages have, and which only the root has. `packages:` before a name says that packages have it. */
function scriptsOf(check: Check, { scripts, typescript, monorepo }: ToolchainRequest, runner: Runner): { readonly ofPackages: readonly string[], readonly ofRoot: readonly string[] } {
  const has = scripts ?? ['lint', 'test', 'build', ...(typescript ? ['typecheck'] : [])]
  const named = has.some((name) => name.startsWith(prefix))
  // turbo and nx know their tasks and the root usually only passes them on; scripts that packages share are unknown until somebody looks.
  const guesses = !named && (scripts === undefined || monorepo === 'turborepo' || monorepo === 'nx')
  const found = groups[check].map((names) => {
    const root = names.find((name) => has.includes(name))
    const inPackages = runner.all === null ? undefined : named ? names.find((name) => has.includes(`${prefix}${name}`)) : guesses && !isFormat(names) ? root : undefined
    return { root, inPackages }
  })
  const keepsRoot = runner.affected === null
  return {
    ofPackages: found.flatMap(({ root, inPackages }) => (inPackages === undefined || (keepsRoot && scripts !== undefined && root !== undefined) ? [] : [inPackages])),
    ofRoot: found.flatMap(({ root, inPackages }) => (root !== undefined && (inPackages === undefined || (keepsRoot && scripts !== undefined)) ? [root] : [])),
  }
}

/** The checks of a repository with one package or many; `affected` is null where everything is always checked. */
export function scriptChecks(request: ToolchainRequest, manager: Manager, audit: readonly string[]): { readonly checks: Checks, readonly affected: Checks | null, readonly missing: readonly string[] } {
  const runner = runnerOf(request.monorepo, manager)
  const lines = (check: Check, packages: (scripts: readonly string[]) => readonly string[]): readonly string[] => {
    const { ofPackages, ofRoot } = scriptsOf(check, request, runner)
    return [...(ofPackages.length === 0 ? [] : packages(ofPackages)), ...ofRoot.map(runner.root)]
  }
  const everything = (check: Check) => lines(check, runner.all ?? (() => []))
  const checks: Checks = { lint: everything('lint'), test: everything('test'), build: everything('build'), audit }
  const filter = runner.affected
  const changed = (check: Check) => (filter === null ? [] : lines(check, (scripts) => filter(scripts, check)))
  const affected: Checks | null = filter === null ? null : { lint: changed('lint'), test: changed('test'), build: changed('build'), audit }
  const saves = affected !== null && checkNames.some((check) => affected[check].join() !== checks[check].join())
  return { checks, affected: saves ? affected : null, missing: [...checkNames.filter((check) => checks[check].length === 0), ...(audit.length === 0 ? ['dependency audit'] : [])] }
}
