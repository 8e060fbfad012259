import { html, type Html } from './html.ts'

/** Room a character takes, in parts of the font size; on the safe side for the sans-serif fonts of all systems. */
function widthOf(mark: string): number {
  if (/[\u1100-\uffdc\u{1f000}-\u{3ffff}]/u.test(mark)) return 1.1
  if (/[MW@%&\u2014]/.test(mark)) return 1.04
  if (/[mw]/.test(mark)) return 0.88
  if (/[iljtf.,:;'|!() ]/.test(mark)) return 0.38
  return /[A-Z0-9]/.test(mark) ? 0.7 : 0.6
}
/** Bold text needs this much more. */
export const bold = 1.14

export const textWidth = (text: string, size: number): number => [...text].reduce((sum, mark) => sum + widthOf(mark), 0) * size

/** Cuts a word that is wider than a line into pieces that are not. */
function pieces(word: string, room: number, size: number): string[] {
  const found: string[] = []
  let piece = ''
  for (const mark of word) {
    if (piece !== '' && textWidth(`${piece}${mark}`, size) > room) {
      found.push(piece)
      piece = ''
    }
    piece += mark
  }
  return [...found, piece]
}

/** Text as lines no wider than `room`; after `most` lines the rest is an ellipsis, because the text beside a drawing says it in full. */
export function wrap(text: string, room: number, size: number, most = 4): readonly string[] {
  const lines: string[] = []
  let now = ''
  for (const word of text.split(/\s+/).filter((each) => each !== '').flatMap((each) => pieces(each, room, size))) {
    const next = now === '' ? word : `${now} ${word}`
    if (textWidth(next, size) <= room) now = next
    else {
      lines.push(now)
      now = word
    }
  }
  if (now !== '') lines.push(now)
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${(lines[most - 1] as string).slice(0, -1)}…`]
}

/** Lines of text, the first with its baseline at `y`. */
export const textLines = (lines: readonly string[], x: number, y: number, step: number, kind: string): Html =>
  html`<text class="${kind}" x="${x}" y="${y}">${lines.map((line, index) => html`<tspan x="${x}" dy="${index === 0 ? 0 : step}">${line}</tspan>`)}</text>`

/** Rounds to a tenth, so that the same drawing is the same text everywhere. */
export const round = (value: number): number => Math.round(value * 10) / 10

export interface Drawing { readonly width: number, readonly height: number, readonly body: Html }

/** A drawing with a name and a description for who cannot see it. `id` is unique on the page. */
export const svg = ({ width, height, body }: Drawing, id: string, kind: 'wide' | 'narrow', title: string, description: string): Html =>
  html`<svg class="${kind}" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-labelledby="${id}-${kind}-t ${id}-${kind}-d"><title id="${id}-${kind}-t">${title}</title><desc id="${id}-${kind}-d">${description}</desc>${body}</svg>`

/** The same drawing twice, for a desk or paper and for a phone: the style shows one of them. */
export const figure = (id: string, title: string, description: string, draw: (kind: 'wide' | 'narrow') => Drawing, below?: Html): Html =>
  html`<figure class="drawing"><figcaption>${title}</figcaption>${svg(draw('wide'), id, 'wide', title, description)}${svg(draw('narrow'), id, 'narrow', title, description)}${below}</figure>`

/** The line between two points with its head. */
export const arrow = (points: readonly (readonly [x: number, y: number])[], kind = 'line'): Html => {
  const [x, y] = points.at(-1) as readonly [number, number]
  const [fromX, fromY] = points.at(-2) as readonly [number, number]
  const length = Math.hypot(x - fromX, y - fromY) || 1
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length]
  const head = [[x, y], [x - 8 * dx - 4.5 * dy, y - 8 * dy + 4.5 * dx], [x - 8 * dx + 4.5 * dy, y - 8 * dy - 4.5 * dx]]
  return html`<polyline class="${kind}" points="${points.map((point) => point.map(round).join(',')).join(' ')}"/><polygon class="head" points="${head.map((point) => point.map(round).join(',')).join(' ')}"/>`
}
