import type { Occurrence } from './reading.ts'

/** Values that no rule can guard, each with the reason. */
export const unguarded: readonly { readonly is: (one: Occurrence) => boolean, readonly why: string }[] = [
  { is: ({ kind }) => kind === 'as-of', why: 'The day of a run. A part that a person changed keeps its day while the others get a new one, so two days are no contradiction.' },
  { is: ({ kind, key, part }) => kind === 'variable' && (key === 'prose' || part === 'deploy'), why: 'A sentence may name a variable of the pipeline or the platform, which the table of the application does not list.' },
  { is: ({ kind, text }) => kind === 'hosting' && text === 'undecided', why: 'A record that names no hosting says nothing that the documents could contradict.' },
]

/** Share of changes that must be found, where it is less than all, with what is missed. */
export const floors: Readonly<Record<string, number>> = {
  // Two commands of one stage stand on a line; with one of them right the line is.
  'package-manager in devops-blueprint.md': 0.9,
  // `develop` taken out of the protected branches still stands in the sentence on gitflow.
  'branch in devops-blueprint.md': 0.95,
  // A pipeline that deploys nothing has no gates, so the table of environments speaks alone.
  'approval in devops-blueprint.md': 0.95,
  // In an application for phones the crash reports go to two places.
  'errors in observability.md': 0.94,
}
