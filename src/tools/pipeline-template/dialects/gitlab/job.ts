/** One job of a pipeline file, as data. */
export type Job = Readonly<Record<string, unknown>>
export type Jobs = Readonly<Record<string, Job>>

/** Every job that works on the project itself starts from this hidden one. Installing is not a default: jobs of GitLab's templates would inherit it. */
export const installed = '.installed'

/** A deploy is never cancelled for a newer commit, and never started twice by the runner. */
export const guarded = { interruptible: false, retry: 0 } as const

/** Lines that belong together are one entry of a script: the runner prints a line between entries. */
export const block = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [lines.join('\n')])
