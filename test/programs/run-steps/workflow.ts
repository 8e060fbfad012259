import { parse } from 'yaml'

export interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
  readonly shell?: string
  readonly 'working-directory'?: string
}

export interface Job {
  readonly name?: string
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
  readonly services?: Readonly<Record<string, { readonly image: string, readonly ports?: readonly string[], readonly env?: Readonly<Record<string, string>> }>>
  readonly steps: readonly Step[]
}

export interface Workflow { readonly env?: Readonly<Record<string, string>>, readonly jobs: Readonly<Record<string, Job>> }

/** What the runner understands. Anything else would change what a step does, so it is refused rather than ignored. */
const known = {
  workflow: ['name', 'on', 'permissions', 'concurrency', 'env', 'jobs'],
  // A time limit, permissions and the runner's image say nothing about what a step prints.
  job: ['name', 'needs', 'if', 'runs-on', 'timeout-minutes', 'permissions', 'env', 'services', 'steps', 'outputs'],
  step: ['name', 'id', 'if', 'uses', 'with', 'env', 'run', 'shell', 'working-directory'],
  action: ['name', 'description', 'runs', 'inputs'],
}

function check(kind: keyof typeof known, value: object): void {
  const unknown = Object.keys(value).filter((key) => !known[kind].includes(key))
  if (unknown.length > 0) throw new Error(`The runner does not understand ${unknown.join(', ')} of a ${kind}.`)
}

type Files = ReadonlyMap<string, string>

/** The steps of a job, with those of the repository's own actions in their place. */
function expand(steps: readonly Step[], files: Files): readonly Step[] {
  return steps.flatMap((step) => {
    check('step', step)
    if (step.uses?.startsWith('./') !== true) return [step]
    const path = `${step.uses.slice(2)}/action.yml`
    const text = files.get(path)
    if (text === undefined) throw new Error(`A step uses ${step.uses}, and ${path} was not generated.`)
    const action = parse(text) as { readonly runs: { readonly using: string, readonly steps: readonly Step[] } }
    check('action', action)
    if (action.runs.using !== 'composite') throw new Error(`Unexpected action ${action.runs.using}, expected composite.`)
    for (const inner of action.runs.steps) if (inner.run !== undefined && inner.shell === undefined) throw new Error(`A step of ${path} names no shell.`)
    return expand(action.runs.steps, files)
  })
}

/** A workflow whose jobs are ready to run, in an order in which each comes after those it needs. Throws for what the runner does not understand. */
export function readWorkflow(path: string, files: Files): Workflow {
  const text = files.get(path)
  if (text === undefined) throw new Error(`${path} was not generated.`)
  const workflow = parse(text) as Workflow
  check('workflow', workflow)
  const jobs = Object.entries(workflow.jobs).map(([id, job]) => {
    check('job', job)
    return [id, { ...job, steps: expand(job.steps, files) }] as const
  })
  return { ...workflow, jobs: Object.fromEntries(jobs) }
}
