import { parse } from 'yaml'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { run } from './matrix.ts'

export interface Rule { readonly if: string, readonly when?: string, readonly allow_failure?: boolean, readonly auto_cancel?: { readonly on_new_commit: string } }
export interface Job {
  readonly extends?: string
  readonly stage: string
  readonly image?: string | { readonly name: string, readonly entrypoint?: readonly string[] }
  readonly services?: readonly { readonly name: string, readonly alias: string }[]
  readonly before_script?: readonly string[]
  readonly script: readonly string[]
  readonly needs?: readonly string[]
  readonly rules?: readonly Rule[]
  readonly timeout?: string
  readonly variables?: Readonly<Record<string, string>>
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>
  readonly environment?: { readonly name: string, readonly deployment_tier: string, readonly action?: string }
  readonly resource_group?: string
  readonly interruptible?: boolean
  readonly retry?: unknown
  readonly cache?: unknown
  readonly artifacts?: { readonly expire_in?: string, readonly paths?: readonly string[], readonly reports?: Readonly<Record<string, string>> }
}
export interface Pipeline { readonly stages: readonly string[], readonly workflow: { readonly rules: readonly Rule[] }, readonly default: Readonly<Record<string, unknown>>, readonly include?: readonly unknown[], readonly variables?: Readonly<Record<string, string>> }

const keywords = ['workflow', 'include', 'stages', 'default', 'variables']

/** Jobs by name with what they extend filled in, in the order of the file; hidden ones are left out. */
export function jobsOf(pipeline: Pipeline): Map<string, Job> {
  const entries = Object.entries(pipeline as unknown as Record<string, Job>).filter(([name]) => !keywords.includes(name))
  const all = new Map(entries)
  const whole = (job: Job): Job => {
    const base = job.extends === undefined ? undefined : all.get(job.extends)
    if (job.extends !== undefined && base === undefined) throw new Error(`${job.extends} is no job`)
    if (base === undefined) return job
    const below = whole(base)
    return { ...below, ...job, ...(below.variables === undefined && job.variables === undefined ? {} : { variables: { ...below.variables, ...job.variables } }) }
  }
  return new Map(entries.filter(([name]) => !name.startsWith('.')).map(([name, job]) => [name, whole(job)]))
}

export const imageOf = ({ image }: Job): string => (typeof image === 'string' ? image : image?.name ?? '')

/** The pipeline of an input, with the text it was read from. */
export function gitlabFile(input: Given): { readonly text: string, readonly pipeline: Pipeline, readonly jobs: Map<string, Job>, readonly paths: readonly string[] } {
  const { files } = run({ ciProvider: 'gitlab', ...input })
  const text = files[0]?.body ?? ''
  const pipeline = parse(text) as Pipeline
  return { text, pipeline, jobs: jobsOf(pipeline), paths: files.map(({ path }) => path) }
}
