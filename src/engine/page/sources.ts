import { daysBetween, isStale, staleAfterDays } from '../../core/dates.ts'
import { byText } from '../../core/order.ts'
import { counted } from '../../core/words.ts'
import { html, type Html } from './html.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** Every page the figures come from, oldest first (ties by title), with its age on the day of the answer. */
export function sources(view: View): Html {
  const { joined: { sources: pages }, asOf } = view.blueprint
  if (pages.length === 0) return html`<p>No dated facts were used.</p>`
  const sorted = [...pages].sort((a, b) => byText(a.checked, b.checked) || byText(a.title, b.title))
  const old = sorted.filter(({ checked }) => isStale(checked, asOf)).length
  const age = (checked: string): Html => {
    const days = daysBetween(checked, asOf)
    const said = days <= 0 ? 'the same day' : counted(days, 'day')
    return isStale(checked, asOf) ? html`<strong class="stale">${said}: stale</strong>` : html`${said}`
  }
  return html`<p>${counted(pages.length, 'page')}, each with the day somebody read it. ${old === 0 ? `None is older than ${staleAfterDays} days.` : `${old} of them more than ${staleAfterDays} days ago: look again before you rely on a figure.`}</p>
${table('Sources, oldest first', ['Page', 'Read on', `Age on ${asOf}`], sorted.map(({ title, url, checked }) => [html`<a href="${url}" rel="noreferrer" class="address">${title}</a>`, html`<time datetime="${checked}">${checked}</time>`, age(checked)]))}`
}
