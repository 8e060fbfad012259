import type { Step } from '../model.ts'
import type { Pins } from '../pins.ts'

/** Runner image by name: an image that changes under a pipeline is a change nobody reviewed. */
export const runner = 'ubuntu-24.04'

/** What every job builder shares: pins, and the steps that check out, set up and install. */
export interface Github extends Pins { readonly setup: readonly Step[] }

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
  readonly concurrency?: string
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
    ...(uses === undefined ? {} : { uses }), ...(inputs === undefined ? {} : { with: inputs }), ...(env === undefined ? {} : { env }), ...(run === undefined ? {} : { run }),
  })),
})
