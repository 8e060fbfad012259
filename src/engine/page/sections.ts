import type { Section } from '../../tools/tool.ts'
import { html, isNothing, type Html } from './html.ts'
import { prose } from './prose.ts'
import { draftOf, type View } from './view.ts'

/** Sections whose tables the page draws from the data. */
const drawn: ReadonlySet<string> = new Set(['environments', 'configuration'])

/** Reasons and rules of a tool as its documents give them. A section of which nothing is left is not shown. */
export function sections(view: View, tool: string, wanted: (section: Section) => boolean = () => true): Html {
  const shown = (draftOf(view, tool)?.sections ?? []).filter(wanted).map(({ id, title, body }) => {
    const text = prose(view.parse, body, { title, withoutTables: drawn.has(id) })
    return isNothing(text) ? undefined : html`<h3 id="part-${id}">${title}</h3>${text}`
  })
  return html`${shown}`
}
