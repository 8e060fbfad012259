/** One job of a pipeline file, as data. */
export type Job = Readonly<Record<string, unknown>>
export type Jobs = Readonly<Record<string, Job>>

/** Every job that works on the project itself starts from this hidden one. Installing is not a default: jobs of GitLab's templates would inherit it. */
export const installed = '.installed'

/** A deploy is never cancelled for a newer commit, and never started twice by the runner. */
export const guarded = { interruptible: false, retry: 0 } as const

/** Lines that belong together are one entry of a script: the runner prints a line between entries. */
export const block = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [lines.join('\n')])

/** What says where and when a job runs; everything else may be shared between environments. */
const own = ['stage', 'needs', 'rules', 'environment', 'resource_group']

/** Jobs that differ only in where and when they run, with what they share in one hidden job; several that share nothing stay whole. */
export function sharing(hidden: string, jobs: Jobs): Jobs {
  const split = Object.entries(jobs).map(([id, job]) => ({ id, mine: Object.entries(job).filter(([key]) => own.includes(key)), rest: Object.fromEntries(Object.entries(job).filter(([key]) => !own.includes(key))) }))
  const [first] = split
  if (first === undefined || split.length < 2 || split.some(({ rest }) => JSON.stringify(rest) !== JSON.stringify(first.rest))) return jobs
  return { [hidden]: first.rest, ...Object.fromEntries(split.map(({ id, mine }) => [id, { extends: hidden, ...Object.fromEntries(mine) }])) }
}

const first = ['extends', 'stage', 'image', 'services', 'needs', 'rules', 'environment', 'resource_group']

/** The same jobs with what a reader looks for on top. */
export const tidy = (jobs: Jobs): Jobs => Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, Object.fromEntries([...first.flatMap((key) => (key in job ? [[key, job[key]] as const] : [])), ...Object.entries(job).filter(([key]) => !first.includes(key))])]))
