import type { Plan } from '../plan.ts'
import type { Step } from '../model.ts'
import { toYaml } from '../yaml.ts'
import { checkout, job, type Github } from './github-jobs.ts'

const check = (name: string, lines: readonly string[]): Step[] => (lines.length === 0 ? [] : [{ name, run: lines.join('\n') }])

/** A database beside the tests: throw-away, reachable on localhost only, its password no secret. */
function withService(plan: Plan): { readonly services?: unknown, readonly env?: Readonly<Record<string, string>> } {
  const { service } = plan
  if (service === undefined || plan.settings.rank < 2) return {}
  const { image, port, ready, setup } = service
  return {
    services: { database: { image, ...(Object.keys(setup).length === 0 ? {} : { env: setup }), ports: [`${port}:${port}`], ...(ready === null ? {} : { options: `--health-cmd "${ready}" --health-interval 5s --health-timeout 5s --health-retries 10` }) } },
    env: { [service.variable]: service.url('localhost') },
  }
}

function securitySteps(plan: Plan, github: Github): Step[] {
  const isPublic = plan.settings.profile.repositoryVisibility === 'public'
  const version = plan.context('', false).toolVersion('trufflehog')
  return [
    ...(version === undefined ? [] : [{ name: 'Look for secrets in the commits', if: "${{ github.event_name != 'merge_group' }}", uses: github.pin('trufflesecurity/trufflehog'), with: { version, extra_args: '--results=verified,unknown' } }]),
    ...(isPublic ? [{ name: 'Review added dependencies', if: "${{ github.event_name == 'pull_request' }}", uses: github.pin('actions/dependency-review-action'), with: { 'fail-on-severity': 'high' } }] : []),
    ...(plan.toolchain.checks.audit.length === 0 ? [] : [...github.setup, { name: 'Check dependencies for known vulnerabilities', run: plan.toolchain.checks.audit.join('\n') }]),
  ]
}

/** The jobs of ci.yml: one job for a small project, one a stage from then on, with one result that branch rules can require. */
function jobs(plan: Plan, github: Github): Record<string, unknown> {
  const { checks } = plan.toolchain
  const database = withService(plan)
  const migrate = database.env !== undefined && plan.migration?.command != null ? check('Apply migrations', [plan.migration.command]) : []
  const test = checks.test.length === 0 ? [] : [...migrate, ...check('Test', checks.test)]
  if (plan.decision.jobs === 'one') {
    return { check: job({ name: 'Lint, test, build', minutes: 15, steps: [...github.setup, ...check('Lint', checks.lint), ...test, ...check('Build', checks.build)] }) }
  }
  const split: Record<string, unknown> = {
    ...(checks.lint.length > 0 ? { lint: job({ name: 'Lint', minutes: 10, steps: [...github.setup, ...check('Lint', checks.lint)] }) } : {}),
    ...(checks.test.length > 0 ? { test: job({ name: 'Test', minutes: 20, steps: [...github.setup, ...test], ...database }) } : {}),
    ...(checks.build.length > 0 ? { build: job({ name: 'Build', minutes: 15, steps: [...github.setup, ...check('Build', checks.build)] }) } : {}),
    security: job({ name: 'Security', minutes: 15, steps: [checkout(github, 0), ...securitySteps(plan, github).filter((step) => step.uses === undefined || !step.uses.startsWith('actions/checkout@'))] }),
  }
  const passed = job({
    name: 'CI passed', minutes: 5, needs: Object.keys(split), if: '${{ always() }}', permissions: {},
    steps: [{ name: 'Fail unless every job succeeded', env: { RESULTS: "${{ join(needs.*.result, ' ') }}" }, run: 'for result in $RESULTS; do\n  test "$result" = success\ndone' }],
  })
  return { ...split, 'ci-passed': passed }
}

/** ci.yml: runs on pull requests, and is called by deploy.yml so that nothing untested goes out. */
export function ciWorkflow(plan: Plan, github: Github): string {
  const { branch, mainBranch } = plan.settings
  const branches = [mainBranch, ...(branch.releaseBranch === null ? [] : [branch.releaseBranch, 'release/**'])]
  return toYaml({
    name: 'CI',
    on: {
      pull_request: { branches },
      ...(branch.mergeQueue ? { merge_group: {} } : {}),
      ...(plan.deploys.length > 0 ? { workflow_call: {} } : { push: { branches }, workflow_dispatch: {} }),
    },
    permissions: {},
    concurrency: { group: 'ci-${{ github.head_ref || github.run_id }}', 'cancel-in-progress': "${{ github.event_name == 'pull_request' }}" },
    jobs: jobs(plan, github),
  }, plan.header, { versions: github.versions })
}
