import { generatedFile } from '../../../../core/file.ts'
import { codeOwners } from '../../code-owners.ts'
import type { Dialect } from '../../files.ts'
import type { Deploy, Plan } from '../../plan.ts'
import { registries } from '../../registries.ts'
import { toYaml } from '../../yaml.ts'
import { renovateFile } from '../renovate.ts'
import { byHand, configFile } from './by-hand.ts'
import { commands } from './commands.ts'
import { executorOf, executors, hasImage } from './executors.ts'
import { byPush, workflow } from './workflow.ts'

/** True when every job an application needs has an image of a known version, and what the project itself locks. */
function reaches({ target }: Deploy, plan: Plan): boolean {
  if (target.synthesizes && !plan.toolchain.locksNpmTools) return false
  const builder = target.image === null ? null : target.image === 'own' ? 'deploy' : registries[target.image].cloud ?? 'deploy'
  return hasImage(executorOf(target, plan), plan) && (builder === null || hasImage(builder, plan))
}

/** Names that steps use: a step is a name, or one key with its arguments. */
const stepNames = (steps: readonly unknown[]): readonly string[] => steps.map((step) => (typeof step === 'string' ? step : Object.keys(step as object)[0] ?? ''))

/** The configuration in CircleCI's own terms: executors and commands once, jobs from them, and one workflow that orders the jobs. */
function config(plan: Plan): string {
  const { jobs, entries } = workflow(plan, plan.deploys.filter((deploy) => reaches(deploy, plan)))
  const names = plan.environments.map(({ name }) => name)
  const deploysByName = Object.keys(jobs).some((id) => id.startsWith('deploy'))
  const usedSteps = new Set(Object.values(jobs).flatMap(({ steps }) => stepNames(steps)))
  return toYaml({
    version: 2.1,
    ...(deploysByName ? { parameters: { 'deploy-to': { description: 'Environment to deploy this commit to, for a pipeline that a person starts', type: 'enum', enum: [byPush, ...names], default: byPush } } } : {}),
    executors: executors(plan, new Set(Object.values(jobs).map(({ executor }) => executor))),
    ...(usedSteps.size === 0 ? {} : { commands: commands(plan, usedSteps) }),
    jobs,
    workflows: { ci: { jobs: entries } },
  }, plan.header, { yaml: '1.1' })
}

/** CircleCI: one configuration, and Renovate where a security stage exists. */
export const circleci: Dialect = {
  files(plan) {
    const owners = codeOwners(plan)
    return [
      generatedFile(configFile(plan), 'checks every push and deploys what passed', 'circleci config validate', config(plan)),
      ...renovateFile(plan),
      ...(owners === undefined ? [] : [generatedFile('.github/CODEOWNERS', 'who has to look at which change', 'GitHub shows errors in the file', owners)]),
    ]
  },
  reaches, byHand,
}
