import { blocks, plain } from '../core/markdown.ts'
import type { Profile } from '../core/profile.ts'
import { hostingId } from '../core/stack.ts'
import type { Knowledge } from '../knowledge/collections.ts'
import { filesFolder } from '../project/deliverables.ts'
import { renderConflicts } from '../tools/answer.ts'
import type { Draft, Section } from '../tools/tool.ts'
import { deliverables, joinDrafts, type Deliverable } from './blueprint.ts'
import { closingOf, pageClosing } from './closing.ts'

/** A deliverable as a title and managed parts. */
export interface ComposedDocument { readonly file: string, readonly title: string, readonly parts: readonly Section[] }

const list = (values: readonly string[] | undefined): string => (values === undefined || values.length === 0 ? 'none' : values.join(', '))

/** The record in a line, under the names that people use. Check and reader take it apart again: commas stay between its parts. */
function record(profile: Profile, knowledge: Knowledge | undefined): string {
  const hosting = profile.hosting ?? 'undecided'
  const platform = hosting === 'undecided' ? hosting : knowledge?.['hosting-platforms'][hostingId(hosting)]?.name ?? hosting
  const regimes = profile.compliance?.map((id) => knowledge?.compliance[id]?.name ?? id)
  return `Stage ${profile.stage ?? 'not stated'}, sign-in by ${list(profile.signInBy?.map((who) => who.replaceAll('-', ' ')))}, hosting ${plain(platform)}, compliance ${list(regimes)}.`
}

function lead(deliverable: Deliverable, profile: Profile, asOf: string, page: boolean, knowledge: Knowledge | undefined): string {
  const others = deliverables.filter((other) => other.file !== deliverable.file).map((other) => `[${other.title}](${other.file})`)
  const facts = `${record(profile, knowledge)} As of ${asOf}.`
  if (page) return `${facts} Read with ${others.join(' and ')}; \`blueprint --detail full\` writes them at length.`
  return blocks(`${plain(profile.name ?? 'This project')}: ${deliverable.about}. Read with ${others.join(' and ')}; all three come from one profile.`, facts)
}

const withoutHeading = (text: string): string => text.replace(/^## .*\n+/, '')

/** What a document needs beside the drafts: `page` keeps it to about a page, `more` stands behind the tools' sections, `knowledge` holds names. */
export interface Frame { readonly page?: boolean, readonly more?: readonly Section[], readonly knowledge?: Knowledge }

/** The parts of one deliverable, conflicts first, sources last. Parts without content are left out, except "Not yet" and "Sources". */
export function composeDocument(deliverable: Deliverable, drafts: readonly Draft<unknown>[], profile: Profile, asOf: string, { page = false, more = [], knowledge }: Frame = {}): ComposedDocument {
  const joined = joinDrafts(drafts)
  const parts: Section[] = [
    { id: 'summary', title: 'In short', body: lead(deliverable, profile, asOf, page, knowledge) },
    { id: 'conflicts', title: 'Conflicts to settle first', body: withoutHeading(renderConflicts(joined.conflicts)) },
    ...joined.sections,
    ...more,
    ...(page ? pageClosing : closingOf)(joined, (path) => `[${plain(path)}](${encodeURI(`${filesFolder}/${path}`)})`),
  ]
  return { file: deliverable.file, title: `${deliverable.title}${profile.name === undefined ? '' : `: ${plain(profile.name)}`}`, parts: parts.filter((part) => part.body !== '') }
}
