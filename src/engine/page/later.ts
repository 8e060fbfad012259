import { bare } from '../text.ts'
import { html, type Html } from './html.ts'
import { inline } from './prose.ts'
import { table } from './table.ts'
import { capital, type View } from './view.ts'

/** What was left out on purpose, with the moment to add it. */
export const notYet = (view: View): Html => {
  const { skipped } = view.blueprint.joined
  if (skipped.length === 0) return html`<p>Nothing was left out for this stage.</p>`
  return table('Left out on purpose', ['What', 'Add it when', 'Why not now'], skipped.map(({ item, why, addWhen }) => [capital(bare(item)), inline(view.parse, capital(bare(addWhen))), inline(view.parse, capital(bare(why.replace(/\bstage mvp\b/, 'stage MVP'))))]))
}

/** What nobody said and was taken for granted. */
export const assumed = (view: View): Html => {
  const { assumptions } = view.blueprint.joined
  if (assumptions.length === 0) return html`<p>Nothing: every value that counts was given.</p>`
  return table('Assumed, because nobody said', ['Field', 'Taken as', 'Another answer changes'], assumptions.map(({ field, assumed: taken, changes }) => [html`<code>${field}</code>`, taken, changes]))
}
