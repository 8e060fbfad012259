import { rule, type CiFile, type Hit, type Step } from '../model.ts'

const commit = /@[0-9a-f]{40}$/
const branches = /@(main|master|develop|dev|trunk|next|HEAD|latest)$/

/** What is wrong with a reference of a step, by provider; undefined when it cannot change, or when it is part of the project. */
const faults: Readonly<Record<CiFile['provider'], (uses: string) => Omit<Hit, 'line'> | undefined>> = {
  'github-actions'(uses) {
    if (/^(\.{1,2}|\$)\//.test(uses) || uses === '') return undefined
    if (uses.startsWith('docker://')) return /@sha256:[0-9a-f]{64}$/.test(uses) ? undefined : { found: uses, expected: 'an image digest (`@sha256:…`)' }
    if (uses.includes('${{') || commit.test(uses)) return undefined
    return { found: branches.test(uses) || !uses.includes('@') ? `${uses}, a branch` : uses }
  },
  // Versions of pipes are tags of images: a whole version is what the vendor never moves.
  bitbucket: (uses) => (/(:v?\d+\.\d+\.\d+[\w.-]*|@sha256:[0-9a-f]{64})$/.test(uses) ? undefined : { found: uses, expected: 'a whole version (`:1.2.3`)', next: 'Name the whole version of the pipe.' }),
  'azure-pipelines': (uses) => (/@\d+(\.\d+\.\d+)?$/.test(uses) || uses.includes('${{') ? undefined : { found: uses, expected: 'a task with its major version (`@2`)', next: 'Name the major version of the task.' }),
  gitlab: () => undefined,
  circleci: () => undefined,
}

const hitOf = (file: CiFile, step: Pick<Step, 'uses' | 'line' | 'last'>): readonly Hit[] => {
  const fault = step.uses === undefined ? undefined : faults[file.provider](step.uses.value.trim())
  return fault === undefined || step.uses === undefined ? [] : [{ line: step.uses.line, from: step.uses.line, last: step.uses.line, ...fault }]
}

/** Code of others by a name that can be moved to other code. */
export const unpinnedUses = rule({
  id: 'unpinned-uses', severity: 'warning',
  expected: 'a full commit with the version as comment',
  next: 'Pin the 40-digit commit of the release; let Dependabot or Renovate raise it.',
  check: (file) => [
    ...file.jobs.flatMap((job) => [...hitOf(file, { ...(job.uses && { uses: job.uses }), line: job.line, last: job.line }), ...job.steps.flatMap((step) => hitOf(file, step))]),
    ...file.references.filter(({ fixed }) => !fixed).map(({ line, name, expected }): Hit => ({ line, found: name, expected, next: 'Pin it, so that nobody else can change what the pipeline runs.' })),
  ],
})
