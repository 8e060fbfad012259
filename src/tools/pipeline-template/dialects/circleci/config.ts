/** One step of a job or command. */
export type Step = string | Readonly<Record<string, unknown>>

/** A run step with a limit on silence: CircleCI has no key for the length of a job, only the limit of the plan. */
export const run = (name: string, lines: readonly string[], minutes = 10): Step => ({ run: { name, command: lines.join('\n'), no_output_timeout: `${minutes}m` } })

/** Steps of a condition that is settled when the configuration is compiled. */
export const when = (condition: string, steps: readonly Step[]): Step => ({ when: { condition, steps } })

/** Keeps variables for the steps after this one; they are read when a step starts, so no value is written to disk. */
export const keep = (variables: Readonly<Record<string, string>>): readonly string[] => Object.entries(variables).map(([name, value]) => `echo 'export ${name}="${value}"' >> "$BASH_ENV"`)

/** Where a job hands its result to the jobs after it. */
export const handover = { folder: '/tmp/handover', image: 'image.txt' } as const

/** Time limit of silence for steps that wait for a platform. */
export const patience = 20
