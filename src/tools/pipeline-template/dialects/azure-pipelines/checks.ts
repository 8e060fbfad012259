import type { CheckJob } from '../../toolchain.ts'
import type { Plan } from '../../plan.ts'
import { bash, checkout, setUp, type Part } from './steps.ts'

/** A database beside the tests, on the machine of the job; the agent waits until its health check passes. */
export function databaseContainer({ service }: Plan): Part | undefined {
  if (service === undefined) return undefined
  const { image, port, ready, setup } = service
  return {
    container: 'database', image, ...(Object.keys(setup).length === 0 ? {} : { env: setup }), ports: [`${port}:${port}`],
    ...(ready === null ? {} : { options: `--health-cmd "${ready}" --health-interval 5s --health-timeout 5s --health-retries 10` }),
  }
}

/** Sets `BASE` for the steps after it: the commit a pull request starts from, empty on a push. */
const findBase = bash('Find what the pull request starts from', [
  'base=""',
  'target="${SYSTEM_PULLREQUEST_TARGETBRANCH:-}"',
  'if [ -n "$target" ]; then base=$(git merge-base HEAD "origin/${target#refs/heads/}"); fi',
  'echo "##vso[task.setvariable variable=BASE]$base"',
])

/** Scans the commits of a pull request, or the last merge of a push. */
const secretScan = (version: string): Part => bash('Look for secrets in the commits', [
  'since="${BASE:-}"',
  'if [ -z "$since" ]; then since=$(git rev-parse --verify --quiet HEAD^ || true); fi',
  'range=()',
  'if [ -n "$since" ]; then range=(--since-commit "$since"); fi',
  `docker run --rm --volume "$PWD:/repo:ro" ghcr.io/trufflesecurity/trufflehog:${version} git file:///repo "\${range[@]}" --results=verified,unknown --fail --no-update`,
])

function checkJob({ id, name, minutes, steps, needsDatabase }: CheckJob, plan: Plan): Part {
  const { service, toolchain } = plan
  const scanner = id === 'security' ? plan.toolVersion('trufflehog') : undefined
  const compares = toolchain.readsBase && id !== 'security'
  const withDatabase = needsDatabase && service !== undefined
  const run = steps.map((step) => bash(step.name, [...(compares ? ['export BASE="${BASE:-}"'] : []), ...step.lines]))
  return {
    job: id, displayName: name, timeoutInMinutes: minutes,
    ...(withDatabase ? { services: { database: 'database' }, variables: { [service.variable]: service.url('localhost') } } : {}),
    steps: [
      ...(run.length > 0 ? setUp(plan, compares || scanner !== undefined ? 0 : 1) : [checkout(scanner === undefined ? 1 : 0)]),
      ...(compares || scanner !== undefined ? [findBase] : []), ...(scanner === undefined ? [] : [secretScan(scanner)]), ...run,
    ],
  }
}

/** The stage that every pull request and every push runs. */
export const checksStage = (plan: Plan): Part => ({
  stage: 'Checks', displayName: 'Checks', dependsOn: [],
  jobs: plan.checks.filter(({ id, steps }) => steps.length > 0 || id === 'security').map((check) => checkJob(check, plan)),
})
