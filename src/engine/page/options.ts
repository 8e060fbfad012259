import type { Draft } from '../../tools/tool.ts'
import { html, none, type Html } from './html.ts'
import { nameOf } from './names.ts'
import { inline } from './prose.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** What else could have been chosen: runners-up, what was ruled out and why, and what would change the decision. */
export function options(view: View, { alternatives, rejected, flips }: Draft<unknown>, about: string): Html {
  if (alternatives.length + rejected.length + flips.length === 0) return none
  const name = (id: string): Html => {
    const said = nameOf(view.knowledge, id)
    return said === id ? html`${said}` : html`${said} <code>${id}</code>`
  }
  return html`${alternatives.length > 0 && html`<h3>Runners-up</h3><ul>${alternatives.map(({ id, when }) => html`<li><strong>${name(id)}</strong>: ${inline(view.parse, when)}</li>`)}</ul>`}
${flips.length > 0 && html`<h3>What would change this</h3><p class="more">Each line was decided again with that one change.</p><ul>${flips.map(({ change, outcome }) => html`<li><code>${change}</code> gives ${outcome}</li>`)}</ul>`}
${rejected.length > 0 && html`<h3>Ruled out</h3>${table(`Ruled out for ${about}`, ['Option', 'Why not', 'Rule'], rejected.map(({ id, rule, reason }) => [name(id), inline(view.parse, reason), html`<code>${rule}</code>`]))}`}`
}
