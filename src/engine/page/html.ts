declare const safe: unique symbol
/** Text that is HTML already. Only the functions below make it, so what a user typed cannot become markup by accident. */
export interface Html { readonly markup: string, readonly [safe]: true }

export type Part = Html | string | number | false | null | undefined | readonly Part[]

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
// Control characters are no text in HTML, and half a surrogate pair is none in UTF-8.
const escaped = (text: string): string => text.replace(/[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/gu, '\ufffd').replace(/[&<>"']/g, (mark) => marks[mark] as string)

const made = (markup: string): Html => ({ markup }) as Html

function markupOf(part: Part): string {
  if (part === false || part === null || part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return Array.isArray(part) ? (part as readonly Part[]).map(markupOf).join('') : (part as Html).markup
}

/** HTML from a template: every value is escaped for text and quoted attributes, unless it is HTML already. `false`, `null` and `undefined` are nothing. */
export const html = (texts: TemplateStringsArray, ...values: readonly Part[]): Html =>
  made(texts.reduce((all, text, index) => `${all}${index === 0 ? '' : markupOf(values[index - 1])}${text}`, ''))

/** Parts with `between` them. */
export const join = (parts: readonly Part[], between: Part): Html => made(parts.map(markupOf).join(markupOf(between)))

/** Text of ours that goes in as it is, such as the style whose hash the policy names. Never for what a user typed. */
export const verbatim = (markup: string): Html => made(markup)

/** Nothing at all. */
export const none = made('')
export const isNothing = (part: Html): boolean => part.markup.trim() === ''
