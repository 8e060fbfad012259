import type { CheckJob, Toolchain } from './model.ts'

/**
 * The checks of a project as jobs. `one` keeps them in a single job, which is cheaper where each job is billed as a started
 * minute; `split` runs them side by side. `migrate` prepares the schema of a database that stands beside the tests; null without one.
 */
export function checkJobs(toolchain: Toolchain, jobs: 'one' | 'split', migrate: string | null): readonly CheckJob[] {
  const { checks } = toolchain
  const step = (name: string, lines: readonly string[]) => (lines.length === 0 ? [] : [{ name, lines }])
  const lint = step('Lint', checks.lint)
  const test = checks.test.length === 0 ? [] : [...(migrate === null ? [] : step('Apply migrations', [migrate])), ...step('Test', checks.test)]
  const build = step('Build', checks.build)
  if (jobs === 'one') return [{ id: 'check', name: 'Lint, test, build', minutes: 15, steps: [...lint, ...test, ...build], needsDatabase: false }]
  const security = step('Check dependencies for known vulnerabilities', checks.audit)
  const split: readonly CheckJob[] = [
    { id: 'lint', name: 'Lint', minutes: 10, steps: lint, needsDatabase: false }, { id: 'test', name: 'Test', minutes: 20, steps: test, needsDatabase: true },
    { id: 'build', name: 'Build', minutes: 15, steps: build, needsDatabase: false }, { id: 'security', name: 'Security', minutes: 15, steps: security, needsDatabase: false },
  ]
  // What else a security job does is the provider's, so it stands without a step of the toolchain too.
  return split.filter(({ id, steps }) => id === 'security' || steps.length > 0)
}
