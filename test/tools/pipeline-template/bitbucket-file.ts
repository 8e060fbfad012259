import { parse } from 'yaml'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { BitbucketConfig, type Item, type Step } from './bitbucket-schema.ts'
import { run } from './matrix.ts'

/** A step with what its stage adds to it, in the order it runs. */
export interface Placed { readonly step: Step, readonly deployment: string | null, readonly locked: boolean, readonly manual: boolean, readonly group: number }
export interface BitbucketFile { readonly text: string, readonly config: BitbucketConfig, readonly pipelines: readonly { readonly kind: string, readonly name: string, readonly items: readonly Item[], readonly steps: readonly Placed[] }[] }

const place = (items: readonly Item[]): readonly Placed[] => items.flatMap((item, group): readonly Placed[] => {
  const alone = (step: Step): Placed => ({ step, deployment: step.deployment ?? null, locked: false, manual: step.trigger === 'manual', group })
  if ('step' in item) return [alone(item.step)]
  if ('parallel' in item) return item.parallel.steps.map(({ step }) => alone(step))
  // A click on a stage starts its first step; the others follow.
  return item.stage.steps.map(({ step }, index) => ({ step, deployment: item.stage.deployment, locked: true, manual: item.stage.trigger === 'manual' && index === 0, group }))
})

export function read(text: string): BitbucketFile {
  const config = BitbucketConfig.parse(parse(text))
  return { text, config, pipelines: Object.entries(config.pipelines).flatMap(([kind, found]) => Object.entries(found ?? {}).map(([name, items]) => ({ kind, name, items, steps: place(items) }))) }
}

/** The file that the tool writes for an input. */
export function bitbucketFile(input: Given): BitbucketFile {
  const file = run({ ...input, ciProvider: 'bitbucket' }).files.find(({ path }) => path.startsWith('bitbucket-pipelines'))
  if (file === undefined) throw new Error('no pipelines')
  return read(file.body)
}
