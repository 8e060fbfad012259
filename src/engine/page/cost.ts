import { dollars } from '../../core/meters.ts'
import type { CostLine } from '../../core/result.ts'
import { costSentence } from '../../tools/own-machines.ts'
import { html, type Html } from './html.ts'
import type { View } from './view.ts'

/** Dearest first, unknown last; ties keep the order of the tools. */
const ordered = (lines: readonly CostLine[]): readonly CostLine[] => [...lines].sort((a, b) => (b.usdPerMonth ?? -1) - (a.usdPerMonth ?? -1))

/** The bar repeats what the text beside it says, so it is hidden from who listens. An unknown price is an open, dashed bar: no length would be true. */
function bar(usd: number | null, most: number): Html {
  const share = usd === null ? 100 : most === 0 ? 0 : Math.round((usd / most) * 1000) / 10
  return usd === null
    ? html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="open" x="1" y="1" width="99%" height="10" rx="2"/></svg>`
    : html`<svg class="bar" aria-hidden="true" focusable="false"><rect class="rail" x="0" y="0" width="100%" height="12" rx="2"/><rect class="fill" x="0" y="0" width="${share}%" height="12" rx="2"/></svg>`
}

const origin = ({ source, asOf, stale }: CostLine): Html => html`${source !== '' && html` <a href="${source}" rel="noreferrer">Price page</a>, read ${asOf}.`}${stale && html` <strong class="stale">Stale: look it up again.</strong>`}`

/** Every cost line as a bar with its amount and formula. */
export function costChart(view: View): Html {
  const { cost } = view.blueprint.joined
  if (cost.lines.length === 0) return html`<p>Nothing here has a price.</p>`
  const most = Math.max(0, ...cost.lines.map(({ usdPerMonth }) => usdPerMonth ?? 0))
  const budget = view.blueprint.profile.budgetUsdPerMonth
  return html`<figure class="chart"><figcaption>US dollars a month at list price, without tax. ${costSentence(cost)}${typeof budget === 'number' && ` The stated budget is ${dollars(budget)} a month.`}</figcaption>
<ol>${ordered(cost.lines).map((line) => html`<li><div class="name"><span>${line.item}</span> <strong>${line.usdPerMonth === null ? 'not known' : dollars(line.usdPerMonth)}</strong></div>${bar(line.usdPerMonth, most)}<p class="more">${line.formula}.${origin(line)}</p></li>`)}</ol></figure>`
}

/** An item without what it is for in brackets, where no other line has the same name. */
function shortNames(lines: readonly CostLine[]): (line: CostLine) => string {
  const bare = ({ item }: CostLine): string => item.replace(/ \(.*\)$/, '')
  return (line) => (lines.filter((other) => bare(other) === bare(line)).length > 1 ? line.item : bare(line))
}

/** The total, or why there is none. An unknown price is named and never counted as nothing. */
export function costInShort(view: View): Html {
  const { cost } = view.blueprint.joined
  const unknown = cost.lines.filter(({ usdPerMonth }) => usdPerMonth === null)
  const known = ordered(cost.lines).filter(({ usdPerMonth }) => usdPerMonth !== null)
  const short = shortNames(cost.lines)
  const total = unknown.length === 0 ? cost.usdPerMonth : null
  return html`<p class="amount">${total === null ? 'No total' : dollars(total)}</p>
${known.length > 0 && html`<p class="more">${known.map((line, index) => html`${index > 0 && ', '}${short(line)} ${dollars(line.usdPerMonth ?? 0)}`)}.</p>`}
${unknown.length > 0 && html`<p class="more"><strong>Not known:</strong> ${unknown.map(short).join(', ')}.</p>`}
<p class="more"><a href="#cost">How it is made up</a></p>`
}
