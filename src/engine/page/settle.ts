import { html, none, type Html } from './html.ts'
import { inline } from './prose.ts'
import type { View } from './view.ts'

/** Without a contradiction there are questions only. */
export const settleTitle = ({ blueprint }: View): string => (blueprint.joined.conflicts.length === 0 ? 'Worth answering' : 'Settle first')

/** Contradictions with the way out, before anything else, and questions whose answer changes a decision. */
export function settle(view: View): Html {
  const { conflicts, questions } = view.blueprint.joined
  if (conflicts.length + questions.length === 0) return none
  const conflict = ({ inputs, problem, resolution }: (typeof conflicts)[number]): Html => html`<li><p class="inputs">${inputs.join(' + ')}</p><p><strong>${inline(view.parse, problem)}</strong></p><p>${inline(view.parse, resolution)}</p></li>`
  return html`<section id="settle" aria-labelledby="settle-title"><h2 id="settle-title">${settleTitle(view)}</h2>
${conflicts.length > 0 && html`<ol class="conflicts">${conflicts.map(conflict)}</ol>`}
${questions.length > 0 && html`${conflicts.length > 0 && html`<h3>Worth answering</h3>`}<ul>${questions.map(({ question, changes }) => html`<li>${inline(view.parse, question)} <span class="more">Changes ${inline(view.parse, changes)}.</span></li>`)}</ul>`}</section>`
}

/** The same in short, for the first screen. */
export function settleInShort(view: View): Html {
  const { conflicts } = view.blueprint.joined
  if (conflicts.length === 0) return html`<p>Nothing contradicts. You can start.</p>`
  const more = conflicts.length - 3
  return html`<ol>${conflicts.slice(0, 3).map(({ problem }) => html`<li>${inline(view.parse, problem)}</li>`)}</ol><p><a href="#settle">${more > 0 ? `${more} more, and how to settle them` : conflicts.length === 1 ? 'How to settle it' : 'How to settle them'}</a></p>`
}
