import { dirname } from 'node:path/posix'
import type { Step } from '../../toolchain.ts'
import type { Pins } from '../../pins.ts'
import type { Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'

/** Runner image by name: an image that changes under a pipeline is a change nobody reviewed. */
export const runner = 'ubuntu-24.04'

/** What every job builder shares: pins, and the steps that set up and install after a checkout. */
export interface Github extends Pins { readonly setup: readonly Step[] }

/** Where the files lie; other names where the repository has files of its own. */
export const paths = ({ freePath }: Plan) => ({
  ci: freePath('.github/workflows/ci.yml', '.github/workflows/ops-ci.yml'), deploy: freePath('.github/workflows/deploy.yml', '.github/workflows/ops-deploy.yml'),
  release: freePath('.github/workflows/release.yml', '.github/workflows/ops-release.yml'),
  setup: freePath('.github/actions/setup/action.yml', '.github/actions/ops-setup/action.yml'),
})

const setupSteps = (plan: Plan, pins: Pins): readonly Step[] => [
  ...pinned(pins, plan.toolchain.githubSetup), ...(plan.toolchain.install.length === 0 ? [] : [{ name: 'Install from the lock file', run: plan.toolchain.install.join('\n') }]),
]

/** True when several jobs set up the same way, so that the steps are worth a file of their own. */
const repeats = (plan: Plan): boolean => plan.decision.jobs === 'split'

export const github = (plan: Plan, pins: Pins): Github => ({
  ...pins, setup: repeats(plan) ? [{ name: 'Set up and install', uses: `./${dirname(paths(plan).setup)}` }] : setupSteps(plan, pins),
})

/** The composite action that every job of a larger project starts with; undefined where one job does everything. */
export const setupAction = (plan: Plan, pins: Pins): string | undefined => (!repeats(plan) ? undefined : toYaml({
  name: 'Set up', description: `${plan.toolchain.language} with ${plan.toolchain.packageManager}, installed from the lock file`,
  runs: { using: 'composite', steps: setupSteps(plan, pins).map(({ run, env, ...step }) => ({ ...step, ...(env === undefined ? {} : { env }), ...(run === undefined ? {} : { shell: 'bash', run }) })) },
}, plan.header, { versions: pins.versions }))

/** A checkout that leaves no credentials behind. `depth` 0 fetches the whole history. */
export const checkout = (github: Pick<Pins, 'pin'>, depth = 1): Step => ({
  name: 'Check out', uses: github.pin('actions/checkout'), with: { 'persist-credentials': false, ...(depth === 1 ? {} : { 'fetch-depth': depth }) },
})

/** Steps of a toolchain or target with every action pinned. */
export const pinned = (github: Pick<Pins, 'pin'>, steps: readonly Step[]): readonly Step[] => steps.map((step) => (step.uses === undefined ? step : { ...step, uses: github.pin(step.uses) }))

interface Job {
  readonly name: string
  readonly minutes: number
  readonly steps: readonly Step[]
  readonly needs?: readonly string[]
  readonly if?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly concurrency?: string | undefined
  readonly outputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly services?: unknown
}

/** One job: least permissions, a time limit, and a queue of one where `concurrency` names a group. */
export const job = ({ name, minutes, steps, needs = [], permissions = { contents: 'read' }, concurrency, ...rest }: Job): Record<string, unknown> => ({
  name,
  ...(needs.length > 0 ? { needs } : {}),
  ...(rest.if === undefined ? {} : { if: rest.if }),
  'runs-on': runner,
  'timeout-minutes': minutes,
  permissions,
  ...(rest.environment === undefined ? {} : { environment: rest.environment }),
  ...(concurrency === undefined ? {} : { concurrency: { group: concurrency, 'cancel-in-progress': false } }),
  ...(rest.outputs === undefined ? {} : { outputs: rest.outputs }),
  ...(rest.services === undefined ? {} : { services: rest.services }),
  ...(rest.env === undefined ? {} : { env: rest.env }),
  steps: steps.map(({ name: title, id, if: condition, uses, with: inputs, env, run }) => ({
    ...(title === undefined ? {} : { name: title }), ...(id === undefined ? {} : { id }), ...(condition === undefined ? {} : { if: condition }),
    ...(uses === undefined ? {} : { uses }), ...(inputs === undefined ? {} : { with: inputs }), ...(env === undefined || Object.keys(env).length === 0 ? {} : { env }), ...(run === undefined ? {} : { run }),
  })),
})
