import { html, type Html, type Part } from './html.ts'

/** On paper a cell may break a word only where one is too long for any column. */
const kindOf = (cell: Part): Html | false => /[^\s<>]{16,}/.test(html`${cell}`.markup.replace(/<[^>]*>/g, ' ')) && html` class="long"`

/** A table whose first column names its rows. It scrolls sideways by itself where it is too wide, so the page never does. A caption that repeats the heading above is only `said`. */
export function table(caption: string, head: readonly Part[], rows: readonly (readonly Part[])[], kind: 'shown' | 'said' = 'shown'): Html {
  const cells = ([first, ...rest]: readonly Part[]): Html => html`<tr><th scope="row"${kindOf(first)}>${first}</th>${rest.map((cell) => html`<td${kindOf(cell)}>${cell}</td>`)}</tr>`
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table${head.length > 6 && html` class="${head.length > 11 ? 'many crowded' : 'many'}"`}>
<caption${kind === 'said' && html` class="said"`}>${caption}</caption>
<thead><tr>${head.map((cell) => html`<th scope="col"${kindOf(cell)}>${cell}</th>`)}</tr></thead>
<tbody>${rows.map(cells)}</tbody></table></div>`
}
