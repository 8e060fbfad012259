import { sha256 } from '../core/file.ts'
import { meaningOf } from './managed-meaning.ts'

/** Identifies a managed part: kebab-case, stable. */
export const partId = /^[a-z0-9][a-z0-9-]{0,63}$/

/** A generated part of a document: Markdown without markers. */
export interface Part { readonly id: string, readonly body: string }

/** LF line ends, no blank space at the end of lines, no empty lines around. */
const normal = (body: string): string => body.replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '')

const short = (text: string): string => sha256(text).slice(0, 16)

/** First 16 hex digits of the SHA-256 of any text; line ends and blank space at the end of lines do not count. */
export const textHash = (text: string): string => short(normal(text.replace(/^\uFEFF/, '')))

/** The same of what a part says: enough to tell that a person changed it, short enough to read past. Layout does not count: editors format on save. */
export const contentHash = (body: string): string => short(meaningOf(normal(body)))

/** True when a part says what it said when `hash` was taken. Documents of version 0.2 and before hold the hash of the text itself. */
export const isAsWritten = (body: string, hash: string): boolean => [contentHash(body), textHash(body)].includes(hash.slice(0, 16))

/**
 * Lines of a body that would read as markers get a space after the opening, so that whatever a user's own text holds,
 * only our markers count. Comments stay invisible in Markdown.
 */
const withoutMarkers = (body: string): string => body.replace(/^([ \t]*<!--)([ \t]*)(ops:(?:begin|end)\b)/gm, '$1$2 not-$3')

/** Text that goes between the markers: LF line ends, no empty lines around it, no line that looks like a marker. */
export const cleanBody = (body: string): string => withoutMarkers(normal(body))

/** A part between its markers, with LF line ends and without a line break at the end. */
export function renderManaged(id: string, body: string): string {
  if (!partId.test(id)) throw new RangeError(`a managed part needs a kebab-case id, not ${JSON.stringify(id)}`)
  const clean = cleanBody(body)
  return `<!-- ops:begin id=${id} sha256=${contentHash(clean)} -->\n${clean}\n<!-- ops:end id=${id} -->`
}
