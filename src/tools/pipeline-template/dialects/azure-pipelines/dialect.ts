import { generatedFile } from '../../../../core/file.ts'
import type { Dialect } from '../../files.ts'
import type { Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'
import { renovateFile } from '../renovate.ts'
import { byHand } from './by-hand.ts'
import { checksStage, databaseContainer } from './checks.ts'
import { byBranch, environmentStage, onRef } from './deploy.ts'
import { imageStage } from './image.ts'
import { bash, cacheVariables, paths, repeats, setUp, setupTemplate, type Part } from './steps.ts'

/** Stages that make once what every environment gets; only for pushes to branches that are deployed. */
function packageStages(plan: Plan, patterns: readonly string[]): readonly Part[] {
  const refs = patterns.map(onRef)
  const condition = `and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'), ${refs.length === 1 ? refs[0] : `or(${refs.join(', ')})`})`
  const registry = plan.deploys.map(({ target }) => target.image).find((found) => found !== null)
  return [
    ...(registry === undefined ? [] : [imageStage(plan, registry, condition)]),
    ...(plan.deploys.some(({ target }) => target.synthesizes) ? [{
      stage: 'Synth', displayName: 'Synthesize the assembly once', dependsOn: ['Checks'], condition,
      jobs: [{ job: 'synth', displayName: 'Synthesize', timeoutInMinutes: 15, steps: [...setUp(plan), bash('Synthesize', [plan.synthLine]), { publish: 'cdk.out', artifact: 'cdk-out', displayName: 'Keep the assembly' }] }],
    }] : []),
  ]
}

/** The pipeline in Azure's own terms: stages, deployment jobs with environments, and checks that live on those environments. */
function pipeline(plan: Plan): string {
  const { branch, mainBranch } = plan.settings
  const serving = plan.deploys.filter(({ target }) => target.serves)
  const environments = serving.length === 0 ? [] : plan.environments
  const pulled = [mainBranch, ...(branch.releaseBranch === null ? [] : [branch.releaseBranch, 'release/**'])]
  const patterns = [...new Set([mainBranch, ...(branch.releaseBranch === null ? [] : [branch.releaseBranch]), ...environments.map((environment) => environment.branch)])]
  const wildcard = (pattern: string): string => pattern.replace('/**', '/*')
  const database = plan.checks.some(({ needsDatabase }) => needsDatabase) ? databaseContainer(plan) : undefined
  const variables = cacheVariables(plan)
  // A run that waits for an approval would hold back every push after it.
  const inOrder = environments.length > 0 && environments.every(({ start }) => start !== 'approval')
  return toYaml({
    trigger: { ...(inOrder ? { batch: true } : {}), branches: { include: patterns.filter((pattern) => pattern !== 'v*').map(wildcard) }, ...(patterns.includes('v*') ? { tags: { include: ['v*'] } } : {}) },
    pr: { autoCancel: true, branches: { include: pulled.map(wildcard) } },
    ...(environments.length === 0 ? {} : { parameters: [{ name: 'deployTo', displayName: 'Where to deploy this commit', type: 'string', default: byBranch, values: [byBranch, ...environments.map(({ name }) => name)] }] }),
    ...(database === undefined ? {} : { resources: { containers: [database] } }),
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
    pool: { vmImage: 'ubuntu-24.04' },
    stages: [checksStage(plan), ...packageStages(plan, patterns), ...environments.map((environment) => environmentStage(environment, plan, serving))],
  }, plan.header)
}

/** Azure Pipelines. */
export const azurePipelines: Dialect = {
  files: (plan) => {
    const { main, setup } = paths(plan)
    return [
      generatedFile(main, 'checks pull requests and deploys what passed', 'Validate, in the editor of Azure Pipelines', pipeline(plan)),
      ...(repeats(plan) ? [generatedFile(setup, 'sets up and installs, for every job', 'a run of the pipeline', toYaml(setupTemplate(plan), plan.header))] : []),
      ...renovateFile(plan),
    ]
  },
  reaches: () => true,
  byHand,
}
