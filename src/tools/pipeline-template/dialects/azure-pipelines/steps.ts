import type { Plan } from '../../plan.ts'

/** A piece of the file, in the order its keys are written: Azure wants the kind of a step or job first. */
export type Part = Readonly<Record<string, unknown>>

export const paths = ({ freePath }: Plan) => ({
  main: freePath('azure-pipelines.yml', 'azure-pipelines.operational-patterns.yml'),
  setup: freePath('azure-pipelines/setup.yml', 'azure-pipelines/operational-patterns-setup.yml'),
})

/** Lines as one script that stops at the first failure: the agent's Bash goes on by default. */
export const script = (lines: readonly string[]): string => ['set -euo pipefail', ...lines].join('\n')

export const bash = (displayName: string, lines: readonly string[], more: Part = {}): Part => ({ bash: script(lines), displayName, ...more })

/** A checkout that leaves no token behind. Depth 0 is the whole history; new pipelines fetch one commit by default. */
export const checkout = (fetchDepth: number | string = 1): Part => ({ checkout: 'self', persistCredentials: false, fetchDepth })

const root = '$(Build.SourcesDirectory)'

/** Settings of the package manager that keep its downloads in the checkout, where the cache finds them. */
export const cacheVariables = ({ toolchain }: Plan): Readonly<Record<string, string>> => toolchain.container(root).variables

/** Checkout, tools, cache and the locked install. */
export function setupSteps({ toolchain }: Plan, fetchDepth: number | string): readonly Part[] {
  const { cacheKey, cachePaths, install } = toolchain.container(root)
  const folders = cachePaths.map((path) => path.replace(/\/$/, ''))
  return [
    checkout(fetchDepth),
    ...toolchain.azureSetup.map(({ displayName, task, inputs, script: line, env }): Part => (task === undefined ? bash(displayName, line === undefined ? [] : [line], env === undefined ? {} : { env }) : { task, displayName, ...(inputs === undefined ? {} : { inputs }) })),
    ...folders.map((folder): Part => ({ task: 'Cache@2', displayName: `Cache ${folder}`, inputs: { key: [`"${toolchain.packageManager}"`, '"$(Agent.OS)"', ...cacheKey].join(' | '), restoreKeys: `"${toolchain.packageManager}" | "$(Agent.OS)"`, path: folder } })),
    // The cache step fails at the end when its folder was never made.
    ...(install.length + folders.length === 0 ? [] : [bash(install.length === 0 ? 'Make the folder of the cache' : 'Install from the lock file', [...(folders.length === 0 ? [] : [`mkdir -p ${folders.join(' ')}`]), ...install])]),
  ]
}

/** True when several jobs set up the same way, so that the steps are worth a file of their own. */
export const repeats = (plan: Plan): boolean => plan.decision.jobs === 'split'

/** How a job starts: from the template, or with the steps themselves. */
export const setUp = (plan: Plan, fetchDepth = 1): readonly Part[] => (repeats(plan) ? [{ template: paths(plan).setup, ...(fetchDepth === 1 ? {} : { parameters: { fetchDepth } }) }] : setupSteps(plan, fetchDepth))

/** The template that every job of a larger project starts with. */
export const setupTemplate = (plan: Plan): Readonly<Record<string, unknown>> => ({
  parameters: [{ name: 'fetchDepth', displayName: 'Commits to fetch; 0 is all', type: 'number', default: 1, values: [0, 1] }],
  steps: setupSteps(plan, '${{ parameters.fetchDepth }}'),
})
