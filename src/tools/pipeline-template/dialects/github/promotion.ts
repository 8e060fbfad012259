import { basename } from 'node:path/posix'
import type { DeployedEnvironment } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import { job, paths } from './jobs.ts'

export const promotionJobId = ({ name }: DeployedEnvironment): string => `check-${name}`

/**
 * A deploy that somebody starts by hand skips the environment before it: this job finds the run of the same commit that reached
 * it. It asks for jobs by name, because environments (and the deployments they record) do not exist on every plan.
 */
export function promotionJob(environment: DeployedEnvironment, plan: Plan): Record<string, unknown> {
  const jobs = plan.deploys.filter(({ target }) => target.serves).map(({ name }) => `Deploy${name === null ? '' : ` ${name}`} to ${environment.after}`)
  return job({
    name: `Was ${environment.after} reached`, minutes: 5, needs: [], if: `\${{ inputs.environment == '${environment.name}' }}`, permissions: { actions: 'read' },
    steps: [{
      name: `Look for this commit in ${environment.after}`,
      env: { GH_TOKEN: '${{ github.token }}', WORKFLOW: basename(paths(plan).deploy), JOBS: jobs.join('\n') },
      run: [
        'touch reached.txt',
        'runs=$(gh api --paginate "repos/$GITHUB_REPOSITORY/actions/workflows/$WORKFLOW/runs?head_sha=$GITHUB_SHA" --jq \'.workflow_runs[].id\')',
        'for id in $runs; do',
        '  gh api --paginate "repos/$GITHUB_REPOSITORY/actions/runs/$id/jobs?filter=all" --jq \'.jobs[] | select(.conclusion == "success") | .name\' >> reached.txt',
        'done',
        'while read -r name; do',
        '  if ! grep --fixed-strings --line-regexp --quiet "$name" reached.txt; then echo "No run of this commit has passed: $name" >&2; exit 1; fi',
        'done <<< "$JOBS"',
      ].join('\n'),
    }],
  })
}
