import { html, none, type Html } from './html.ts'
import { arrow, bold, figure, round, textLines, wrap, type Drawing } from './svg.ts'

/** One box of a lane. `strong` is where something goes live. */
export interface Step { readonly title: string, readonly notes: readonly string[], readonly strong?: boolean }
/** Boxes that follow each other, with a heading. */
export interface Lane { readonly title: string, readonly steps: readonly Step[] }

const sizes = {
  wide: { width: 880, gap: 28, pad: 9, title: 15, note: 13, row: 6 },
  narrow: { width: 320, gap: 22, pad: 10, title: 15, note: 13, row: 1 },
} as const satisfies Record<string, Size>

interface Size { readonly width: number, readonly gap: number, readonly pad: number, readonly title: number, readonly note: number, readonly row: number }
interface Row { readonly title: readonly string[], readonly steps: readonly Step[] }

const heightOf = (title: readonly string[], notes: readonly (readonly string[])[], pad: number): number => 2 * pad + title.length * 19 + notes.reduce((sum, note) => sum + note.length * 17 + 3, 0)

/** Boxes beside each other from `y`, with their headings above; `linked` lanes follow each other. */
function drawRow(rows: readonly Row[], y: number, box: number, { gap, pad, title: titleSize, note: noteSize }: Size, linked: boolean): { readonly parts: readonly Html[], readonly height: number } {
  const shown = rows.flatMap(({ steps }) => steps.map((step, index) => ({ step, first: index === 0 }))).map(({ step, first }) => ({ step, first, title: wrap(step.title, box - 2 * pad, titleSize * bold, 3), notes: step.notes.map((note) => wrap(note, box - 2 * pad, noteSize, 6)) }))
  const headings = Math.max(...rows.map(({ title }) => title.length)) * 17
  const top = y + (headings === 0 ? 0 : headings + 7)
  const height = Math.max(...shown.map(({ title, notes }) => heightOf(title, notes, pad)))
  let before = 0
  const parts = rows.map(({ title, steps }) => {
    const x = before * (box + gap)
    before += steps.length
    return title.length === 0 ? none : textLines(title, round(x), y + 14 + headings - title.length * 17, 17, 'lane')
  })
  shown.forEach(({ step, first, title, notes }, index) => {
    const x = round(index * (box + gap))
    parts.push(html`<rect class="${step.strong === true ? 'box strong' : 'box'}" x="${round(x + 1)}" y="${top + 1}" width="${round(box - 2)}" height="${height - 2}" rx="6"/>${textLines(title, round(x + pad), top + pad + 13, 19, 'title')}`)
    let at = top + pad + title.length * 19 + 14
    for (const note of notes) {
      parts.push(textLines(note, round(x + pad), at, 17, 'said'))
      at += note.length * 17 + 3
    }
    if (index > 0 && (linked || !first)) parts.push(arrow([[x - gap + 1, top + height / 2], [x, top + height / 2]]))
  })
  return { parts, height: top + height - y }
}

const boxOf = ({ width, gap }: Size, columns: number): number => (width - (columns - 1) * gap) / columns

/** One lane by itself; its boxes go on in a further row, or below each other on a phone. */
function drawLane({ title, steps }: Lane, y: number, size: Size): { readonly parts: readonly Html[], readonly height: number } {
  const columns = Math.min(size.row, Math.max(steps.length, 3))
  const box = boxOf(size, columns)
  const mark = columns === 1 ? 24 : round(box / 2)
  const parts: Html[] = []
  let at = y
  for (let from = 0; from < steps.length; from += columns) {
    if (from > 0) parts.push(arrow([[mark, at], [mark, at + size.gap]]))
    if (from > 0) at += size.gap
    const drawn = drawRow([{ title: from === 0 ? wrap(title, size.width, 13, 2) : [], steps: steps.slice(from, from + columns) }], at, box, size, true)
    parts.push(...drawn.parts)
    at += drawn.height
  }
  return { parts, height: at - y }
}

/** Groups below each other; lanes of a group beside each other where all of them fit. */
function draw(groups: readonly (readonly Lane[])[], kind: 'wide' | 'narrow', linked: boolean): Drawing {
  const size: Size = sizes[kind]
  const parts: Html[] = []
  let y = 0
  const put = (drawn: { readonly parts: readonly Html[], readonly height: number }): void => {
    parts.push(...drawn.parts)
    y += drawn.height + 20
  }
  for (const lanes of groups) {
    const total = lanes.reduce((sum, { steps }) => sum + steps.length, 0)
    if (total > size.row) lanes.forEach((lane) => put(drawLane(lane, y, size)))
    else if (total > 0) {
      const box = boxOf(size, Math.max(total, Math.min(size.row, 3)))
      put(drawRow(lanes.map(({ title, steps }) => ({ title: wrap(title, steps.length * (box + size.gap) - size.gap, 13, 3), steps })), y, box, size, linked))
    }
  }
  return { width: size.width, height: Math.max(y - 19, 1), body: html`${parts}` }
}

const spoken = (lanes: readonly Lane[]): string =>
  lanes.map(({ title, steps }) => `${title}: ${steps.map((step) => [step.title, ...step.notes].join(', ')).join('; then ')}.`).join(' ')

/** Groups of lanes as a drawing; its description holds every word of it. `linked`: the lanes of a group follow each other. */
export const lanesFigure = (id: string, title: string, groups: readonly (readonly Lane[])[], linked: boolean): Html => figure(id, title, spoken(groups.flat()), (kind) => draw(groups, kind, linked))
