import { html, none, type Html } from './html.ts'
import { inline } from './prose.ts'
import { table } from './table.ts'
import { bare } from '../text.ts'
import { capital, type View } from './view.ts'

/** Files that lie beside the page, with what they are for and what proves them. */
export const files = (view: View): Html => {
  const made = view.blueprint.joined.files
  return made.length === 0 ? none : table('In the folder "files", until somebody moves them', ['File', 'What for', 'Check with'], made.map(({ path, purpose, verifyWith }) => [html`<code>${path}</code>`, inline(view.parse, capital(bare(purpose))), html`<code>${verifyWith}</code>`]))
}
