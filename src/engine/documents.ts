import { blocks, plain } from '../core/markdown.ts'
import type { Profile } from '../core/profile.ts'
import { renderConflicts } from '../tools/answer.ts'
import type { Draft, Section } from '../tools/tool.ts'
import { deliverables, joinDrafts, type Deliverable } from './blueprint.ts'
import { assumptionsText, costText, filesText, skippedText, sourcesText } from './text.ts'

/** Where generated files lie inside the output folder, so that nothing in the project changes until somebody moves them. */
export const filesFolder = 'files'

/** A deliverable as a title and managed parts. */
export interface ComposedDocument { readonly file: string, readonly title: string, readonly parts: readonly Section[] }

const list = (values: readonly string[] | undefined): string => (values === undefined || values.length === 0 ? 'none' : values.join(', '))

function lead(deliverable: Deliverable, profile: Profile, asOf: string): string {
  const others = deliverables.filter((other) => other.file !== deliverable.file).map((other) => `[${other.title}](${other.file})`)
  return blocks(
    `${plain(profile.name ?? 'This project')}: ${deliverable.about}. Read with ${others.join(' and ')}; all three come from one profile.`,
    `Stage ${profile.stage ?? 'not stated'}, sign-in by ${list(profile.signInBy)}, hosting ${plain(profile.hosting ?? 'undecided')}, compliance ${list(profile.compliance)}. As of ${asOf}.`,
  )
}

const withoutHeading = (text: string): string => text.replace(/^## .*\n+/, '')

/** The parts of one deliverable, conflicts first, sources last. Parts without content are left out, except "Not yet" and "Sources". */
export function composeDocument(deliverable: Deliverable, drafts: readonly Draft<unknown>[], profile: Profile, asOf: string): ComposedDocument {
  const joined = joinDrafts(drafts)
  const parts: Section[] = [
    { id: 'summary', title: 'In short', body: lead(deliverable, profile, asOf) },
    { id: 'conflicts', title: 'Conflicts to settle first', body: withoutHeading(renderConflicts(joined.conflicts)) },
    ...joined.sections,
    { id: 'files', title: 'Generated files', body: filesText(joined.files, (path) => `[${plain(path)}](${encodeURI(`${filesFolder}/${path}`)})`) },
    { id: 'cost', title: 'Cost', body: costText(joined.cost) },
    { id: 'assumptions', title: 'Assumed, because nobody said', body: assumptionsText(joined.assumptions) },
    { id: 'not-yet', title: 'Not yet, and when', body: skippedText(joined.skipped) || 'Nothing was left out for this stage.' },
    { id: 'sources', title: 'Sources', body: sourcesText(joined.sources) || 'No dated facts were used.' },
  ]
  return { file: deliverable.file, title: `${deliverable.title}${profile.name === undefined ? '' : `: ${plain(profile.name)}`}`, parts: parts.filter((part) => part.body !== '') }
}
