import { html, isNothing, type Html } from './html.ts'
import { prose } from './prose.ts'
import { draftOf, type View } from './view.ts'

/** Sections whose tables the page draws from the data. */
const drawn: ReadonlySet<string> = new Set(['environments', 'configuration'])

/** Sections that give the reasons of a decision; the others are rules to work by. */
const reasons: ReadonlySet<string> = new Set(['sign-in', 'stack', 'branches', 'promotion', 'migration-tool', 'migration-plan', 'secrets', 'feature-flags'])

/** Reasons or rules of a tool as its documents give them. A section of which nothing is left is not shown. */
export function sections(view: View, tool: string, kind: 'reasons' | 'rules'): Html {
  const shown = (draftOf(view, tool)?.sections ?? []).filter(({ id }) => reasons.has(id) === (kind === 'reasons')).map(({ id, title, body }) => {
    const text = prose(view.parse, body, { title, withoutTables: drawn.has(id) })
    return isNothing(text) ? undefined : html`<h3 id="part-${id}">${title}</h3>${text}`
  })
  return html`${shown}`
}
