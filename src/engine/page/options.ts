import type { Draft } from '../../tools/tool.ts'
import { html, none, type Html } from './html.ts'
import { optionName, outcomeWords } from './names.ts'
import { inline } from './prose.ts'
import { table } from './table.ts'
import { capital, draftOf, type View } from './view.ts'

interface Group { readonly rule: string, readonly reason: string, readonly ids: readonly string[] }

/** Options that fell for the same reason stand together, in the order of the first. */
function byReason(rejected: Draft<unknown>['rejected']): readonly Group[] {
  const groups = new Map<string, { rule: string, reason: string, ids: string[] }>()
  for (const { id, rule, reason } of rejected) {
    const key = `${rule} ${reason}`
    const group = groups.get(key) ?? { rule, reason, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** What else could have been chosen: runners-up, what would change the decision, and what was ruled out and why. */
export function options(view: View, tool: string): Html {
  const draft = draftOf(view, tool)
  if (draft === undefined) return none
  const { alternatives, rejected, flips } = draft
  const name = (id: string): Html => {
    const said = optionName(view.knowledge, tool, id)
    return said.toLowerCase().replace(/\s+/g, '-') === id ? html`${said}` : html`${said} <code>${id}</code>`
  }
  return html`${alternatives.length > 0 && html`<h3>Runners-up</h3><ul>${alternatives.map(({ id, when }) => html`<li><strong>${name(id)}</strong>: ${inline(view.parse, when)}</li>`)}</ul>`}
${flips.length > 0 && html`<h3>What would change this</h3><p class="more">Each line was decided again with that one change.</p><ul>${flips.map(({ change, outcome }) => html`<li><code>${change}</code> gives ${outcomeWords(view.knowledge, tool, outcome)}</li>`)}</ul>`}
${rejected.length > 0 && html`<h3>Ruled out</h3>${table('Ruled out', ['Why', 'Options'], byReason(rejected).map(({ rule, reason, ids }) => [html`<span class="light">${inline(view.parse, capital(reason))}</span> <code>${rule}</code>`, ids.map((id) => optionName(view.knowledge, tool, id)).join(', ')]), 'said')}`}`
}
