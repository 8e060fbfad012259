import type { CheckJob, Checks, Toolchain } from './toolchain.ts'

/** True when nothing outside the packages has changed since `$BASE` but prose: what lies there, every package may stand on. Wrong or missing commits are false. */
const onlyPackagesChanged = [
  'git cat-file -e "${BASE:-}^{commit}" 2> /dev/null',
  "git ls-files -z '*/package.json' | sed -z 's|package.json$||; s|^|:(top,exclude,literal)|' | xargs -0 git diff --quiet \"$BASE\" HEAD -- ':/' ':(top,exclude,glob)**/*.md'",
]

/**
 * Lines of one check: for what changed since `$BASE`, or for everything when there is no such commit, when it was not fetched, or
 * when something outside the packages has changed. One text, because some providers run a list line by line.
 */
function linesOf({ checks, affected }: Pick<Toolchain, 'checks' | 'affected'>, check: keyof Checks): readonly string[] {
  const [all, some] = [checks[check], affected?.[check] ?? checks[check]]
  if (all.join() === some.join()) return all
  return [[
    `if ${onlyPackagesChanged.join(' &&\n  ')}; then`, `  ${some.join(' &&\n    ')}`,
    'else', "  echo 'Checking everything: no commit to compare with, or something outside the packages has changed.'", `  ${all.join(' &&\n    ')}`, 'fi',
  ].join('\n')]
}

/**
 * The checks of a project as jobs. `one` keeps them in a single job, which is cheaper where each job is billed as a started
 * minute, and looks for secrets and known vulnerabilities beside them when `secure`; `split` runs all side by side. `migrate` prepares the schema of a database that stands beside the tests; null without one.
 */
export function checkJobs(toolchain: Toolchain, jobs: 'one' | 'split', migrate: string | null, secure: boolean): readonly CheckJob[] {
  const step = (name: string, lines: readonly string[]) => (lines.length === 0 ? [] : [{ name, lines }])
  const lint = step('Lint', linesOf(toolchain, 'lint'))
  const test = toolchain.checks.test.length === 0 ? [] : [...(migrate === null ? [] : step('Apply migrations', [migrate])), ...step('Test', linesOf(toolchain, 'test'))]
  const build = step('Build', linesOf(toolchain, 'build'))
  const security: CheckJob = { id: 'security', name: 'Security', minutes: 15, steps: step('Check dependencies for known vulnerabilities', toolchain.checks.audit), needsDatabase: false }
  if (jobs === 'one') return [{ id: 'check', name: 'Checks', minutes: 15, steps: [...lint, ...test, ...build], needsDatabase: true }, ...(secure ? [security] : [])]
  const split: readonly CheckJob[] = [
    { id: 'lint', name: 'Lint', minutes: 10, steps: lint, needsDatabase: false }, { id: 'test', name: 'Test', minutes: 20, steps: test, needsDatabase: true },
    { id: 'build', name: 'Build', minutes: 15, steps: build, needsDatabase: false }, security,
  ]
  // What else a security job does is the provider's, so it stands without a step of the toolchain too.
  return split.filter(({ id, steps }) => id === 'security' || steps.length > 0)
}
