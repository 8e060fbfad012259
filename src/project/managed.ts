import { sha256 } from '../core/file.ts'

/** Identifies a managed part: kebab-case, stable. */
export const partId = /^[a-z0-9][a-z0-9-]{0,63}$/

/** A generated part of a document: Markdown without markers. */
export interface Part { readonly id: string, readonly body: string }

/** What a hash is taken of: line ends and blank space at the end of lines or of the part do not count as a change. */
const normal = (body: string): string => body.replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '')

/** First 16 hex digits of the SHA-256 of a part's text: enough to tell that a person changed it, short enough to read past. */
export const contentHash = (body: string): string => sha256(normal(body)).slice(0, 16)

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
