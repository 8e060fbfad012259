import type { CheckJob, Step } from '../../toolchain.ts'
import type { Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'
import { checkout, job, type Github } from './jobs.ts'

/** A database beside the tests: throw-away, reachable on localhost only, its password no secret. */
function withService({ service }: Plan): { readonly services?: unknown, readonly env?: Readonly<Record<string, string>> } {
  if (service === undefined) return {}
  const { image, port, ready, setup } = service
  return {
    services: { database: { image, ...(Object.keys(setup).length === 0 ? {} : { env: setup }), ports: [`${port}:${port}`], ...(ready === null ? {} : { options: `--health-cmd "${ready}" --health-interval 5s --health-timeout 5s --health-retries 10` }) } },
    env: { [service.variable]: service.url('localhost') },
  }
}

/** Looks at commits and added packages: GitHub's part of the security job, which needs no installed project. */
function scans(plan: Plan, github: Github): Step[] {
  const version = plan.toolVersion('trufflehog')
  return [
    ...(version === undefined ? [] : [{ name: 'Look for secrets in the commits', if: "${{ github.event_name == 'push' || github.event_name == 'pull_request' }}", uses: github.pin('trufflesecurity/trufflehog'), with: { version, extra_args: '--results=verified,unknown' } }]),
    ...(plan.settings.profile.repositoryVisibility === 'public' ? [{ name: 'Review added dependencies', if: "${{ github.event_name == 'pull_request' }}", uses: github.pin('actions/dependency-review-action'), with: { 'fail-on-severity': 'high' } }] : []),
  ]
}

function checkJob({ id, name, minutes, steps, needsDatabase }: CheckJob, plan: Plan, github: Github): Record<string, unknown> {
  // A pull request is compared with the commit it starts from; a push is checked as a whole.
  const base = plan.toolchain.readsBase && id !== 'security' ? { BASE: '${{ github.event.pull_request.base.sha }}' } : undefined
  const run = steps.map((step): Step => ({ name: step.name, ...(base === undefined ? {} : { env: base }), run: step.lines.join('\n') }))
  return job({
    name, minutes, ...(needsDatabase ? withService(plan) : {}),
    steps: [checkout(github, id === 'security' || base !== undefined ? 0 : 1), ...(id === 'security' ? scans(plan, github) : []), ...(run.length > 0 ? github.setup : []), ...run],
  })
}

function jobs(plan: Plan, github: Github): Record<string, unknown> {
  const checks = Object.fromEntries(plan.checks.map((check) => [check.id, checkJob(check, plan, github)]))
  if (plan.checks.length === 1) return checks
  const passed = job({
    name: 'CI passed', minutes: 5, needs: Object.keys(checks), if: '${{ always() }}', permissions: {},
    steps: [{ name: 'Fail unless every job succeeded', env: { RESULTS: "${{ join(needs.*.result, ' ') }}" }, run: 'for result in $RESULTS; do\n  test "$result" = success\ndone' }],
  })
  return { ...checks, 'ci-passed': passed }
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
      ...(plan.deploys.length > 0 || plan.publish !== undefined ? { workflow_call: {} } : {}),
      ...(plan.deploys.length > 0 ? {} : { push: { branches }, workflow_dispatch: {} }),
    },
    permissions: {},
    concurrency: { group: 'ci-${{ github.event.pull_request.number || github.run_id }}', 'cancel-in-progress': "${{ github.event_name == 'pull_request' }}" },
    jobs: jobs(plan, github),
  }, plan.header, { versions: github.versions })
}
